// Acknowledged is durable. A child writes and tells each number it was told is stored; it is killed at a random moment,
// again and again on the same ledger. Without this, a lost or doubled event after a crash would be noticed by nobody.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "journal/testing/author.hpp"
#include "journal/verify.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

/// Writes until it is killed. Each batch moves guest 1 and admits a new one; after each commit its number goes out.
[[noreturn]] void write_until_killed(const std::filesystem::path& directory, int out) {
  const Registry registry{desks(), {}};
  SqliteStore store(registry, {.directory = directory, .cache_bytes = 1 << 16, .restart_log_at = 1 << 18});
  Author author(registry, store);
  for (;;) {
    const auto n = static_cast<std::uint64_t>(store.head().next_n);
    const auto guest = id_of<PersonTag>(n);
    const No opener = author.record(GuestArrived{guest, id_of<UnitTag>(1), 1, {}, {}},
                                    {.opened = {duty_about(guest.raw, id_of<UnitTag>(1), Instant{1000})}});
    author.record(GuestMoved{guest, Mood::worried}, {.met = {{opener + 1, Instant{900}}}});
    author.answer(id_of<TextTag>(n).raw, n);
    author.batch.audit.push_back({.at = author.now, .kind = "search"});
    const std::int64_t batch = author.commit().batch;
    if (::write(out, &batch, sizeof batch) != sizeof batch) ::_exit(1);
  }
}

TEST(Crash, EverythingAcknowledgedIsThereAndTheLedgerIsSound) {
  constexpr int rounds = 30;
  const ScratchDirectory directory;
  const Registry registry{desks(), {}};
  std::mt19937 chance(20220717);
  std::int64_t acknowledged = 0;
  int killed_at_work = 0;
  for (int round = 0; round < rounds; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(pipe[0]);
      write_until_killed(directory.path(), pipe[1]);
    }
    ::close(pipe[1]);
    const std::int64_t before = acknowledged;
    std::int64_t batch = 0;
    if (round % 5 != 0) {  // else killed while it opens
      if (::read(pipe[0], &batch, sizeof batch) == sizeof batch) acknowledged = batch;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(chance() % 30'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the child must not end by itself";
    while (::read(pipe[0], &batch, sizeof batch) == sizeof batch) acknowledged = batch;
    ::close(pipe[0]);
    killed_at_work += acknowledged > before ? 1 : 0;
    if (round == 0 && acknowledged == 0) continue;

    const VerifyReport report = verify(directory.path(), registry);
    ASSERT_TRUE(report.ok) << "round " << round << ": " << report.json();
    ASSERT_GE(report.batches, acknowledged) << "round " << round << " lost what was acknowledged";
    ASSERT_LE(report.batches, acknowledged + 1) << "only the batch in flight may be unknown";
    acknowledged = report.batches;
  }
  EXPECT_GT(killed_at_work, rounds / 2);
}

}  // namespace
}  // namespace fx::journal
