// Bars: from start to ready with 1 million events under 2 s, resident memory then under 300 MB; first page of 300,000
// open duties under 50 ms on the server.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "bench/load.hpp"
#include "bench/measure.hpp"
#include "bench/realm.hpp"
#include "bench/settings.hpp"
#include "bin/desks.hpp"
#include "journal/reader.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

struct Ledger {
  simulation::Scratch scratch;
  std::filesystem::path data = scratch.path() / "realm";
  std::filesystem::path log = scratch.path() / "log";
  double fill_seconds = 0;

  Ledger() {
    make_realm(data, log);
    const double began = wall_seconds();
    fill_ledger(data, settings().events, settings().duties);
    fill_seconds = wall_seconds() - began;
  }
  [[nodiscard]] double megabytes() const {
    return static_cast<double>(std::filesystem::file_size(data / "ledger.db")) / 1e6;
  }

  /// Sends the file's pages out of memory, as after a reboot; says whether the system did it.
  void cool() const {
    const int fd = ::open((data / "ledger.db").c_str(), O_RDONLY | O_CLOEXEC);
    ::fsync(fd);
    ::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    ::close(fd);
  }
};

/// The last benchmark that needs it lets it go.
std::unique_ptr<Ledger>& ledger() {
  static auto made = std::make_unique<Ledger>();
  return made;
}

void start(benchmark::State& state) {
  const Ledger& all = *ledger();
  for (auto _ : state) {
    if (state.range(0) == 1) all.cool();
    const double began = wall_seconds();
    simulation::Served server(all.data, all.log);
    http::Client client(server.port());
    if (client.get("/healthz").status != 200) state.SkipWithError("not healthy");
    state.SetIterationTime(wall_seconds() - began);
    state.counters["rss_mb"] = resident_mb(server.child().pid());
    state.counters["cpu_ms"] = process_cpu_seconds(server.child().pid()) * 1e3;
    const auto who = simulation::sign_in(server.port(), "city_leader", std::string(password));
    send_all(server.port(), 4,
             std::vector<std::string>(20, get_request("/v1/duties?scope=jurisdiction", who.cookie)), 30);
    state.counters["rss_reading_mb"] = resident_mb(server.child().pid());
    state.counters["ledger_mb"] = all.megabytes();
    state.counters["fill_s"] = all.fill_seconds;
    state.counters["bar_ms"] = 2000;
    state.counters["rss_bar_mb"] = 300;
    server.child().end(SIGTERM);
  }
}

/// One connection, one after the other: the time of an answer, not of a queue.
void duties_over_http(benchmark::State& state, std::string_view user, std::string_view target) {
  const Ledger& all = *ledger();
  simulation::Served server(all.data, all.log);
  const auto who = simulation::sign_in(server.port(), std::string(user), std::string(password));
  const std::vector<std::string> requests(static_cast<std::size_t>(settings().reads),
                                          get_request(target, who.cookie));
  for (auto _ : state) {
    const double cpu = process_cpu_seconds(server.child().pid());
    const Load load = send_all(server.port(), 1, requests, 60);
    if (load.other > 0) state.SkipWithError(("not 200: " + load.first_other.substr(0, 200)).c_str());
    state.SetIterationTime(load.wall / std::max<double>(1, static_cast<double>(load.seconds.size())));
    state.counters["first_ms"] = load.seconds.front() * 1e3;
    state.counters["p50_ms"] = at_share(load.seconds, 0.50) * 1e3;
    state.counters["p99_ms"] = at_share(load.seconds, 0.99) * 1e3;
    state.counters["cpu_ms"] =
        (process_cpu_seconds(server.child().pid()) - cpu) * 1e3 / static_cast<double>(load.seconds.size());
    state.counters["bar_ms"] = 50;
  }
}

void duties_read(benchmark::State& state) {
  const Ledger& all = *ledger();
  const auto registry = bin::make_registry();
  journal::Readers readers((all.data / "ledger.db").string(), *registry,
                           std::make_shared<journal::LogGauge>(), {.limit = std::chrono::seconds(10)});
  std::size_t rows = 0;
  for (auto _ : state) {
    auto reader = readers.open();
    rows = reader.duties({.places = {journal::places_of(990100)}, .limit = 50}).rows.size();
  }
  if (rows != 50) state.SkipWithError("a page is short");
  state.counters["bar_ms"] = 50;
}

void remove_ledger(benchmark::State& state) {
  for (auto _ : state) ledger().reset();
}

}  // namespace

void register_big_ledger() {
  const auto once = [](benchmark::internal::Benchmark* made) {
    made->Iterations(1)->Repetitions(settings().repeat)->UseManualTime()->Unit(benchmark::kMillisecond);
  };
  once(benchmark::RegisterBenchmark("house/start to ready, file in memory", start)->Arg(0));
  once(benchmark::RegisterBenchmark("house/start to ready, file on disk", start)->Arg(1));
  benchmark::RegisterBenchmark("house/duties first page, reader", duties_read)->Unit(benchmark::kMillisecond);
  once(benchmark::RegisterBenchmark("house/duties first page of a city over HTTP",
                                    [](benchmark::State& state) {
                                      duties_over_http(state, "city_leader", "/v1/duties?scope=jurisdiction");
                                    }));
  once(benchmark::RegisterBenchmark(
      "house/duties first page of a county over HTTP",
      [](benchmark::State& state) { duties_over_http(state, "command", "/v1/duties?scope=jurisdiction"); }));
  once(benchmark::RegisterBenchmark(
      "house/duties first page of one's own over HTTP",
      [](benchmark::State& state) { duties_over_http(state, "authoriser", "/v1/duties"); }));
  benchmark::RegisterBenchmark("house/remove the ledger", remove_ledger)
      ->Iterations(1)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace fx::bench
