// The tests of a stay follow the tubes of its person, wherever they are sampled. A positive ends the stay: the person is
// a patient from here on.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

const Stay* stay_of(PersonId person, const View& view) {
  const Claim* claim = view.find<Claim>(control_of_person(person));
  return claim != nullptr && !claim->holder.is_nil() ? view.find<Stay>(claim->holder) : nullptr;
}

/// The test a sample of that day answers: the day's own, else the earliest that is overdue.
const StayTest* asked_by(const Stay& stay, Day day, const View& view) {
  const StayTest* best = nullptr;
  for (const StayTestId id : stay.tests) {
    const StayTest& test = view.get<StayTest>(id);
    if (test.day == day) return &test;
    const bool open = is_one_of(test.state, {TestState::due, TestState::no_answer});
    if (open && test.day < day && (best == nullptr || test.day < best->day)) best = &test;
  }
  return best;
}

StayTestId test_of_day(const Stay& stay, Day day) {
  return derive<StayTestTag>(stay.id.raw, "test:" + format(day));
}

Result<Decision> note_sample(const NoteSample& c, const View& view, const Context&) {
  const Stay* stay = stay_of(c.person, view);
  if (stay == nullptr) return Decision{};
  const Day day = day_of(c.sealed_at);
  const StayTest* test = asked_by(*stay, day, view);
  if (test != nullptr) return Decision{{TestSampled{test->id, stay->id, c.tube}}};
  if (!stay->fresh_negative_h) return Decision{};
  // A shortened stay ends on a fresh negative, whichever day it is sampled.
  const StayTestId made = test_of_day(*stay, day);
  return Decision{{TestDue{made, stay->id, c.person, stay->site, stay->cdc, day, start_of(day + 1)},
                   TestAdded{stay->id, made}, TestSampled{made, stay->id, c.tube}}};
}

const StayTest* test_of(const Stay& stay, TubeId tube, const View& view) {
  for (const StayTestId id : stay.tests) {
    const StayTest& test = view.get<StayTest>(id);
    if (std::ranges::find(test.open, tube) != test.open.end()) return &test;
  }
  return nullptr;
}

Result<Decision> note_result(const NoteResult& c, const View& view, const Context& context) {
  const Stay* stay = stay_of(c.person, view);
  if (stay == nullptr) return Decision{};
  Decision decision;
  if (const StayTest* test = test_of(*stay, c.tube, view))
    decision.events.emplace_back(TestAnswered{test->id, stay->id, c.person, c.tube, c.result, stay->site,
                                              stay->cdc, start_of(day_of(context.occurred_at) + 1)});
  if (c.result != TestState::positive) return decision;
  auto rest = open_tests(*stay, view);
  if (const StayTest* test = test_of(*stay, c.tube, view)) std::erase(rest, test->id);
  decision.events.emplace_back(StayConverted{stay->id, stay->person, stay->site, stay->cdc, stay->room,
                                             c.tube, std::move(rest), edition_of(*stay)});
  leave_room(decision, *stay, view);
  return decision;
}

Result<Decision> explain(const ExplainTest& c, const View& view, const Context& context) {
  const StayTest* test = view.find<StayTest>(c.test);
  if (test == nullptr) return unknown("/test");
  Refusals no;
  if (!is_one_of(test->state, {TestState::due, TestState::no_answer}))
    no.add(wrong_state(test->state, {TestState::due, TestState::no_answer}));
  if (context.occurred_at < start_of(test->day)) no.add("R-STY-14", "/test");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{TestExplained{test->id, test->stay, c.reason.ref}}};
}

/// Two hops: the claim names the stay, the stay its room and its tests.
template <class C>
void follow(const C& c, const View& view, const Context&, KeySet& keys) {
  const Claim* claim = view.find<Claim>(control_of_person(c.person));
  if (claim == nullptr || claim->holder.is_nil()) return;
  const RowKey key{&table_type<Stay>(), claim->holder};
  const bool loaded =
      std::ranges::any_of(keys.entries(), [&](const auto& entry) { return entry.key == key; });
  keys.own<Stay>(claim->holder);
  if (const Stay* stay = loaded ? view.find<Stay>(claim->holder) : nullptr) {
    own_room(*stay, keys);
    own_tests(*stay, keys);
    keys.own<OpenStays>(count_key(*stay));
    if constexpr (requires { c.sealed_at; }) keys.own<StayTest>(test_of_day(*stay, day_of(c.sealed_at)));
  }
}

template <class C>
void own_claim(const C& c, const Context&, KeySet& keys) {
  keys.own<Claim>(control_of_person(c.person)).subject(c.person.raw);
}

}  // namespace

void add_tests(Desk& desk) {
  desk.operation<NoteSample>("note_sample", {"记录隔离期采样", "Note a sample"})
      .internal()
      .keys(own_claim<NoteSample>)
      .more_keys(follow<NoteSample>)
      .decide(note_sample);
  desk.operation<NoteResult>("note_result", {"记录隔离期结果", "Note a result"})
      .internal()
      .keys(own_claim<NoteResult>)
      .more_keys(follow<NoteResult>)
      .decide(note_result);
  desk.operation<ExplainTest>("explain_test", {"说明未采样原因", "Explain a missed test"})
      .by({Role::QD, Role::GRID})
      .keys([](const ExplainTest& c, const Context&, KeySet& keys) { keys.own<StayTest>(c.test); })
      .more_keys([](const ExplainTest& c, const View& view, const Context&, KeySet& keys) {
        if (const StayTest* test = view.find<StayTest>(c.test)) keys.read<Stay>(test->stay);
      })
      .place([](const ExplainTest& c, const View& view, const Context&) -> std::optional<UnitId> {
        const StayTest* test = view.find<StayTest>(c.test);
        return test != nullptr ? std::optional(test->site) : std::nullopt;
      })
      .decide(explain);
}

}  // namespace fx::isolation
