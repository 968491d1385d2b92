// Without these, somebody could be held without a ground, share a room unasked, or leave before the tests are answered.
#include <gtest/gtest.h>

#include "desks/isolation/commands.hpp"
#include "desks/isolation/desk.hpp"
#include "desks/isolation/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::isolation {
namespace {

using fx::testing::Answer;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

PersonId person(std::uint64_t n) { return id<PersonId>(1'000 + n); }
StayId stay(std::uint64_t n) { return id<StayId>(2'000 + n); }
QuarantineRoomId room(std::uint64_t n) { return id<QuarantineRoomId>(3'000 + n); }
ContactId contact(std::uint64_t n) { return id<ContactId>(4'000 + n); }
TubeId tube(std::uint64_t n) { return id<TubeId>(5'000 + n); }
Day day(std::string_view text) { return *parse_day(text); }

constexpr const char* central =
    R"({"regime":"central","days":7,"then":{"regime":"home_monitoring","days":3},"tests":[1,2,3,5,7],"then_tests":[3],"release_samples":1})";

struct Isolation : ::testing::Test {
  DeskBench bench{desk()};
  UnitId cdc = bench.unit(UnitKind::cdc);
  UnitId desk120 = bench.unit(UnitKind::transfer_desk);
  UnitId site = bench.unit(UnitKind::quarantine_site);
  UnitId village = bench.unit(UnitKind::village);
  AccountId officer = bench.holder(cdc, Role::CDC);
  AccountId driver = bench.holder(desk120, Role::TRN);
  AccountId manager = bench.holder(site, Role::QM);
  AccountId doctor = bench.holder(site, Role::QD);
  AccountId grid = bench.holder(village, Role::GRID);

  Isolation() {
    bench.now("2022-07-17 22:40");
    bench.rules.set("F.close_contact", central);
    bench.rules.set("F.high_risk_area", central);
    bench.rules.set("F.test.on_admission", 1);
    bench.rules.set("F.check.per_day", 2);
    as_manager("open_site", OpenSite{site});
    as_manager("add_rooms", AddRooms{site, {{room(1), "101", "1"}, {room(2), "102", "1"}}});
  }
  template <class C>
  Answer as_officer(std::string_view operation, C c) {
    return bench.as(officer, cdc, {Role::CDC}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_manager(std::string_view operation, C c) {
    return bench.as(manager, site, {Role::QM}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_doctor(std::string_view operation, C c) {
    return bench.as(doctor, site, {Role::QD}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_grid(std::string_view operation, C c) {
    return bench.as(grid, village, {Role::GRID}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_system(std::string_view operation, C c) {
    return bench.as_system().ask(operation, std::move(c));
  }
  OrderStay order(std::uint64_t n) {
    return {.stay = stay(n),
            .person = person(n),
            .class_ = ControlClass::high_risk_area,
            .pathogen = "covid19-cn",
            .regime = Regime::central,
            .contact = {},
            .day0 = day("2022-07-16"),
            .site = site,
            .legal_basis = "39",
            .notice_given = true,
            .address = {}};
  }
  void admitted(std::uint64_t n, std::uint64_t in) {
    ASSERT_THAT(as_officer("order_stay", order(n)), happened("isolation.stay_ordered"));
    ASSERT_TRUE(as_manager("admit_to_room", AdmitToRoom{stay(n), room(in)}).refusals.empty());
  }
  void answered(std::uint64_t n, std::uint64_t number, TestState result) {
    as_system("note_sample", NoteSample{person(n), tube(number), bench.time()});
    as_system("note_result", NoteResult{person(n), tube(number), result});
  }
};

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
  EXPECT_THAT(as_manager("approve_co_stay", ApproveCoStay{stay(2), stay(1), CoStayGround::child}),
              happened("isolation.co_stay_approved"));
  const Answer shared = as_manager("admit_to_room", AdmitToRoom{stay(2), room(1)});
  EXPECT_EQ(shared.get<StayAdmitted>().with, stay(1));
  EXPECT_FALSE(shared.get<RoomTaken>().first);
  // The first to leave leaves the room to the other.
  EXPECT_FALSE(as_officer("cancel_stay", CancelStay{stay(2), words("x")}).get<RoomLeft>().last);
  EXPECT_TRUE(as_officer("cancel_stay", CancelStay{stay(1), words("x")}).get<RoomLeft>().last);
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
  const StartTransfer start{leg, stay(1), vehicle, bench.time() + std::chrono::hours(1)};
  EXPECT_THAT(bench.as(driver, desk120, {Role::TRN}).ask("start_transfer", start),
              happened("isolation.leg_started"));
  EXPECT_THAT(bench.as(driver, desk120, {Role::TRN})
                  .ask("start_transfer", StartTransfer{id<LegId>(2), stay(2), vehicle, start.expected_at}),
              refused("R-TRF-3"));
  EXPECT_THAT(bench.as(driver, desk120, {Role::TRN, Role::QM}).ask("end_transfer", EndTransfer{leg}),
              refused("R-JRN-1"));
  EXPECT_THAT(as_manager("end_transfer", EndTransfer{leg}), happened("isolation.leg_ended"));
  EXPECT_THAT(bench.as(driver, desk120, {Role::TRN})
                  .ask("start_transfer", StartTransfer{id<LegId>(2), stay(2), vehicle, start.expected_at}),
              refused("R-TRF-1"));
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
  EXPECT_THAT(positive, happened("isolation.test_answered isolation.stay_converted isolation.room_left"));
  EXPECT_EQ(positive.get<StayConverted>().tests.size(), 4U);
  EXPECT_THAT(as_system("note_result", NoteResult{person(1), tube(1), TestState::positive}), happened(""));
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

}  // namespace
}  // namespace fx::isolation
