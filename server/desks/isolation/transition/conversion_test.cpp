// Without these, a new edition could hold somebody longer than it allows, or let somebody go untested.
#include <gtest/gtest.h>

#include "desks/isolation/transition/conversion.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::isolation {
namespace {

using fx::testing::at;
using fx::testing::id;

constexpr const char* v9_close =
    R"({"regime":"central","days":7,"then":{"regime":"home_monitoring","days":3},"tests":[1,2,3,5,7],"then_tests":[3],"release_samples":1})";
constexpr const char* t20_close =
    R"({"regime":"central","days":5,"then":{"regime":"home_isolation","days":3},"tests":[1,2,3,5],"then_tests":[1,3],"release_samples":1})";
constexpr const char* t20_high_risk = R"({"regime":"home_isolation","days":7,"tests":[1,3,5,7]})";

Day day(std::string_view text) { return *parse_day(text); }
NewSchedule schedule(const char* json) { return {NewSchedule::Kind::schedule, *read_schedule(json)}; }

struct Running {
  Stay stay;
  std::vector<StayTest> tests;

  /// Observed in a room since Day 0 + 1, under 14 + 7 days with tests on 1, 4, 7, 14.
  static Running v8(std::string_view day0) {
    Running out;
    Stay& stay = out.stay;
    stay.id = id<StayId>(1);
    stay.class_ = ControlClass::close_contact;
    stay.state = StayState::observing;
    stay.day0 = day(day0);
    stay.days = 14;
    stay.ends_at = end_of(stay.day0, 14);
    stay.then_regime = Regime::home_monitoring;
    stay.then_days = 7;
    stay.protocol_days = {1, 4, 7, 14};
    stay.then_protocol_days = {2, 7};
    stay.release_samples = 2;
    stay.admitted_at = start_of(stay.day0 + 1);
    return out;
  }
  Running& test(std::int32_t protocol_day, TestState state) {
    tests.push_back({.id = id<StayTestId>(100 + static_cast<std::uint64_t>(protocol_day)),
                     .stay = stay.id,
                     .person = {},
                     .site = {},
                     .day = stay.day0 + protocol_day,
                     .state = state,
                     .negatives = 0,
                     .open = {},
                     .sampled_at = {}});
    return *this;
  }
  [[nodiscard]] Conversion to(const NewSchedule& next, std::string_view effective) const {
    std::vector<const StayTest*> pointers;
    for (const StayTest& one : tests) pointers.push_back(&one);
    return convert(stay, pointers, next, at(effective));
  }
};

TEST(Conversion, DaysServedCountAndTheNewTotalEndsIt) {
  // Day 0 = 23 June: on 28 June Day 5 begins; 14 days would end 7 July 24:00, 7 days end 30 June 24:00.
  const Conversion out = Running::v8("2022-06-23")
                             .test(1, TestState::negative)
                             .test(4, TestState::negative)
                             .test(7, TestState::due)
                             .test(14, TestState::due)
                             .to(schedule(v9_close), "2022-06-28 00:00");
  EXPECT_EQ(out.change, Change::shortened);
  EXPECT_EQ(out.ends_at, at("2022-06-30 24:00"));
  EXPECT_EQ(out.then_days, 3);
  EXPECT_EQ(out.release_samples, 1);
  EXPECT_FALSE(out.fresh_negative);
  EXPECT_EQ(out.cancelled, std::vector{id<StayTestId>(114)}) << "Day 14 was due under the old schedule only";
  EXPECT_EQ(out.added, std::vector{day("2022-06-28")}) << "Day 5; Day 7 stands already";
}

TEST(Conversion, AlreadyPastIsReleasedAfterOneFreshNegative) {
  const Conversion out = Running::v8("2022-06-18")
                             .test(7, TestState::negative)
                             .test(14, TestState::due)
                             .to(schedule(v9_close), "2022-06-28 00:00");
  EXPECT_EQ(out.change, Change::release_due);
  EXPECT_EQ(out.ends_at, at("2022-06-28 00:00"));
  EXPECT_TRUE(out.fresh_negative);
  EXPECT_EQ(out.added, std::vector{day("2022-06-28")});
  EXPECT_EQ(out.cancelled, std::vector{id<StayTestId>(114)});
}

TEST(Conversion, ATestSampledAndNotAnsweredIsKept) {
  Running running = Running::v8("2022-06-14");
  running.test(14, TestState::sampled);
  running.tests.back().open.push_back(id<TubeId>(9));
  EXPECT_TRUE(running.to(schedule(v9_close), "2022-06-28 00:00").cancelled.empty());
}

TEST(Conversion, ThePhaseAtHomeEndsWithTheNewTotal) {
  Running running = Running::v8("2022-11-02");
  running.stay.state = StayState::home_phase;
  running.stay.days = 7;
  running.stay.then_days = 3;
  running.stay.home_until = end_of(running.stay.day0, 10);
  const Conversion out = running.test(10, TestState::due).to(schedule(t20_close), "2022-11-10 12:00");
  // Day 8: 5 + 3 end today at 24:00, now as isolation at home.
  EXPECT_EQ(out.change, Change::shortened);
  EXPECT_EQ(out.home_until, at("2022-11-10 24:00"));
  EXPECT_EQ(out.then_regime, Regime::home_isolation);
  EXPECT_EQ(out.cancelled.size(), 1U);
  EXPECT_EQ(out.added, std::vector{day("2022-11-10")});
  const Conversion past = running.to(schedule(t20_close), "2022-11-11 00:00");
  EXPECT_EQ(past.change, Change::release_due);
  EXPECT_EQ(past.home_until, at("2022-11-11 00:00"));
}

TEST(Conversion, FromASiteToAHomeTheRestIsDoneThere) {
  Running running = Running::v8("2022-11-07");
  running.stay.class_ = ControlClass::high_risk_area;
  running.stay.days = 7;
  running.stay.then_regime.reset();
  running.stay.then_days = 0;
  const Conversion out = running.test(7, TestState::due).to(schedule(t20_high_risk), "2022-11-11 00:00");
  EXPECT_EQ(out.change, Change::home);
  EXPECT_EQ(out.ends_at, at("2022-11-11 00:00"));
  EXPECT_EQ(out.days, 3);
  EXPECT_EQ(out.then_days, 4) << "until Day 7, 24:00";
  EXPECT_EQ(out.then_regime, Regime::home_isolation);
  EXPECT_EQ(out.then_tests, (std::vector<std::int32_t>{2, 4})) << "Days 5 and 7";
  EXPECT_TRUE(out.fresh_negative);
}

TEST(Conversion, AnAbolishedClassEndsAtTheInstant) {
  const Conversion out = Running::v8("2022-11-08")
                             .test(4, TestState::due)
                             .test(1, TestState::negative)
                             .to({NewSchedule::Kind::abolished, {}}, "2022-11-11 00:00");
  EXPECT_EQ(out.change, Change::ended);
  EXPECT_EQ(out.ends_at, at("2022-11-11 00:00"));
  EXPECT_EQ(out.cancelled.size(), 1U);
}

TEST(Conversion, NobodyIsMovedFromAHomeToASiteByTheWay) {
  Running running = Running::v8("2022-11-08");
  running.stay.regime = Regime::home_isolation;
  EXPECT_EQ(running.to(schedule(v9_close), "2022-11-11 00:00").change, Change::officer);
  running.stay.regime = Regime::central;
  running.stay.state = StayState::in_transfer;
  EXPECT_EQ(running.to(schedule(t20_high_risk), "2022-11-11 00:00").change, Change::officer);
  EXPECT_EQ(running.to({}, "2022-11-11 00:00").change, Change::officer) << "no rule says what is owed";
}

TEST(Conversion, OfAnyDayNeverEndsLaterUnderAShorterEdition) {
  for (int served = 1; served <= 21; ++served) {
    Running running = Running::v8("2022-06-01");
    const Instant effective = start_of(running.stay.day0 + served);
    const Conversion out = convert(running.stay, {}, schedule(v9_close), effective);
    // who is past the end already is released at the instant, not before it
    EXPECT_LE(out.ends_at, std::max(running.stay.ends_at, effective)) << served;
    EXPECT_GE(out.ends_at, std::min(effective, end_of(running.stay.day0, 7))) << served;
  }
}

}  // namespace
}  // namespace fx::isolation
