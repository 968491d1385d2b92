// A class without a stay owes tests: the rulebook's F.<class> says how many, within how many days of the judgement, and how
// far apart. The single tubes of the person count, wherever they are taken.
#include <boost/json.hpp>

#include "desks/isolation/operations.hpp"
#include "desks/isolation/tests_only/commands.hpp"
#include "desks/isolation/tests_only/facts.hpp"

namespace fx::isolation {
namespace {

using Sample = TestsOwed::Sample;

struct TestRule {
  RuleValue rule;
  std::int32_t count = 0;
  std::int32_t within_d = 0;
  std::int32_t apart_h = 0;
};

std::int32_t number_in(const boost::json::object& table, std::string_view key) {
  const auto* number = table.if_contains(key);
  return number != nullptr && number->is_number() ? number->to_number<std::int32_t>() : 0;
}

/// A class whose schedule is assessed has its tests in a row of their own.
RuleValue row_of(ControlClass class_, const Context& context, std::int32_t county) {
  RuleValue own = context.rules.value(rule_id(class_), context.occurred_at, county);
  if (own.state != RuleValue::State::assessed) return own;
  return context.rules.value(rule_id(class_) + ".tests", context.occurred_at, county);
}

/// None: a stay is asked for instead, or nothing.
std::optional<TestRule> tests_of(ControlClass class_, const Context& context, std::int32_t county) {
  TestRule out{.rule = row_of(class_, context, county)};
  if (out.rule.state != RuleValue::State::value) return std::nullopt;
  const auto value = boost::json::parse(out.rule.text());
  if (!value.is_object()) return std::nullopt;
  out.count = number_in(value.as_object(), "test_count");
  out.within_d = number_in(value.as_object(), "test_within_d");
  out.apart_h = number_in(value.as_object(), "test_apart_h");
  return out.count > 0 ? std::optional(std::move(out)) : std::nullopt;
}

void ask_row(TestsOwed& row, const TestsAsked& e, const Stamp& at) {
  row = {.id = e.person,
         .class_ = e.class_,
         .cdc = e.cdc,
         .source = e.source,
         .count = e.count,
         .apart_h = e.apart_h,
         .asked_at = at.occurred_at,
         .due_at = e.due_at,
         .samples = {},
         .open = true};
}

void answer_row(TestsOwed& row, const AskedTestAnswered& e, const Stamp&) {
  if (e.result == TestState::no_answer)
    std::erase_if(row.samples, [&](const Sample& sample) { return sample.tube == e.tube; });
  for (Sample& sample : row.samples)
    if (sample.tube == e.tube) sample.result = e.result;
}

const TestsOwed* owed_by(PersonId person, const View& view) {
  const auto* owed = view.find<TestsOwed>(person);
  return owed != nullptr && owed->open ? owed : nullptr;
}

Result<Decision> ask(const AskTests& c, const View& view, const Context& context) {
  const TestsOwed* owed = owed_by(c.person, view);
  const std::int32_t county = c.person.home();
  const auto rule = c.class_ ? tests_of(*c.class_, context, county) : std::nullopt;
  Decision decision;
  if (!rule) {
    if (owed != nullptr && owed->source == c.source)
      decision.events.emplace_back(AskedTestsDropped{c.person, c.source});
    return decision;
  }
  if (owed != nullptr) return decision;  // what is owed already is owed once
  const Claim* claim = view.find<Claim>(control_of_person(c.person));
  if (claim != nullptr && !claim->holder.is_nil()) return decision;  // a stay has its own tests
  const UnitId cdc = c.cdc.raw.is_nil()
                         ? desks::unit_at(context.reference, UnitKind::cdc, county).value_or(UnitId{})
                         : c.cdc;
  const Instant due_at = start_of(day_of(context.occurred_at) + (rule->within_d + 1));
  decision.events.emplace_back(TestsAsked{c.person, *c.class_, cdc, c.source, rule->count, rule->apart_h,
                                          due_at, rule->rule.id, rule->rule.profile});
  return decision;
}

}  // namespace

void drop_asked_tests(PersonId person, const View& view, Decision& decision) {
  if (const TestsOwed* owed = owed_by(person, view))
    decision.events.emplace_back(AskedTestsDropped{person, owed->source});
}

void note_asked_sample(const NoteSample& c, const View& view, Decision& decision) {
  const TestsOwed* owed = owed_by(c.person, view);
  if (owed == nullptr || c.sealed_at < owed->asked_at) return;
  const bool too_soon = !owed->samples.empty() &&
                        c.sealed_at < owed->samples.back().sealed_at + std::chrono::hours(owed->apart_h);
  if (!too_soon) decision.events.emplace_back(AskedTestSampled{c.person, c.tube, c.sealed_at});
}

void note_asked_result(const NoteResult& c, const View& view, Decision& decision) {
  const TestsOwed* owed = owed_by(c.person, view);
  if (owed == nullptr) return;
  const bool counts = std::ranges::find(owed->samples, c.tube, &Sample::tube) != owed->samples.end();
  if (counts) decision.events.emplace_back(AskedTestAnswered{c.person, c.tube, c.result});
  const bool positive = c.result == TestState::positive;
  const auto negative = std::ranges::count_if(owed->samples, [&](const Sample& sample) {
    return sample.tube != c.tube && sample.result == TestState::negative;
  });
  const bool last = counts && c.result == TestState::negative && negative + 1 >= owed->count;
  if (positive || last) decision.events.emplace_back(AskedTestsDone{c.person, owed->cdc, positive});
}

void add_tests_only(Desk& desk) {
  desk.event<TestsAsked>().event<AskedTestSampled>().event<AskedTestAnswered>();
  desk.event<AskedTestsDone>().event<AskedTestsDropped>();
  desk.table<TestsOwed>();
  const auto close = [](TestsOwed& row, auto&, auto&) { row.open = false; };
  desk.evolves<TestsAsked, TestsOwed>(&TestsAsked::person, ask_row)
      .evolves<AskedTestSampled, TestsOwed>(&AskedTestSampled::person,
                                            [](TestsOwed& row, const AskedTestSampled& e, auto&) {
                                              row.samples.push_back({e.tube, e.sealed_at, {}});
                                            })
      .evolves<AskedTestAnswered, TestsOwed>(&AskedTestAnswered::person, answer_row)
      .evolves<AskedTestsDone, TestsOwed>(&AskedTestsDone::person, close)
      .evolves<AskedTestsDropped, TestsOwed>(&AskedTestsDropped::person, close);
  desk.operation<AskTests>("ask_tests", {"提请检测", "Ask for tests"})
      .internal()
      .keys([](const AskTests& c, const Context&, KeySet& keys) {
        keys.own<TestsOwed>(c.person).read<Claim>(control_of_person(c.person)).subject(c.person.raw);
      })
      .decide(ask);
}

}  // namespace fx::isolation
