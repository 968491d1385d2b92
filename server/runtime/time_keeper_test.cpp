// A machine's clock that jumps must not make every duty of a county overdue. Without this, one wrong battery would.
#include "runtime/time_keeper.hpp"

#include <gtest/gtest.h>

namespace fx::runtime {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Instant evening{1'658'064'600'000};  // 2022-07-17 21:30
constexpr Duration on{1'000'000};              // monotonic since some start

struct TimeKeeperTest : testing::Test {
  TimeKeeperTest() { keeper.start(evening, on, evening - seconds(1)); }
  TimeKeeper keeper;
};

TEST_F(TimeKeeperTest, AJumpOfADayOrOfFiveYearsHoldsAndTimeGoesOnByTheMonotonicClock) {
  for (const Duration jump :
       {Duration(days(1)), -Duration(days(1)), Duration(days(5 * 365)), Duration(seconds(61))}) {
    keeper.start(evening, on, evening - seconds(1));
    const Instant later = keeper.now(evening + jump + hours(1), on + hours(1));
    EXPECT_TRUE(keeper.holds());
    EXPECT_EQ(later, evening + hours(1)) << "as the monotonic clock has it";
    EXPECT_EQ(keeper.now(evening + jump + hours(2), on + hours(2)), evening + hours(2))
        << "until an officer confirms";
    keeper.confirm(evening + jump + hours(2), on + hours(2));
    EXPECT_FALSE(keeper.holds());
    EXPECT_EQ(keeper.now(evening + jump + hours(2) + seconds(1), on + hours(2) + seconds(1)),
              evening + jump + hours(2) + seconds(1));
  }
}

TEST_F(TimeKeeperTest, AClockThatComesBackByItselfStillWaitsForTheOfficer) {
  (void)keeper.now(evening + days(1), on + seconds(1));
  (void)keeper.now(evening + seconds(2), on + seconds(2));
  EXPECT_TRUE(keeper.holds());
}

TEST_F(TimeKeeperTest, SmallCorrectionsAreFollowed) {
  Instant wall = evening;
  Duration monotonic = on;
  for (int i = 0; i < 100; ++i) {
    wall = wall + seconds(60) + milliseconds(500);
    monotonic += seconds(60);
    EXPECT_EQ(keeper.now(wall, monotonic), wall);
  }
  EXPECT_FALSE(keeper.holds());
}

TEST(TimeKeeper, AStartFarFromTheLedgerHolds) {
  struct Case {
    Duration from_head;
    bool holds;
  };
  for (const auto& [from_head, holds] :
       {Case{hours(24), false}, Case{days(6), false}, Case{days(8), true}, Case{-Duration(days(1)), true},
        Case{-Duration(seconds(4)), false}, Case{days(5 * 365), true}}) {
    TimeKeeper keeper;
    keeper.start(evening + from_head, on, evening);
    EXPECT_EQ(keeper.holds(), holds) << from_head.count();
    EXPECT_EQ(keeper.now(evening + from_head, on), holds ? evening : evening + from_head);
  }
}

}  // namespace
}  // namespace fx::runtime
