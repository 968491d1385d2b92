#pragma once

#include "rulebook/route.hpp"

namespace fx::rulebook {

/// Who is told when, as a rulebook says it.
struct Ladder {
  struct Step {
    enum class When { share, due, after };
    When when = When::due;
    std::optional<ValueRef> ref;
    std::vector<std::string> tell;
    bool urgent = false;
  };
  std::string id;
  std::vector<Step> steps;
};

/// A step with its number resolved.
struct FrozenStep {
  bool share = false;  ///< `amount` is per cent of the time; else milliseconds after the due time
  double amount = 0;
  std::vector<std::string> tell;
  bool urgent = false;
};

Ladder read_ladder(const Reading& reading, const LadderEntry& read);

/// The ladder as it stands at this time and place, in the order of its steps, packed into one line:
/// "p50 debtor|p80 debtor|+0 debtor debtor.frp|+1800000! debtor.county.cmd:DO". Without a ladder: the debtor when due.
std::string freeze_ladder(const Ladder* ladder, const Values& values, const Asked& when, bool urgent);
std::vector<FrozenStep> thaw_ladder(std::string_view line);
/// The line inside a frozen text.
std::string_view ladder_line(std::string_view frozen_json);

/// When this step of that duty is due.
Instant step_time(const FrozenStep& step, const Duty& duty);
/// Of the step with this index; nothing when the ladder has been climbed.
std::optional<Instant> step_time(std::string_view line, std::size_t index, const Duty& duty);

/// Carries out the next step (kernel Rules::step).
Step take_step(const Duty& duty, std::string_view frozen_json, Instant now, const Reference& reference);

Notice notice_of(const Duty& duty, const Post& to, NoticeKind kind, bool urgent, Instant now,
                 const Reference& reference);

}  // namespace fx::rulebook
