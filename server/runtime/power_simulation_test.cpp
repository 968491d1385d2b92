// Thousands of power cuts, failed syncs and full disks, each from a seed that anybody can run again. Without this, what
// holds for one cut at a write (power_test) would be believed of the whole engine: writer, arrows, timer, retries.
// Long form: ./fx test power --cuts=N --seed=N.
#include <gtest/gtest.h>

#include <chrono>

#include "runtime/testing/power_night.hpp"

namespace fx::runtime {
namespace {

constexpr int lives_of_a_ledger = 12;

std::uint64_t argument(std::string_view name, std::uint64_t fallback) {
  const std::string start = fmt::format("--{}=", name);
  for (const std::string& given : ::testing::internal::GetArgvs())
    if (given.starts_with(start)) return std::stoull(given.substr(start.size()));
  return fallback;
}

const Registry& house() {
  static const Registry registry{desks(), {}};
  return registry;
}

struct Sum {
  std::size_t cuts = 0, restarts = 0, errors = 0, full = 0, acked = 0, lost = 0, doubled = 0;
  std::string wrong;
  void add(const PowerNight& night) {
    cuts += night.cuts;
    restarts += night.restarts;
    errors += night.errors;
    full += night.full;
    acked += night.acked();
    lost += night.lost;
    doubled += night.doubled;
  }
};

/// One ledger through some lives.
void one_night(std::uint64_t seed, Sum& sum) {
  PowerNight night(seed);
  for (int i = 0; i < lives_of_a_ledger && sum.wrong.empty(); ++i)
    if (std::string what = night.life(); !what.empty())
      sum.wrong = fmt::format("seed {} life {}: {}", seed, i, what.substr(0, 600));
  sum.add(night);
}

TEST(PowerSimulation, NothingAcknowledgedIsLostWhateverTheDiskDoes) {
  const auto cuts = argument("cuts", 100);
  const auto seed = argument("seed", std::random_device{}());
  fmt::print("seed {}\n", seed);
  const auto start = std::chrono::steady_clock::now();
  Sum sum;
  for (std::uint64_t n = seed; sum.cuts < cuts && sum.wrong.empty(); ++n) one_night(n, sum);
  const double minutes = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / 60;
  EXPECT_TRUE(sum.wrong.empty()) << sum.wrong;
  fmt::print(
      "power seed {} cuts {} restarts {} io-errors {} full {} acked {} lost {} doubled {} verify {} ({:.0f} "
      "cuts a "
      "minute)\n",
      seed, sum.cuts, sum.restarts, sum.errors, sum.full, sum.acked, sum.lost, sum.doubled,
      sum.wrong.empty() ? "ok" : "FAILED", static_cast<double>(sum.cuts) / minutes);
}

/// One batch with an arrival; its number.
std::int64_t arrive(SqliteStore& store, std::uint64_t n) {
  Author author(house(), store);
  author.record(GuestArrived{id_of<PersonTag>(n), id_of<UnitTag>(1), 1, {}, {}});
  return author.commit().batch;
}

/// Seed 1100 of the simulation, by itself: a sync fails, only the process is started again, it goes on and acknowledges,
/// then the power goes. What the failed sync dropped lies before what was acknowledged (sqlite/log_again).
TEST(PowerSimulation, AfterAFailedSyncARestartOfTheProcessIsEnough) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const ScratchDirectory directory;
    SimulatedDisk disk(seed);
    const StoreOptions options{.directory = directory.path(), .copy_in_background = false};
    {
      SqliteStore store(house(), options);
      arrive(store, 1);
      disk.plan(SimulatedDisk::Fault::error, static_cast<std::int64_t>(seed));
      EXPECT_THROW(for (std::uint64_t n = 2; n < 9; ++n) arrive(store, n), StoreBroken);
      disk.freeze();
    }
    disk.come_back();
    std::int64_t acknowledged = 0;
    {
      SqliteStore store(house(), options);
      for (std::uint64_t n = 100; n < 103; ++n) acknowledged = arrive(store, n);
      disk.freeze();
    }
    disk.lose_power();
    const SqliteStore store(house(), options);
    const VerifyReport report = verify(directory.path(), house());
    EXPECT_TRUE(report.ok) << "seed " << seed << ": " << report.json();
    EXPECT_GE(report.batches, acknowledged) << "seed " << seed;
  }
}

TEST(PowerSimulation, ADiskThatLiesIsFoundOut) {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    PowerNight night(seed);
    night.disk.lie(true);
    try {
      for (int i = 0; i < 3 && found < static_cast<int>(seed); ++i) found += night.life().empty() ? 0 : 1;
    } catch (const std::exception&) {
      ++found;  // not even the ledger's pages fit together
    }
  }
  EXPECT_GT(found, 6) << "else the simulation could not see a loss";
}

}  // namespace
}  // namespace fx::runtime
