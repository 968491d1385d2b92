// Without these, a corrected exposure could leave somebody in a room too long, or let him out while he may still fall ill.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/isolation/commands.hpp"
#include "desks/isolation/desk.hpp"
#include "desks/isolation/redating/redating.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::isolation {
namespace {

using fx::testing::Answer;
using fx::testing::at;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

const auto person = id<PersonId>(1);
const auto met = id<ContactId>(2);
const auto stay = id<StayId>(3);
const auto room = id<QuarantineRoomId>(4);
Day day(std::string_view text) { return *parse_day(text); }

constexpr const char* seven_days =
    R"({"regime":"central","days":7,"then":{"regime":"home_monitoring","days":3},"tests":[1,2,3,5,7],"then_tests":[3],"release_samples":1})";

struct Redating : ::testing::Test {
  DeskBench bench{desk()};
  UnitId cdc = bench.unit(UnitKind::cdc);
  UnitId desk120 = bench.unit(UnitKind::transfer_desk);
  UnitId site = bench.unit(UnitKind::quarantine_site);
  AccountId officer = bench.holder(cdc, Role::CDC);
  AccountId manager = bench.holder(site, Role::QM);

  Redating() {
    bench.now("2022-07-17 22:40");
    bench.rules.set("F.close_contact", seven_days);
    bench.rules.set("F.high_risk_area", seven_days);
    bench.rules.set("F.test.on_admission", 0);
    bench.rules.set("F.check.per_day", 2);
    bench.rules.set("F.transition.sample_h", 24);
    as(manager, site, Role::QM, "open_site", OpenSite{site});
    as(manager, site, Role::QM, "add_rooms", AddRooms{site, {{room, "101", "1"}}});
  }
  template <class C>
  Answer as(AccountId who, UnitId unit, Role role, std::string_view operation, C c) {
    return bench.as(who, unit, {role}).ask(operation, std::move(c));
  }
  Answer judged(std::string_view day0) {
    return bench.as_system().ask(
        "ask_control", AskControl{met, person, ControlClass::close_contact, id<CaseId>(9), day(day0), cdc});
  }
  void admitted() {
    judged("2022-07-15");
    as(officer, cdc, Role::CDC, "order_stay",
       OrderStay{.stay = stay,
                 .person = person,
                 .class_ = ControlClass::close_contact,
                 .pathogen = "covid19-cn",
                 .regime = Regime::central,
                 .contact = met,
                 .day0 = {},
                 .site = site,
                 .legal_basis = "39",
                 .notice_given = true,
                 .address = {}});
    ASSERT_TRUE(as(manager, site, Role::QM, "admit_to_room", AdmitToRoom{stay, room}).refusals.empty());
  }
  Answer redate(std::string basis = "39", bool notice = true) {
    return as(officer, cdc, Role::CDC, "redate_stay",
              RedateStay{stay, std::move(basis), notice, words("met again on the 17th")});
  }
  [[nodiscard]] const Stay& row() { return bench.get<Stay>(stay); }
  [[nodiscard]] std::size_t due_on(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(row().tests, [&](StayTestId test) {
      const StayTest& one = bench.get<StayTest>(test);
      return one.day == day(text) && one.state == TestState::due;
    }));
  }
};

TEST_F(Redating, ALaterDayIsProposedAndMovesTheEndOnlyWhenAnOfficerSaysSo) {
  admitted();
  ASSERT_EQ(row().ends_at, at("2022-07-23 00:00"));
  EXPECT_THAT(judged("2022-07-17"), happened("isolation.control_asked isolation.redating_proposed"));
  EXPECT_EQ(row().ends_at, at("2022-07-23 00:00")) << "nothing moves by itself";
  EXPECT_THAT(redate("", false), refused("R-STY-18 R-STY-18"));
  EXPECT_TRUE(redate().refusals.empty());
  EXPECT_EQ(row().day0, day("2022-07-17"));
  EXPECT_EQ(row().ends_at, at("2022-07-25 00:00"));
  EXPECT_EQ(due_on("2022-07-24"), 1U) << "day 7 of the new count";
  EXPECT_EQ(due_on("2022-07-17"), 0U) << "day 2 of the former count, none of the new one";
  EXPECT_THAT(redate(), refused("R-STATE")) << "nothing is proposed";
}

