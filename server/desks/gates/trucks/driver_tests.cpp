// The tubes of a driver, wherever they are taken: sampled, answered, followed up as the landing rule says, or positive.
#include <algorithm>
#include <boost/json.hpp>

#include "desks/gates/operations.hpp"
#include "desks/gates/trucks/commands.hpp"
#include "desks/gates/trucks/facts.hpp"

namespace fx::gates {
namespace {

namespace json = boost::json;
using enum DriverState;

/// How many tests a landing owes, within how many days of the first, how far apart [G.landing.follow].
struct FollowRule {
  std::int32_t count = 0;
  std::int32_t within_d = 0;
  std::int32_t apart_h = 0;
};

std::int32_t number_in(const json::object& table, std::string_view key) {
  const auto* number = table.if_contains(key);
  return number != nullptr && number->is_number() ? number->to_number<std::int32_t>() : 0;
}

std::optional<FollowRule> follow_rule(const Context& context, std::int32_t county) {
  const RuleValue value = context.rules.value("G.landing.follow", context.occurred_at, county);
  if (value.state != RuleValue::State::value || value.text().empty()) return std::nullopt;
  const json::value parsed = json::parse(value.text());
  if (!parsed.is_object()) return std::nullopt;
  const auto& table = parsed.as_object();
  return FollowRule{number_in(table, "test_count"), number_in(table, "test_within_d"),
                    number_in(table, "test_apart_h")};
}

const TruckRun* run_of(PersonId person, const View& view) {
  const auto* now = view.find<DriverNow>(person);
  return now != nullptr ? view.find<TruckRun>(now->truck_run) : nullptr;
}

LandingTestId next_test(const TruckRun& run) {
  return derive<LandingTestTag>(run.id.raw, "landing:" + std::to_string(run.negatives));
}
LandingTestId again(const TruckRun& run, TubeId tube) {
  return derive<LandingTestTag>(run.id.raw, "again:" + tube.text());
}

Result<Decision> note_sample(const NoteDriverSample& c, const View& view, const Context&) {
  const TruckRun* run = run_of(c.person, view);
  if (run == nullptr || is_one_of(run->state, {cleared, stopped}) || c.sealed_at < run->arrived_at)
    return Decision{};
  Decision out{{DriverSampled{run->id, run->gate, run->person, c.tube, c.sealed_at}}};
  // One taken too early is kept, and is no answer to what is owed.
  if (run->landing_test && run->not_before && c.sealed_at >= *run->not_before)
    out.events.emplace_back(LandingTestSampled{*run->landing_test, run->id, c.tube});
  return out;
}

/// Another sample is owed: within the days of the rule, and not sooner than so many hours after the last.
Event follow_up(const TruckRun& run, const FollowRule& rule) {
  const Instant last = run.last_sampled_at.value_or(run.arrived_at);
  const Day first = day_of(run.first_sampled_at.value_or(run.arrived_at));
  return LandingTestDue{next_test(run),
                        run.id,
                        run.person,
                        run.gate,
                        run.holder,
                        last + std::chrono::hours(rule.apart_h),
                        start_of(first + (rule.within_d + 1))};
}

Decision on_negative(const TruckRun& run, TubeId tube, const Context& context) {
  Decision out{{DriverNegative{run.id, run.person, tube}}};
  if (run.landing_test || run.open_tubes.size() > 1) return out;  // another answer is still to come
  const auto rule = follow_rule(context, county_of(context.reference, run.gate));
  if (rule && run.negatives + 1 < rule->count)
    out.events.push_back(follow_up(run, *rule));
  else if (is_one_of(run.state, {released_tracked}))
    out.events.emplace_back(DriverCleared{run.id, run.person, run.gate});
  return out;
}

/// No answer came of it: owed once more, at once.
Decision on_no_answer(const TruckRun& run, TubeId tube, const Context& context) {
  const auto hours = number_of(context.rules, "G.landing.again_h", context.occurred_at,
                               county_of(context.reference, run.gate));
  Decision out{{DriverUnanswered{run.id, run.person, tube}}};
  if (!run.landing_test && hours)
    out.events.emplace_back(
        LandingTestDue{again(run, tube), run.id, run.person, run.gate, run.holder, context.occurred_at,
                       context.occurred_at + std::chrono::hours(static_cast<std::int64_t>(*hours))});
  return out;
}

Decision on_positive(const TruckRun& run, const NoteDriverResult& c, const Context& context) {
  DriverStopped stopped{.truck_run = run.id,
                        .person = run.person,
                        .case_id = *c.case_id,
                        .tube = c.tube,
                        .gate = run.gate,
                        .plate = run.plate,
                        .holder = run.holder,
                        .carrier = desks::unit_at(context.reference, UnitKind::transfer_desk,
                                                  county_of(context.reference, run.holder)),
                        .near = run.near,
                        .landing_tests = {}};
  if (run.landing_test) stopped.landing_tests.push_back(*run.landing_test);
  return {{std::move(stopped)}};
}

Result<Decision> note_result(const NoteDriverResult& c, const View& view, const Context& context) {
  const TruckRun* run = run_of(c.person, view);
  if (run == nullptr || run->state == stopped) return Decision{};
  // A positive stops the driver also when it is an amendment of what was answered before.
  const auto& awaited = c.result == DriverResult::positive ? run->tubes : run->open_tubes;
  if (std::ranges::find(awaited, c.tube) == awaited.end()) return Decision{};
  switch (c.result) {
    case DriverResult::negative: return on_negative(*run, c.tube, context);
    case DriverResult::no_answer: return on_no_answer(*run, c.tube, context);
    case DriverResult::positive: break;
  }
  if (!c.case_id) return Decision{};
  return on_positive(*run, c, context);
}

/// Two hops: the person names the run, the run what is owed of it.
template <class C>
void follow(const C& c, const View& view, const Context&, KeySet& keys) {
  const auto* now = view.find<DriverNow>(c.person);
  if (now == nullptr) return;
  const RowKey key{&table_type<TruckRun>(), now->truck_run.raw};
  const bool loaded =
      std::ranges::any_of(keys.entries(), [&](const auto& entry) { return entry.key == key; });
  keys.own<TruckRun>(now->truck_run);
  const TruckRun* run = loaded ? view.find<TruckRun>(now->truck_run) : nullptr;
  if (run == nullptr) return;
  const auto own = [&](LandingTestId test) { keys.own<LandingTest>(test).subject(test.raw); };
  own(next_test(*run));
  if (run->landing_test) own(*run->landing_test);
  if constexpr (requires { c.result; }) own(again(*run, c.tube));
}

template <class C>
void read_now(const C& c, const Context&, KeySet& keys) {
  keys.read<DriverNow>(c.person).subject(c.person.raw);
}

std::string of_run(const TruckRun& run) {
  const std::string name = "truck run " + run.id.text();
  if ((run.state == stopped) != run.case_id.has_value()) return name + " is stopped without a case";
  if (is_one_of(run.state, {cleared, stopped}) && !run.ended_at) return name + " ended at no time";
  if (is_one_of(run.state, {cleared, stopped}) && run.landing_test) return name + " is over and owes a test";
  if (run.landing_test.has_value() != run.next_due.has_value()) return name + " owes a test at no time";
  if (run.state == released_tracked && !run.released_at) return name + " is on the road unreleased";
  return {};
}

}  // namespace

void add_driver_tests(Desk& desk) {
  desk.operation<NoteDriverSample>("note_driver_sample", {"记录司机采样", "Note a driver's sample"})
      .internal()
      .keys(read_now<NoteDriverSample>)
      .more_keys(follow<NoteDriverSample>)
      .decide(note_sample);
  desk.operation<NoteDriverResult>("note_driver_result", {"记录司机结果", "Note a driver's result"})
      .internal()
      .keys(read_now<NoteDriverResult>)
      .more_keys(follow<NoteDriverResult>)
      .decide(note_result);
}

void add_driver_laws(Desk& desk) {
  desk.row_law<TruckRun>("F4: a driver is held by one unit, and what is awaited has a time", of_run);
}

}  // namespace fx::gates
