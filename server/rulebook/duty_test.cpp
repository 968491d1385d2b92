#include "rulebook/testing/bench.hpp"

namespace fx::rulebook::testing {
namespace {

using State = DutyState;

const char* const card_rule = R"(
[[duty]]
id = "OB-X"
name = { zh = "报卡", en = "card" }
opens = { event = "investigation.case_classified", where = { class = ["suspected", "confirmed"] } }
about = "case"
owed_by = "hospital:DOC"
owed_to = "hospital.county.cdc"
within = "@X.h"
met_by = { event = "reporting.card_submitted", same = "case" }
void_by = { event = "investigation.case_excluded", same = "case_id", because = { zh = "排除", en = "excluded" } }
ladder = "std"
source = "N1"
evidence = "S"
)";

struct DutyTest : ::testing::Test {
  Place place;
  std::shared_ptr<const Rulebook> book = load_well({base_file(), rules(card_rule)});
  Bench bench{*book, place};
  CaseId the_case = make_id<CaseId>(1);

  void classify(std::string_view when, CaseClass as = CaseClass::confirmed, std::string_view recorded = {}) {
    bench.happens(CaseClassified{the_case, as, place.hospital, place.cdc}, when, recorded);
  }
  void submit(std::string_view when, std::string_view recorded = {}) {
    bench.happens(CardSubmitted{make_id<CardId>(9), the_case, place.hospital, place.cdc}, when, recorded);
  }
};

TEST_F(DutyTest, OpensWithValueOfTheProfileAtTheTrigger) {
  classify("2022-07-18 00:10");
  const Duty& duty = bench.duty("OB-X");
  EXPECT_EQ(duty.due_at, at("2022-07-18 02:10"));
  EXPECT_EQ(duty.counted_from, at("2022-07-18 00:10"));
  EXPECT_EQ(duty.step_at, at("2022-07-18 01:10"));
  EXPECT_EQ(duty.debtor_unit, place.hospital);
  EXPECT_EQ(duty.debtor_role, Role::DOC);
  EXPECT_EQ(duty.creditor_unit, place.cdc);
  EXPECT_EQ(duty.creditor_role, Role::CDC);
  EXPECT_EQ(duty.about_kind, "case");
  EXPECT_EQ(duty.jurisdiction, 990121);
  const auto told = bench.told("OB-X");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].notice.kind, NoticeKind::opened);
  EXPECT_EQ(told[0].notice.duty, duty.no);
}

TEST_F(DutyTest, MidnightOfANewProfileChangesOnlyWhatIsOpenedAfterIt) {
  classify("2022-06-27 23:59");
  EXPECT_EQ(bench.duty("OB-X").due_at, at("2022-06-28 03:59"));
  the_case = make_id<CaseId>(2);
  classify("2022-06-28 00:00");
  EXPECT_EQ(bench.duties_of("OB-X")[1]->due_at, at("2022-06-28 02:00"));
}

TEST_F(DutyTest, WhereMustHold) {
  classify("2022-07-18 00:10", CaseClass::asymptomatic);
  EXPECT_TRUE(bench.duties().empty());
}

TEST_F(DutyTest, BeforeAnyProfileNothingIsOwed) {
  classify("2010-07-18 00:10");
  EXPECT_TRUE(bench.duties().empty());
}

TEST_F(DutyTest, MetInTimeLateAndByClaim) {
  classify("2022-07-18 00:10");
  submit("2022-07-18 02:10");  // to the minute is in time
  EXPECT_EQ(bench.duty("OB-X").state, State::discharged);
  EXPECT_FALSE(bench.duty("OB-X").by_claim);
  EXPECT_FALSE(bench.duty("OB-X").step_at);

  the_case = make_id<CaseId>(2);
  classify("2022-07-18 00:10");
  submit("2022-07-18 02:11");
  EXPECT_EQ(bench.duties_of("OB-X")[1]->state, State::discharged_late);

  the_case = make_id<CaseId>(3);
  classify("2022-07-18 00:10");
  bench.run_until("2022-07-18 09:00");
  submit("2022-07-18 01:00", "2022-07-18 09:00");
  EXPECT_EQ(bench.duties_of("OB-X")[2]->state, State::discharged);
  EXPECT_TRUE(bench.duties_of("OB-X")[2]->by_claim);

  the_case = make_id<CaseId>(4);
  classify("2022-07-18 00:10");
  submit("2022-07-18 02:00", "2022-07-18 02:30");  // half an hour is not yet late-entered
  EXPECT_EQ(bench.duties_of("OB-X")[3]->state, State::discharged);
  EXPECT_FALSE(bench.duties_of("OB-X")[3]->by_claim);
}

TEST_F(DutyTest, AnotherCaseDoesNotMeetIt) {
  classify("2022-07-18 00:10");
  the_case = make_id<CaseId>(2);
  submit("2022-07-18 00:50");
  EXPECT_EQ(bench.duty("OB-X").state, State::open);
}

