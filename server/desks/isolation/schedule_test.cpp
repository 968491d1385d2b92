// Without these, somebody could be held a day too long, let out a day early, or sampled for days that are over.
#include "desks/isolation/schedule.hpp"

#include <gmock/gmock.h>

#include "desks/isolation/facts.hpp"

namespace fx::isolation {
namespace {

using ::testing::ElementsAre;

Day day(std::string_view text) { return *parse_day(text); }
Instant at(std::string_view text) { return *parse_instant(text); }

TEST(Schedule, APeriodEndsAtMidnightOfItsLastDay) {
  EXPECT_EQ(format(end_of(day("2022-09-29"), 7)), "2022-10-07T00:00:00+08:00");
}

TEST(Schedule, ALateAdmissionTestsThatDayAndNoneThatIsOver) {
  const std::vector<std::int32_t> protocol{1, 2, 3, 5, 7};
  EXPECT_THAT(days_to_test(day("2022-09-29"), protocol, day("2022-10-02"), true),
              ElementsAre(day("2022-10-02"), day("2022-10-04"), day("2022-10-06")));
  EXPECT_THAT(days_to_test(day("2022-09-29"), protocol, day("2022-10-03"), true),
              ElementsAre(day("2022-10-03"), day("2022-10-04"), day("2022-10-06")));
  EXPECT_THAT(days_to_test(day("2022-09-29"), protocol, day("2022-10-03"), false),
              ElementsAre(day("2022-10-04"), day("2022-10-06")));
}

TEST(Schedule, ReadsWhatTheRulebookSays) {
  const auto schedule = read_schedule(
      R"({"regime":"central","days":7,"then":{"regime":"home_monitoring","days":3},"tests":[1,2,3,5,7],"then_tests":[3],"release_samples":2,"specimen":"x"})");
  ASSERT_TRUE(schedule);
  EXPECT_EQ(schedule->days, 7);
  EXPECT_EQ(schedule->then_regime, Regime::home_monitoring);
  EXPECT_EQ(schedule->then_days, 3);
  EXPECT_THAT(schedule->tests, ElementsAre(1, 2, 3, 5, 7));
  EXPECT_EQ(schedule->release_samples, 2);
  EXPECT_FALSE(read_schedule(R"({"regime":"somewhere"})"));
}

TEST(Schedule, TheHomePhaseCountsOnFromTheFirst) {
  Stay stay;
  stay.day0 = day("2022-07-10");
  stay.days = 7;
  stay.then_regime = Regime::home_monitoring;
  stay.then_protocol_days = {3};
  EXPECT_THAT(home_days(stay, day("2022-07-18")), ElementsAre(day("2022-07-20")));
  EXPECT_TRUE(home_days(stay, day("2022-07-21")).empty());
}

TEST(Schedule, ACheckIsOwedByTheEndOfTheNextSlot) {
  EXPECT_EQ(next_check(at("2022-10-02 16:40"), 2), at("2022-10-03 12:00"));
  EXPECT_EQ(next_check(at("2022-10-03 09:00"), 2), at("2022-10-04 00:00"));
  EXPECT_EQ(next_check(at("2022-10-03 09:00"), 1), at("2022-10-05 00:00"));
}

}  // namespace
}  // namespace fx::isolation
