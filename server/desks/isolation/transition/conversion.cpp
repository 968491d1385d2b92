#include "desks/isolation/transition/conversion.hpp"

#include <algorithm>

#include "kernel/guards.hpp"

namespace fx::isolation {
namespace {

bool at_home(Regime regime) { return is_one_of(regime, {Regime::home_isolation, Regime::home_monitoring}); }

/// As it is, before anything is changed.
Conversion as_it_is(const Stay& stay) {
  return {.change = Change::kept,
          .regime = stay.regime,
          .days = stay.days,
          .ends_at = stay.ends_at,
          .home_until = stay.home_until,
          .then_regime = stay.then_regime,
          .then_days = stay.then_days,
          .tests = stay.protocol_days,
          .then_tests = stay.then_protocol_days,
          .release_samples = stay.release_samples,
          .fresh_negative = stay.fresh_negative_h.has_value(),
          .cancelled = {},
          .added = {}};
}

void take_over(Conversion& out, const Schedule& next) {
  out.days = next.days;
  out.then_regime = next.then_regime;
  out.then_days = next.then_days;
  out.tests = next.tests;
  out.then_tests = next.then_tests;
  out.release_samples = next.release_samples;
}

Change by_end(Instant former, Instant next) {
  if (next < former) return Change::shortened;
  return next > former ? Change::prolonged : Change::kept;
}

/// The first phase goes on where it is, until Day 0 + the new days.
void convert_here(Conversion& out, const Stay& stay, const Schedule& next, Instant effective) {
  take_over(out, next);
  out.ends_at = end_of(stay.day0, next.days);
  out.change = by_end(stay.ends_at, out.ends_at);
  if (out.ends_at <= effective) {
    out.ends_at = effective;
    out.change = Change::release_due;
    out.fresh_negative = true;
  }
}

/// From a site to a home: what is served counts, the rest is done there.
void convert_to_home(Conversion& out, const Stay& stay, const Schedule& next, Instant effective) {
  const std::int32_t served = std::max(0, day_of(effective - Duration(1)) - stay.day0);
  const std::int32_t total = next.days + next.then_days;
  out.days = served;
  out.ends_at = effective;
  out.change = end_of(stay.day0, total) <= effective ? Change::release_due : Change::home;
  out.then_regime = next.regime;
  out.then_days = std::max(0, total - served);
  out.tests = next.tests;
  out.then_tests.clear();
  for (const std::int32_t day : next.tests)
    if (day > served) out.then_tests.push_back(day - served);
  for (const std::int32_t day : next.then_tests)
    if (next.days + day > served) out.then_tests.push_back(next.days + day - served);
  out.release_samples = next.release_samples;
  out.fresh_negative = true;
}

/// The phase at home ends with the new total, under the new phase's regime.
void convert_at_home(Conversion& out, const Stay& stay, const Schedule& next, Instant effective) {
  const Instant former = stay.home_until.value_or(stay.ends_at);
  take_over(out, next);
  if (!next.then_regime) out.then_regime = at_home(next.regime) ? next.regime : stay.then_regime;
  out.home_until = end_of(stay.day0, next.days + next.then_days);
  out.change = by_end(former, *out.home_until);
  if (*out.home_until <= effective) {
    out.home_until = effective;
    out.change = Change::release_due;
    out.fresh_negative = true;
  }
}

/// Every day on which the new schedule asks for a sample, while the stay goes on.
std::vector<Day> asked_days(const Conversion& out, const Stay& stay, bool home, Instant effective) {
  std::vector<Day> days;
  if (home)
    for (const std::int32_t day : out.then_tests) days.push_back(stay.day0 + (out.days + day));
  else
    for (const std::int32_t day : out.tests) days.push_back(stay.day0 + day);
  const Day last = day_of((home ? out.home_until.value_or(out.ends_at) : out.ends_at) - Duration(1));
  std::erase_if(days, [&](Day day) { return day > last; });
  // Released, or sent home, on one negative taken now.
  if (out.fresh_negative) days.push_back(day_of(effective));
  return days;
}

void convert_tests(Conversion& out, const Stay& stay, std::span<const StayTest* const> tests, bool home,
                   Instant effective) {
  const std::vector<Day> asked = asked_days(out, stay, home, effective);
  for (const StayTest* test : tests) {
    const bool due = is_one_of(test->state, {TestState::due, TestState::no_answer}) && test->open.empty();
    if (due && std::ranges::find(asked, test->day) == asked.end()) out.cancelled.push_back(test->id);
  }
  if (!stay.admitted_at) return;  // its days are set on admission
  for (const Day day : asked) {
    const bool known = std::ranges::any_of(tests, [&](const StayTest* test) { return test->day == day; });
    if (!known && day >= day_of(effective) && std::ranges::find(out.added, day) == out.added.end())
      out.added.push_back(day);
  }
}

/// What the new edition asks for, or leaves to the person. A site instead of an unsuitable home is a finding about that home,
/// made when somebody is sent there: it keeps nobody at a site whom the edition sends home.
bool allowed(const Schedule& next, Regime regime) {
  return regime == next.regime || regime == next.by_choice;
}

}  // namespace

NewSchedule new_schedule(const Ruled& ruled) {
  using State = RuleValue::State;
  if (ruled.schedule) return {NewSchedule::Kind::schedule, *ruled.schedule};
  // A schedule of tests only is no stay, either.
  const bool none = is_one_of(ruled.rule.state, {State::not_allowed, State::off, State::value});
  return {none ? NewSchedule::Kind::abolished : NewSchedule::Kind::unknown, {}};
}

StayState phase_of(const Stay& stay) {
  if (stay.state == StayState::absconded) return stay.before.value_or(StayState::ordered);
  return stay.state;
}

Conversion convert(const Stay& stay, std::span<const StayTest* const> tests, const NewSchedule& next,
                   Instant effective) {
  Conversion out = as_it_is(stay);
  const StayState phase = phase_of(stay);
  const bool home = phase == StayState::home_phase;
  if (next.kind == NewSchedule::Kind::unknown) {
    out.change = Change::officer;
    return out;
  }
  if (next.kind == NewSchedule::Kind::abolished) {
    out.change = Change::ended;
    (home ? out.home_until.emplace() : out.ends_at) = effective;
    for (const StayTest* test : tests)
      if (is_one_of(test->state, {TestState::due, TestState::no_answer, TestState::sampled}))
        out.cancelled.push_back(test->id);
    return out;
  }
  const bool arrived = is_one_of(phase, {StayState::observing, StayState::out_closed_loop});
  if (home)
    convert_at_home(out, stay, next.schedule, effective);
  else if (allowed(next.schedule, stay.regime))
    convert_here(out, stay, next.schedule, effective);
  else if (stay.regime == Regime::central && arrived)
    convert_to_home(out, stay, next.schedule, effective);
  else
    out.change = Change::officer;
  if (out.change != Change::officer) convert_tests(out, stay, tests, home, effective);
  return out;
}

}  // namespace fx::isolation
