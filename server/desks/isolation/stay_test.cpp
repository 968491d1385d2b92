// Without these, somebody could be held without a ground, share a room unasked, or leave before the tests are answered.
#include "desks/isolation/site_events.hpp"
#include "desks/isolation/testing/isolation_bench.hpp"

namespace fx::isolation {
namespace {

using namespace testing;

TEST_F(Isolation, AnOrderNeedsItsPapersAndAClassTheProfileKnows) {
  OrderStay c = order(1);
  c.legal_basis.clear();
  c.notice_given = false;
  EXPECT_THAT(as_officer("order_stay", c), refused("R-STY-1 R-STY-1"));
  c = order(1);
  c.class_ = ControlClass::inbound;
  EXPECT_THAT(as_officer("order_stay", c), refused("R-STY-2"));
  c = order(1);
  c.day0 = day("2022-07-20");
  EXPECT_THAT(as_officer("order_stay", c), refused("F-FUTURE"));
  c.day0 = day("2022-07-01");
  EXPECT_THAT(as_officer("order_stay", c), refused("R-STY-10"));
}

TEST_F(Isolation, AContactIsIsolatedOnAJudgementOnly) {
  OrderStay c = order(1);
  c.class_ = ControlClass::close_contact;
  c.contact = contact(1);
  c.day0.reset();
  EXPECT_THAT(as_officer("order_stay", c), refused("R-STY-2"));
  as_system("ask_control", AskControl{contact(1), person(1), ControlClass::close_contact, id<CaseId>(1),
                                      day("2022-07-15"), cdc});
  const Answer ordered = as_officer("order_stay", c);
  ASSERT_THAT(ordered, happened("isolation.stay_ordered"));
  EXPECT_EQ(ordered.get<StayOrdered>().day0, day("2022-07-15")) << "the day of the judgement counts";
  c = order(2);
  c.class_ = ControlClass::close_contact;
  c.contact = contact(1);
  EXPECT_THAT(as_officer("order_stay", c), refused("R-STY-2")) << "somebody else's judgement";
}

TEST_F(Isolation, AJudgementThatFellIsNoGround) {
  as_system("ask_control", AskControl{contact(1), person(1), ControlClass::close_contact, id<CaseId>(1),
                                      day("2022-07-15"), cdc});
  as_system("ask_control", AskControl{contact(1), {}, std::nullopt, id<CaseId>(1), {}, {}});
  OrderStay c = order(1);
  c.class_ = ControlClass::close_contact;
  c.contact = contact(1);
  EXPECT_THAT(as_officer("order_stay", c), refused("R-STY-2"));
}

TEST_F(Isolation, NobodyIsUnderTwoMeasures) {
  as_officer("order_stay", order(1));
  OrderStay again = order(1);
  again.stay = stay(9);
  EXPECT_THAT(as_officer("order_stay", again), refused("R-STY-9"));
  EXPECT_THAT(as_officer("cancel_stay", CancelStay{stay(1), words("误判")}),
              happened("isolation.stay_cancelled"));
  EXPECT_THAT(as_officer("order_stay", again), happened("isolation.stay_ordered"));
}

TEST_F(Isolation, OnePersonARoomUnlessACoStayIsApproved) {
  admitted(1, 1);
  as_officer("order_stay", order(2));
  EXPECT_THAT(as_manager("admit_to_room", AdmitToRoom{stay(2), room(1)}), refused("R-STY-4"));
  EXPECT_THAT(as_manager("approve_co_stay", child_with(2, 1)), happened("isolation.co_stay_approved"));
  const Answer shared = as_manager("admit_to_room", AdmitToRoom{stay(2), room(1)});
  EXPECT_EQ(shared.get<StayAdmitted>().with, stay(1));
  EXPECT_FALSE(shared.get<RoomTaken>().first);
  // The first to leave leaves the room to the other.
  EXPECT_FALSE(as_officer("cancel_stay", CancelStay{stay(2), words("x")}).get<RoomLeft>().last);
  EXPECT_TRUE(as_officer("cancel_stay", CancelStay{stay(1), words("x")}).get<RoomLeft>().last);
}

TEST_F(Isolation, ACoStayNeedsAGroundOfTheRulebookAndAFitCarer) {
  admitted(1, 1);
  as_officer("order_stay", order(2));
  ApproveCoStay c = child_with(2, 1);
  c.age = 14;
  EXPECT_THAT(as_manager("approve_co_stay", c), refused("R-STY-13")) << "not under 14";
  c.age.reset();
  EXPECT_THAT(as_manager("approve_co_stay", c), refused("R-STY-13")) << "nobody knows how old";
  c = child_with(2, 1);
  c.carer_age = 60;
  c.carer_chronic_illness = true;
  EXPECT_THAT(as_manager("approve_co_stay", c), refused("R-STY-13 R-STY-13"));
  c = child_with(2, 1);
  c.ground = CoStayGround::dependent;
  EXPECT_THAT(as_manager("approve_co_stay", c), refused("R-STY-13")) << "not in the rulebook's list here";
  c.ground = CoStayGround::pregnant;
  EXPECT_THAT(as_manager("approve_co_stay", c), happened("isolation.co_stay_approved"));
}

TEST_F(Isolation, PapersSayTheAgeWhateverIsTyped) {
  admitted(1, 1);
  as_officer("order_stay", order(2));
  as_system("note_birth_day", NoteBirthDay{person(2), day("2008-07-18")});
  EXPECT_THAT(as_manager("approve_co_stay", child_with(2, 1)), happened("isolation.co_stay_approved"))
      << "14 tomorrow";
  as_system("note_birth_day", NoteBirthDay{person(2), day("1986-04-12")});
  EXPECT_THAT(as_manager("approve_co_stay", child_with(2, 1)), refused("R-STY-13"));
  as_system("note_birth_day", NoteBirthDay{person(2), day("2016-04-12")});
  as_system("note_birth_day", NoteBirthDay{person(1), day("1956-04-12")});
  EXPECT_THAT(as_manager("approve_co_stay", child_with(2, 1)), refused("R-STY-13")) << "an elderly carer";
}

TEST_F(Isolation, APlaceInARoomIsClaimedOnce) {
  admitted(1, 1);
  as_officer("order_stay", order(2));
  as_manager("approve_co_stay", child_with(2, 1));
  EXPECT_EQ(as_manager("admit_to_room", AdmitToRoom{stay(2), room(1)}).get<RoomTaken>().place, 2);
  as_officer("cancel_stay", CancelStay{stay(1), words("x")});
  as_officer("order_stay", order(3));
  EXPECT_THAT(as_manager("admit_to_room", AdmitToRoom{stay(3), room(1)}), refused("R-STY-4"));
  as_manager("approve_co_stay", child_with(3, 2));
  EXPECT_EQ(as_manager("admit_to_room", AdmitToRoom{stay(3), room(1)}).get<RoomTaken>().place, 1)
      << "the place that became free";
}

TEST_F(Isolation, ARoomIsUsedAgainOnlyWhenDisinfectedAndCheckedByAnother) {
  admitted(1, 1);
  as_officer("cancel_stay", CancelStay{stay(1), words("x")});
  as_officer("order_stay", order(2));
  EXPECT_THAT(as_manager("admit_to_room", AdmitToRoom{stay(2), room(1)}), refused("R-STY-3"));
  EXPECT_THAT(as_manager("disinfect_room", DisinfectRoom{room(1), "Cl"}),
              happened("isolation.room_disinfected"));
  EXPECT_THAT(as_manager("admit_to_room", AdmitToRoom{stay(2), room(1)}), refused("R-STY-3"));
  EXPECT_THAT(as_manager("check_room", CheckRoom{room(1), true}), refused("R-ROM-1"));
  EXPECT_THAT(as_doctor("check_room", CheckRoom{room(1), true}), happened("isolation.room_checked"));
  EXPECT_TRUE(as_manager("admit_to_room", AdmitToRoom{stay(2), room(1)}).refusals.empty());
}

TEST_F(Isolation, ALegIsSignedByTwoParties) {
  const auto vehicle = id<VehicleId>(1);
  const auto leg = id<LegId>(1);
  bench.as(driver, desk120, {Role::TRN}).ask("register_vehicle", RegisterVehicle{vehicle, "A1", 1});
  as_officer("order_stay", order(1));
  as_officer("order_stay", order(2));
  const StartTransfer start{leg, stay(1), vehicle, bench.time() + std::chrono::hours(1), {}};
  EXPECT_THAT(bench.as(driver, desk120, {Role::TRN}).ask("start_transfer", start),
              happened("isolation.leg_started"));
  EXPECT_THAT(
      bench.as(driver, desk120, {Role::TRN})
          .ask("start_transfer", StartTransfer{id<LegId>(2), stay(2), vehicle, start.expected_at, {}}),
      refused("R-TRF-3"));
  EXPECT_THAT(bench.as(driver, desk120, {Role::TRN, Role::QM}).ask("end_transfer", EndTransfer{leg}),
              refused("R-JRN-1"));
  EXPECT_THAT(as_manager("end_transfer", EndTransfer{leg}), happened("isolation.leg_ended"));
  EXPECT_THAT(
      bench.as(driver, desk120, {Role::TRN})
          .ask("start_transfer", StartTransfer{id<LegId>(2), stay(2), vehicle, start.expected_at, {}}),
      refused("R-TRF-1"));
}

TEST_F(Isolation, AnAdmissionSignsTheArrivalUnlessTheCarrierItselfAdmits) {
  const auto leg = id<LegId>(1);
  const auto vehicle = id<VehicleId>(1);
  as_driver("register_vehicle", RegisterVehicle{vehicle, "A1", 4});
  as_officer("order_stay", order(1));
  as_driver("start_transfer", StartTransfer{leg, stay(1), vehicle, bench.time(), {}});
  EXPECT_THAT(
      bench.as(driver, desk120, {Role::TRN, Role::QM}).ask("admit_to_room", AdmitToRoom{stay(1), room(1)}),
      refused("R-JRN-1"));
  const Answer in = as_manager("admit_to_room", AdmitToRoom{stay(1), room(1)});
  EXPECT_THAT(in, happened("isolation.leg_ended isolation.stay_admitted isolation.room_taken "
                           "isolation.test_due isolation.test_due isolation.test_due isolation.test_due "
                           "isolation.test_due"));
  EXPECT_EQ(in.get<LegEnded>().arrived_by, manager);
  EXPECT_THAT(as_manager("end_transfer", EndTransfer{leg, {}}), refused("R-STATE")) << "signed already";
}

TEST_F(Isolation, WhoEscapesOnTheWayIsReportedByTheCarrierAndHasNoRoom) {
  as_driver("register_vehicle", RegisterVehicle{id<VehicleId>(1), "A1", 4});
  as_officer("order_stay", order(1));
  as_driver("start_transfer", StartTransfer{id<LegId>(1), stay(1), id<VehicleId>(1), bench.time(), {}});
  const Answer gone = as_driver("report_left_control", ReportLeftControl{stay(1), words("跳车")});
  ASSERT_THAT(gone, happened("isolation.left_control"));
  EXPECT_EQ(gone.get<LeftControl>().holder, desk120);
  EXPECT_EQ(gone.get<LeftControl>().carrier, desk120);
  EXPECT_THAT(as_manager("record_located", RecordLocated{stay(1), words("路边")}),
              happened("isolation.located"));
  EXPECT_TRUE(as_manager("end_transfer", EndTransfer{id<LegId>(1), {}}).refusals.empty());
  EXPECT_TRUE(as_manager("admit_to_room", AdmitToRoom{stay(1), room(1)}).refusals.empty());
}

TEST_F(Isolation, ReleaseNeedsThePeriodTheTestsAndSomebodyWhoReceives) {
  admitted(1, 1);  // 17 July: tests 17, 18, 19, 21, 23; ends 23 July 24:00
  EXPECT_THAT(as_doctor("release_stay", ReleaseStay{stay(1)}), refused("R-STY-5 R-STY-6 R-STY-7"));
  std::uint64_t number = 0;
  for (const char* when : {"2022-07-17 23:00", "2022-07-18 09:00", "2022-07-19 09:00", "2022-07-21 09:00"}) {
    bench.now(when);
    answered(1, ++number, TestState::negative);
  }
  bench.now("2022-07-24 00:00");
  EXPECT_THAT(as_doctor("release_stay", ReleaseStay{stay(1)}), refused("R-STY-6 R-STY-7"));
  answered(1, ++number, TestState::no_answer);
  EXPECT_THAT(as_doctor("release_stay", ReleaseStay{stay(1)}), refused("R-STY-6 R-STY-7"))
      << "an empty answer";
  answered(1, ++number, TestState::negative);
  as_doctor("propose_release", ProposeRelease{stay(1), village});
  EXPECT_THAT(as_grid("accept_release", AcceptRelease{stay(1)}), happened("isolation.release_accepted"));
  const Answer released = as_doctor("release_stay", ReleaseStay{stay(1)});
  EXPECT_EQ(released.get<StayReleased>().state, StayState::home_phase);
  EXPECT_EQ(released.get<StayReleased>().home_until, fx::testing::at("2022-07-27 00:00"));
  EXPECT_THAT(as_grid("end_stay", EndStay{stay(1)}), refused("R-STY-5 R-STY-6"));
  bench.now("2022-07-26 10:00");
  answered(1, ++number, TestState::negative);
  bench.now("2022-07-27 00:00");
  EXPECT_THAT(as_grid("end_stay", EndStay{stay(1)}), happened("isolation.stay_ended"));
}

TEST_F(Isolation, APositiveEndsTheStayAndItsTests) {
  admitted(1, 1);
  as_system("note_sample", NoteSample{person(1), tube(1), bench.time()});
  const Answer positive = as_system("note_result", NoteResult{person(1), tube(1), TestState::positive});
  EXPECT_THAT(positive, happened("isolation.test_answered isolation.stay_converted"));
  EXPECT_EQ(positive.get<StayConverted>().tests.size(), 4U);
  EXPECT_THAT(as_system("note_result", NoteResult{person(1), tube(1), TestState::positive}), happened(""));
}

// Without this, influenza would make a patient of whoever is isolated for something else, and its absence would free them.
TEST_F(Isolation, AnotherPathogenSaysNothingAboutTheStay) {
  admitted(1, 1);
  NoteSample sample{person(1), tube(1), bench.time(), "influenza"};
  EXPECT_THAT(as_system("note_sample", sample), happened(""));
  NoteResult result{person(1), tube(1), TestState::positive};
  result.pathogen = "influenza";
  EXPECT_THAT(as_system("note_result", result), happened(""));
  sample.tube = result.tube = tube(2);
  sample.pathogen = result.pathogen = order(1).pathogen;
  EXPECT_THAT(as_system("note_sample", sample), happened("isolation.test_sampled"));
  EXPECT_THAT(as_system("note_result", result), happened("isolation.test_answered isolation.stay_converted"));
}

TEST_F(Isolation, APatientHasTheRoomUntilFetched) {
  admitted(1, 1);
  as_system("note_sample", NoteSample{person(1), tube(1), bench.time()});
  as_system("note_result", NoteResult{person(1), tube(1), TestState::positive});
  EXPECT_THAT(as_manager("disinfect_room", DisinfectRoom{room(1), "Cl"}), refused("R-STATE"));
  as_officer("order_stay", order(2));
  EXPECT_THAT(as_manager("admit_to_room", AdmitToRoom{stay(2), room(1)}), refused("R-STY-4"));
  const auto vehicle = id<VehicleId>(1);
  as_driver("register_vehicle", RegisterVehicle{vehicle, "A1", 4});
  StartTransfer fetch{id<LegId>(1), stay(1), vehicle, bench.time(), {}};
  EXPECT_THAT(as_driver("start_transfer", fetch), refused("F-SHAPE")) << "to which hospital";
  fetch.to = hospital;
  EXPECT_THAT(as_driver("start_transfer", fetch), happened("isolation.leg_started isolation.room_left"));
  EXPECT_THAT(as_driver("start_transfer", StartTransfer{id<LegId>(2), stay(2), vehicle, bench.time(), {}}),
              refused("R-TRF-2"))
      << "case and non-case never share a vehicle";
  EXPECT_THAT(bench.as(ward, hospital, {Role::DOC}).ask("end_transfer", EndTransfer{id<LegId>(1), {}}),
              happened("isolation.leg_ended isolation.case_handed_over"));
  EXPECT_THAT(as_manager("disinfect_room", DisinfectRoom{room(1), "Cl"}),
              happened("isolation.room_disinfected"));
}

TEST_F(Isolation, WhoIsNoPatientAfterAllLeavesTheRoomToo) {
  admitted(1, 1);
  as_system("note_sample", NoteSample{person(1), tube(1), bench.time()});
  as_system("note_result", NoteResult{person(1), tube(1), TestState::positive});
  OrderStay again = order(1);
  again.stay = stay(9);
  EXPECT_THAT(as_officer("order_stay", again), refused("R-STY-9")) << "in the room still";
  EXPECT_THAT(as_manager("hand_over_case", HandOverCase{stay(1), site}), refused("F-REF"));
  EXPECT_THAT(as_manager("hand_over_case", HandOverCase{stay(1), hospital}),
              happened("isolation.room_left isolation.case_handed_over"));
  EXPECT_THAT(as_officer("order_stay", again), happened("isolation.stay_ordered"));
  EXPECT_THAT(as_manager("hand_over_case", HandOverCase{stay(1), hospital}), refused("R-STATE"));
}

TEST_F(Isolation, WhoLeavesIsLookedForAndTheStayGoesOn) {
  admitted(1, 1);
  EXPECT_THAT(as_manager("report_left_control", ReportLeftControl{stay(1), words("后窗")}),
              happened("isolation.left_control"));
  EXPECT_THAT(as_doctor("record_check", RecordCheck{stay(1), 36.5, {}}), refused("R-STATE"));
  EXPECT_THAT(as_manager("record_located", RecordLocated{stay(1), words("家")}),
              happened("isolation.located"));
  EXPECT_THAT(as_doctor("record_check", RecordCheck{stay(1), 36.5, {}}),
              happened("isolation.health_checked"));
  EXPECT_THAT(as_doctor("record_check", RecordCheck{stay(1), 365, {}}), refused("F-SHAPE"));
}

TEST_F(Isolation, ToAHospitalAndBackEachLegHasTwoHands) {
  admitted(1, 1);
  const auto at_ward = [&](std::string_view operation, auto c) {
    return bench.as(ward, hospital, {Role::DOC}).ask(operation, std::move(c));
  };
  const Answer out = as_doctor("send_out", SendOut{stay(1), hospital, words("腹痛"), {}, {}});
  ASSERT_THAT(out, happened("isolation.sent_out isolation.leg_started"));
  const LegId leg = out.get<LegStarted>().leg;
  EXPECT_THAT(as_manager("end_transfer", EndTransfer{leg, {}}), refused("R-JRN-1")) << "the site signs twice";
  EXPECT_THAT(at_ward("send_back", SendBack{stay(1), {}, {}}), refused("R-JRN-1")) << "not arrived yet";
  EXPECT_THAT(at_ward("end_transfer", EndTransfer{leg, {}}), happened("isolation.leg_ended"));
  EXPECT_THAT(as_manager("take_back", TakeBack{stay(1)}), refused("R-JRN-1"))
      << "the hospital has not handed over";
  bench.now("2022-07-18 09:00");
  const Answer back = at_ward("send_back", SendBack{stay(1), {}, {}});
  ASSERT_THAT(back, happened("isolation.leg_started"));
  EXPECT_THAT(as_manager("end_transfer", EndTransfer{back.get<LegStarted>().leg, {}}), refused("R-STY-12"))
      << "take_back signs";
  EXPECT_THAT(as_manager("take_back", TakeBack{stay(1)}),
              happened("isolation.leg_ended isolation.taken_back"));
}

TEST_F(Isolation, WhoLeftOnTheWayToAHospitalIsTakenBackFromWhoeverFound) {
  const UnitId police = bench.unit(UnitKind::police);
  admitted(1, 1);
  as_doctor("send_out", SendOut{stay(1), hospital, words("腹痛"), {}, {}});
  as_manager("report_left_control", ReportLeftControl{stay(1), words("走了")});
  EXPECT_THAT(as_doctor("record_located", RecordLocated{stay(1), words("家")}), refused("R-JRN-1"))
      << "who sent him out signs for no arrival";
  EXPECT_THAT(
      bench.as(officer, police, {Role::POL}).ask("record_located", RecordLocated{stay(1), words("家")}),
      happened("isolation.leg_ended isolation.located"));
  EXPECT_THAT(as_manager("take_back", TakeBack{stay(1)}), happened("isolation.taken_back"));
}

}  // namespace
}  // namespace fx::isolation
