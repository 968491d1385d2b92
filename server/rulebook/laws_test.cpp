// Laws of rulebook.md §9 that the engine of duties must keep, whatever happens.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "rulebook/testing/bench.hpp"

namespace fx::rulebook::testing {
namespace {

const char* const law_rules = R"(
[[duty]]
id = "OB-C1"
name = { zh = "报卡", en = "card" }
opens = { event = "investigation.case_classified" }
about = "case"
owed_by = "hospital:DOC"
owed_to = "hospital.county.cdc"
within = "@X.h"
met_by = { event = "reporting.card_submitted", same = "case" }
void_by = { event = "investigation.case_excluded", same = "case" }
ladder = "std"
source = "N1"
evidence = "S"
[[duty]]
id = "OB-D1"
name = { zh = "到位", en = "start" }
opens = { event = "investigation.case_opened" }
about = "case"
owed_by = "cdc:INV"
owed_to = "cdc.county.cmd:CMD"
within = "@X.h"
met_by = { event = "investigation.team_started", same = "case" }
void_by = { event = "investigation.case_excluded", same = "case" }
ladder = "std"
source = "N1"
evidence = "S"
)";

File with_hours(double hours) {
  File file = base_file();
  const std::string cell = "v9 = { value = 2,";
  return file.text.replace(file.text.find(cell), cell.size(),
                           "v9 = { value = " + std::to_string(hours) + ","),
         file;
}

struct Move {
  int what = 0;  ///< open, classify, submit, start, exclude
  int the_case = 0;
  std::int64_t minute = 0;
  std::int64_t delay = 0;
};

Move a_move() {
  return {*rc::gen::inRange(0, 5), *rc::gen::inRange(1, 4), *rc::gen::inRange<std::int64_t>(0, 600),
          *rc::gen::inRange<std::int64_t>(0, 90)};
}

Event event_of(const Move& move, const Place& place) {
  const auto id = make_id<CaseId>(static_cast<std::uint64_t>(move.the_case));
  switch (move.what) {
    case 0: return Event(CaseOpened{id, place.cdc});
    case 1: return Event(CaseClassified{id, CaseClass::confirmed, place.hospital, place.cdc});
    case 2: return Event(CardSubmitted{make_id<CardId>(9), id, place.hospital, place.cdc});
    case 3: return Event(TeamOnCase{id});
    default: return Event(CaseExcluded{id});
  }
}

Instant start() { return at("2022-07-18 00:00"); }

/// Everything but the ledger's numbers, which depend on the order of arrival.
std::string told_of(const Duty& duty) {
  Duty plain = duty;
  plain.no = 0;
  plain.opened_by = 0;
  plain.met_by.reset();
  return to_json(plain);
}

std::vector<std::string> all_of(const Bench& bench) {
  std::vector<std::string> out;
  for (const auto& [no, duty] : bench.duties()) out.push_back(told_of(duty));
  std::ranges::sort(out);
  return out;
}

RC_GTEST_PROP(Laws, StricterIsNeverLater, ()) {
  static const Place place;
  const double strict = *rc::gen::inRange(1, 400) / 10.0;
  const double lax = strict + *rc::gen::inRange(0, 400) / 10.0;
  const auto when = start() + std::chrono::minutes(*rc::gen::inRange(0, 100'000));
  const auto due = [&](double hours) {
    const auto book = load_well({with_hours(hours), rules(law_rules)});
    Bench bench(*book, place);
    bench.happens(event_of({1, 1, 0, 0}, place), when, when);
    return bench.duty("OB-C1").due_at;
  };
  RC_ASSERT(due(strict) <= due(lax));
}

RC_GTEST_PROP(Laws, EveryDutyHasADebtorThatExistsOrSitsWithTheDutyOfficer, ()) {
  static const auto book = load_well({base_file(), rules(law_rules)});
  Place place;
  const std::vector<std::pair<UnitId, Role>> posts = {
      {place.hospital, Role::DOC}, {place.hospital, Role::FRP}, {place.cdc, Role::INV},
      {place.cdc, Role::FRP},      {place.cmd, Role::DO},       {place.cmd, Role::DL}};
  for (const auto& [unit, role] : posts)
    if (*rc::gen::arbitrary<bool>()) place.vacate(unit, role);
  Bench bench(*book, place);
  const UnitId nowhere = make_id<UnitId>(77);
  const bool known = *rc::gen::arbitrary<bool>();
  bench.happens(Event(CaseClassified{make_id<CaseId>(1), CaseClass::confirmed,
                                     known ? place.hospital : nowhere, place.cdc}),
                start(), start());
  bench.happens(Event(CaseOpened{make_id<CaseId>(1), known ? place.cdc : nowhere}), start(), start());
  RC_ASSERT(bench.duties().size() == 2U);
  for (const auto& [no, duty] : bench.duties()) {
    const Post debtor{duty.debtor_unit, duty.debtor_role};
    RC_ASSERT(place.reference.unit(debtor.unit) != nullptr);
    RC_ASSERT(place.reference.held(debtor, start()) || debtor == (Post{place.cmd, Role::DO}));
  }
}

RC_GTEST_PROP(Laws, OrderOfIndependentEventsDoesNotMatter, ()) {
  static const auto book = load_well({base_file(), rules(law_rules)});
  static const Place place;
  std::vector<Move> moves = *rc::gen::container<std::vector<Move>>(rc::gen::exec(a_move));
  std::ranges::stable_sort(moves, {}, &Move::minute);
  const Instant recorded = start() + std::chrono::hours(20);
  const auto play = [&](const std::vector<Move>& in) {
    Bench bench(*book, place);
    for (const Move& move : in)
      bench.happens(event_of(move, place), start() + std::chrono::minutes(move.minute), recorded);
    return all_of(bench);
  };
  // Events of different cases are independent: interleave them differently, each case's own order kept.
  std::vector<Move> other = moves;
  std::mt19937 chance(*rc::gen::arbitrary<std::uint32_t>());
  for (int i = 0; i < 200 && other.size() > 1; ++i) {
    const std::size_t at = chance() % (other.size() - 1);
    if (other[at].the_case != other[at + 1].the_case) std::swap(other[at], other[at + 1]);
  }
  RC_ASSERT(play(moves) == play(other));
}

RC_GTEST_PROP(Laws, OpenedIsMetAndLateAndOpenAndEndedAndNoStepTwice, ()) {
  static const auto book = load_well({base_file(), rules(law_rules)});
  static const Place place;
  std::vector<Move> moves = *rc::gen::container<std::vector<Move>>(rc::gen::exec(a_move));
  std::ranges::stable_sort(moves, {}, [](const Move& m) { return m.minute + m.delay; });
  Bench bench(*book, place);
  for (const Move& move : moves) {
    const Instant occurred = start() + std::chrono::minutes(move.minute);
    const Instant recorded = occurred + std::chrono::minutes(move.delay);
    if (*rc::gen::arbitrary<bool>()) bench.run_until(recorded);  // now and then the timer was down
    bench.happens(event_of(move, place), occurred, recorded);
  }
  bench.run_until(start() + std::chrono::hours(48));
  std::map<DutyState, std::size_t> count;
  for (const auto& [no, duty] : bench.duties()) {
    ++count[duty.state];
    RC_ASSERT(!duty.met_at || !is_open(duty.state));
    if (duty.state == DutyState::discharged) RC_ASSERT(*duty.met_at <= duty.due_at);
    if (duty.state == DutyState::discharged_late) RC_ASSERT(*duty.met_at > duty.due_at);
    if (is_open(duty.state)) RC_ASSERT(duty.state == DutyState::overdue);  // two days later
  }
  std::size_t sum = 0;
  for (const auto& [state, n] : count) sum += n;
  RC_ASSERT(sum == bench.duties().size());
  std::set<std::pair<No, std::int32_t>> steps;
  for (const DutyStep& step : bench.steps()) RC_ASSERT(steps.emplace(step.duty, step.step).second);
}

RC_GTEST_PROP(Laws, PeriodsAreTheSameHoweverTheTimeIsCut, ()) {
  static const auto book = load_well({base_file(), rules(R"(
[[rhythm]]
id = "OB-A2"
name = { zh = "签到", en = "check in" }
source = "N1"
evidence = "P"
population = "command.duty_posts"
every = "daily at 08:00, 14:30, 20:00"
lead = "@L.county_min"
owed_to = "debtor.city.cmd:DL"
met_by = { event = "command.shift_checked_in", same = "post" }
)")});
  static const Place place;
  const auto names = [&](Instant a, Instant b) {
    std::vector<std::string> out;
    for (const Period& period : book->periods(a, b, place.reference))
      for (const Duty& duty : period.duties)
        out.push_back(period.period + " " + duty.about.text() + " " + format(duty.due_at));
    return out;
  };
  std::vector<std::int64_t> cuts =
      *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 5000));
  std::ranges::sort(cuts);
  std::vector<std::string> pieces;
  Instant from = start();
  for (const std::int64_t cut : cuts) {
    const Instant until = start() + std::chrono::minutes(cut);
    for (std::string& name : names(from, until)) pieces.push_back(std::move(name));
    from = std::max(from, until);
  }
  for (std::string& name : names(from, start() + std::chrono::minutes(5000)))
    pieces.push_back(std::move(name));
  RC_ASSERT(pieces == names(start(), start() + std::chrono::minutes(5000)));
}

}  // namespace
}  // namespace fx::rulebook::testing
