#pragma once

// A night of work against the real program: clients that send, remember what they were told, and ask again.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <unordered_map>

#include "base/code.hpp"
#include "journal/sqlite/connection.hpp"
#include "journal/testing/cluster.hpp"
#include "tests/simulation/served.hpp"

namespace fx::simulation {

inline constexpr int clients = 16;
inline constexpr std::int32_t county = 990121;
inline constexpr std::size_t most_commands = 400'000;  ///< of a whole run

/// --name=N of the command line.
inline std::uint64_t argument(std::string_view name, std::uint64_t fallback) {
  const std::string start = fmt::format("--{}=", name);
  for (const std::string& given : ::testing::internal::GetArgvs())
    if (given.starts_with(start)) return std::stoull(given.substr(start.size()));
  return fallback;
}

inline double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// The value below which `share` of them lie; 0 when there are none.
inline double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1,
                         static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

/// One command as its client knows it.
struct Sent {
  std::string target;
  std::string body;
  std::string key;
  std::string events;  ///< numbers and batch, as acknowledged; empty: no answer came
  [[nodiscard]] std::int64_t batch() const { return events.empty() ? 0 : std::stoll(events.substr(6)); }
};

/// What an acknowledgement says was recorded: batch, and number and kind of each event.
inline std::string recorded(const std::string& answer) {
  const auto json = parse_own_json(answer);
  std::string out = fmt::format("batch {}", json.at("batch").as_int64());
  for (const auto& event : json.at("events").as_array())
    out += fmt::format(" {} {}", std::string_view(event.at("no").as_string()),
                       std::string_view(event.at("type").as_string()));
  return out;
}

inline std::vector<http::Header> headers(const SignedIn& who, const std::string& key) {
  return {{"Cookie", who.cookie}, {"Idempotency-Key", key}, {"Content-Type", "application/json"}};
}

inline std::int64_t machine_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// The commands about one person and one tube, in order. The same numbers and time give the same ids and keys.
inline std::vector<Sent> chain(const SignedIn& nurse, int round, int number, int n, std::int64_t at_ms) {
  const auto place = static_cast<std::uint64_t>(round) << 40 | static_cast<std::uint64_t>(number) << 32 |
                     static_cast<std::uint64_t>(n) << 3;
  const auto id = [&](std::uint64_t which) {
    return RawId::make(at_ms, county, (place + which) * 0x9E3779B97F4A7C15ULL,
                       static_cast<std::uint16_t>(place + which))
        .text();
  };
  const std::string person = id(0);
  const std::string tube = id(1);
  const std::string code =
      write_code({'T', static_cast<std::uint64_t>(1 + round) << 28 |
                           static_cast<std::uint64_t>(number) << 22 | static_cast<std::uint64_t>(n)});
  return {
      {"/v1/people/register_person",
       fmt::format(R"({{"person":"{}","name":"无名氏","reason":"未带证件"}})", person),
       id(2),
       {}},
      {"/v1/screening/print_tubes",
       fmt::format(
           R"({{"sender":"{}","tubes":[{{"tube":"{}","code":"{}"}}],"size":1,"class":"voluntary","pathogen":"covid19-cn"}})",
           nurse.unit.text(), tube, code),
       id(3),
       {}},
      {"/v1/screening/link_person", fmt::format(R"({{"tube":"{}","person":"{}"}})", tube, person), id(4), {}},
      {"/v1/screening/seal_tube", fmt::format(R"({{"tube":"{}"}})", tube), id(5), {}}};
}

/// Everything one run knows.
class Night {
 public:
  explicit Night(std::uint64_t seed) : chance_(seed) {
    run_program({"demo", "create", "--data", data().string()}, log());
  }
  /// On a database of this cluster instead of a file.
  Night(std::uint64_t seed, journal::testing_desk::Cluster& cluster) : chance_(seed), cluster_(&cluster) {
    database_ = cluster.create();
    cluster.create(database_ + "_keys");
    run_program({"database", "prepare", "--owner", cluster.url("fangxian_owner", database_)}, log());
    run_program(
        {"demo", "create", "--data", data().string(), "--store", cluster.url("fangxian_app", database_)},
        log());
  }
  Night(const Night&) = delete;
  Night& operator=(const Night&) = delete;
  ~Night() {
    if (cluster_ == nullptr) return;
    cluster_->drop(database_);
    cluster_->drop(database_ + "_keys");
  }

  /// Serves, lets everybody work, kills at a random moment, at the latest after so many answers.
  void round(int number, std::size_t most_answers) {
    const auto start = std::chrono::steady_clock::now();
    Served server(data(), log());
    if (http::Client(server.port()).get("/healthz").status != 200) complain("not healthy after a kill");
    restarts.push_back(ms_since(start));
    work_on(server, number, [&] {
      wait_for_the_moment(most_answers);
      server.child().end(SIGKILL);
    });
  }

  /// Everybody works while `meanwhile` runs.
  void work_on(Served& server, int number, const std::function<void()>& meanwhile) {
    const SignedIn nurse = nurse_at(server);
    std::vector<std::vector<Sent>> sent(clients);
    working_ = true;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i)
      threads.emplace_back(
          [&, i] { work(server.port(), nurse, number, i, sent[static_cast<std::size_t>(i)]); });
    std::exception_ptr broken;
    try {
      meanwhile();
    } catch (...) {
      broken = std::current_exception();
    }
    working_ = false;
    for (auto& thread : threads) thread.join();
    if (broken) std::rethrow_exception(broken);
    for (auto& list : sent)
      for (auto& one : list) all_.push_back(std::move(one));
  }

