// Without these, paperwork could stand between a dying patient and the buffer room.
#include "desks/hospitals/testing/fever_clinic.hpp"

namespace fx::hospitals::testing {
namespace {

TEST(DeclareEmergency, TakesAStrangerAtOnce) {
  FeverClinic f;
  const auto answer = f.emergency(2);
  ASSERT_THAT(answer, happened("hospitals.emergency_declared"));
  EXPECT_TRUE(answer.get<EmergencyDeclared>().created);
  EXPECT_FALSE(answer.get<EmergencyDeclared>().sampled);
  EXPECT_EQ(answer.get<EmergencyDeclared>().hospital, f.hospital);
  EXPECT_EQ(f.state(2), EncounterState::emergency);
  EXPECT_TRUE(f.bench.registry().operation("hospitals.declare_emergency")->life_saving);
}

TEST(DeclareEmergency, UsesTheBufferRoomWhenItCan) {
  FeverClinic f;
  EXPECT_THAT(f.emergency(1, person(1), room(1)),
              happened("hospitals.emergency_declared hospitals.room_assigned"));
  EXPECT_EQ(f.room_state(1), RoomState::occupied);
  EXPECT_THAT(f.emergency(2, person(2), room(1)),
              happened("hospitals.emergency_declared"));  // taken: goes on without
  EXPECT_THAT(f.emergency(3, person(1), room(2)),
              happened("hospitals.emergency_declared"));  // the same person: so too
  EXPECT_THAT(f.emergency(4, {}, room(99)), happened("hospitals.emergency_declared"));
}

TEST(DeclareEmergency, MovesAPatientWhoIsHereAlready) {
  FeverClinic f;
  f.waiting(1, 1);
  const auto answer = f.emergency(1, {}, room(2));
  ASSERT_THAT(answer,
              happened("hospitals.emergency_declared hospitals.room_released hospitals.room_assigned"));
  EXPECT_TRUE(answer.get<EmergencyDeclared>().sampled);
  EXPECT_EQ(answer.get<EmergencyDeclared>().person, person(1));
  EXPECT_EQ(f.row(1).room, room(2));
}

TEST(DeclareEmergency, IsNeverRefused) {
  const auto any_state = [](FeverClinic& f, int which) {
    if (which >= 1) f.arrive(1);
    if (which >= 2) f.triage(1);
    if (which >= 3) f.assign(1, 1);
    if (which >= 4) f.sample(1, 1);
    if (which == 5) f.result(1, 1, SampleResult::positive);
    if (which == 6) f.left_early(1);
    if (which == 7) f.result(1, 1, SampleResult::negative), f.clear(1), f.depart(1);
    if (which == 8) f.left_early(1), f.found(1, FoundPlace::home);
    if (which == 9) f.result(1, 1, SampleResult::positive), f.left_early(1);
  };
  for (int which = 0; which <= 9; ++which) {
    FeverClinic f;
    any_state(f, which);
    const auto answer = f.emergency(1);
    EXPECT_TRUE(answer.refusals.empty()) << which;
    EXPECT_EQ(f.state(1), EncounterState::emergency) << which;
    EXPECT_FALSE(f.row(1).missing) << which;
  }
}

TEST(DeclareEmergency, AtAnUnknownClinicHappensWhereTheDoctorIs) {
  FeverClinic f;
  const auto answer = f.as_doctor("declare_emergency",
                                  DeclareEmergency{visit(1), id<UnitId>(3), {}, {}, words("t"), words("r")});
  EXPECT_EQ(answer.get<EmergencyDeclared>().clinic, f.clinic);
}

TEST(IdentifyPatient, NamesAStrangerOnce) {
  FeverClinic f;
  f.emergency(1, {}, room(1));
  EXPECT_THAT(f.as_nurse("identify_patient", IdentifyPatient{visit(1), person(1)}),
              happened("hospitals.patient_identified"));
  EXPECT_EQ(f.row(1).person, person(1));
  EXPECT_THAT(f.as_nurse("identify_patient", IdentifyPatient{visit(1), person(2)}), refused("R-STATE"));
  f.emergency(2, {}, room(2));
  EXPECT_THAT(f.as_nurse("identify_patient", IdentifyPatient{visit(2), person(1)}), refused("R-STATE"));
  EXPECT_THAT(f.as_nurse("identify_patient", IdentifyPatient{visit(3), person(1)}), refused("F-REF"));
}

TEST(DeclareEmergency, IsFollowedByTheSampleAndItsResult) {
  FeverClinic f;
  f.emergency(1, person(1), room(1));
  EXPECT_THAT(f.clear(1), refused("R-FEV-4"));
  const auto sampled = f.sample(1, 1);
  EXPECT_TRUE(sampled.get<PatientSampled>().emergency);
  EXPECT_EQ(sampled.get<PatientSampled>().pathogen, "covid19-cn");
  EXPECT_EQ(f.state(1), EncounterState::awaiting);
  f.result(1, 1, SampleResult::negative);
  EXPECT_THAT(f.clear(1), happened("hospitals.patient_cleared"));
}

TEST(DeclareEmergency, MayBeTransferredOrEndInDeath) {
  FeverClinic f;
  f.emergency(1, person(1), room(1));
  EXPECT_THAT(f.as_doctor("transfer_patient", TransferPatient{visit(1), f.other_hospital}),
              happened("hospitals.patient_transferred hospitals.room_released"));
  f.emergency(2, person(2), room(2));
  EXPECT_THAT(f.as_doctor("close_encounter", CloseEncounter{visit(2), Outcome::died, {}}),
              happened("hospitals.encounter_closed hospitals.room_released"));
  EXPECT_THAT(f.as_doctor("close_encounter", CloseEncounter{visit(2), Outcome::died, {}}),
              refused("R-STATE"));
  // A positive that comes afterwards still names whoever was near.
  f.sample(2, 2);
  EXPECT_THAT(f.result(2, 2, SampleResult::positive), happened("hospitals.patient_isolated"));
  EXPECT_EQ(f.state(2), EncounterState::closed);
}

}  // namespace
}  // namespace fx::hospitals::testing
