// The same commands on PostgreSQL, by one server and by two on one database, beside bare unnest group commit on the same
// cluster (settled question 28: >= 50 % of raw in CPU terms, <= 110 µs of the server a command).
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <thread>

#include "bench/load.hpp"
#include "bench/measure.hpp"
#include "bench/raw_pg_rows.hpp"
#include "bench/realm.hpp"
#include "bench/settings.hpp"
#include "journal/testing/cluster.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

using journal::testing_desk::Cluster;

constexpr double most_seconds = 120;  ///< of one repetition, whatever the machine

/// A cluster with a durable disk, a realm in it, two servers of that realm.
struct SharedHouse {
  simulation::Scratch scratch;
  Cluster cluster{Cluster::Disk::durable};
  std::filesystem::path data = scratch.path() / "one";
  std::filesystem::path second = scratch.path() / "two";
  std::filesystem::path log = scratch.path() / "log";
  Tubes tubes;
  std::unique_ptr<RawPgRows> raw;
  std::vector<std::unique_ptr<simulation::Served>> servers;
  std::vector<std::string> cookies;
  std::size_t used = 0;

  SharedHouse() {
    const int all = settings().commands * settings().repeat * 2;
    for (const char* name : {"fx", "fx_keys", "fx_raw"}) cluster.create(name);
    simulation::run_program({"database", "prepare", "--owner", cluster.url("fangxian_owner", "fx")}, log);
    make_realm(data, log, {"--store", cluster.local_url("fangxian_app", "fx")});
    std::filesystem::create_directory(second);
    for (const char* file : {"realm.json", "realm.key"})
      std::filesystem::copy_file(data / file, second / file);
    tubes = record_results(data, all);
    raw = std::make_unique<RawPgRows>(cluster.local_url("fangxian_owner", "fx_raw"), all);
    cluster.link("postgres", "fx").run("ANALYZE; CHECKPOINT");
    for (const auto& folder : {data, second}) {
      servers.push_back(std::make_unique<simulation::Served>(folder, log));
      cookies.push_back(
          simulation::sign_in(servers.back()->port(), "authoriser", std::string(password)).cookie);
    }
  }

  std::vector<std::string> next_requests(std::size_t server, int count) {
    std::vector<std::string> out;
    for (int i = 0; i < count && used < tubes.ids.size(); ++i, ++used)
      out.push_back(authorise_request(tubes.ids[used], used, cookies[server]));
    return out;
  }
  double cpu() const {
    double out = 0;
    for (const auto& server : servers) out += process_cpu_seconds(server->child().pid());
    return out;
  }
  double batches() {
    double out = 0;
    for (const auto& server : servers) {
      http::Client client(server->port());
      const std::string text = client.get("/metrics").body;
      const auto at = text.find("\nfangxian_batches_total ");
      if (at != std::string::npos) out += std::stod(text.substr(at + 24));
    }
    return out;
  }
};

SharedHouse& house() {
  static auto made = std::make_unique<SharedHouse>();
  return *made;
}

void authorise(benchmark::State& state) {
  SharedHouse& all = house();
  const auto servers = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    std::vector<std::vector<std::string>> requests;
    for (std::size_t i = 0; i < servers; ++i)
      requests.push_back(all.next_requests(i, settings().commands / static_cast<int>(servers)));
    std::vector<Load> loads(servers);
    const double batches = all.batches();
    const double cpu = all.cpu();
    const double database = cluster_cpu_seconds(all.cluster.pid());
    const double began = wall_seconds();
    {
      std::vector<std::jthread> clients;
      for (std::size_t i = 0; i < servers; ++i)
        clients.emplace_back([&, i] {
          loads[i] = send_all(all.servers[i]->port(), settings().connections / static_cast<int>(servers),
                              requests[i], most_seconds);
        });
    }
    const double wall = wall_seconds() - began;
    const double used = all.cpu() - cpu;
    const double used_by_database = cluster_cpu_seconds(all.cluster.pid()) - database;
    int ok = 0;
    std::vector<double> seconds;
    for (const Load& load : loads) {
      ok += load.ok;
      seconds.insert(seconds.end(), load.seconds.begin(), load.seconds.end());
      if (load.other > 0) state.SkipWithError(("not 200: " + load.first_other.substr(0, 300)).c_str());
    }
    const double mean_batch = ok / std::max(1.0, all.batches() - batches);
    const auto raw = all.raw->run(ok, std::max(1, static_cast<int>(mean_batch + 0.5)));
    const double cpu_us = used * 1e6 / std::max(1, ok);
    const double database_us = used_by_database * 1e6 / std::max(1, ok);
    state.SetIterationTime(wall);
    state.counters["acknowledged"] = ok;
    state.counters["per_s"] = ok / wall;
    state.counters["p50_ms"] = at_share(seconds, 0.50) * 1e3;
    state.counters["p99_ms"] = at_share(seconds, 0.99) * 1e3;
    state.counters["batch"] = mean_batch;
    state.counters["cpu_us"] = cpu_us;
    state.counters["database_us"] = database_us;
    state.counters["raw_cpu_us"] = raw.cpu_us + raw.database_us;
    state.counters["raw_per_s"] = 1e6 / raw.wall_us;
    state.counters["ratio"] = (raw.cpu_us + raw.database_us) / (cpu_us + database_us);
    state.counters["ratio_bar"] = 0.5;
    state.counters["cpu_us_bar"] = 110;
    state.counters["yardstick_ms"] = yardstick_ms();
  }
}

}  // namespace

void register_postgres() {
  benchmark::RegisterBenchmark("house/authorise on PostgreSQL, servers", authorise)
      ->Arg(1)
      ->Arg(2)
      ->Iterations(1)
      ->Repetitions(settings().repeat)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace fx::bench
