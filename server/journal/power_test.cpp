// Power cuts at every write, and disks whose fsync fails. A killed process keeps what it wrote; a machine that loses
// power does not: without these tests a missing fsync would be found by the first thunderstorm.
#include <gtest/gtest.h>

#include <thread>

#include "journal/testing/author.hpp"
#include "journal/testing/failing_disk.hpp"
#include "journal/verify.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

const Registry& house_registry() {
  static const Registry registry{desks(), {}};
  return registry;
}

/// Commits until the power goes; gives the last batch that was acknowledged.
std::int64_t write_batches(const std::filesystem::path& directory, int batches) {
  std::int64_t acknowledged = 0;
  try {
    // A short log: it is copied and restarted every few batches, so that the cut hits every phase.
    SqliteStore store(house_registry(),
                      {.directory = directory, .restart_log_at = 200000, .copy_in_background = false});
    Author author(house_registry(), store);
    acknowledged = store.head().batch;
    for (int i = 0; i < batches; ++i) {
      const auto n = static_cast<std::uint64_t>(store.head().next_n);
      const auto guest = id_of<PersonTag>(n);
      author.record(GuestArrived{guest, id_of<UnitTag>(1), 1, {std::string(2000, 'x')}, {}},
                    {.opened = {duty_about(guest.raw, id_of<UnitTag>(1), Instant{1000})}});
      author.answer(id_of<TextTag>(n).raw, n);
      acknowledged = author.commit().batch;
    }
  } catch (const StoreBroken&) {  // a power cut ends the run
  }
  return acknowledged;
}

TEST(Power, NothingAcknowledgedIsLostWhereverThePowerGoes) {
  constexpr int batches = 25;
  std::int64_t all = 0;
  {
    const ScratchDirectory directory;
    FailingDisk disk;
    write_batches(directory.path(), batches);
    all = disk.operations();
  }
  ASSERT_GT(all, 300);
  int cuts_amid = 0;
  for (std::int64_t at = 1; at < all; at += 2 + at % 7) {
    const ScratchDirectory directory;
    std::int64_t acknowledged = 0;
    {
      FailingDisk disk;
      disk.cut_power_at(at);
      acknowledged = write_batches(directory.path(), batches);
      ASSERT_TRUE(disk.dead());
      disk.lose_unsynced(static_cast<unsigned>(at),
                         static_cast<unsigned>(at % 11));  // from none to all of it kept
    }
    std::filesystem::remove(directory.path() / "ledger.db-shm");  // memory does not outlive the power
    {
      const FailingDisk sound;
      ASSERT_GE(write_batches(directory.path(), 1), acknowledged + 1) << "it goes on, cut at " << at;
    }
    const VerifyReport report = verify(directory.path(), house_registry());
    ASSERT_TRUE(report.ok) << "cut at " << at << ": " << report.json();
    ASSERT_LE(report.batches, acknowledged + 2) << "at most the batch in flight beyond what was acknowledged";
    cuts_amid += acknowledged > 0 && acknowledged < batches ? 1 : 0;
  }
  EXPECT_GT(cuts_amid, 50);
}

TEST(Power, AFailedSyncOfTheLogIsNeverRetried) {
  const ScratchDirectory directory;
  FailingDisk disk;
  SqliteStore store(house_registry(), {.directory = directory.path(), .copy_in_background = false});
  Author author(house_registry(), store);
  author.record(GuestArrived{id_of<PersonTag>(1), id_of<UnitTag>(1), 1, {}, {}});
  author.commit();
  disk.fail_sync(true, false);
  author.record(GuestArrived{id_of<PersonTag>(2), id_of<UnitTag>(1), 1, {}, {}});
  EXPECT_THROW(author.commit(), StoreBroken);
  disk.fail_sync(false, false);
  const std::int64_t before = disk.operations();
  EXPECT_THROW(author.commit(), StoreBroken) << "the disk works again, but nobody knows what it dropped";
  EXPECT_THROW((void)store.next_step_at(), StoreBroken);
  EXPECT_EQ(disk.operations(), before) << "not one more write";
}

TEST(Power, AFailedCopyInTheBackgroundStopsTheWriter) {
  const ScratchDirectory directory;
  FailingDisk disk;
  std::atomic<bool> told = false;
  SqliteStore store(house_registry(),
                    {.directory = directory.path(), .broken = [&](const std::string&) { told = true; }});
  Author author(house_registry(), store);
  disk.fail_sync(false, true);
  // More than a quarter of the log at once; a copy ends with the sync only when nothing is written while it runs.
  for (std::uint64_t n = 1; n <= 6000; ++n)
    author.record(GuestArrived{id_of<PersonTag>(n), id_of<UnitTag>(1), 1, {std::string(3000, 'x')}, {}});
  author.commit();
  for (int i = 0; i < 1000 && !told; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_TRUE(told) << "the server must hear of it and stop";
  EXPECT_THROW(author.commit(), StoreBroken);
}

}  // namespace
}  // namespace fx::journal
