#pragma once

#include <optional>
#include <vector>

#include "desks/isolation/events.hpp"
#include "kernel/context.hpp"

namespace fx::isolation {

/// How long and with which tests, as F.<class> of the rulebook has it. Days count from Day 0 [rulebook section 3].
struct Schedule {
  Regime regime = Regime::central;
  std::optional<Regime> by_choice;           ///< also allowed, when the person prefers it
  std::optional<Regime> if_home_unsuitable;  ///< instead, when the home will not do
  std::int32_t days = 0;
  std::vector<std::int32_t> tests;  ///< protocol days
  std::optional<Regime> then_regime;
  std::int32_t then_days = 0;
  std::vector<std::int32_t> then_tests;  ///< day k of the phase at home = Day (days + k)
  std::int32_t release_samples = 1;
  std::int32_t release_reagents = 1;       ///< different ones among those samples
  std::int32_t release_labs = 1;           ///< the same, unless somebody says why not
  std::int32_t contact_negatives = 0;      ///< first tests of the contact that was met, all negative
  std::optional<double> release_ct_min;    ///< a case: released on Ct values, a positive converts nothing
  std::vector<std::int32_t> release_days;  ///< on which those are read; later ones will do
  std::vector<std::string> severity;       ///< a case: only of these
};

/// A rule's answer to "what is this class owed": the schedule, or none and why.
struct Ruled {
  RuleValue rule;
  std::optional<Schedule> schedule;
};

std::string rule_id(ControlClass class_);

/// The schedule in force when and where it happened. None: not allowed, off, assessed, or no stay.
Ruled schedule_of(ControlClass class_, const Context& context, std::int32_t county);

/// Reads a schedule's table; nothing when a word of it is unknown.
std::optional<Schedule> read_schedule(const std::string& json);

/// 24:00 of Day N.
Instant end_of(Day day0, std::int32_t days);

/// Days on which a sample is owed: the protocol days from `since` on, and `since` itself when admission asks for one.
/// Never a day that is over: a late admission creates no back-tests.
std::vector<Day> days_to_test(Day day0, const std::vector<std::int32_t>& protocol, Day since,
                              bool on_admission);

struct Stay;
/// A value as the edition has it that a stay follows: the one it was ordered under, or was moved to since.
RuleValue rule_followed(std::string_view id, const Stay& stay, const Context& context);
/// The row of the rulebook a stay follows.
std::optional<Schedule> schedule_followed(const Stay& stay, const Context& context);

/// Days of the phase at home on which a sample is owed, from `since` on.
std::vector<Day> home_days(const Stay& stay, Day since);

/// The end of the slot after the one `at` lies in; a day has `per_day` slots of equal length.
Instant next_check(Instant at, std::int32_t per_day);

}  // namespace fx::isolation
