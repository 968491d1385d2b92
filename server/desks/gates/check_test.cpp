// Without these, a red code could pass by paper, a gatekeeper sign for the receiver, or a shift count what nobody saw.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/gates/testing/highway.hpp"

namespace fx::gates {
namespace {

using namespace testing;
using fx::testing::happened;
using fx::testing::refused;

struct Gates : ::testing::Test, Highway {};

TEST_F(Gates, LetPassOnTheGatekeepersKey) {
  ASSERT_THAT(as_keeper("check_person", seen(1)), happened("gates.check_recorded"));
  EXPECT_EQ(row(1).outcome, CheckOutcome::checked);
  ASSERT_THAT(as_keeper("pass_person", PassPerson{check(1), {}}), happened("gates.check_decided"));
  EXPECT_EQ(sums(), "1 / 0 / 0 / 0 = 1");
  EXPECT_THAT(as_keeper("pass_person", PassPerson{check(1), {}}), refused("R-STATE"));
}

TEST_F(Gates, OpenBeforeAnythingAndKeptByWhoIsThere) {
  EXPECT_THAT(as_second("check_person", seen(1)), refused("R-GAT-1"));
  CheckPerson elsewhere = seen(1);
  elsewhere.gate = other_gate;
  EXPECT_THAT(as_keeper("check_person", elsewhere), refused("R-GAT-1"));
  as_keeper("check_person", seen(1));
  EXPECT_THAT(as_second("pass_person", PassPerson{check(1), {}}), refused("R-GAT-1"));
  as_second("join_gate", JoinGate{gate});
  EXPECT_THAT(as_second("pass_person", PassPerson{check(1), {}}), happened("gates.check_decided"));
  as_head("close_gate", CloseGate{gate});
  EXPECT_THAT(as_keeper("check_person", seen(2)), refused("R-GAT-1"));
}

TEST_F(Gates, RefuseImpossibleReadings) {
  CheckPerson c = seen(1);
  c.temperature = 365;
  c.certificate_at = bench.time() + std::chrono::hours(1);
  c.places = {12};
  EXPECT_THAT(as_keeper("check_person", c), refused("F-SHAPE F-FUTURE F-SHAPE"));
}

TEST_F(Gates, SendRedAndFeverOnAtOnceAndNeverThrough) {
  CheckPerson red = seen(1);
  red.health = HealthCode::red;
  ASSERT_THAT(as_keeper("check_person", red),
              happened("gates.check_recorded gates.check_decided gates.red_channel_opened"));
  EXPECT_THAT(as_keeper("pass_person", PassPerson{check(1), {}}), refused("R-GAT-2"));
  CheckPerson hot = seen(2);
  hot.temperature = 37.3;
  as_keeper("check_person", hot);
  EXPECT_EQ(row(2).outcome, CheckOutcome::fever_clinic);
  EXPECT_EQ(sums(), "0 / 0 / 1 / 1 = 2");
}

TEST_F(Gates, HandOverToSomebodyElse) {
  CheckPerson red = seen(1);
  red.health = HealthCode::red;
  as_keeper("check_person", red);
  as_second("join_gate", JoinGate{gate});
  const ReceivePerson receive{check(1), hospital, words("红码通道")};
  EXPECT_THAT(as_keeper("receive_person", receive), refused("R-GAT-4"));
  EXPECT_THAT(as_second("receive_person", receive), refused("R-GAT-4"));
  EXPECT_THAT(as_nurse("receive_person", ReceivePerson{check(1), hospital, {}}), refused("F-SHAPE"));
  ASSERT_THAT(as_nurse("receive_person", receive), happened("gates.person_handed_over"));
  EXPECT_EQ(row(1).receiver, hospital);
  EXPECT_THAT(as_nurse("receive_person", receive), refused("R-STATE"));
  as_keeper("check_person", seen(2));
  EXPECT_THAT(as_nurse("receive_person", ReceivePerson{check(2), hospital, words("x")}), refused("R-STATE"))
      << "who only was checked is handed to nobody";
}

TEST_F(Gates, AReasonThatTurnsOutToBeSomebodyElsesFreesWhoWasNamedBefore) {
  as_system("note_control", NoteControl{source(1), person(1), ControlKind::source_line, true});
  as_system("note_control", NoteControl{source(1), person(2), ControlKind::source_line, true});
  EXPECT_FALSE(bench.get<Controlled>(person(1)).stopped);
  EXPECT_TRUE(bench.get<Controlled>(person(2)).stopped);
  as_system("note_control", NoteControl{source(1), {}, ControlKind::source_line, false});
  EXPECT_FALSE(bench.get<Controlled>(person(2)).stopped);
}

TEST_F(Gates, StopWhomTheControlListNames) {
  as_system("note_control", NoteControl{source(1), person(1), ControlKind::contact, true});
  as_system("note_control", NoteControl{source(2), person(1), ControlKind::isolation_order, true});
  as_keeper("check_person", seen(1));
  EXPECT_EQ(row(1).outcome, CheckOutcome::red_channel);
  EXPECT_THAT(as_keeper("pass_person", PassPerson{check(1), {}}), refused("R-GAT-5"));
  as_system("note_control", NoteControl{source(1), {}, ControlKind::contact, false});
  EXPECT_TRUE(bench.get<Controlled>(person(1)).stopped) << "the order still runs";
  ASSERT_THAT(as_officer("settle_control", SettleControl{source(2), words("解除隔离")}),
              happened("gates.control_settled"));
  CheckPerson again = seen(2);
  again.person = person(1);
  as_keeper("check_person", again);
  EXPECT_EQ(row(2).verdict, Verdict::pass);
  EXPECT_THAT(as_system("note_control", NoteControl{source(9), {}, ControlKind::contact, false}).events,
              ::testing::IsEmpty())
      << "nothing ended, nothing happened";
}

TEST_F(Gates, TellAnUnclassedArrivalByItsOwnCode) {
  as_system("note_control", NoteControl{source(1), person(1), ControlKind::unclassed_arrival, true});
  as_keeper("check_person", seen(1));
  EXPECT_THAT(as_keeper("pass_person", PassPerson{check(1), {}}), refused("R-JRN-2"));
}

TEST_F(Gates, BelieveTheServiceMoreThanThePhone) {
  bench.as(officer, cdc, {Role::TEL})
      .ask("record_code_answer", RecordCodeAnswer{person(1), "province", HealthCode::red, {}});
  bench.now("2022-07-18 09:41");
  as_keeper("check_person", seen(1));
  EXPECT_EQ(row(1).outcome, CheckOutcome::red_channel)
      << "red an hour ago is red, whatever the picture shows";
  bench.as(officer, cdc, {Role::TEL})
      .ask("record_code_answer", RecordCodeAnswer{person(2), "province", HealthCode::green, {}});
  CheckPerson paper = seen(2);
  paper.health.reset();
  paper.source = CodeSource::service;
  as_keeper("check_person", paper);
  EXPECT_EQ(row(2).verdict, Verdict::pass);
  bench.now("2022-07-18 10:00");
  CheckPerson later = paper;
  later.check = check(3);
  as_keeper("check_person", later);
  EXPECT_EQ(row(3).reasons, std::vector{Reason::no_code}) << "a green of twenty minutes ago is no code now";
}

/// 双码查验: one code is not both.
TEST_F(Gates, AskForBothCodes) {
  CheckPerson one = seen(1);
  one.travel.reset();
  as_keeper("check_person", one);
  EXPECT_EQ(row(1).verdict, Verdict::second_check);
  EXPECT_EQ(row(1).reasons, std::vector{Reason::no_travel_code});
  RecheckPerson both;
  both.check = check(1);
  both.travel = TravelCode::clear;
  as_keeper("recheck_person", both);
  EXPECT_EQ(row(1).verdict, Verdict::pass);
}

TEST_F(Gates, ReadTheHistoryByTheListInForce) {
  const auto list = id<ExternalListId>(71);
  as_officer("receive_list",
             ReceiveList{list, 12, {{110'100, RegionClass::high}, {990'122, RegionClass::low}}});
  CheckPerson c = seen(1);
  c.places = {110'108};
  as_keeper("check_person", c);
  EXPECT_EQ(row(1).verdict, Verdict::pass) << "not in force yet";
  as_officer("put_list_in_force", PutListInForce{list});
  c.check = check(2);
  as_keeper("check_person", c);
  EXPECT_EQ(row(2).reasons, std::vector{Reason::key_region}) << "the city is listed, so is its district";
  EXPECT_EQ(row(2).list_version, 12);
  c.check = check(3);
  c.history_settled = true;
  as_keeper("check_person", c);
  EXPECT_EQ(row(3).verdict, Verdict::pass);
  const auto next = id<ExternalListId>(72);
  as_officer("receive_list", ReceiveList{next, 13, {{990'122, RegionClass::medium}}});
  const Answer in_force = as_officer("put_list_in_force", PutListInForce{next});
  EXPECT_EQ(in_force.get<ListInForce>().graver, std::vector<std::int32_t>{990'122});
  EXPECT_EQ(bench.get<ExternalList>(list).state, ListState::superseded);
  EXPECT_EQ(row(2).list_version, 12) << "a verdict keeps the version it used";
  const auto old = id<ExternalListId>(73);
  as_officer("receive_list", ReceiveList{old, 13, {{990'122, RegionClass::medium}}});
  EXPECT_THAT(as_officer("put_list_in_force", PutListInForce{old}), refused("R-GAT-10"));
}

TEST_F(Gates, LookASecondTimeAndKeepTheWorst) {
  CheckPerson c = seen(1);
  c.temperature.reset();
  c.health = HealthCode::yellow;
  as_keeper("check_person", c);
  as_keeper("send_to_second_check", SendToSecondCheck{check(1), {}});
  RecheckPerson again;
  again.check = check(1);
  again.temperature = 36.4;
  again.health = HealthCode::green;
  as_keeper("recheck_person", again);
  EXPECT_EQ(row(1).reasons, std::vector{Reason::yellow_code}) << "yellow was seen";
  EXPECT_THAT(as_keeper("pass_person", PassPerson{check(1), words("核实黄码原因")}),
              happened("gates.check_decided"));
  EXPECT_EQ(sums(), "1 / 0 / 0 / 0 = 1");
  CheckPerson hot = seen(2);
  hot.temperature.reset();
  as_keeper("check_person", hot);
  again.check = check(2);
  again.temperature = 38.1;
  as_keeper("recheck_person", again);
  EXPECT_EQ(row(2).outcome, CheckOutcome::fever_clinic);
  EXPECT_THAT(as_keeper("recheck_person", again), refused("R-STATE"));
}

TEST_F(Gates, UndoASlipWithinSecondsByTheSameHand) {
  as_keeper("check_person", seen(1));
  as_keeper("open_red_channel", OpenRedChannel{check(1), {}, {}});
  as_second("join_gate", JoinGate{gate});
  EXPECT_THAT(as_second("undo_outcome", UndoOutcome{check(1)}), refused("R-GAT-7"));
  bench.now(bench.time() + std::chrono::seconds(10));
  EXPECT_THAT(as_keeper("undo_outcome", UndoOutcome{check(1)}), happened("gates.outcome_undone"));
  EXPECT_EQ(row(1).outcome, CheckOutcome::checked);
  as_keeper("pass_person", PassPerson{check(1), {}});
  bench.now(bench.time() + std::chrono::seconds(11));
  EXPECT_THAT(as_keeper("undo_outcome", UndoOutcome{check(1)}), refused("R-GAT-7"));
  CheckPerson red = seen(2);
  red.health = HealthCode::red;
  as_keeper("check_person", red);
  EXPECT_THAT(as_keeper("undo_outcome", UndoOutcome{check(2)}), refused("R-GAT-7")) << "that is no slip";
}

TEST_F(Gates, HoldNoEmergency) {
  as_head("close_gate", CloseGate{gate});
  ASSERT_THAT(as_second("declare_emergency", DeclareGateEmergency{check(1), gate, {}, words("心脏骤停")}),
              happened("gates.gate_emergency"));
  EXPECT_EQ(row(1).outcome, CheckOutcome::emergency);
  EXPECT_THAT(as_nurse("receive_person", ReceivePerson{check(1), hospital, words("缓冲区")}),
              happened("gates.person_handed_over"));
  as_head("open_gate", OpenGate{gate, GateKind::hospital, shift(2), {}});
  as_keeper("join_gate", JoinGate{gate});
  CheckPerson red = seen(2);
  red.health = HealthCode::red;
  as_keeper("check_person", red);
  as_keeper("declare_emergency", DeclareGateEmergency{check(2), gate, {}, {}});
  EXPECT_EQ(totals(2).emergency, 1);
  EXPECT_EQ(totals(2).red_channel, 0);
}

TEST_F(Gates, RecordWhatHappenedWithoutTheServer) {
  bench.as(officer, cdc, {Role::TEL})
      .ask("record_code_answer", RecordCodeAnswer{person(1), "province", HealthCode::red, {}});
  bench.now("2022-07-18 10:05").occurred("2022-07-18 09:41");
  RecordPassage c = passage(1);
  c.source = CodeSource::paper;
  c.health.reset();
  c.local_verdict = Verdict::second_check;
  const Answer answer = as_keeper("record_passage", c);
  ASSERT_THAT(answer, happened("gates.check_recorded gates.check_disputed gates.check_decided "
                               "gates.red_channel_opened gates.gate_watched"));
  EXPECT_EQ(answer.get<CheckDisputed>().code, "R-GAT-2");
  EXPECT_EQ(answer.get<RedChannelOpened>().opened_at, fx::testing::at("2022-07-18 10:05"))
      << "a receiver is owed from when it was known";
  EXPECT_EQ(answer.get<CheckRecorded>().outcome, CheckOutcome::passed) << "as it happened";
  EXPECT_EQ(row(1).outcome, CheckOutcome::red_channel) << "as corrected";
  EXPECT_EQ(sums(), "0 / 0 / 1 / 0 = 1");
  EXPECT_THAT(as_head("settle_dispute", SettleDispute{check(1), words("已核")}),
              happened("gates.dispute_settled"));
  EXPECT_THAT(as_head("settle_dispute", SettleDispute{check(1), words("已核")}), refused("R-STATE"));
}

/// A gate that let pass by its own snapshot whom the server asks for a second look: somebody owes the settling.
TEST_F(Gates, DisputeAVerdictThatIsNotTheServers) {
  RecordPassage c = passage(1);
  c.health = HealthCode::yellow;
  c.local_verdict = Verdict::pass;
  const Answer answer = as_keeper("record_passage", c);
  ASSERT_THAT(answer, happened("gates.check_recorded gates.check_disputed"));
  EXPECT_EQ(answer.get<CheckDisputed>().code, "R-GAT-9");
  EXPECT_EQ(answer.get<CheckDisputed>().verdict, Verdict::second_check);
  RecordPassage careful = passage(2);
  careful.local_verdict = Verdict::second_check;
  EXPECT_THAT(as_keeper("record_passage", careful), happened("gates.check_recorded")) << "an old snapshot";
  RecordPassage hot = passage(3, CheckOutcome::red_channel);
  hot.temperature = 38.0;
  hot.local_verdict = Verdict::red_channel;
  EXPECT_EQ(as_keeper("record_passage", hot).get<CheckDisputed>().verdict, Verdict::fever_clinic);
}

/// SC-12.1: 412 = 405 + 4 + 2 + 1 as the gatekeeper entered it, 404 / 4 / 3 / 1 once the record is corrected.
TEST_F(Gates, CorrectTheTotalsOfAShiftOf412) {
  std::uint64_t n = 1;
  const auto several = [&](int count, auto change) {
    for (int i = 0; i < count; ++i, ++n) {
      CheckPerson c = seen(n);
      change(c);
      as_keeper("check_person", c);
      if (row(n).verdict == Verdict::pass) as_keeper("pass_person", PassPerson{check(n), {}});
      if (row(n).verdict == Verdict::second_check)
        as_keeper("send_to_second_check", SendToSecondCheck{check(n), {}});
    }
  };
  several(404, [](CheckPerson&) {});
  several(4, [](CheckPerson& c) { c.health = HealthCode::yellow; });
  several(2, [](CheckPerson& c) { c.health = HealthCode::red; });
  several(1, [](CheckPerson& c) { c.temperature = 38.2; });
  EXPECT_EQ(sums(), "404 / 4 / 2 / 1 = 411");
  bench.as(officer, cdc, {Role::TEL})
      .ask("record_code_answer", RecordCodeAnswer{person(n), "province", HealthCode::red, {}});
  RecordPassage paper = passage(n);
  paper.source = CodeSource::paper;
  paper.health.reset();
  EXPECT_EQ(as_keeper("record_passage", paper).get<CheckDisputed>().code, "R-GAT-2");
  EXPECT_EQ(sums(), "404 / 4 / 3 / 1 = 412");
}

TEST_F(Gates, DisputeAPassageNobodyMayHaveMade) {
  EXPECT_EQ(as_second("record_passage", passage(1)).get<CheckDisputed>().code, "R-GAT-1");
  RecordPassage held = passage(2, CheckOutcome::red_channel);
  held.local_verdict = Verdict::red_channel;
  EXPECT_EQ(as_keeper("record_passage", held).get<CheckDisputed>().code, "R-GAT-9");
  EXPECT_THAT(as_keeper("record_passage", passage(3)), happened("gates.check_recorded"));
  EXPECT_THAT(as_keeper("record_passage", passage(3)), refused("R-STATE"));
  EXPECT_THAT(as_keeper("record_passage", passage(4, CheckOutcome::checked)), refused("F-SHAPE"));
}

TEST_F(Gates, KeepOneLeaderEachAndOneGatekeeperEach) {
  EXPECT_THAT(as_head("open_gate", OpenGate{other_gate, GateKind::traffic, shift(5), leader}),
              refused("R-DUT-3"));
  as_head("open_gate", OpenGate{other_gate, GateKind::traffic, shift(5), {}});
  EXPECT_THAT(as_head("name_gate_leader", NameGateLeader{shift(5), leader}), refused("R-DUT-3"));
  EXPECT_THAT(as_keeper("join_gate", JoinGate{other_gate}), refused("R-GAT-6"));
  ASSERT_THAT(as_head("begin_gate_shift", BeginGateShift{shift(2), gate, {}}),
              happened("gates.gate_shift_ended gates.gate_shift_begun"));
  ASSERT_THAT(as_head("name_gate_leader", NameGateLeader{shift(5), leader}),
              happened("gates.gate_leader_named"));
  EXPECT_THAT(as_head("name_gate_leader", NameGateLeader{shift(2), leader}), refused("R-DUT-3"));
  as_keeper("leave_gate", LeaveGate{gate});
  EXPECT_THAT(as_keeper("join_gate", JoinGate{other_gate}), happened("gates.keeper_joined"));
}

TEST_F(Gates, CountSilenceFromTheFullMinuteOfTheLastRecord) {
  bench.now(bench.time() + std::chrono::seconds(20));
  const Answer first = as_keeper("check_person", seen(1));
  EXPECT_EQ(first.get<GateWatched>().silent_from, fx::testing::at("2022-07-18 08:01"));
  bench.now(bench.time() + std::chrono::seconds(20));
  EXPECT_EQ(as_keeper("check_person", seen(2)).find<GateWatched>(), nullptr) << "the minute is watched";
  bench.now("2022-07-18 08:30").occurred("2022-07-18 08:00");
  EXPECT_EQ(as_keeper("record_passage", passage(3)).find<GateWatched>(), nullptr) << "late ones look back";
}

/// Devices upload late and out of order, people are undone, handed over and corrected: the totals hold.
RC_GTEST_PROP(GateTotals, HoldUnderAnyInterleaving, ()) {
  Highway h;
  h.as_second("join_gate", JoinGate{h.gate});
  std::uint64_t next = 1;
  std::vector<std::uint64_t> known;
  const int steps = *rc::gen::inRange(1, 40);
  for (int i = 0; i < steps; ++i) {
    const std::uint64_t some = known.empty() ? 1 : known[*rc::gen::inRange<std::size_t>(0, known.size())];
    switch (*rc::gen::inRange(0, 10)) {
      case 0:
      case 1: {
        CheckPerson c = h.seen(next);
        if (*rc::gen::inRange(0, 3) == 0) c.health = HealthCode(*rc::gen::inRange(0, 3));
        if (*rc::gen::inRange(0, 5) == 0) c.temperature = 38;
        h.as_keeper("check_person", c);
        known.push_back(next++);
        break;
      }
      case 2:
      case 3: {
        RecordPassage c = h.passage(next, CheckOutcome(*rc::gen::inRange(1, 6)));
        if (*rc::gen::inRange(0, 3) == 0) c.health = HealthCode::red;
        h.as_second("record_passage", c);
        known.push_back(next++);
        break;
      }
      case 4: h.as_keeper("pass_person", PassPerson{check(some), {}}); break;
      case 5: h.as_second("open_red_channel", OpenRedChannel{check(some), {}, {}}); break;
      case 6: h.as_keeper("undo_outcome", UndoOutcome{check(some)}); break;
      case 7: h.as_nurse("receive_person", ReceivePerson{check(some), h.hospital, words("x")}); break;
      case 8: h.as_keeper("declare_emergency", DeclareGateEmergency{check(some), h.gate, {}, {}}); break;
      default: h.as_head("begin_gate_shift", BeginGateShift{shift(100 + i), h.gate, {}});
    }
    h.bench.now(h.bench.time() + std::chrono::seconds(*rc::gen::inRange(0, 20)));
  }
  RC_ASSERT(h.bench.breaches().empty());
  // The same uploads once more change nothing.
  const auto before = h.totals().records;
  for (const std::uint64_t n : known)
    RC_ASSERT(!h.as_second("record_passage", h.passage(n)).refusals.empty());
  RC_ASSERT(h.totals().records == before);
}

}  // namespace
}  // namespace fx::gates
