// Ten times more work than the server can do, and ten thousand who only listen. Without this, the first mass round would
// show whether a queue that grows takes everything down with it. Long form: ./fx test overload, ./fx test idle.
#include "tests/simulation/crowd.hpp"

namespace fx::simulation {
namespace {

struct Share {
  std::size_t ok = 0, busy = 0, other = 0;
  std::vector<double> ok_ms, busy_ms;
};
Share share_of(const std::vector<Crowd::Answered>& answers) {
  Share out;
  for (const auto& one : answers) {
    out.ok += one.status == 200 ? 1 : 0;
    out.busy += one.status == 503 ? 1 : 0;
    out.other += one.status != 200 && one.status != 503 ? 1 : 0;
    if (one.status == 200) out.ok_ms.push_back(one.ms);
    if (one.status == 503) out.busy_ms.push_back(one.ms);
  }
  return out;
}

/// The most it held while this lives.
class MemoryWatch {
 public:
  explicit MemoryWatch(pid_t pid)
      : thread_([this, pid](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            most_ = std::max(most_.load(), resident(pid));
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
          }
        }) {}
  [[nodiscard]] std::int64_t most_mb() const { return most_ >> 20; }

 private:
  std::atomic<std::int64_t> most_{0};
  std::jthread thread_;
};

/// Acknowledged and not in the ledger, or there twice.
std::pair<std::size_t, std::size_t> lost_and_doubled(const fs::path& realm, const Prints& prints,
                                                     const std::vector<Crowd::Answered>& answers) {
  std::unordered_map<std::string, std::int64_t> stored;
  journal::Connection ledger((realm / "ledger.db").string(), journal::Connection::Mode::read);
  journal::Statement select(ledger,
                            "SELECT command, count(*) FROM event WHERE caused_by = 0 GROUP BY command");
  while (select.step()) stored[select.id_at(0).text()] = select.number(1);
  std::size_t lost = 0;
  std::size_t doubled = 0;
  for (const auto& one : answers) {
    const auto found = stored.find(prints.key(one.number));
    lost += one.status == 200 && found == stored.end() ? 1 : 0;
    doubled += found != stored.end() && found->second > 1 ? 1 : 0;
  }
  return {lost, doubled};
}

TEST(Overload, TenTimesTheWorkIsTurnedAwayAtOnceAndTheRestIsDone) {
  const auto seconds = static_cast<double>(argument("seconds", 10));
  const auto seed = argument("seed", 1);
  const std::size_t files = raise_file_limit();
  Night night(seed);
  Served server(night.data(), night.log());
  const SignedIn nurse = night.nurse_at(server);
  const Prints warm(nurse, 100 + seed % 1000 * 2);
  const Prints prints(nurse, 101 + seed % 1000 * 2);
  const MemoryWatch memory(server.child().pid());
  double capacity = 0;
  {
    Crowd crowd(server.port(), 128);
    crowd.run(std::min(seconds / 2, 10.0), 0, [&](std::size_t n) { return warm.request(n); });
    capacity = static_cast<double>(share_of(crowd.answers()).ok) / std::min(seconds / 2, 10.0);
  }
  Crowd crowd(server.port(), std::min<std::size_t>(files / 2, 9'500));
  const auto start = std::chrono::steady_clock::now();
  crowd.run(seconds, 10 * capacity, [&](std::size_t n) { return prints.request(n); });
  const double whole = ms_since(start) / 1000;
  const auto after = std::chrono::steady_clock::now();
  double one_ms = 1e9;
  while (one_ms > 200 && ms_since(after) < 10'000) {
    const auto asked = std::chrono::steady_clock::now();
    if (http::Client(server.port()).get("/v1/screening/tubes", {{"Cookie", nurse.cookie}}).status == 200)
      one_ms = ms_since(asked);
  }
  const double recovery = ms_since(after) / 1000;
  EXPECT_EQ(server.child().end(SIGTERM), 0);
  const Share share = share_of(crowd.answers());
  const auto [lost, doubled] = lost_and_doubled(night.data(), prints, crowd.answers());
  const bool verified = night.verified();
  const double goodput = static_cast<double>(share.ok) / whole;
  EXPECT_EQ(lost, 0U);
  EXPECT_EQ(doubled, 0U);
  EXPECT_EQ(share.other, 0U);
  EXPECT_LT(recovery, 10);
  EXPECT_LT(memory.most_mb(), 1024);
  EXPECT_TRUE(verified) << night.verdict;
  if (seconds >= 60) {
    // The bars hold on a quiet machine whose clients sit elsewhere; here the client takes CPU from the server.
    EXPECT_GE(goodput, 0.9 * capacity);
    EXPECT_LT(percentile(share.busy_ms, 0.99), 50);
  }
  fmt::print(
      "overload seed {} capacity {:.0f}/s offered {:.1f}x goodput {:.0f} % acked {} lost {} doubled {} "
      "verify {} turned "
      "away {} in p50/p99 {:.1f}/{:.1f} ms, answered in p99 {:.0f} ms, memory {} MB, recovery {:.1f} s, "
      "unanswered {}\n",
      seed, capacity, static_cast<double>(crowd.sent()) / seconds / capacity, 100 * goodput / capacity,
      share.ok, lost, doubled, verified ? "ok" : "FAILED", share.busy, percentile(share.busy_ms, 0.5),
      percentile(share.busy_ms, 0.99), percentile(share.ok_ms, 0.99), memory.most_mb(), recovery,
      crowd.unanswered());
}

/// Connections that do nothing, or everything slowly: half a header a second, an answer read by the byte.
class Crawlers {
 public:
  Crawlers(std::uint16_t port, std::size_t idle, std::size_t slow) {
    for (std::size_t i = 0; i < idle; ++i) idle_.push_back(connect_to(port));
    for (std::size_t i = 0; i < slow; ++i) {
      writers_.push_back(connect_to(port));
      readers_.push_back(connect_to(port));
      const std::string ask = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
      (void)::send(readers_.back(), ask.data(), ask.size(), MSG_NOSIGNAL);
    }
  }
  Crawlers(const Crawlers&) = delete;
  Crawlers& operator=(const Crawlers&) = delete;
  ~Crawlers() {
    for (const auto* list : {&idle_, &writers_, &readers_})
      for (const int socket : *list) ::close(socket);
  }
  /// Each writer one more letter, each reader one more byte.
  void crawl() {
    for (const int socket : writers_) (void)::send(socket, "G", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    char byte = 0;
    for (const int socket : readers_) (void)::recv(socket, &byte, 1, MSG_DONTWAIT);
  }

 private:
  std::vector<int> idle_, writers_, readers_;
};

TEST(Idle, DISABLED_TenThousandListenersAndSlowOnesLeaveTheRestQuick) {
  const auto seconds = static_cast<double>(argument("seconds", 20));
  const auto connections = argument("connections", 10'000);
  const auto rate = static_cast<double>(argument("rate", 200));
  ASSERT_GT(raise_file_limit(), connections + 2000) << "the machine allows too few open files";
  Night night(1);
  Served server(night.data(), night.log());
  const SignedIn nurse = night.nurse_at(server);
  const Prints prints(nurse, 500);
  const MemoryWatch memory(server.child().pid());
  Crawlers crawlers(server.port(), connections, 200);
  std::jthread crawling([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      crawlers.crawl();
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
  });
  Crowd crowd(server.port(), 64);
  crowd.run(seconds, rate, [&](std::size_t n) { return prints.request(n); });
  const Share share = share_of(crowd.answers());
  crawling.request_stop();
  crawling.join();
  EXPECT_EQ(server.child().end(SIGTERM), 0);
  const auto [lost, doubled] = lost_and_doubled(night.data(), prints, crowd.answers());
  const bool verified = night.verified();
  EXPECT_EQ(share.busy + share.other, 0U);
  EXPECT_LT(percentile(share.ok_ms, 0.99), 200);
  EXPECT_LT(memory.most_mb(), 1024);
  EXPECT_EQ(lost + doubled, 0U);
  EXPECT_TRUE(verified) << night.verdict;
  fmt::print(
      "idle connections {} slow 400 rate {:.0f}/s acked {} lost {} doubled {} verify {} p50/p99 "
      "{:.1f}/{:.1f} ms, memory {} MB\n",
      connections, rate, share.ok, lost, doubled, verified ? "ok" : "FAILED", percentile(share.ok_ms, 0.5),
      percentile(share.ok_ms, 0.99), memory.most_mb());
}

}  // namespace
}  // namespace fx::simulation
