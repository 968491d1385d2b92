// Without these, a laboratory could go on with a lapsed cabinet, a failed assessment, or one signature for a whole plate.
#include "desks/screening/testing/round.hpp"

namespace fx::screening::testing {
namespace {

PlateId plate(std::uint64_t n) { return id<PlateId>(7'000 + n); }

TEST(Laboratory, CountsForARoundWithItsAssessments) {
  SmallRound r;
  r.bench.rules.set("E.lab.eqa", "monthly");
  r.plan();
  EXPECT_THAT(r.as_command("approve_round", ApproveRound{round_id(1)}), refused("R-RND-1"));
  EXPECT_THAT(r.as_authority("record_eqa", RecordEqa{r.laboratory, "2022-13", true, "S"}),
              refused("F-SHAPE"));
  r.as_authority("record_eqa", RecordEqa{r.laboratory, "2022-07", true, "S-7"});
  EXPECT_THAT(r.as_command("approve_round", ApproveRound{round_id(1)}), happened("screening.round_approved"));
}

TEST(Laboratory, IsSuspendedByAFailureAndReturnsWithAPass) {
  SmallRound r;
  EXPECT_THAT(r.as_authority("record_eqa", RecordEqa{r.laboratory, "2022-07", false, "S-7"}),
              happened("screening.eqa_recorded screening.laboratory_suspended"));
  r.plan();
  EXPECT_THAT(r.as_command("approve_round", ApproveRound{round_id(1)}), refused("R-RND-1"));
  EXPECT_THAT(r.as_authority("return_laboratory", ReturnLaboratory{r.laboratory}), refused("R-LAB-1"));
  r.sealed_single(1);  // its patients' tubes it still tests
  r.receive(1);
  EXPECT_THAT(r.start(1), happened("screening.test_started"));
  r.as_authority("record_eqa", RecordEqa{r.laboratory, "2022-07", true, "S-8"});
  EXPECT_THAT(r.as_authority("return_laboratory", ReturnLaboratory{r.laboratory}),
              happened("screening.laboratory_returned"));
}

// Without these, a round's tubes would be tested where nobody has assessed the work, or with reagents that were recalled.
TEST(Laboratory, WithoutAnAssessmentTestsNoTubeOfAMassRound) {
  SmallRound r;
  r.bench.rules.set("E.lab.eqa", "monthly");
  const auto received = [&](std::uint64_t n, SpecimenClass class_) {
    r.print(n, 1, class_);
    r.link(n, person(n));
    r.seal(n);
    r.receive(n);
  };
  received(1, SpecimenClass::mass_round);  // of no round, and of its class all the same
  received(2, SpecimenClass::voluntary);
  EXPECT_THAT(r.start(1), refused("R-TUB-6"));
  EXPECT_THAT(r.start(2), happened("screening.test_started"));
  r.as_authority("record_eqa", RecordEqa{r.laboratory, "2022-07", false, "S-7"});
  EXPECT_THAT(r.start(1), refused("R-TUB-6"));
  r.as_authority("record_eqa", RecordEqa{r.laboratory, "2022-07", true, "S-8"});
  r.as_authority("return_laboratory", ReturnLaboratory{r.laboratory});
  EXPECT_THAT(r.start(1), happened("screening.test_started"));
}

// Without this, a fever patient held with a round's pool would wait for another laboratory.
TEST(Laboratory, SuspendedForMassRoundsTestsAHeldPatientsSingle) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.authorised(1, TestResult::positive);
  r.as_authority("record_eqa", RecordEqa{r.laboratory, "2022-07", false, "S-7"});
  r.print(2, 1, SpecimenClass::fever_clinic);
  r.link(2, person(1));
  ASSERT_EQ(r.row(2).round, round_id(1));
  r.seal(2);
  r.receive(2);
  EXPECT_THAT(r.start(2), happened("screening.test_started"));
}

TEST(Laboratory, OwesItsAssessmentsMonthByMonth) {
  SmallRound r;  // activated in August: August's is owed
  const auto record = [&](std::string month, bool passed) {
    return r.as_authority("record_eqa", RecordEqa{r.laboratory, std::move(month), passed, "S"});
  };
  EXPECT_THAT(record("2022-07", true), happened("screening.eqa_recorded"));
  EXPECT_EQ(r.bench.get<Laboratory>(r.laboratory).eqa_due, "2022-08");
  r.bench.now("2022-09-02 08:00");  // late
  const auto late = record("2022-08", true);
  ASSERT_THAT(late, happened("screening.eqa_recorded screening.eqa_due"));
  EXPECT_EQ(late.get<EqaRecorded>().answers, r.laboratory);
  EXPECT_EQ(late.get<EqaDue>().month, "2022-09");
  EXPECT_THAT(record("2022-09", false), happened("screening.eqa_recorded screening.laboratory_suspended"));
  r.bench.now("2022-12-02 08:00");  // two months that nobody assessed
  EXPECT_EQ(record("2022-11", true).get<EqaDue>().month, "2022-12");
}

TEST(Biosafety, AMissingSheetIsADefect) {
  SmallRound r;  // activated on a Saturday: the first sheet is due on Monday
  const auto state = [&](std::string_view at) {
    return safety_of(r.bench.get<Laboratory>(r.laboratory), fx::testing::at(at));
  };
  EXPECT_EQ(state("2022-08-15 23:59"), SafetyState::in_order);
  EXPECT_EQ(state("2022-08-16 00:00"), SafetyState::defect);
  r.bench.now("2022-08-16 09:00");
  const Day later = *parse_day("2023-01-01");
  r.as_tester("file_biosafety", FileBiosafety{true, true, true, true, later, later});
  EXPECT_EQ(state("2022-08-16 09:00"), SafetyState::in_order);
  EXPECT_EQ(state("2022-08-18 00:00"), SafetyState::defect);
}

TEST(Biosafety, ALapsedCabinetReceivesNothing) {
  SmallRound r;
  r.sealed_single(1);
  const auto file = [&](bool spill_kit, Day cabinet) {
    return r.as_tester("file_biosafety",
                       FileBiosafety{true, true, spill_kit, true, cabinet, *parse_day("2023-01-01")});
  };
  EXPECT_EQ(file(false, *parse_day("2022-08-13")).get<BiosafetyFiled>().state, SafetyState::defect);
  EXPECT_THAT(r.receive(1), happened("screening.tube_received"));
  r.bench.now("2022-08-14 08:00");  // the certificate ended yesterday, whatever the sheet said then
  r.sealed_single(2);
  EXPECT_THAT(r.receive(2), refused("R-LAB-2"));
  EXPECT_EQ(file(true, *parse_day("2022-08-13")).get<BiosafetyFiled>().state, SafetyState::held);
  EXPECT_EQ(file(true, *parse_day("2023-08-13")).get<BiosafetyFiled>().state, SafetyState::in_order);
  EXPECT_THAT(r.receive(2), happened("screening.tube_received"));
}

TEST(Plate, IsLoadedReadAndSignedAtOnce) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.sampled(2, 4, 6);
  r.sampled(3, 7, 9);
  for (std::uint64_t n = 1; n <= 3; ++n) r.receive(n);
  EXPECT_THAT(r.as_tester("load_plate", LoadPlate{plate(1), "P", "L", {{"A1", tube(1)}, {"A1", tube(2)}}}),
              refused("R-TUB-7"));
  r.as_tester("register_reagent_lot", RegisterReagentLot{"L", "kit", *parse_day("2022-08-13")});
  const LoadPlate load{plate(1), "P", "L", {{"A1", tube(1)}, {"A2", tube(2)}, {"A3", tube(3)}}};
  EXPECT_THAT(r.as_tester("load_plate", load),
              happened("screening.plate_loaded screening.test_started screening.test_started "
                       "screening.test_started"));
  EXPECT_THAT(r.as_tester("read_plate", ReadPlate{plate(1), true, {{"A2", TestResult::positive, {}}}, {}}),
              refused("F-SHAPE"));  // the others must be said
  r.as_tester("read_plate",
              ReadPlate{plate(1), true, {{"A2", TestResult::positive, {}}}, TestResult::negative});
  EXPECT_THAT(r.bench.as(r.tester, r.laboratory, {Role::LAB, Role::LAA})
                  .ask("authorise_plate", AuthorisePlate{plate(1), {}}),
              refused("R-TUB-8 R-TUB-8 R-TUB-8"));
  EXPECT_THAT(r.as_authoriser("authorise_plate", AuthorisePlate{plate(1), {tube(3)}}),
              happened("screening.plate_authorised screening.result_authorised screening.result_authorised"));
  EXPECT_EQ(r.row(1).result, TestResult::negative);
  EXPECT_THAT(r.bench.get<TestedPerson>(person(5)).held_in, ::testing::ElementsAre(tube(2)));
  EXPECT_EQ(r.row(3).state, TubeState::provisional);
  EXPECT_THAT(r.authorise(3, TestResult::negative), happened("screening.result_authorised"));
}

TEST(Plate, WithoutAControlIsInvalidAndCallsItsPeopleBack) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.receive(1);
  r.as_tester("load_plate", LoadPlate{plate(1), "P", "L", {{"A1", tube(1)}}});
  r.as_tester("read_plate", ReadPlate{plate(1), false, {}, TestResult::negative});
  r.as_authoriser("authorise_plate", AuthorisePlate{plate(1), {}});
  EXPECT_EQ(r.row(1).result, TestResult::invalid);
  EXPECT_EQ(r.state_of(2), RosterState::rostered);
}

// Without this, a file with one bad row would hold up a whole plate, or a failed control could pass as negative.
TEST(Plate, IsReadWellByWell) {
  SmallRound r;
  r.open();
  for (std::uint64_t n = 1; n <= 3; ++n) {
    r.sampled(n, 3 * n - 2, 3 * n);
    r.receive(n);
  }
  r.as_tester("load_plate",
              LoadPlate{plate(1), "P", "L", {{"A1", tube(1)}, {"A2", tube(2)}, {"A3", tube(3)}}});
  const auto wells = [&](bool plate_valid, std::vector<WellReading> readings) {
    return r.as_tester("record_wells", RecordWells{plate(1), plate_valid, std::move(readings)});
  };
  const WellReading negative{"A1", TestResult::negative, {}, true};
  EXPECT_THAT(wells(true, {}), refused("F-SHAPE"));
  EXPECT_THAT(wells(true, {negative, negative}), refused("F-SHAPE"));
  EXPECT_THAT(wells(true, {{"B7", TestResult::negative, {}, true}}), refused("F-REF"));
  EXPECT_THAT(wells(true, {{"A1", TestResult::negative, {}, false}}), refused("R-TUB-9"));
  EXPECT_THAT(wells(false, {negative}), refused("R-TUB-9"));
  EXPECT_THAT(wells(true, {{"A1", TestResult::positive, {{"N", -1}}, true}}), refused("F-SHAPE"));
  EXPECT_THAT(wells(true, {negative}), happened("screening.wells_read screening.result_provisional"));
  EXPECT_THAT(wells(true, {negative}), refused("R-STATE"));
  EXPECT_THAT(r.as_authoriser("authorise_plate", AuthorisePlate{plate(1), {}}), refused("R-STATE"));
  EXPECT_THAT(wells(true, {{"A2", TestResult::invalid, {{"N", 20}}, false},
                           {"A3", TestResult::positive, {{"N", 20}, {"ORF1ab", 21}}, true}}),
              happened("screening.wells_read screening.result_provisional screening.result_provisional "
                       "screening.plate_read"));
  EXPECT_FALSE(*r.row(2).control_valid);
  r.as_authoriser("authorise_plate", AuthorisePlate{plate(1), {}});
  EXPECT_EQ(r.row(1).result, TestResult::negative);
  EXPECT_EQ(r.row(2).result, TestResult::invalid);
  EXPECT_EQ(r.row(3).result, TestResult::positive);
  EXPECT_THAT(wells(true, {negative}), refused("R-STATE"));
}

// Without this, a tube run again on another plate could be read by what the first plate says.
TEST(Plate, ReadsNoTubeThatLiesElsewhereByNow) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.sampled(2, 4, 6);
  r.receive(1);
  r.receive(2);
  r.as_tester("load_plate", LoadPlate{plate(1), "P", "L", {{"A1", tube(1)}, {"A2", tube(2)}}});
  r.as_tester("record_wells", RecordWells{plate(1), true, {{"A1", TestResult::grey, {}, true}}});
  r.as_tester("load_plate", LoadPlate{plate(2), "P2", "L", {{"C5", tube(1)}}});
  EXPECT_THAT(
      r.as_tester("record_wells", RecordWells{plate(1), true, {{"A1", TestResult::negative, {}, true}}}),
      refused("F-REF"));
  EXPECT_THAT(
      r.as_tester("record_wells", RecordWells{plate(2), true, {{"C5", TestResult::negative, {}, true}}}),
      happened("screening.wells_read screening.result_provisional screening.plate_read"));
}

TEST(ReagentLot, IsNotUsedWhenBlocked) {
  SmallRound r;
  r.sealed_single(1);
  r.receive(1);
  EXPECT_THAT(r.as_tester("register_reagent_lot", RegisterReagentLot{"L", "kit", *parse_day("2022-08-12")}),
              refused("R-LAB-3"));
  r.as_tester("register_reagent_lot", RegisterReagentLot{"L", "kit", *parse_day("2022-09-12")});
  r.as_authoriser("block_reagent_lot", BlockReagentLot{"L", words("recall")});
  EXPECT_THAT(r.as_tester("start_test", StartTest{tube(1), {}, {}, "L", {}}), refused("R-LAB-3"));
  EXPECT_THAT(r.as_tester("load_plate", LoadPlate{plate(1), "P", "L", {{"A1", tube(1)}}}),
              refused("R-LAB-3"));
}

}  // namespace
}  // namespace fx::screening::testing