  /// Sessions outlive the server; only when this one does not, a new one.
  SignedIn nurse_at(Served& server) {
    if (nurse_.cookie.empty() ||
        http::Client(server.port()).get("/v1/session", {{"Cookie", nurse_.cookie}}).status != 200)
      nurse_ = sign_in(server.port(), "nurse", "beiling-2022");
    return nurse_;
  }

  /// Asks everything again, as a client does that never heard an answer. Nothing may be lost or done twice.
  void ask_again() {
    Served server(data(), log());
    const SignedIn nurse = nurse_at(server);
    std::atomic<std::size_t> next = asked_;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i)
      threads.emplace_back([&] {
        http::Client client(server.port());
        for (std::size_t n = next++; n < all_.size(); n = next++) ask(client, nurse, all_[n]);
      });
    for (auto& thread : threads) thread.join();
    server.child().end(SIGTERM);
    asked_ = full_ ? 0 : all_.size();
  }
  void ask_everything() {
    asked_ = 0;
    full_ = true;
    ask_again();
  }

  /// Each command that was answered has left the events it was answered with, each once.
  std::size_t doubled() const {
    const std::string sql = "SELECT command, count(*) FROM event WHERE caused_by = 0 GROUP BY command";
    std::unordered_map<std::string, std::int64_t> stored;
    if (cluster_ != nullptr) {
      const auto rows = cluster_->link("postgres", database_).ask(sql);
      for (int i = 0; i < rows.size(); ++i) stored[rows.id(i, 0).text()] = rows.number(i, 1);
    } else {
      journal::Connection ledger((data() / "ledger.db").string(), journal::Connection::Mode::read);
      journal::Statement select(ledger, sql);
      while (select.step()) stored[select.id_at(0).text()] = select.number(1);
    }
    std::size_t out = 0;
    for (const Sent& one : all_) {
      const auto found = stored.find(one.key);
      out += found != stored.end() && found->second > 1 ? 1 : 0;
    }
    return out;
  }
  bool verified() const {
    Child child({program().string(), "verify", "--data", data().string(), "--json"}, log());
    verdict = child.rest();
    return child.end(0) == 0;
  }

  [[nodiscard]] std::size_t commands() const { return all_.size(); }
  [[nodiscard]] const std::vector<Sent>& sent() const { return all_; }
  [[nodiscard]] fs::path data() const { return scratch_.path() / "realm"; }
  [[nodiscard]] fs::path log() const { return scratch_.path() / "log"; }
  [[nodiscard]] const fs::path& scratch() const { return scratch_.path(); }
  std::vector<double> restarts;  ///< ms from start of the program to its first answer
  std::atomic<std::size_t> acked{0};
  std::atomic<std::size_t> lost{0};
  std::atomic<std::size_t> unanswered{0};
  std::atomic<std::size_t> odd{0};
  mutable std::string verdict;
  std::mutex mutex;
  std::string first_odd;

 private:
  /// The moment is counted in answers, so that it lies amid the work however slow the machine is.
  void wait_for_the_moment(std::size_t most_answers) {
    using Clock = std::chrono::steady_clock;
    const std::size_t answers = acked + std::uniform_int_distribution<std::size_t>(1, most_answers)(chance_);
    const auto at_the_latest = Clock::now() + std::chrono::milliseconds(2500);
    while (acked < answers && Clock::now() < at_the_latest)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution<>(0, 5000)(chance_)));
  }

  void complain(const std::string& what) {
    ++odd;
    const std::lock_guard lock(mutex);
    if (first_odd.empty()) first_odd = what;
  }

  /// A person registered, a tube printed, linked, sealed, again and again: four commands, events, duties, keys.
  void work(std::uint16_t port, const SignedIn& nurse, int round, int number, std::vector<Sent>& out) {
    try {
      http::Client client(port);
      for (int n = 0; working_ && out.size() < most_commands / clients; ++n) {
        for (Sent& step : chain(nurse, round, number, n, machine_ms())) {
          out.push_back(std::move(step));
          const auto post = [&] {
            return client.post(out.back().target, out.back().body, headers(nurse, out.back().key));
          };
          auto answer = post();
          // A slow disk: too much waits already. A client asks again, under the same key.
          while (answer.status == 503 && working_) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            answer = post();
          }
          if (answer.status != 200)
            return complain(out.back().target + ": " + std::to_string(answer.status) + " " + answer.body);
          out.back().events = recorded(answer.body);
          ++acked;
        }
      }
    } catch (const std::runtime_error&) {
      // the server is gone
    }
  }

  void ask(http::Client& client, const SignedIn& nurse, Sent& one) {
    try {
      const auto answer = client.post(one.target, one.body, headers(nurse, one.key));
      const std::string events =
          answer.status == 200 ? recorded(answer.body) : std::to_string(answer.status) + " " + answer.body;
      if (one.events.empty()) {
        // Never answered before: it was done then or is done now, but not refused.
        ++unanswered;
        if (answer.status != 200) return complain(one.target + " asked again: " + events);
        one.events = events;
      } else if (one.events != events) {
        ++lost;
        complain(one.target + " was answered '" + one.events + "', is now answered '" + events + "'");
      }
    } catch (const std::runtime_error& error) {
      ++lost;
      complain(error.what());
    }
  }

  Scratch scratch_;
  SignedIn nurse_;
  std::mt19937_64 chance_;
  std::atomic<bool> working_{false};
  std::vector<Sent> all_;
  std::size_t asked_ = 0;
  bool full_ = false;
  journal::testing_desk::Cluster* cluster_ = nullptr;
  std::string database_;
};

}  // namespace fx::simulation