TEST_F(DutyTest, EndedByRuleWithTheReason) {
  classify("2022-07-18 00:10");
  const auto out = bench.happens(CaseExcluded{the_case}, "2022-07-18 00:30");
  ASSERT_EQ(out.effects.ended.size(), 1U);
  EXPECT_EQ(out.effects.ended[0].reason, "排除 / excluded");
  EXPECT_EQ(bench.duty("OB-X").state, State::cancelled);
}

TEST_F(DutyTest, LadderClimbsOnScheduleAndNoStepTwice) {
  classify("2022-07-18 00:10");
  bench.run_until("2022-07-18 01:09");
  EXPECT_EQ(bench.duty("OB-X").state, State::open);
  bench.run_until("2022-07-18 05:00");  // as after downtime
  const Duty& duty = bench.duty("OB-X");
  EXPECT_EQ(duty.state, State::overdue);
  EXPECT_FALSE(duty.step_at);
  const auto told = bench.told("OB-X");
  ASSERT_EQ(told.size(), 6U);
  EXPECT_EQ(told[1].notice.kind, NoticeKind::due_soon);
  EXPECT_EQ(told[1].due, at("2022-07-18 01:10"));
  EXPECT_EQ(told[2].notice.kind, NoticeKind::overdue);
  EXPECT_EQ(told[2].notice.role, Role::DOC);
  EXPECT_EQ(told[3].notice.role, Role::FRP);
  EXPECT_EQ(told[3].due, at("2022-07-18 02:10"));
  EXPECT_EQ(told[4].notice.kind, NoticeKind::climbed);
  EXPECT_EQ(told[4].notice.unit, place.cmd);
  EXPECT_TRUE(told[4].notice.urgent);
  EXPECT_EQ(told[5].notice.role, Role::DL);
  EXPECT_EQ(told[5].due, at("2022-07-18 02:40"));
  bench.run_until("2022-08-18 05:00");
  EXPECT_EQ(bench.told("OB-X").size(), 6U);
}

TEST_F(DutyTest, VacantPostFallsToTheFirstResponsiblePersonThenToTheDutyOfficer) {
  place.vacate(place.hospital, Role::DOC);
  classify("2022-07-18 00:10");
  EXPECT_EQ(bench.duty("OB-X").debtor_role, Role::FRP);
  place.vacate(place.hospital, Role::FRP);
  the_case = make_id<CaseId>(2);
  classify("2022-07-18 00:20");
  EXPECT_EQ(bench.duties_of("OB-X")[1]->debtor_unit, place.cmd);
  EXPECT_EQ(bench.duties_of("OB-X")[1]->debtor_role, Role::DO);
}

TEST_F(DutyTest, AUnitThatDoesNotExistLandsWithTheDutyOfficer) {
  bench.happens(CaseClassified{the_case, CaseClass::confirmed, make_id<UnitId>(77), place.cdc},
                "2022-07-18 00:10");
  EXPECT_EQ(bench.duty("OB-X").debtor_unit, place.cmd);
  EXPECT_EQ(bench.duty("OB-X").debtor_role, Role::DO);
}

TEST_F(DutyTest, ASecondGenuineTriggerIsASecondDutyUnlessOnce) {
  classify("2022-07-18 00:10");
  classify("2022-07-18 00:30");
  EXPECT_EQ(bench.duties_of("OB-X").size(), 2U);
  submit("2022-07-18 00:50");
  for (const Duty* duty : bench.duties_of("OB-X")) EXPECT_EQ(duty->state, State::discharged);

  const auto once = load_well({base_file(), rules(std::string(card_rule) + "once = true\n")});
  Bench again(*once, place);
  again.happens(CaseClassified{the_case, CaseClass::suspected, place.hospital, place.cdc},
                "2022-07-18 00:10");
  again.happens(CaseClassified{the_case, CaseClass::confirmed, place.hospital, place.cdc},
                "2022-07-18 00:30");
  EXPECT_EQ(again.duties_of("OB-X").size(), 1U);
}

TEST_F(DutyTest, ARuleChangeAloneChangesNoRunningDuty) {
  classify("2022-07-18 00:10");
  const Duty before = bench.duty("OB-X");
  File slower = base_file();
  slower.text.replace(slower.text.find("value = 2, source"), 9, "value = 9");
  const auto other = load_well({slower, rules(card_rule)});
  ASSERT_NE(other->version(), book->version());
  const Step mine = book->step(before, bench.frozen().at(before.frozen), before.due_at, place.reference);
  const Step theirs = other->step(before, bench.frozen().at(before.frozen), before.due_at, place.reference);
  EXPECT_EQ(to_json(mine.step), to_json(theirs.step));
  EXPECT_EQ(other->next_step_at(before, bench.frozen().at(before.frozen)), at("2022-07-18 01:10"));
}

TEST_F(DutyTest, AnUnknownPathogenOwesNothing) {
  bench.happens(CaseClassified{the_case, CaseClass::confirmed, place.hospital, place.cdc, false, "plague"},
                "2022-07-18 00:10");
  EXPECT_TRUE(bench.duties().empty());
}

}  // namespace
}  // namespace fx::rulebook::testing
