// kill -9 of the real server under 16 clients, in a loop. Without this, an acknowledged command that a crash swallows, or
// one that a retry does twice, would be noticed by nobody. Long form: ./fx test kill --kills=2000 --seed=N.
#include "tests/simulation/night.hpp"

namespace fx::simulation {
namespace {

/// Kills the server again and again under its clients, then looks for everything they were told.
void kill_and_look(Night& night, std::string_view engine, std::uint64_t seed, std::uint64_t kills) {
  const auto answers = argument("answers", 24);
  for (std::uint64_t i = 0; i < kills; ++i) {
    night.round(static_cast<int>(i), answers);
    if (i % 20 == 19) night.ask_again();
    if (i % 100 == 99) fmt::print("{} kills, {} acked\n", i + 1, night.acked.load());
  }
  night.ask_everything();
  const auto doubled = night.doubled();
  const bool verified = night.verified();
  EXPECT_GT(night.acked, kills * 10) << "too few commands to mean anything";
  EXPECT_EQ(night.lost, 0U);
  EXPECT_EQ(night.odd, 0U) << night.first_odd;
  EXPECT_EQ(doubled, 0U);
  EXPECT_TRUE(verified) << night.verdict;
  EXPECT_LT(percentile(night.restarts, 0.99), 2000) << "ms from start to ready";
  fmt::print(
      "kill {} seed {} kills {} unanswered {} acked {} lost {} doubled {} verify {} restart p50/p99 "
      "{:.0f}/{:.0f} ms\n",
      engine, seed, kills, night.unanswered.load(), night.acked.load(), night.lost.load(), doubled,
      verified ? "ok" : "FAILED", percentile(night.restarts, 0.5), percentile(night.restarts, 0.99));
}

TEST(Crash, NothingAcknowledgedIsLostOrDoneTwice) {
  ASSERT_TRUE(fs::exists(program())) << program() << " is not built";
  const auto seed = argument("seed", std::random_device{}());
  fmt::print("seed {}\n", seed);
  Night night(seed);
  kill_and_look(night, "sqlite", seed, argument("kills", 100));
}

/// The database lives on; what the server had under way is rolled back when its connections end.
TEST(Crash, NorOnPostgres) {
  const auto seed = argument("seed", std::random_device{}());
  fmt::print("seed {}\n", seed);
  Night night(seed, journal::testing_desk::Cluster::shared());
  kill_and_look(night, "postgres", seed, argument("kills", 100) / 5);
}

}  // namespace
}  // namespace fx::simulation
