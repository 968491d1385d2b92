// Bar: one case's trace, both rings, through the API with rights and audit: p99 at most 20 ms. The visits come in through
// the API too, by the thousand, as scans and registrations do.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <signal.h>

#include <boost/json.hpp>
#include <random>

#include "bench/load.hpp"
#include "bench/measure.hpp"
#include "bench/realm.hpp"
#include "bench/settings.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

constexpr std::int32_t county = 990121;
constexpr int in_a_batch = 1000;
constexpr int visits_of_the_case = 20;  // besides the stops the demonstration has
constexpr int people_a_visit = 4;       // one visitor comes so often
constexpr int places_of = 40;           // people to a place

RawId person_no(std::size_t n) {
  return RawId::make(1'650'000'000'000 + static_cast<std::int64_t>(n), county, n * 0x9E3779B97F4A7C15ULL,
                     static_cast<std::uint16_t>(n & 0xFFF));
}

/// A realm with its own visits, and the case that is traced.
struct Traced {
  simulation::Scratch scratch;
  std::filesystem::path data = scratch.path() / "realm";
  std::filesystem::path log = scratch.path() / "log";
  std::unique_ptr<simulation::Served> server;
  simulation::SignedIn investigator;
  std::string case_id;
  std::string person;
  int visits = 0;
  double record_ms = 0;  ///< of one batch of a thousand

  Traced() {
    make_realm(data, log);
    server = std::make_unique<simulation::Served>(data, log);
    investigator = simulation::sign_in(server->port(), "investigator", std::string(password));
    find_case();
    record();
  }

  void find_case() {
    http::Client client(server->port());
    const auto answer = client.get("/v1/investigation/cases?limit=50", {{"Cookie", investigator.cookie}});
    const boost::json::value cases = boost::json::parse(answer.body);
    for (const auto& row : cases.at("rows").as_array())
      if (!row.at("history").as_bool()) {
        case_id = std::string(row.at("id").as_string());
        person = std::string(row.at("person").as_string());
      }
    if (case_id.empty()) throw std::runtime_error("the demonstration has no case to trace");
  }

  /// Days 14 to 17 of July; places by a power law, stays of 10 minutes to 3 hours.
  std::string visit(std::mt19937& random, const std::string& who, std::size_t people) {
    const double share = std::uniform_real_distribution<>(0.0, 1.0)(random);
    const auto place = static_cast<std::size_t>(share * share * static_cast<double>(people) / places_of);
    const int day = 14 + static_cast<int>(random() % 3);
    const int from = 360 + static_cast<int>(random() % 900);
    const int until = std::min(1439, from + 10 + static_cast<int>(random() % 170));
    return fmt::format(
        R"({{"person":"{}","place":"990121001 place {}","from":"2022-07-{}T{:02}:{:02}:00+08:00","until":"2022-07-{}T{:02}:{:02}:00+08:00","section":0,"row":0,"known_by":"scan","is_protected":false}})",
        who, place, day, from / 60, from % 60, day, until / 60, until % 60);
  }

  void record() {
    std::mt19937 random(20220717);
    const auto people = static_cast<std::size_t>(settings().people) / 10;
    const int batches = static_cast<int>(people) * people_a_visit / in_a_batch;
    std::vector<std::string> requests;
    for (int batch = 0; batch < std::max(1, batches); ++batch) {
      std::string rows;
      for (int i = 0; i < in_a_batch; ++i) {
        const bool of_the_case = batch == 0 && i < visits_of_the_case;
        const std::string who = of_the_case ? person : person_no(random() % people).text();
        (rows += rows.empty() ? "" : ",") += visit(random, who, people);
      }
      const std::string id = person_no(50'000'000 + static_cast<std::size_t>(batch)).text();
      requests.push_back(post_request(
          "/v1/investigation/record_visits", fmt::format(R"({{"visit_batch":"{}","visits":[{}]}})", id, rows),
          investigator.cookie, request_key(static_cast<std::size_t>(batch)).text()));
    }
    const Load load = send_all(server->port(), 4, requests, 300);
    if (load.other > 0) throw std::runtime_error("visits were refused: " + load.first_other);
    visits = load.ok * in_a_batch;
    record_ms = load.wall * 1e3 / std::max(1, load.ok);
  }
};

Traced& traced() {
  static auto made = std::make_unique<Traced>();
  return *made;
}

void one_case(benchmark::State& state, const char* ring) {
  Traced& all = traced();
  const std::string target = fmt::format("/v1/investigation/trace?case={}&ring={}", all.case_id, ring);
  const std::vector<std::string> requests(static_cast<std::size_t>(settings().reads) * 5,
                                          get_request(target, all.investigator.cookie));
  for (auto _ : state) {
    const pid_t process = all.server->child().pid();
    const double cpu = process_cpu_seconds(process);
    const Load load = send_all(all.server->port(), 1, requests, 60);
    if (load.other > 0) state.SkipWithError(("not 200: " + load.first_other.substr(0, 200)).c_str());
    const auto count = static_cast<double>(std::max<std::size_t>(1, load.seconds.size()));
    state.SetIterationTime(load.wall / count);
    state.counters["p50_ms"] = at_share(load.seconds, 0.50) * 1e3;
    state.counters["p99_ms"] = at_share(load.seconds, 0.99) * 1e3;
    state.counters["cpu_ms"] = (process_cpu_seconds(process) - cpu) * 1e3 / count;
    state.counters["visits"] = all.visits;
    state.counters["record_ms"] = all.record_ms;
    state.counters["bar_ms"] = 20;
  }
}

}  // namespace

void register_trace() {
  for (const char* ring : {"ring1", "ring2"})
    benchmark::RegisterBenchmark(
        fmt::format("house/trace of one case over HTTP, both rings counted, a page of {}", ring).c_str(),
        [ring](benchmark::State& state) { one_case(state, ring); })
        ->Iterations(1)
        ->Repetitions(settings().repeat)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
}

}  // namespace fx::bench
