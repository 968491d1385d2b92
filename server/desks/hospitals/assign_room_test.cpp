// Without these, two patients would wait in one room, or a room would be used again before it is disinfected.
#include "desks/hospitals/testing/fever_clinic.hpp"

namespace fx::hospitals::testing {
namespace {

TEST(Hospitals, CardNamesOnlyWhatIsThere) {
  EXPECT_THAT(fx::testing::card_faults(desk()), ::testing::IsEmpty());
}

TEST(OpenClinic, IsAFeverClinicOfItsHospital) {
  FeverClinic f;
  EXPECT_THAT(f.as_head("open_clinic", OpenClinic{f.clinic, f.hospital}), refused("R-STATE"));
  EXPECT_THAT(f.as_head("open_clinic", OpenClinic{f.village, f.other_hospital}), refused("F-REF F-REF"));
}

TEST(OpenRoom, CountsWhatIsFree) {
  FeverClinic f;
  EXPECT_EQ(f.rooms().rooms, 3);
  EXPECT_EQ(f.rooms().free, 3);
  EXPECT_THAT(f.add_room(1), refused("R-STATE"));
  EXPECT_THAT(f.as_head("open_room", OpenRoom{room(9), f.clinic, 1, false}),
              refused("R-STATE"));  // number in use
  EXPECT_THAT(f.as_head("open_room", OpenRoom{room(9), f.village, 0, false}), refused("F-REF F-SHAPE"));
}

TEST(CloseRoom, TakesItOutUntilItIsOpenedAgain) {
  FeverClinic f;
  f.in_room(1, 1);
  EXPECT_THAT(f.as_head("close_room", CloseRoom{room(1)}), refused("R-STATE"));
  EXPECT_THAT(f.as_head("close_room", CloseRoom{room(2)}), happened("hospitals.room_closed"));
  EXPECT_EQ(f.rooms().free, 1);
  EXPECT_EQ(f.rooms().closed, 1);
  EXPECT_THAT(f.as_head("open_room", OpenRoom{room(2), f.clinic, 5, false}), refused("F-SHAPE"));
  EXPECT_THAT(f.add_room(2), happened("hospitals.room_opened"));
  EXPECT_EQ(f.rooms().rooms, 3);
  EXPECT_EQ(f.rooms().free, 2);
}

TEST(CloseClinic, OnlyWhenNobodyIsInARoom) {
  FeverClinic f;
  f.in_room(1, 1);
  EXPECT_THAT(f.as_head("close_clinic", CloseClinic{f.clinic, words("")}), refused("R-STATE F-SHAPE"));
  f.left_early(1);
  EXPECT_THAT(f.as_head("close_clinic", CloseClinic{f.clinic, words("water")}),
              happened("hospitals.clinic_closed"));
  EXPECT_THAT(f.arrive(2), refused("R-FEV-6"));
}

TEST(AssignRoom, IsOnePatientOneRoom) {
  FeverClinic f;
  f.arrive(1);
  f.triage(1);
  f.arrive(2);
  f.triage(2);
  EXPECT_THAT(f.assign(1, 1), happened("hospitals.room_assigned"));
  EXPECT_EQ(f.state(1), EncounterState::in_room);
  EXPECT_EQ(f.row(1).doctor, f.doctor);
  EXPECT_THAT(f.assign(2, 1), refused("R-FEV-1"));
  EXPECT_EQ(f.rooms().occupied, 1);
}

TEST(AssignRoom, SendsARedCodeToItsOwnLane) {
  FeverClinic f;
  f.arrive(1);
  f.triage(1, HealthCode::red);  // turned red while waiting
  EXPECT_THAT(f.assign(1, 1), refused("R-FEV-2"));
  EXPECT_THAT(f.assign(1, 3), happened("hospitals.room_assigned"));
}

TEST(AssignRoom, NeedsBothLevelsOfTriage) {
  FeverClinic f;
  f.arrive(1);
  EXPECT_THAT(f.assign(1, 1), refused("R-TRI-1"));
  f.as_nurse("triage_1", Triage1{visit(1), 38.0, true, true});
  EXPECT_THAT(f.assign(1, 1), refused("R-TRI-1"));
  EXPECT_THAT(f.assign(8, 1), refused("F-REF"));
}

TEST(AssignRoom, MovesAPatientWhoHasOne) {
  FeverClinic f;
  f.waiting(1, 1);
  EXPECT_THAT(f.assign(1, 2), happened("hospitals.room_released hospitals.room_assigned"));
  EXPECT_EQ(f.state(1), EncounterState::awaiting);
  EXPECT_EQ(f.room_state(1), RoomState::to_disinfect);
  EXPECT_EQ(f.room_state(2), RoomState::occupied);
}

TEST(AssignRoom, KeepsAPersonOutOfTwoRooms) {
  FeverClinic f;
  f.in_room(1, 1);
  f.as_nurse("record_arrival",
             RecordArrival{visit(2), f.clinic, person(1), "covid19-cn", {}, {}, {}, {}, false});
  f.triage(2);
  EXPECT_THAT(f.assign(2, 2), refused("R-STATE"));
}

TEST(ReleaseRoom, WaitsUntilThePatientIsCleared) {
  FeverClinic f;
  f.waiting(1, 1);
  EXPECT_THAT(f.as_nurse("release_room", ReleaseRoom{room(1)}), refused("R-STATE"));
  f.result(1, 1, SampleResult::negative);
  f.clear(1);
  EXPECT_THAT(f.as_nurse("release_room", ReleaseRoom{room(1)}), happened("hospitals.room_released"));
  EXPECT_EQ(f.room_state(1), RoomState::free);
  EXPECT_THAT(f.as_nurse("release_room", ReleaseRoom{room(1)}), refused("R-STATE"));
}

TEST(DisinfectRoom, IsCheckedBySomebodyElse) {
  FeverClinic f;
  f.waiting(1, 1);
  f.left_early(1);
  EXPECT_EQ(f.room_state(1), RoomState::to_disinfect);
  f.arrive(2);
  f.triage(2);
  EXPECT_THAT(f.assign(2, 1), refused("R-FEV-1"));
  EXPECT_THAT(f.as_nurse("disinfect_room", DisinfectRoom{room(1), f.nurse}), refused("R-ROM-1"));
  EXPECT_THAT(f.as_nurse("disinfect_room", DisinfectRoom{room(1), id<AccountId>(3)}), refused("F-REF"));
  EXPECT_THAT(f.as_nurse("disinfect_room", DisinfectRoom{room(1), f.head}),
              happened("hospitals.room_disinfected"));
  EXPECT_THAT(f.assign(2, 1), happened("hospitals.room_assigned"));
}

TEST(FreeRooms, AreMissedOnlyByAnOpenClinicWithRooms) {
  FeverClinic f;
  const Measure* measure = f.bench.registry().measure("hospitals.free_rooms");
  ASSERT_NE(measure, nullptr);
  const auto free = [&] { return measure->of(&f.rooms()); };
  EXPECT_EQ(free(), 3);
  for (std::uint64_t n = 1; n <= 3; ++n) f.in_room(n, n);
  EXPECT_EQ(free(), 0);
  Clinic none = f.rooms();
  none.open = false;
  EXPECT_GT(measure->of(&none), 1'000);
}

}  // namespace
}  // namespace fx::hospitals::testing
