// Bar: the 99th percentile of durable commands in a ledger of 10 million events is at most 1.5 times that in one of 10
// thousand. Sizes: 10 thousand, a million, and --events= when it is more.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "bench/load.hpp"
#include "bench/measure.hpp"
#include "bench/realm.hpp"
#include "bench/settings.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

constexpr double most_seconds = 120;
constexpr int open_duties = 1'000;

/// Until the server has read what it reads at its start: an index beside the ledger follows all of it once.
void settle(pid_t server) {
  for (int tries = 0; tries < 240; ++tries) {
    const double before = process_cpu_seconds(server);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    if (process_cpu_seconds(server) - before < 0.025) return;
  }
}

/// A realm whose ledger holds so many events before anything is measured.
void authorise_after(benchmark::State& state, int events) {
  for (auto _ : state) {
    const simulation::Scratch scratch;
    const auto data = scratch.path() / "realm";
    make_realm(data, scratch.path() / "log");
    const double began = wall_seconds();
    fill_ledger(data, events, std::min(open_duties, events));
    state.counters["fill_s"] = wall_seconds() - began;
    const Tubes tubes = record_results(data, settings().commands);
    simulation::Served server(data, scratch.path() / "log");
    const auto authoriser = simulation::sign_in(server.port(), "authoriser", std::string(password));
    std::vector<std::string> requests;
    for (std::size_t n = 0; n < tubes.ids.size(); ++n)
      requests.push_back(authorise_request(tubes.ids[n], n, authoriser.cookie));
    settle(server.child().pid());
    const double cpu = process_cpu_seconds(server.child().pid());
    const Load load = send_all(server.port(), settings().connections, requests, most_seconds);
    const double used = process_cpu_seconds(server.child().pid()) - cpu;
    if (load.other > 0) state.SkipWithError(("not 200: " + load.first_other.substr(0, 300)).c_str());
    state.SetIterationTime(load.wall);
    state.counters["acknowledged"] = load.ok;
    state.counters["per_s"] = load.ok / load.wall;
    state.counters["p50_ms"] = at_share(load.seconds, 0.50) * 1e3;
    state.counters["p99_ms"] = at_share(load.seconds, 0.99) * 1e3;
    state.counters["cpu_us"] = used * 1e6 / std::max(1, load.ok);
    state.counters["fill_us"] = tubes.fill_us;
    state.counters["ledger_mb"] = static_cast<double>(std::filesystem::file_size(data / "ledger.db")) / 1e6;
    state.counters["yardstick_ms"] = yardstick_ms();
  }
}

}  // namespace

void register_growth() {
  const int most = settings().events;
  for (const int events : std::set{std::min(10'000, most / 5), std::min(1'000'000, most), most})
    benchmark::RegisterBenchmark(fmt::format("house/authorise after {} events", events).c_str(),
                                 [events](benchmark::State& state) { authorise_after(state, events); })
        ->Iterations(1)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
}

}  // namespace fx::bench