TEST_F(Redating, AnEarlierDayNeedsNoBasisToEndSooner) {
  admitted();
  judged("2022-07-13");
  EXPECT_TRUE(redate("", false).refusals.empty());
  EXPECT_EQ(row().ends_at, at("2022-07-21 00:00"));
}

TEST_F(Redating, ADayAgainAsItWasLetsTheProposalFallAndAnOfficerMayKeepTheDates) {
  admitted();
  judged("2022-07-17");
  EXPECT_THAT(judged("2022-07-15"), happened("isolation.control_asked isolation.redating_fell"));
  EXPECT_THAT(redate(), refused("R-STATE"));
  judged("2022-07-16");
  EXPECT_THAT(as(officer, cdc, Role::CDC, "keep_dates", KeepDates{stay, words("seen through glass")}),
              happened("isolation.redating_declined"));
  EXPECT_EQ(row().ends_at, at("2022-07-23 00:00"));
  EXPECT_THAT(judged("2022-07-17"), happened("isolation.control_asked isolation.redating_proposed"))
      << "another day, another proposal";
  EXPECT_THAT(judged("2022-07-17").events, ::testing::SizeIs(1)) << "said once";
}

TEST_F(Redating, AnExtensionOfANamedOfficerOutlivesAnEarlierDay) {
  admitted();
  as(officer, cdc, Role::CDC, "extend_stay",
     ExtendStay{stay, at("2022-07-30 00:00"), "41", true, words("positive in the household")});
  judged("2022-07-13");
  redate();
  EXPECT_EQ(row().ends_at, at("2022-07-30 00:00"));
}

TEST_F(Redating, AReturneeIsAskedForAndTheOrderAnswersIt) {
  const auto asking = asked_of(person, ControlClass::high_risk_area);
  bench.as_system().ask("ask_control", AskControl{asking, person, ControlClass::high_risk_area, CaseId{},
                                                  day("2022-07-16"), UnitId{}});
  EXPECT_EQ(bench.get<Asked>(asking).cdc, cdc) << "the CDC of the person's county is asked";
  const auto ordered = as(officer, cdc, Role::CDC, "order_stay",
                          OrderStay{.stay = stay,
                                    .person = person,
                                    .class_ = ControlClass::high_risk_area,
                                    .pathogen = "covid19-cn",
                                    .regime = Regime::central,
                                    .contact = {},
                                    .day0 = {},
                                    .site = site,
                                    .legal_basis = "39",
                                    .notice_given = true,
                                    .address = {}});
  EXPECT_THAT(ordered, happened("isolation.stay_ordered"));
  EXPECT_EQ(row().day0, day("2022-07-16")) << "the day it was asked with";
  EXPECT_FALSE(row().contact) << "no contact is made of a returnee";
  EXPECT_EQ(bench.get<Asked>(asking).stay, stay);
}

constexpr const char* home_seven =
    R"({"regime":"home_isolation","days":7,"tests":[1,4,7],"release_samples":1})";
constexpr const char* central_three = R"({"regime":"central","days":3,"tests":[1,3],"release_samples":1})";

/// A contact of a contact under the measure its own class asks for.
struct Upgraded : Redating {
  UnitId village = bench.unit(UnitKind::village);
  AccountId grid = bench.holder(village, Role::GRID);

