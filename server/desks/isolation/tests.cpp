// The tests of a stay follow the tubes of its person, wherever they are sampled. A positive ends the stay: the person is
// a patient from here on, and lies in the room until fetched.
#include "desks/isolation/evidence/facts.hpp"
#include "desks/isolation/operations.hpp"
#include "desks/isolation/tests_only/facts.hpp"

namespace fx::isolation {
namespace {

const Stay* stay_of(PersonId person, const View& view) {
  const Claim* claim = view.find<Claim>(control_of_person(person));
  const Stay* stay = claim != nullptr && !claim->holder.is_nil() ? view.find<Stay>(claim->holder) : nullptr;
  return stay != nullptr && is_open(stay->state) ? stay : nullptr;
}

/// Influenza says nothing about a stay for measles, whether it is found or not.
bool concerns(const std::string& pathogen, const Stay& stay) {
  return pathogen.empty() || pathogen == stay.pathogen;
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

/// Ends on Ct values: from the first of their days on, each day's sample is a test of its own.
bool reads_ct(const Stay& stay, Day day, const Context& context) {
  const auto schedule = schedule_followed(stay, context);
  return schedule && schedule->release_ct_min && !schedule->release_days.empty() &&
         day >= stay.day0 + schedule->release_days.front();
}

void sample(const NoteSample& c, const Stay& stay, const View& view, const Context& context,
            Decision& decision) {
  const Day day = day_of(c.sealed_at);
  const bool own = reads_ct(stay, day, context);
  const StayTest* test = asked_by(stay, day, view);
  if (own && test != nullptr && test->day != day) test = nullptr;
  if (test == nullptr && !own && !stay.fresh_negative_h) {
    decision.events.emplace_back(ExtraSampled{stay.id, c.person, c.tube});
    return;
  }
  // A shortened stay ends on a fresh negative, whichever day it is sampled.
  const StayTestId id = test != nullptr ? test->id : test_of_day(stay, day);
  if (test == nullptr) {
    decision.events.emplace_back(TestDue{id, stay.id, c.person, stay.site, stay.cdc, day, start_of(day + 1)});
    decision.events.emplace_back(TestAdded{stay.id, id});
  }
  decision.events.emplace_back(TestSampled{id, stay.id, c.tube});
}

Result<Decision> note_sample(const NoteSample& c, const View& view, const Context& context) {
  Decision decision;
  note_first_sample(c, view, context, decision);
  note_asked_sample(c, view, decision);
  const Stay* stay = stay_of(c.person, view);
  if (stay != nullptr && concerns(c.pathogen, *stay)) sample(c, *stay, view, context, decision);
  return decision;
}

const StayTest* test_of(const Stay& stay, TubeId tube, const View& view) {
  for (const StayTestId id : stay.tests) {
    const StayTest& test = view.get<StayTest>(id);
    if (std::ranges::find(test.open, tube) != test.open.end()) return &test;
  }
  return nullptr;
}

void answer(const NoteResult& c, const Stay& stay, const View& view, const Context& context,
            Decision& decision) {
  if (const StayTest* test = test_of(stay, c.tube, view))
    decision.events.emplace_back(TestAnswered{test->id, stay.id, c.person, c.tube, c.result, stay.site,
                                              stay.cdc, start_of(day_of(context.occurred_at) + 1), c.lab,
                                              c.reagent_lot, c.lowest_ct, c.reagent});
  if (std::ranges::find(stay.pending, c.tube) != stay.pending.end())
    decision.events.emplace_back(ExtraAnswered{stay.id, c.tube, c.result});
}

/// Of whom the rulebook already takes for a case, a positive is what is expected.
bool is_a_case(const Stay& stay, const Context& context) {
  const auto schedule = schedule_followed(stay, context);
  return schedule && schedule->release_ct_min.has_value();
}

void convert(const NoteResult& c, const Stay& stay, const View& view, Decision& decision) {
  auto rest = open_tests(stay, view);
  if (const StayTest* test = test_of(stay, c.tube, view)) std::erase(rest, test->id);
  const std::optional<QuarantineRoomId> waits_in = lies_in_room(stay) ? stay.room : std::nullopt;
  decision.events.emplace_back(StayConverted{stay.id, stay.person, stay.site, stay.cdc, stay.room, c.tube,
                                             std::move(rest), edition_of(stay), waits_in});
  if (!waits_in) leave_room(decision, stay, view);
}

Result<Decision> note_result(const NoteResult& c, const View& view, const Context& context) {
  Decision decision;
  note_first_result(c, view, decision);
  note_asked_result(c, view, decision);
  const Stay* stay = stay_of(c.person, view);
  if (stay == nullptr || !concerns(c.pathogen, *stay)) return decision;
  answer(c, *stay, view, context, decision);
  if (c.result == TestState::positive && !is_a_case(*stay, context)) convert(c, *stay, view, decision);
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
  const bool loaded = is_named<Stay>(keys, claim->holder);
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
  keys.own<FirstTests>(c.person);
  keys.own<TestsOwed>(c.person);
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
