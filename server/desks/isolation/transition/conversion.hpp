#pragma once

#include <span>

#include "desks/isolation/facts.hpp"
#include "desks/isolation/schedule.hpp"
#include "desks/isolation/transition/events.hpp"

namespace fx::isolation {

/// What a new edition makes of a running stay.
struct Conversion {
  Change change = Change::kept;
  Regime regime = Regime::central;
  std::int32_t days = 0;
  Instant ends_at;  ///< of the first phase
  std::optional<Instant> home_until;
  std::optional<Regime> then_regime;
  std::int32_t then_days = 0;
  std::vector<std::int32_t> tests;
  std::vector<std::int32_t> then_tests;
  std::int32_t release_samples = 1;
  bool fresh_negative = false;
  std::vector<StayTestId> cancelled;
  std::vector<Day> added;
};

/// What a class is owed under the new edition: a schedule, nothing any more, or what no rule says.
struct NewSchedule {
  enum class Kind { schedule, abolished, unknown };
  Kind kind = Kind::unknown;
  Schedule schedule;
};
NewSchedule new_schedule(const Ruled& ruled);

/// The default conversion [rulebook section 13.2]: days served count; new end = Day 0 + new total; already past → release
/// after one negative; an abolished class ends at the instant; tests due only under the old schedule are cancelled.
/// Takes    the stay, its tests, what the new edition asks of its class, the effective instant
/// Gives    how the stay goes on; `officer` when it would have to move from a home to a site, or is under way to a site
///          that the new edition does not ask for
/// Keeps    Day 0, the days served, answered tests
Conversion convert(const Stay& stay, std::span<const StayTest* const> tests, const NewSchedule& next,
                   Instant effective);

/// The phase the stay is in, absences looked through.
StayState phase_of(const Stay& stay);

}  // namespace fx::isolation