  Answer asked(ControlClass class_, std::string_view day0) {
    return bench.as_system().ask("ask_control",
                                 AskControl{met, person, class_, id<CaseId>(9), day(day0), cdc});
  }
  Answer foresee(std::optional<ControlClass> class_, std::string_view day0) {
    return bench.as_system().ask("foresee_class",
                                 ForeseeClass{met, class_, class_ ? std::optional(day(day0)) : std::nullopt});
  }
  void held(const char* schedule, Regime regime) {
    bench.rules.set("F.contact_of_contact", schedule);
    asked(ControlClass::contact_of_contact, "2022-07-15");
    const bool home = regime != Regime::central;
    as(officer, cdc, Role::CDC, "order_stay",
       OrderStay{.stay = stay,
                 .person = person,
                 .class_ = ControlClass::contact_of_contact,
                 .pathogen = "covid19-cn",
                 .regime = regime,
                 .contact = met,
                 .day0 = {},
                 .site = home ? village : site,
                 .legal_basis = "39",
                 .notice_given = true,
                 .address = home ? std::optional(words("third house")) : std::nullopt});
    const auto settled =
        home ? as(grid, village, Role::GRID, "settle_at_home", SettleAtHome{stay, true, true, 0})
             : as(manager, site, Role::QM, "admit_to_room", AdmitToRoom{stay, room});
    ASSERT_TRUE(settled.refusals.empty());
  }
  Answer follow(std::optional<UnitId> to, std::string basis = "39") {
    const bool notice = !basis.empty();
    return as(officer, cdc, Role::CDC, "redate_stay",
              RedateStay{stay, std::move(basis), notice, words("her contact is a case"), to});
  }
  std::int32_t open_stays(ControlClass class_) {
    const auto* row = bench.find<OpenStays>(open_stays_of(stay.home(), "covid19-cn", class_));
    std::int32_t out = 0;
    if (row != nullptr)
      for (const auto& of : row->by_profile) out += of.open;
    return out;
  }
};

TEST_F(Upgraded, AClassNotDecidedOnYetIsShownWithItsDatesAndMovesNothing) {
  held(central_three, Regime::central);
  const auto told = foresee(ControlClass::close_contact, "2022-07-16");
  ASSERT_THAT(told, happened("isolation.class_foreseen"));
  EXPECT_EQ(row().foreseen_class, ControlClass::close_contact);
  EXPECT_EQ(row().foreseen_end, at("2022-07-24 00:00"));
  EXPECT_EQ(row().foreseen_home_until, at("2022-07-27 00:00"));
  EXPECT_EQ(row().foreseen_tests, (std::vector{day("2022-07-17"), day("2022-07-18"), day("2022-07-19"),
                                               day("2022-07-21"), day("2022-07-23"), day("2022-07-26")}));
  EXPECT_EQ(row().ends_at, at("2022-07-19 00:00")) << "nothing moves by itself";
  EXPECT_THAT(follow({}), refused("R-STATE")) << "an officer of the investigation decides first";
  EXPECT_THAT(foresee({}, ""), happened("isolation.foreseen_over"));
  EXPECT_FALSE(row().foreseen_class);
  EXPECT_THAT(foresee({}, ""), happened(""));
}

TEST_F(Upgraded, ACloseContactsScheduleIsProposedAndTheStayFollowsItByAnOfficer) {
  held(central_three, Regime::central);
  ASSERT_EQ(row().ends_at, at("2022-07-19 00:00"));
  ASSERT_THAT(asked(ControlClass::close_contact, "2022-07-15"),
              happened("isolation.control_asked isolation.redating_proposed"))
      << "the same Day 0, another class";
  EXPECT_EQ(row().proposed_class, ControlClass::close_contact);
  EXPECT_EQ(row().proposed_end, at("2022-07-23 00:00"));
  EXPECT_EQ(row().ends_at, at("2022-07-19 00:00"));
  EXPECT_THAT(asked(ControlClass::close_contact, "2022-07-15"), happened("isolation.control_asked"))
      << "said once";
  EXPECT_THAT(follow({}, ""), refused("R-STY-18 R-STY-18"));
  EXPECT_TRUE(follow({}).refusals.empty());
  EXPECT_EQ(row().class_, ControlClass::close_contact);
  EXPECT_EQ(row().rule, "F.close_contact");
  EXPECT_EQ(row().ends_at, at("2022-07-23 00:00"));
  EXPECT_EQ(row().then_days, 3);
  EXPECT_EQ(row().state, StayState::observing);
  EXPECT_EQ(row().room, room);
  EXPECT_EQ(due_on("2022-07-20"), 1U) << "day 5 of a close contact";
  EXPECT_EQ(due_on("2022-07-22"), 1U);
  EXPECT_FALSE(row().proposed_day0 || row().proposed_class || row().proposed_end);
  EXPECT_EQ(open_stays(ControlClass::contact_of_contact), 0);
  EXPECT_EQ(open_stays(ControlClass::close_contact), 1);
}

