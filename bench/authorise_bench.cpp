// Bar (settled question 28): the raw row set's CPU ÷ the server's CPU per acknowledged command >= 50 %, and <= 75 µs a
// command on a quiet 2-core machine.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <signal.h>

#include "bench/load.hpp"
#include "bench/measure.hpp"
#include "bench/raw_rows.hpp"
#include "bench/realm.hpp"
#include "bench/settings.hpp"
#include "journal/sqlite/connection.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

constexpr double most_seconds = 120;  ///< of one repetition, whatever the machine

/// The realm, its server and the raw rows: made once, used by every repetition.
struct House {
  simulation::Scratch scratch;
  std::filesystem::path data = scratch.path() / "realm";
  std::filesystem::path log = scratch.path() / "log";
  Tubes tubes;
  std::unique_ptr<RawRows> raw;
  std::unique_ptr<simulation::Served> server;
  simulation::SignedIn authoriser;
  std::size_t used = 0;

  House() {
    const int all = settings().commands * settings().repeat;
    make_realm(data, log);
    tubes = record_results(data, all);
    std::filesystem::create_directory(scratch.path() / "raw");
    raw = std::make_unique<RawRows>(scratch.path() / "raw", all);
    server = std::make_unique<simulation::Served>(data, log);
    authoriser = simulation::sign_in(server->port(), "authoriser", std::string(password));
  }

  std::vector<std::string> next_requests() {
    std::vector<std::string> out;
    for (int i = 0; i < settings().commands && used < tubes.ids.size(); ++i, ++used)
      out.push_back(authorise_request(tubes.ids[used], used, authoriser.cookie));
    return out;
  }
  /// A number of /metrics.
  double metric(std::string_view name) {
    http::Client client(server->port());
    const std::string text = client.get("/metrics").body;
    const auto at = text.find(fmt::format("\nfangxian_{} ", name));
    return at == std::string::npos ? 0 : std::stod(text.substr(at + name.size() + 11));
  }
  /// Mean size of body and effects of what was stored.
  double event_bytes() const {
    journal::Connection ledger((data / "ledger.db").string(), journal::Connection::Mode::read);
    return static_cast<double>(ledger.number(
        "SELECT avg(length(body) + length(effects)) FROM event WHERE type = 'screening.result_authorised'"));
  }
};

House& house() {
  static auto made = std::make_unique<House>();
  return *made;
}

void authorise(benchmark::State& state) {
  House& all = house();
  for (auto _ : state) {
    const auto requests = all.next_requests();
    const double batches = all.metric("batches_total");
    const double cpu = process_cpu_seconds(all.server->child().pid());
    const Load load = send_all(all.server->port(), settings().connections, requests, most_seconds);
    const double used = process_cpu_seconds(all.server->child().pid()) - cpu;
    const double mean_batch = load.ok / std::max(1.0, all.metric("batches_total") - batches);
    if (load.other > 0) state.SkipWithError(("not 200: " + load.first_other.substr(0, 300)).c_str());
    const auto raw =
        all.raw->run(static_cast<int>(requests.size()), std::max(1, static_cast<int>(mean_batch + 0.5)));
    const double cpu_us = used * 1e6 / std::max(1, load.ok);
    state.SetIterationTime(load.wall);
    state.counters["acknowledged"] = load.ok;
    state.counters["per_s"] = load.ok / load.wall;
    state.counters["p50_ms"] = at_share(load.seconds, 0.50) * 1e3;
    state.counters["p99_ms"] = at_share(load.seconds, 0.99) * 1e3;
    state.counters["batch"] = mean_batch;
    state.counters["cpu_us"] = cpu_us;
    state.counters["raw_cpu_us"] = raw.cpu_us;
    state.counters["raw_per_s"] = 1e6 / raw.wall_us;
    state.counters["ratio"] = raw.cpu_us / cpu_us;
    state.counters["ratio_bar"] = 0.5;
    state.counters["cpu_us_bar"] = 75;
    state.counters["event_bytes"] = all.event_bytes();
    state.counters["raw_event_bytes"] = RawRows::body_bytes + RawRows::effects_bytes;
    state.counters["yardstick_ms"] = yardstick_ms();
    state.counters["fill_us"] = all.tubes.fill_us;
  }
}

}  // namespace

void register_authorise() {
  benchmark::RegisterBenchmark("house/authorise over HTTP", authorise)
      ->Iterations(1)
      ->Repetitions(settings().repeat)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace fx::bench
