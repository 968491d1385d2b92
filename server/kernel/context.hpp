#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "kernel/derive.hpp"
#include "kernel/event.hpp"
#include "kernel/reference.hpp"
#include "kernel/rules.hpp"

namespace fx {

/// Who acts: an account at its unit, with the roles it holds there now.
struct Actor {
  AccountId account;
  UnitId unit;
  std::int32_t jurisdiction = 0;  ///< of the unit
  std::vector<Role> roles;
  [[nodiscard]] bool has(Role role) const { return std::ranges::find(roles, role) != roles.end(); }
  [[nodiscard]] bool system() const { return has(Role::SYS); }
};

/// Everything a decision may know besides its command and the loaded rows. No clock, no chance.
struct Context {
  Instant now;          ///< ledger time of the decision
  Instant occurred_at;  ///< when it happened in the world, as claimed
  Actor actor;
  RawId command;  ///< id of the command, the seed of every id it makes
  const Reference& reference;
  const Rules& rules;
  /// From a device's offline queue: a deed has happened whatever a guard says now, and may be recorded as disputed.
  bool queued = false;

  template <class Tag>
  [[nodiscard]] Id<Tag> new_id(std::string_view salt, std::int32_t home = 0) const {
    return {derive_id(command, salt, home != 0 ? home : actor.jurisdiction)};
  }
  /// Number of the rulebook in force when and where it happened; nothing when there is no rule or it is not allowed.
  [[nodiscard]] std::optional<double> number(std::string_view rule, std::int32_t jurisdiction) const {
    const RuleValue value = rules.value(rule, occurred_at, jurisdiction);
    return value.state == RuleValue::State::value ? value.number() : std::nullopt;
  }
};

/// What a decision says: events only. What is then owed is the rulebook's to say.
struct Decision {
  std::vector<Event> events;
  /// Guards that a queued deed failed though it is recorded: the engine adds what an officer has to settle.
  std::vector<std::string> disputed = {};
};

}  // namespace fx
