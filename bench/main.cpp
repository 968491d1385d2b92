// ./fx bench [--quick] [--commands=N] [--repeat=N] [--events=N] [--duties=N] [--connections=N] [--people=N] [--round=N]
// [--members=N] [--peak=SECONDS] [--rivals] and the flags of Google Benchmark. Everything is made in temporary directories and removed, on
// the loopback interface, one engine at a time.
#include <benchmark/benchmark.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/settings.hpp"

namespace {

bool take_number(const std::string& argument, const char* name, int& out) {
  const std::string start = std::string("--") + name + "=";
  if (!argument.starts_with(start)) return false;
  const char* end = argument.data() + argument.size();
  const auto [at, error] = std::from_chars(argument.data() + start.size(), end, out);
  if (error == std::errc() && at == end && out > 0) return true;
  std::fprintf(stderr, "%s: expected a number above 0\n", argument.c_str());
  std::exit(2);
}

/// Ours are taken, the others are Google Benchmark's.
std::vector<std::string> take_settings(int argc, char** argv) {
  auto& to = fx::bench::settings();
  std::vector<std::string> rest{argv[0]};
  for (int i = 1; i < argc; ++i) to.quick = to.quick || std::string_view(argv[i]) == "--quick";
  if (to.quick) {
    to.connections = 8, to.commands = 200, to.repeat = 1, to.events = 5'000, to.duties = 2'000, to.reads = 10;
    to.people = 20'000, to.round = 1'000, to.members = 20'000, to.peak_seconds = 1;
    rest.insert(rest.end(), {"--benchmark_filter=^house/", "--benchmark_min_time=0.01"});
  }
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    to.rivals = to.rivals || argument == "--rivals";
    if (argument == "--quick" || argument == "--rivals" ||
        take_number(argument, "connections", to.connections) ||
        take_number(argument, "commands", to.commands) || take_number(argument, "repeat", to.repeat) ||
        take_number(argument, "events", to.events) || take_number(argument, "duties", to.duties) ||
        take_number(argument, "people", to.people) || take_number(argument, "round", to.round) ||
        take_number(argument, "members", to.members) || take_number(argument, "peak", to.peak_seconds))
      continue;
    rest.push_back(argument);
  }
  return rest;
}

}  // namespace

int main(int argc, char** argv) {
  auto arguments = take_settings(argc, argv);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  int count = static_cast<int>(pointers.size());
  pointers.push_back(nullptr);
  benchmark::Initialize(&count, pointers.data());
  if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return 2;
  const auto& size = fx::bench::settings();
  benchmark::AddCustomContext(
      "quick", size.quick ? "yes: sizes are too small for the numbers to mean anything" : "no");
  benchmark::AddCustomContext(
      "sizes", "connections " + std::to_string(size.connections) + ", commands " +
                   std::to_string(size.commands) + " x " + std::to_string(size.repeat) + ", events " +
                   std::to_string(size.events) + ", open duties " + std::to_string(size.duties) +
                   ", people " + std::to_string(size.people) + ", on the list of a round " +
                   std::to_string(size.round) + ", members " + std::to_string(size.members) +
                   ", seconds of the peak " + std::to_string(size.peak_seconds));
  fx::bench::register_authorise();
  fx::bench::register_big_ledger();
  fx::bench::register_growth();
  fx::bench::register_postgres();
  fx::bench::register_rules();
  fx::bench::register_exposure();
  fx::bench::register_trace();
  fx::bench::register_county_day();
  fx::bench::register_members();
  fx::bench::register_city_peak();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
