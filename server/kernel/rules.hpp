#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "kernel/duty.hpp"
#include "kernel/event.hpp"
#include "kernel/reference.hpp"
#include "kernel/view.hpp"

namespace fx {

struct Operation;
struct Context;

/// A resolved value with the row it comes from (rulebook.md §1). "Not allowed" refuses; "absent" and "off" turn a
/// feature off; "local" waits for a jurisdiction; "assessed" leaves it to a named officer. None of them is zero.
struct RuleValue {
  enum class State { value, not_allowed, off, local, assessed, absent };
  State state = State::absent;
  std::variant<std::monostate, double, bool, std::string> value;  ///< tables come as JSON text
  std::string id;
  std::string unit;
  std::string profile;  ///< the edition that states it (inherited ones name the earlier edition)
  std::int32_t jurisdiction = 0;
  std::string source;
  std::string evidence;
  std::string version;  ///< of the loaded rulebook
  Words meaning;

  [[nodiscard]] std::optional<double> number() const {
    const auto* n = std::get_if<double>(&value);
    return n != nullptr ? std::optional(*n) : std::nullopt;
  }
  [[nodiscard]] std::string text() const {
    const auto* s = std::get_if<std::string>(&value);
    return s != nullptr ? *s : std::string();
  }
};

/// An event as the rulebook sees it.
struct Happened {
  const Event& event;
  No no = 0;
  Instant occurred_at;
  Instant recorded_at;
  std::int32_t jurisdiction = 0;
};

/// A fact row before and after one event, for watches.
struct RowChange {
  const TableType* table;
  const void* before;  ///< nullptr: new
  const void* after;
  std::shared_ptr<const void> keep_before;  ///< keep both alive while further events change the row
  std::shared_ptr<const void> keep_after;
};

/// Frozen texts: rule, version, value row and ladder, stored once and named by every duty of it.
struct Frozen {
  std::string key;
  std::string json;
};

/// Consequences of one event; duties and notices still without their numbers.
struct Consequences {
  Effects effects;
  std::vector<Frozen> frozen;
};

/// One step of the ladder: what the duty becomes, who is told.
struct Step {
  DutyStep step;
  std::vector<Notice> notices;
};

/// A rhythm's period that begins: the duties of all members.
struct Period {
  std::string rhythm;
  std::string period;  ///< its name, e.g. 2022-07-17T20:00
  Instant starts;
  std::vector<Duty> duties;
  std::vector<Frozen> frozen;
};

/// The rulebook as the kernel sees it; implemented by rulebook/. All pure.
class Rules {
 public:
  virtual ~Rules() = default;
  [[nodiscard]] virtual RuleValue value(std::string_view id, Instant at, std::int32_t jurisdiction) const = 0;
  /// Rows a bar of this operation looks at besides those the operation names.
  virtual void bar_keys(const Operation& operation, const void* command, const View& view,
                        const Context& context, KeySet& keys) const = 0;
  /// Refusals by bars in file order.
  [[nodiscard]] virtual Refusals bars(const Operation& operation, const void* command, const View& view,
                                      const Context& context) const = 0;
  /// Duties opened, met, voided by an event, and by watches on the rows it changed. `view` is the state after it.
  [[nodiscard]] virtual Consequences on(const Happened& happened, const View& view,
                                        const std::vector<RowChange>& changes,
                                        const Context& context) const = 0;
  /// The next ladder step of an open duty, resolved on today's holders. `frozen_json` is its frozen text.
  [[nodiscard]] virtual Step step(const Duty& duty, std::string_view frozen_json, Instant now,
                                  const Reference& reference) const = 0;
  /// Periods of rhythms that begin in (after, until], in order.
  [[nodiscard]] virtual std::vector<Period> periods(Instant after, Instant until,
                                                    const Reference& reference) const = 0;
  /// When a met duty is reopened: its next step.
  [[nodiscard]] virtual Instant next_step_at(const Duty& duty, std::string_view frozen_json) const = 0;
  [[nodiscard]] virtual std::string version() const = 0;
};

}  // namespace fx
