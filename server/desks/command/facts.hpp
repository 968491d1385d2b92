#pragma once

#include "desks/command/events.hpp"
#include "kernel/desk.hpp"

namespace fx::command {

/// An account; name, sign-in name and password hash are identity and lie encrypted beside the ledger.
struct Account {
  static constexpr std::string_view table = "account";
  AccountId id;
  UnitId unit;
  bool active = true;
  std::string identity_hash;
};
BOOST_DESCRIBE_STRUCT(Account, (), (id, unit, active, identity_hash))

enum class ShiftState { planned, confirmed, on_duty, handed_over, closed, no_show };
BOOST_DESCRIBE_ENUM(ShiftState, planned, confirmed, on_duty, handed_over, closed, no_show)

/// One shift of a post (A2): PLANNED → CONFIRMED → ON_DUTY → HANDED_OVER; NO_SHOW when nobody came; CLOSED when the next
/// checked in without a signed handover.
struct Shift {
  static constexpr std::string_view table = "shift";
  ShiftId id;
  UnitId unit;
  Role role = Role::DO;
  AccountId account;
  Instant starts;
  Instant ends;
  ShiftState state = ShiftState::planned;
  std::optional<Instant> checked_in_at;
  std::optional<AccountId> successor;
};
BOOST_DESCRIBE_STRUCT(Shift, (), (id, unit, role, account, starts, ends, state, checked_in_at, successor))

/// Who is on duty at a post now: one row a post.
struct PostNow {
  static constexpr std::string_view table = "post_now";
  RawId id;  ///< post_id(unit, role)
  UnitId unit;
  Role role = Role::DO;
  std::optional<ShiftId> shift;
  std::optional<AccountId> account;
  std::optional<Instant> since;
};
BOOST_DESCRIBE_STRUCT(PostNow, (), (id, unit, role, shift, account, since))

void add_facts(Desk& desk);

}  // namespace fx::command
