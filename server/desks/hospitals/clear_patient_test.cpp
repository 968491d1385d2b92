// Without these, a patient could leave before the result. Plays SC-04 (a patient tries to leave before the result).
#include "desks/hospitals/testing/fever_clinic.hpp"

namespace fx::hospitals::testing {
namespace {

/// Chen Min, sampled 14:20, AWAITING.
struct ChenMin : FeverClinic {
  ChenMin() {
    bench.now("2021-08-05 14:00");
    in_room(1, 1);
    bench.now("2021-08-05 14:20");
    sample(1, 1);
  }
};

TEST(ClearPatient, IsRefusedUntilTheResultAndSaysUntilWhen) {
  ChenMin f;
  f.bench.now("2021-08-05 16:55");
  const auto answer = f.clear(1);
  ASSERT_THAT(answer, refused("R-FEV-4"));
  const Refusal& no = answer.refusals.list().front();
  EXPECT_EQ(no.rule, "H.fever.result_h");
  EXPECT_NE(no.say.zh.find("2021-08-05 20:20"), std::string::npos);
  EXPECT_FALSE(no.lifts.zh.empty());
  EXPECT_THAT(f.depart(1), refused("R-FEV-4"));
  EXPECT_THAT(f.as_doctor("admit_patient", AdmitPatient{visit(1), "7"}), refused("R-FEV-4"));
}

TEST(ReportLeftEarly, CountsFromWhenHeLeftAndFreesTheRoom) {
  ChenMin f;
  f.bench.now("2021-08-05 17:09").occurred("2021-08-05 17:02");
  const auto answer = f.left_early(1);
  ASSERT_THAT(answer, happened("hospitals.patient_left_early hospitals.room_released"));
  const auto& left = answer.get<PatientLeftEarly>();
  EXPECT_EQ(left.tube, tube(1));
  EXPECT_EQ(left.county, f.command_post);
  EXPECT_EQ(left.exit, Exit::side_door);
  EXPECT_FALSE(left.seen_by.hash.empty());
  EXPECT_EQ(f.state(1), EncounterState::left_early);
  EXPECT_EQ(f.row(1).left_at, at("2021-08-05 17:02"));
  EXPECT_EQ(f.room_state(1), RoomState::to_disinfect);
  EXPECT_FALSE(f.bench.place().has_value());  // any observer may tell
}

TEST(Search, EndsWhenHeIsFoundAndTheNegativeClosesTheVisit) {
  ChenMin f;
  f.bench.now("2021-08-05 17:09").occurred("2021-08-05 17:02");
  f.left_early(1);
  f.bench.now("2021-08-05 17:10");
  EXPECT_THAT(f.as_command("acknowledge_search", AcknowledgeSearch{visit(1)}),
              happened("hospitals.search_opened"));
  EXPECT_THAT(f.as_command("acknowledge_search", AcknowledgeSearch{visit(1)}), refused("R-STATE"));
  f.bench.now("2021-08-05 17:40");
  const auto answer = f.found(1, FoundPlace::home);
  ASSERT_THAT(answer, happened("hospitals.patient_found hospitals.search_ended"));
  EXPECT_EQ(answer.get<SearchEnded>().why, SearchEnd::found);
  EXPECT_EQ(f.state(1), EncounterState::awaiting);
  EXPECT_TRUE(f.row(1).at_home);
  EXPECT_THAT(f.clear(1), refused("R-STATE"));
  f.bench.now("2021-08-05 18:40");
  EXPECT_THAT(f.result(1, 1, SampleResult::negative), happened("hospitals.result_noted"));
  EXPECT_EQ(f.state(1), EncounterState::closed_neg);
}

TEST(Search, EndsByANegativeToo) {
  ChenMin f;
  f.left_early(1);
  const auto answer = f.result(1, 1, SampleResult::negative);
  ASSERT_THAT(answer, happened("hospitals.result_noted hospitals.search_ended"));
  EXPECT_EQ(answer.get<SearchEnded>().why, SearchEnd::negative);
  EXPECT_EQ(f.state(1), EncounterState::closed_neg);
  EXPECT_THAT(f.as_command("acknowledge_search", AcknowledgeSearch{visit(1)}), refused("R-STATE"));
  EXPECT_THAT(f.found(1, FoundPlace::home), refused("R-STATE"));
}

TEST(Search, GoesOnAfterAPositiveUntilHeIsFound) {
  ChenMin f;
  f.left_early(1);
  EXPECT_THAT(f.result(1, 1, SampleResult::positive), happened("hospitals.patient_isolated"));
  EXPECT_EQ(f.state(1), EncounterState::isolated);
  EXPECT_TRUE(f.row(1).missing);
  EXPECT_THAT(f.as_doctor("transfer_patient", TransferPatient{visit(1), f.other_hospital}),
              refused("R-STATE"));
  EXPECT_THAT(f.as_command("acknowledge_search", AcknowledgeSearch{visit(1)}),
              happened("hospitals.search_opened"));
  EXPECT_THAT(f.found(1, FoundPlace::other), happened("hospitals.patient_found hospitals.search_ended"));
  EXPECT_EQ(f.state(1), EncounterState::isolated);
  EXPECT_THAT(f.as_doctor("transfer_patient", TransferPatient{visit(1), f.other_hospital}),
              happened("hospitals.patient_transferred"));
}

TEST(Search, MayBringHimBackToTheClinic) {
  ChenMin f;
  f.left_early(1);
  f.found(1, FoundPlace::clinic);
  EXPECT_FALSE(f.row(1).at_home);
  EXPECT_THAT(f.assign(1, 2), happened("hospitals.room_assigned"));
  f.result(1, 1, SampleResult::negative);
  EXPECT_THAT(f.clear(1), happened("hospitals.patient_cleared"));
}

TEST(ReportLeftEarly, IsNotForWhoeverMayGo) {
  FeverClinic f;
  f.gone_home(1, 1);
  EXPECT_EQ(f.room_state(1), RoomState::free);
  EXPECT_THAT(f.left_early(1), refused("R-STATE"));
  EXPECT_THAT(f.left_early(9), refused("F-REF"));
}

TEST(AdmitPatient, FollowsANegative) {
  ChenMin f;
  f.result(1, 1, SampleResult::negative);
  f.clear(1);
  EXPECT_THAT(f.as_doctor("admit_patient", AdmitPatient{visit(1), "7"}),
              happened("hospitals.patient_admitted hospitals.room_released"));
  EXPECT_EQ(f.state(1), EncounterState::admitted);
  EXPECT_THAT(f.depart(1), refused("R-STATE"));
}

}  // namespace
}  // namespace fx::hospitals::testing
