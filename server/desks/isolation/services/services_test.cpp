// Without these, a site could be called open with too few rooms, or let its sewage out untreated.
#include <gtest/gtest.h>

#include "desks/isolation/commands.hpp"
#include "desks/isolation/desk.hpp"
#include "desks/isolation/facts.hpp"
#include "desks/isolation/services/commands.hpp"
#include "desks/isolation/services/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::isolation {
namespace {

using fx::testing::Answer;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

QuarantineRoomId room(std::uint64_t n) { return id<QuarantineRoomId>(3'000 + n); }
const auto tan = id<StayId>(1);

struct Services : ::testing::Test {
  DeskBench bench{desk()};
  UnitId command = bench.unit(UnitKind::command_post);
  UnitId cdc = bench.unit(UnitKind::cdc);
  UnitId hospital = bench.unit(UnitKind::hospital);
  UnitId site = bench.unit(UnitKind::quarantine_site);
  AccountId leader = bench.holder(command, Role::CMD);
  AccountId officer = bench.holder(cdc, Role::CDC);
  AccountId manager = bench.holder(site, Role::QM);
  AccountId counsellor = bench.holder(site, Role::PSY);
  std::uint64_t rooms = 0;

  Services() {
    bench.now("2021-08-06 12:00");
    bench.rules.set("F.sewage.cl_mg_l.min", 6.5);
    bench.rules.set("F.sewage.cl_mg_l.max", 10);
    bench.rules.set("F.sewage.check_per_day", 2);
    bench.rules.set("F.high_risk_area", R"({"regime":"central","days":14,"tests":[1,4,7,14]})");
    as_manager("open_site", OpenSite{site});
  }
  template <class C>
  Answer as_manager(std::string_view operation, C c) {
    return bench.as(manager, site, {Role::QM}).ask(operation, std::move(c));
  }
  template <class C>
  Answer as_counsellor(std::string_view operation, C c) {
    return bench.as(counsellor, site, {Role::PSY}).ask(operation, std::move(c));
  }
  Answer open(std::int32_t number) {
    return bench.as(leader, command, {Role::CMD}).ask("order_site_opening", OrderSiteOpening{site, number});
  }
  Answer add(std::uint64_t number) {
    AddRooms c{site, {}};
    for (std::uint64_t i = 0; i < number; ++i) {
      ++rooms;
      c.rooms.push_back({room(rooms), std::to_string(rooms), {}});
    }
    return as_manager("add_rooms", std::move(c));
  }
  const SiteUpkeep& upkeep() { return bench.get<SiteUpkeep>(site); }
  void admitted() {
    add(1);
    bench.as(officer, cdc, {Role::CDC})
        .ask("order_stay", OrderStay{.stay = tan,
                                     .person = id<PersonId>(7),
                                     .class_ = ControlClass::high_risk_area,
                                     .pathogen = "covid19-cn",
                                     .regime = Regime::central,
                                     .contact = {},
                                     .day0 = parse_day("2021-08-04"),
                                     .site = site,
                                     .legal_basis = "39",
                                     .notice_given = true,
                                     .address = {}});
    as_manager("admit_to_room", AdmitToRoom{tan, room(1)});
  }
};

TEST_F(Services, AnOpeningIsCountedInRoomsThatAreCleanAndStaffed) {
  EXPECT_THAT(open(0), refused("F-SHAPE"));
  EXPECT_TRUE(open(60).refusals.empty());
  EXPECT_EQ(upkeep().owed, 20);
  add(20);
  EXPECT_EQ(upkeep().missing, 20) << "clean, and nobody to run them";
  as_manager("record_staffed", RecordStaffed{site, 19});
  EXPECT_EQ(upkeep().missing, 1);
  const Answer third = as_manager("record_staffed", RecordStaffed{site, 60});
  EXPECT_EQ(third.get<SiteShareReady>().share, OpeningShare::third);
  EXPECT_EQ(upkeep().owed, 30);
  EXPECT_EQ(add(40).get<SiteShareReady>().share, OpeningShare::half);
  EXPECT_EQ(upkeep().share, OpeningShare::all) << "half and all in one step";
  EXPECT_EQ(upkeep().missing, 0);
}

TEST_F(Services, OddNumbersOweRoundedUp) {
  EXPECT_EQ(rooms_of(OpeningShare::third, 61), 21);
  EXPECT_EQ(rooms_of(OpeningShare::half, 61), 31);
  EXPECT_EQ(rooms_of(OpeningShare::all, 61), 61);
}

TEST_F(Services, SewageIsLetOutOnlyInRange) {
  EXPECT_THAT(as_manager("discharge_sewage", DischargeSewage{site}), refused("R-SEW-1")) << "never measured";
  EXPECT_THAT(as_manager("record_sewage", RecordSewage{site, 5.1}),
              happened("isolation.sewage_out_of_range"));
  EXPECT_THAT(as_manager("discharge_sewage", DischargeSewage{site}), refused("R-SEW-1"));
  EXPECT_THAT(as_manager("record_sewage", RecordSewage{site, 10.1}),
              happened("isolation.sewage_out_of_range"));
  EXPECT_THAT(as_manager("redose_sewage", RedoseSewage{site, "NaClO"}), happened("isolation.sewage_redosed"));
  EXPECT_THAT(as_manager("discharge_sewage", DischargeSewage{site}), refused("R-SEW-1"));
  EXPECT_THAT(as_manager("record_sewage", RecordSewage{site, 7.2}), happened("isolation.sewage_in_range"));
  EXPECT_THAT(as_manager("discharge_sewage", DischargeSewage{site}), happened("isolation.sewage_discharged"));
  EXPECT_THAT(as_manager("record_sewage", RecordSewage{site, -1}), refused("F-SHAPE"));
}

TEST_F(Services, ACrisisIsHandedOverScreenedOrNot) {
  admitted();
  EXPECT_THAT(as_counsellor("hand_over_crisis", HandOverCrisis{tan, hospital, words("Dr Wu")}),
              refused("F-REF"));
  EXPECT_THAT(as_manager("report_crisis", ReportCrisis{tan, words("does not eat")}),
              happened("isolation.crisis_found"));
  EXPECT_THAT(as_counsellor("screen_counselling", ScreenCounselling{tan, true}), refused("R-STATE"));
  EXPECT_THAT(as_counsellor("hand_over_crisis", HandOverCrisis{tan, hospital, words("")}),
              refused("F-SHAPE"));
  EXPECT_THAT(as_counsellor("hand_over_crisis", HandOverCrisis{tan, hospital, words("Dr Wu")}),
              happened("isolation.crisis_handed_over"));
  EXPECT_TRUE(bench.was_subject(tan.raw));
  EXPECT_THAT(as_counsellor("screen_counselling", ScreenCounselling{tan, true}),
              happened("isolation.counselling_screened"));
  EXPECT_THAT(as_counsellor("move_counselling", MoveCounselling{tan, CounsellingState::in_care}),
              happened("isolation.counselling_moved"));
  EXPECT_THAT(as_counsellor("move_counselling", MoveCounselling{tan, CounsellingState::declined}),
              refused("R-STATE"));
}

TEST_F(Services, NobodyVisitsAndAVisitThatWasSeenIsAssessed) {
  admitted();
  EXPECT_THAT(as_manager("record_visit", RecordVisit{tan, words("brother")}), refused("R-STY-8"));
  const Answer seen = as_manager("report_visit", ReportVisit{tan, words("at the door")});
  ASSERT_THAT(seen, happened("isolation.visit_seen isolation.cross_exposure_opened"));
  const auto id = seen.get<CrossExposureOpened>().assessment;
  const auto assess = [&](std::int32_t residents) {
    return bench.as(officer, cdc, {Role::CDC})
        .ask("assess_cross_exposure", AssessCrossExposure{id, residents, 0, words("stood outside")});
  };
  EXPECT_THAT(assess(-1), refused("F-SHAPE"));
  EXPECT_THAT(assess(1), happened("isolation.cross_exposure_assessed"));
  EXPECT_THAT(assess(1), refused("R-STATE"));
}

}  // namespace
}  // namespace fx::isolation
