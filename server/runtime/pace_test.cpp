// How long a command will wait decides whether it is let in. Without this a slow disk would let thousands wait for
// seconds, and a quick one turn away what it could do.
#include <gtest/gtest.h>

#include "runtime/pace.hpp"

namespace fx::runtime {
namespace {

TEST(Pace, FindsTheFixedPartAndThatOfEachCommand) {
  Pace pace;
  for (int i = 0; i < 200; ++i) {
    const auto n = static_cast<std::size_t>(1 + i * 37 % 300);
    pace.note(n, 0.010 + 0.00015 * static_cast<double>(n));
  }
  EXPECT_NEAR(pace.seconds_for(512, 512), 0.010 + 0.00015 * 512, 0.003);
  EXPECT_NEAR(pace.seconds_for(5120, 512), 10 * 0.010 + 0.00015 * 5120, 0.03);
  EXPECT_EQ(pace.seconds_for(0, 512), 0);
}

TEST(Pace, TellsHowManyCommandsATransactionHolds) {
  Pace pace;
  for (int i = 0; i < 100; ++i)
    for (const std::size_t n : {10U, 100U, 400U}) pace.note(n, 0.004 + 0.0001 * static_cast<double>(n));
  EXPECT_NEAR(static_cast<double>(pace.commands_within(0.05)), 460, 25);
  EXPECT_EQ(pace.commands_within(0.003), 0U);
}

TEST(Pace, SingleCommandsOnASlowDiskDoNotTurnABurstAway) {
  Pace pace;
  for (int i = 0; i < 200; ++i) pace.note(1, 0.040);
  EXPECT_LT(pace.seconds_for(512, 512), 0.2);
}

TEST(Pace, FullTransactionsAreForeseenAsTheyAre) {
  Pace pace;
  for (int i = 0; i < 200; ++i) pace.note(512, 0.6);
  EXPECT_NEAR(pace.seconds_for(1024, 512), 1.2, 0.01);
}

TEST(Pace, FollowsAMachineThatBecomesSlow) {
  Pace pace;
  for (int i = 0; i < 200; ++i) pace.note(100 + static_cast<std::size_t>(i % 50), 0.02);
  for (int i = 0; i < 100; ++i) pace.note(500, 0.5);
  EXPECT_GT(pace.seconds_for(500, 512), 0.4);
}

}  // namespace
}  // namespace fx::runtime