TEST_F(Upgraded, FromAHomeTheClassAsksForASite) {
  held(home_seven, Regime::home_isolation);
  asked(ControlClass::close_contact, "2022-07-16");
  EXPECT_TRUE(row().proposed_site);
  EXPECT_EQ(row().proposed_end, at("2022-07-24 00:00"));
  EXPECT_THAT(follow({}), refused("F-SHAPE")) << "which site?";
  EXPECT_THAT(follow(village), refused("R-STY-11"));
  ASSERT_TRUE(follow(site).refusals.empty());
  EXPECT_EQ(row().state, StayState::ordered);
  EXPECT_EQ(row().regime, Regime::central);
  EXPECT_EQ(row().site, site);
  EXPECT_EQ(row().holder, village) << "until the carrier takes over";
  EXPECT_EQ(row().ends_at, at("2022-07-24 00:00"));
  ASSERT_TRUE(as(manager, site, Role::QM, "admit_to_room", AdmitToRoom{stay, room}).refusals.empty());
  EXPECT_EQ(due_on("2022-07-23"), 1U) << "day 7 of a close contact";
}

TEST_F(Upgraded, AnOfficerMayKeepTheMeasureAndAClassTheEditionDoesNotKnowIsNotProposed) {
  held(home_seven, Regime::home_isolation);
  asked(ControlClass::close_contact, "2022-07-16");
  EXPECT_THAT(as(officer, cdc, Role::CDC, "keep_dates", KeepDates{stay, words("judged in error")}),
              happened("isolation.redating_declined"));
  EXPECT_FALSE(row().proposed_class);
  EXPECT_EQ(row().class_, ControlClass::contact_of_contact);
  bench.rules.forbid("F.close_contact");
  EXPECT_THAT(asked(ControlClass::close_contact, "2022-07-17"), happened("isolation.control_asked"));
}

/// A further exposure can only move Day 0 later; whatever the stay, that never brings its end forward.
RC_GTEST_PROP(RedatedStay, ALaterDayNeverBringsTheEndForward, ()) {
  Stay one;
  one.id = stay;
  one.state = *rc::gen::element(StayState::ordered, StayState::in_transfer, StayState::observing,
                                StayState::out_closed_loop, StayState::home_phase);
  one.day0 = day("2022-07-01") + *rc::gen::inRange(0, 20);
  one.days = *rc::gen::inRange(1, 22);
  one.then_days = *rc::gen::inRange(0, 8);
  one.then_regime = Regime::home_monitoring;
  one.protocol_days = *rc::gen::container<std::vector<std::int32_t>>(rc::gen::inRange(1, 22));
  const std::int32_t extended = *rc::gen::inRange(0, 10);
  one.ends_at = end_of(one.day0, one.days + extended);
  if (one.state == StayState::home_phase)
    one.home_until = end_of(one.day0, one.days + one.then_days + extended);
  const Day later = one.day0 + *rc::gen::inRange(0, 15);
  const Instant now = start_of(one.day0) + std::chrono::hours(*rc::gen::inRange(0, 24 * 40));
  const Conversion out = redated(one, {}, later, now);
  const Instant end = one.state == StayState::home_phase ? out.home_until.value_or(out.ends_at) : out.ends_at;
  RC_ASSERT(end >= std::min(end_now(one), now));
  // Before its end nothing of it is lost; after it, it is due at once, not in the past.
  if (now < end_now(one)) RC_ASSERT(end >= end_now(one));
}

}  // namespace
}  // namespace fx::isolation
