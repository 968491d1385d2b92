// The backup verb against a server at work. Without this, the county's copy could lack what it was told is safe, or
// stop its server while it is made.
#include "tests/simulation/night.hpp"

namespace fx::simulation {
namespace {

std::int64_t events_of(const fs::path& realm, const Sent& one) {
  static std::unordered_map<std::string, std::unordered_map<std::string, std::int64_t>> known;
  auto& stored = known[realm.string()];
  if (stored.empty()) {
    journal::Connection ledger((realm / "ledger.db").string(), journal::Connection::Mode::read);
    journal::Statement select(ledger,
                              "SELECT command, count(*) FROM event WHERE caused_by = 0 GROUP BY command");
    while (select.step()) stored[select.id_at(0).text()] = select.number(1);
  }
  const auto found = stored.find(one.key);
  return found == stored.end() ? 0 : found->second;
}

TEST(Backup, UnderLoadHoldsWhatWasAcknowledgedBeforeItsMark) {
  const auto seed = argument("seed", std::random_device{}());
  fmt::print("seed {}\n", seed);
  Night night(seed);
  std::size_t acked_before = 0;
  boost::json::value mark;
  std::uintmax_t log_before = 0;
  std::uintmax_t log_after = 0;
  {
    Served server(night.data(), night.log());
    // Counted in answers; so long only where each sync of the disk takes seconds.
    const auto wait_for = [&](std::size_t answers) {
      const auto start = std::chrono::steady_clock::now();
      while (night.acked < answers && night.odd == 0 && ms_since(start) < 60'000)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    };
    night.work_on(server, 1, [&] {
      wait_for(argument("answers", 500));
      log_before = fs::file_size(night.data() / "ledger.db-wal");
      acked_before = night.acked;
      mark = parse_own_json(run_program({"backup", "--data", night.data().string(), "--to",
                                         (night.scratch() / "a.backup").string(), "--json"},
                                        night.log()));
      log_after = fs::file_size(night.data() / "ledger.db-wal");
      wait_for(night.acked + 100);
    });
    server.child().end(SIGKILL);
  }
  const std::int64_t batch = mark.at("batch").as_int64();
  const auto restored =
      parse_own_json(run_program({"restore", "--from", (night.scratch() / "a.backup").string(), "--to",
                                  (night.scratch() / "restored").string(), "--json"},
                                 night.log()));
  EXPECT_EQ(restored.at("batch").as_int64(), batch);
  std::size_t held = 0;
  std::size_t lost = 0;
  std::size_t later = 0;
  std::size_t doubled = 0;
  for (const Sent& one : night.sent()) {
    if (one.batch() == 0) continue;
    const std::int64_t events = events_of(night.scratch() / "restored", one);
    held += one.batch() <= batch ? 1 : 0;
    lost += one.batch() <= batch && events == 0 ? 1 : 0;
    later += one.batch() > batch && events != 0 ? 1 : 0;
    doubled += events > 1 ? 1 : 0;
  }
  EXPECT_EQ(night.odd, 0U) << night.first_odd;
  EXPECT_GE(held, acked_before) << "what was answered before the backup began has an earlier batch";
  EXPECT_EQ(lost, 0U);
  EXPECT_EQ(later, 0U) << "what came after the mark is not half in it";
  EXPECT_GT(night.acked, held) << "the server went on";
  fmt::print(
      "backup seed {} acked {} before the mark {} lost {} doubled {} verify ok, {} bytes in {} ms, log {} -> "
      "{} bytes\n",
      seed, night.acked.load(), held, lost, doubled, mark.at("bytes").as_int64(),
      mark.at("took_ms").as_int64(), log_before, log_after);
}

}  // namespace
}  // namespace fx::simulation
