// Clients on bad lines: each message goes one to five times, late copies overtake, connections end between question and
// answer. Without this, a queue of retries after a night without network could leave another truth than the ordered day.
#include "tests/simulation/night.hpp"

namespace fx::simulation {
namespace {

/// What must be the same: what each command recorded and what followed, without numbers, times and ciphertexts.
std::vector<std::string> state_of(const fs::path& realm) {
  journal::Connection ledger((realm / "ledger.db").string(), journal::Connection::Mode::read);
  std::vector<std::string> out;
  const auto read = [&](const std::string& sql) {
    journal::Statement rows(ledger, sql);
    while (rows.step()) out.push_back(rows.string_at(0));
  };
  read(
      "SELECT hex(command) || ' ' || type || ' ' || hex(about) || ' ' || jurisdiction FROM event WHERE "
      "caused_by = 0 "
      "ORDER BY 1");
  read(
      "SELECT type || ' ' || hex(about) FROM event WHERE caused_by <> 0 AND operation NOT LIKE 'runtime.%' "
      "ORDER BY 1");
  read("SELECT 'tube ' || hex(id) || ' ' || state FROM tube ORDER BY 1");
  read("SELECT 'duty ' || rule || ' ' || hex(about) || ' ' || state FROM duty ORDER BY 1");
  return out;
}

/// The order in which one careless client sends: nothing before what it needs, anything again later.
std::vector<std::size_t> careless_order(std::mt19937_64& chance) {
  std::vector<std::size_t> out;
  std::vector<std::size_t> first = {0, 1, 2, 3};
  if (chance() % 2 == 0) std::swap(first[0], first[1]);  // person and tube do not know of each other
  for (std::size_t i = 0; i < first.size(); ++i) {
    out.push_back(first[i]);
    for (std::uint64_t again = chance() % 4; again > 0; --again) out.push_back(first[chance() % (i + 1)]);
  }
  return out;
}

class Careless {
 public:
  Careless(std::uint16_t port, const SignedIn& nurse, std::uint64_t seed)
      : port_(port), nurse_(nurse), chance_(seed) {}

  /// Until each step was answered once.
  void run(const std::vector<Sent>& steps) {
    for (const std::size_t i : careless_order(chance_)) send(steps[i], chance_() % 5 == 0);
    for (const Sent& step : steps)
      if (!answered_.contains(step.key)) send(step, false);
  }
  std::size_t acked = 0, cut = 0, odd = 0;

 private:
  void send(const Sent& one, bool hang_up) {
    // What a step needs must have been answered: a client waits for that, or asks again.
    for (int tries = 0; tries < 3; ++tries) {
      if (hang_up) {
        http::Client gone(port_);
        gone.connect();
        std::string raw =
            fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n", one.target, one.body.size());
        for (const auto& [name, value] : headers(nurse_, one.key)) raw += name + ": " + value + "\r\n";
        gone.send_raw(raw + "\r\n" + one.body);
        gone.disconnect();
        ++cut;
      }
      const auto answer = client_.post(one.target, one.body, headers(nurse_, one.key));
      if (answer.status == 200) {
        acked += answered_.insert(one.key).second ? 1 : 0;
        return;
      }
      ++odd;
    }
  }

  std::uint16_t port_;
  SignedIn nurse_;
  std::mt19937_64 chance_;
  http::Client client_{port_};
  std::set<std::string> answered_;
};

/// Serves a copy of the realm to so many threads; each does its share of the chains.
void serve(const fs::path& realm, const fs::path& log, std::uint64_t chains, std::int64_t at,
           const std::function<void(std::uint16_t, const SignedIn&, int,
                                    const std::vector<std::vector<Sent>>&)>& client) {
  constexpr int threads = 8;
  Served server(realm, log);
  const SignedIn nurse = sign_in(server.port(), "nurse", "beiling-2022");
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&, i] {
      std::vector<std::vector<Sent>> mine;
      for (std::uint64_t n = 0; n < chains; ++n)
        if (n % threads == static_cast<std::uint64_t>(i))
          mine.push_back(chain(nurse, 1, i, static_cast<int>(n), at));
      client(server.port(), nurse, i, mine);
    });
  for (auto& thread : all) thread.join();
  std::this_thread::sleep_for(std::chrono::milliseconds(500));  // arrows are followed
  server.child().end(SIGTERM);
}

TEST(Clients, RetriesLateCopiesAndCutLinesLeaveTheTruthOfTheOrderedDay) {
  const auto seed = argument("seed", std::random_device{}());
  const auto chains = argument("chains", 60);
  fmt::print("seed {}\n", seed);
  Night night(seed);
  const fs::path ordered = night.scratch() / "ordered";
  fs::copy(night.data(), ordered, fs::copy_options::recursive);
  const std::int64_t at = machine_ms();
  std::atomic<std::size_t> acked = 0;
  std::atomic<std::size_t> cut = 0;
  std::atomic<std::size_t> odd = 0;
  serve(night.data(), night.log(), chains, at,
        [&](std::uint16_t port, const SignedIn& nurse, int i, const std::vector<std::vector<Sent>>& mine) {
          Careless client(port, nurse, seed + static_cast<std::uint64_t>(i));
          for (const auto& steps : mine) client.run(steps);
          acked += client.acked;
          cut += client.cut;
          odd += client.odd;
        });
  serve(ordered, night.log(), chains, at,
        [&](std::uint16_t port, const SignedIn& nurse, int, const std::vector<std::vector<Sent>>& mine) {
          http::Client client(port);
          for (const auto& steps : mine)
            for (const Sent& one : steps)
              EXPECT_EQ(client.post(one.target, one.body, headers(nurse, one.key)).status, 200U);
        });
  EXPECT_EQ(acked, chains * 4);
  EXPECT_EQ(odd, 0U);
  const auto careless = state_of(night.data());
  EXPECT_EQ(careless, state_of(ordered));
  EXPECT_TRUE(night.verified()) << night.verdict;
  fmt::print(
      "clients seed {} acked {} lost {} doubled {} lines cut {} verify ok, {} rows as in the ordered run\n",
      seed, acked.load(), chains * 4 - acked, night.doubled(), cut.load(), careless.size());
}

}  // namespace
}  // namespace fx::simulation
