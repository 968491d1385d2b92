// Without these, a positive would go home, a contact would not be asked, or an amended result would change nothing.
#include "desks/hospitals/testing/fever_clinic.hpp"

namespace fx::hospitals::testing {
namespace {

TEST(ReceiveResult, NegativeLetsADoctorClear) {
  FeverClinic f;
  f.waiting(1, 1);
  EXPECT_THAT(f.result(1, 1, SampleResult::negative), happened("hospitals.result_noted"));
  EXPECT_EQ(f.state(1), EncounterState::awaiting);  // a person decides, not a result
  EXPECT_THAT(f.clear(1), happened("hospitals.patient_cleared"));
}

TEST(ReceiveResult, PositiveIsolatesAndKeepsTheRoom) {
  FeverClinic f;
  f.waiting(1, 3);
  const auto answer = f.result(1, 1, SampleResult::positive);
  ASSERT_THAT(answer, happened("hospitals.patient_isolated"));
  EXPECT_EQ(answer.get<PatientIsolated>().room, room(3));
  EXPECT_EQ(f.state(1), EncounterState::isolated);
  EXPECT_EQ(f.room_state(3), RoomState::occupied);
  f.arrive(2);
  f.triage(2);
  EXPECT_THAT(f.assign(2, 3), refused("R-FEV-1"));
  EXPECT_THAT(f.clear(1), refused("R-FEV-4"));
}

/// SC-01: ten other people, six patients and four staff, were recorded in the clinic until the positive.
TEST(ReceiveResult, PositiveNamesEverybodyWhoWasThere) {
  FeverClinic f;
  f.bench.now("2022-07-17 17:00");
  for (std::uint64_t n = 11; n <= 16; ++n) f.arrive(n);
  f.bench.now("2022-07-17 18:05");
  f.in_room(1, 1);
  f.sample(1, 1);
  for (std::uint64_t n = 51; n <= 54; ++n)
    f.as_nurse("record_staff_presence", RecordStaffPresence{f.clinic, person(n), at("2022-07-17 08:00"), {}});
  f.bench.now("2022-07-17 22:40");
  const auto answer = f.result(1, 1, SampleResult::positive);
  const auto& company = answer.get<PatientIsolated>().co_present;
  ASSERT_EQ(company.size(), 10U);
  EXPECT_EQ(std::ranges::count(company, PresenceKind::staff, &CoPresent::kind), 4);
  EXPECT_EQ(company.front().from, at("2022-07-17 18:05"));
  EXPECT_EQ(company.front().until, at("2022-07-17 22:40"));
}

TEST(ReceiveResult, PositiveNamesNobodyWhoWasNotThereTogether) {
  FeverClinic f;
  f.bench.now("2022-07-17 08:00");
  f.gone_home(2, 2);  // has left before
  const auto staff = [&](std::uint64_t n, std::string_view from, std::string_view until) {
    f.as_nurse("record_staff_presence", RecordStaffPresence{f.clinic, person(n), at(from), at(until)});
  };
  f.bench.now("2022-07-17 18:05");
  staff(51, "2022-07-16 20:00", "2022-07-17 08:00");
  staff(52, "2022-07-16 20:00", "2022-07-17 18:30");  // a night shift that ran over
  staff(53, "2022-07-17 08:00", "2022-07-17 18:05");  // went as he came
  f.waiting(1, 1);
  f.bench.now("2022-07-17 22:40");
  const auto answer = f.result(1, 1, SampleResult::positive);
  const auto& company = answer.get<PatientIsolated>().co_present;
  ASSERT_EQ(company.size(), 1U);
  EXPECT_EQ(company.front().person, person(52));
  EXPECT_EQ(company.front().until, at("2022-07-17 18:30"));
}

TEST(ReceiveResult, WithoutAnAnswerAsksForANewSampleInTheSameRoom) {
  for (const auto result : {SampleResult::grey, SampleResult::invalid}) {
    FeverClinic f;
    f.waiting(1, 1);
    EXPECT_THAT(f.result(1, 1, result), happened("hospitals.resample_needed"));
    EXPECT_EQ(f.state(1), EncounterState::in_room);
    EXPECT_EQ(f.row(1).room, room(1));
    EXPECT_THAT(f.clear(1), refused("R-FEV-4"));
    f.sample(1, 2);
    f.result(1, 2, SampleResult::negative);
    EXPECT_THAT(f.clear(1), happened("hospitals.patient_cleared"));
  }
}

TEST(ReceiveResult, WaitsForEverySampleOfTheVisit) {
  FeverClinic f;
  f.waiting(1, 1);
  f.sample(1, 2);  // sampled twice, tested in two laboratories
  f.result(1, 1, SampleResult::negative);
  EXPECT_THAT(f.clear(1), refused("R-FEV-4"));
  f.result(1, 2, SampleResult::negative);
  EXPECT_THAT(f.clear(1), happened("hospitals.patient_cleared"));
}

TEST(ReceiveResult, ASecondPositiveIsolatesNobodyTwice) {
  FeverClinic f;
  f.waiting(1, 1);
  f.sample(1, 2);
  f.result(1, 1, SampleResult::positive);
  EXPECT_THAT(f.result(1, 2, SampleResult::positive), happened("hospitals.result_noted"));
  // One of two positives amended away: the other still isolates.
  EXPECT_THAT(f.result(1, 1, SampleResult::negative, true), happened("hospitals.result_noted"));
  EXPECT_EQ(f.state(1), EncounterState::isolated);
}

TEST(ReceiveResult, ANegativeRetestDoesNotEndAnIsolation) {
  FeverClinic f;
  f.waiting(1, 1);
  f.result(1, 1, SampleResult::positive);
  f.sample(1, 2);
  EXPECT_THAT(f.result(1, 2, SampleResult::negative), happened("hospitals.result_noted"));
  EXPECT_EQ(f.state(1), EncounterState::isolated);
}

TEST(AmendedResult, FromPositiveToNegativeWaitsForANewSample) {
  FeverClinic f;
  f.waiting(1, 1);
  f.result(1, 1, SampleResult::positive);
  EXPECT_THAT(f.result(1, 1, SampleResult::negative, true), happened("hospitals.isolation_withdrawn"));
  EXPECT_EQ(f.state(1), EncounterState::awaiting);
  EXPECT_EQ(f.row(1).room, room(1));
  EXPECT_THAT(f.clear(1), refused("R-FEV-4"));  // not by the amended result
  f.sample(1, 2);
  f.result(1, 2, SampleResult::negative);
  EXPECT_THAT(f.clear(1), happened("hospitals.patient_cleared"));
}

TEST(AmendedResult, FromNegativeToPositiveBeforeLeavingIsolates) {
  FeverClinic f;
  f.waiting(1, 1);
  f.result(1, 1, SampleResult::negative);
  f.clear(1);
  EXPECT_THAT(f.result(1, 1, SampleResult::positive, true), happened("hospitals.patient_isolated"));
  EXPECT_THAT(f.depart(1), refused("R-FEV-4"));
}

TEST(AmendedResult, FromNegativeToPositiveAfterLeavingRecallsAndSearches) {
  FeverClinic f;
  f.arrive(7);
  f.waiting(1, 1);
  f.result(1, 1, SampleResult::negative);
  f.clear(1);
  f.bench.now("2021-08-05 12:00");
  f.depart(1);
  f.bench.now("2021-08-06 09:00");
  const auto answer = f.result(1, 1, SampleResult::positive, true);
  ASSERT_THAT(answer, happened("hospitals.patient_recalled hospitals.search_opened"));
  EXPECT_EQ(answer.get<PatientRecalled>().co_present.size(), 1U);
  EXPECT_EQ(f.state(1), EncounterState::recalled);
  EXPECT_THAT(f.found(1, FoundPlace::home), happened("hospitals.patient_found hospitals.search_ended"));
  EXPECT_EQ(f.state(1), EncounterState::isolated);
  EXPECT_TRUE(f.row(1).at_home);
}

TEST(AmendedResult, BackToNegativeEndsTheRecall) {
  FeverClinic f;
  f.gone_home(1, 1);
  f.result(1, 1, SampleResult::positive, true);
  EXPECT_THAT(f.result(1, 1, SampleResult::negative, true),
              happened("hospitals.result_noted hospitals.search_ended"));
  EXPECT_EQ(f.state(1), EncounterState::closed_neg);
}

TEST(AmendedResult, FromInvalidToNegativeNeedsNoNewSample) {
  FeverClinic f;
  f.waiting(1, 1);
  f.result(1, 1, SampleResult::invalid);
  f.result(1, 1, SampleResult::negative, true);
  EXPECT_EQ(f.state(1), EncounterState::awaiting);
  EXPECT_THAT(f.clear(1), happened("hospitals.patient_cleared"));
}

TEST(AmendedResult, FromNegativeToGreyHoldsAgain) {
  FeverClinic f;
  f.waiting(1, 1);
  f.result(1, 1, SampleResult::negative);
  f.clear(1);
  EXPECT_THAT(f.result(1, 1, SampleResult::grey, true), happened("hospitals.resample_needed"));
  EXPECT_EQ(f.state(1), EncounterState::in_room);
  EXPECT_THAT(f.depart(1), refused("R-FEV-4"));
}

TEST(NoteFailedSample, KeepsHoldAndRoom) {
  FeverClinic f;
  f.waiting(1, 1);
  const auto fail = [&](std::uint64_t t, ResampleReason why) {
    return f.as_system("note_failed_sample", NoteFailedSample{visit(1), tube(t), why});
  };
  EXPECT_THAT(fail(1, ResampleReason::grey), refused("F-SHAPE"));
  EXPECT_THAT(fail(1, ResampleReason::rejected), happened("hospitals.resample_needed"));
  EXPECT_EQ(f.state(1), EncounterState::in_room);
  f.sample(1, 2);
  EXPECT_THAT(fail(2, ResampleReason::lost), happened("hospitals.resample_needed"));
  EXPECT_THAT(fail(2, ResampleReason::lost), refused("R-STATE"));
  EXPECT_THAT(f.clear(1), refused("R-FEV-4"));
}

TEST(Transfer, FollowsIsolationAndEndsTheVisit) {
  FeverClinic f;
  f.waiting(1, 1);
  EXPECT_THAT(f.as_doctor("transfer_patient", TransferPatient{visit(1), id<UnitId>(3)}),
              refused("R-STATE F-REF"));
  f.result(1, 1, SampleResult::positive);
  EXPECT_THAT(f.as_doctor("transfer_patient", TransferPatient{visit(1), f.other_hospital}),
              happened("hospitals.patient_transferred hospitals.room_released"));
  EXPECT_EQ(f.room_state(1), RoomState::to_disinfect);
  EXPECT_EQ(f.row(1).transferred_to, f.other_hospital);
  EXPECT_THAT(f.as_doctor("close_encounter", CloseEncounter{visit(1), Outcome::other, {}}),
              refused("F-SHAPE"));
  EXPECT_THAT(f.as_doctor("close_encounter", CloseEncounter{visit(1), Outcome::handed_over, {}}),
              happened("hospitals.encounter_closed"));
}

TEST(Transfer, StaysThereWhenThePositiveIsAmended) {
  FeverClinic f;
  f.waiting(1, 1);
  f.result(1, 1, SampleResult::positive);
  f.as_doctor("transfer_patient", TransferPatient{visit(1), f.other_hospital});
  EXPECT_THAT(f.result(1, 1, SampleResult::negative, true), happened("hospitals.isolation_withdrawn"));
  EXPECT_EQ(f.state(1), EncounterState::transferred);  // where he lies now is for people to decide
}

}  // namespace
}  // namespace fx::hospitals::testing
