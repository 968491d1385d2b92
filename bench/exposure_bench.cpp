// The exposure engine on a synthetic city. Bars (issue 4): ring 1 of 1,000 cases 25 CPU ms; both rings 1.0 CPU s, aim 0.2;
// one case, both rings, 2 ms; 16 bytes a visit, aim 12; 5 million visits a CPU second in bulk, 200 thousand live.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>

#include "bench/city.hpp"
#include "bench/measure.hpp"
#include "bench/settings.hpp"
#include "engines/exposure/run_bytes.hpp"
#include "engines/exposure/sources.hpp"
#include "engines/exposure/trace.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

using namespace fx::exposure;

constexpr Onward four_days{.length_s = 4 * 86'400};

MeetingRules quarter_of_an_hour() {
  MeetingRules rules;
  rules.classes.front().min_overlap_s = 900;
  return rules;
}

/// Built once, kept for all of them.
struct Bench {
  City city{{.people = static_cast<std::uint32_t>(settings().people)}};
  VisitBook book;
  VisitView view;
  double build_cpu_s = 0;
  double made_rss_mb = 0;  ///< before the rows came
  std::size_t visits = 0;

  Bench() {
    made_rss_mb = resident_mb(::getpid());
    if (settings().people > 2'000'000)
      build(city.replay());
    else
      build_from_rows();
    view = book.view();
    visits = view.visits();
    ::malloc_trim(0);
  }
  void build_from_rows() {
    const auto rows = city.rows();
    build(replay_of(rows));
  }
  void build(const Replay& replay) {
    const double before = thread_cpu_seconds();
    book.append_all(replay);
    build_cpu_s = thread_cpu_seconds() - before;
  }
};
Bench& bench() {
  static const auto made = std::make_unique<Bench>();
  return *made;
}

void build(benchmark::State& state) {
  for (auto _ : state) {
    const Bench& all = bench();
    state.SetIterationTime(all.build_cpu_s);
    state.counters["visits"] = static_cast<double>(all.visits);
    state.counters["places"] = all.city.places();
    state.counters["visits_per_cpu_s"] = static_cast<double>(all.visits) / all.build_cpu_s;
    state.counters["bytes_per_visit"] =
        static_cast<double>(all.view.bytes()) / static_cast<double>(all.visits);
    state.counters["index_mb"] = static_cast<double>(all.view.bytes()) / 1e6;
    state.counters["rss_mb"] = resident_mb(::getpid()) - all.made_rss_mb;
    state.counters["bar_visits_per_cpu_s"] = 5e6;
    state.counters["bar_bytes"] = 16;
  }
}

/// CPU milliseconds of each of `times` runs.
template <class Work>
std::vector<double> cpu_ms(int times, Work&& work) {
  std::vector<double> out;
  for (int i = 0; i < times; ++i) {
    const double before = thread_cpu_seconds();
    work(i);
    out.push_back((thread_cpu_seconds() - before) * 1e3);
  }
  return out;
}

void show(benchmark::State& state, const std::vector<double>& ms, double bar_ms) {
  state.SetIterationTime(at_share(ms, 0.5) / 1e3);
  state.counters["cpu_ms"] = at_share(ms, 0.5);
  state.counters["cpu_ms_best"] = at_share(ms, 0);
  state.counters["cpu_ms_worst"] = at_share(ms, 1);
  state.counters["bar_ms"] = bar_ms;
  state.counters["yardstick_ms"] = yardstick_ms();
}

void ring_one(benchmark::State& state) {
  const Bench& all = bench();
  const auto cases = all.city.cases(1000);
  for (auto _ : state) {
    std::size_t found = 0;
    const auto ms = cpu_ms(settings().quick ? 2 : 101,
                           [&](int) { found = ring(all.view, cases, quarter_of_an_hour()).size(); });
    show(state, ms, 25);
    state.counters["contacts"] = static_cast<double>(found);
  }
}

void both_rings(benchmark::State& state) {
  const Bench& all = bench();
  const auto cases = all.city.cases(1000);
  for (auto _ : state) {
    std::vector<std::vector<Contact>> found;
    const auto ms = cpu_ms(settings().quick ? 2 : 7,
                           [&](int) { found = rings(all.view, cases, quarter_of_an_hour(), four_days, 2); });
    show(state, ms, 1000);
    state.counters["ring_1"] = static_cast<double>(found[0].size());
    state.counters["ring_2"] = static_cast<double>(found[1].size());
    std::uint64_t meetings = 0;
    for (const Contact& one : found[1]) meetings += one.meetings;
    state.counters["meetings_2"] = static_cast<double>(meetings);
  }
}

void one_case(benchmark::State& state) {
  const Bench& all = bench();
  const auto cases = all.city.cases(500);
  for (auto _ : state) {
    double ring_2 = 0;
    const auto ms = cpu_ms(settings().quick ? 20 : 500, [&](int nth) {
      const auto found = rings(all.view, std::span(&cases[static_cast<std::size_t>(nth)], 1),
                               quarter_of_an_hour(), four_days, 2);
      ring_2 += static_cast<double>(found[1].size());
    });
    show(state, ms, 2);
    state.counters["cpu_ms_p99"] = at_share(ms, 0.99);
    state.counters["ring_2_mean"] = ring_2 / static_cast<double>(ms.size());
  }
}

void evidence(benchmark::State& state) {
  const Bench& all = bench();
  const auto cases = all.city.cases(1000);
  const auto contacts = ring(all.view, cases, quarter_of_an_hour());
  for (auto _ : state) {
    std::size_t found = 0;
    const auto ms = cpu_ms(settings().quick ? 20 : 500, [&](int nth) {
      const auto& contact = contacts[static_cast<std::size_t>(nth) * contacts.size() / 500];
      found += meetings_of(all.view, contact.person, always, cases, quarter_of_an_hour()).size();
      found += possible_sources(all.view, contact.person, always, quarter_of_an_hour()).size();
    });
    show(state, ms, 2);
    state.counters["found"] = static_cast<double>(found);
  }
}

/// The fifteenth day comes in visit by visit; every thousandth time somebody asks for both rings of a case.
void live(benchmark::State& state) {
  Bench& all = bench();
  const std::size_t count = settings().quick ? 20'000 : 2'000'000;
  const auto cases = all.city.cases(1000);
  std::vector<City::Row> rows;
  for (std::uint32_t person = 0; rows.size() < count && person < all.city.size().people; ++person)
    all.city.day_of(person, all.city.size().days, rows);
  for (auto _ : state) {
    std::vector<double> asked_ms;
    double longest_s = 0;
    const double began = thread_cpu_seconds();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool asks = i % 1000 == 999;
      const double before = thread_cpu_seconds() * static_cast<double>(i % 100 == 0 || asks);
      if (all.book.append(visit_of(rows[i])) != VisitFault::none) state.SkipWithError("refused");
      if (i % 100 == 0) longest_s = std::max(longest_s, thread_cpu_seconds() - before);
      if (!asks) continue;
      const auto one = std::span(&cases[i / 1000 % cases.size()], 1);
      benchmark::DoNotOptimize(rings(all.book.view(), one, quarter_of_an_hour(), four_days, 2));
      asked_ms.push_back((thread_cpu_seconds() - before) * 1e3);
    }
    const double cpu_s = thread_cpu_seconds() - began;
    double asking_s = 0;
    for (const double ms : asked_ms) asking_s += ms / 1e3;
    state.SetIterationTime(cpu_s);
    state.counters["visits_per_cpu_s"] = static_cast<double>(rows.size()) / (cpu_s - asking_s);
    state.counters["visits_per_s_with_questions"] = static_cast<double>(rows.size()) / cpu_s;
    state.counters["question_ms"] = at_share(asked_ms, 0.5);
    state.counters["question_ms_p99"] = at_share(asked_ms, 0.99);
    state.counters["question_ms_worst"] = at_share(asked_ms, 1);
    state.counters["runs"] = static_cast<double>(all.book.view().runs.size());
    state.counters["bar_visits_per_s"] = 2e5;
  }
}

void persist(benchmark::State& state) {
  const Bench& all = bench();
  for (auto _ : state) {
    double write_s = thread_cpu_seconds();
    const std::string bytes = bytes_of(*all.view.runs.front());
    write_s = thread_cpu_seconds() - write_s;
    double read_s = thread_cpu_seconds();
    const bool good = run_of(bytes).has_value();
    read_s = thread_cpu_seconds() - read_s;
    if (!good) state.SkipWithError("does not come back");
    state.SetIterationTime(write_s + read_s);
    state.counters["bytes_mb"] = static_cast<double>(bytes.size()) / 1e6;
    state.counters["write_cpu_s"] = write_s;
    state.counters["read_and_check_cpu_s"] = read_s;
  }
}

/// A file of the folder, for the rivals.
template <class Write>
void write_table(const std::filesystem::path& path, Write&& write) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) throw std::runtime_error("cannot write " + path.string());
  write(file);
  std::fclose(file);
}

/// The same questions to DuckDB and PostgreSQL, in the same run, on the same visits and cases; ratios of CPU time.
void beside_rivals(benchmark::State& state) {
  const Bench& all = bench();
  // Persons with two windows would be two cases to them.
  auto cases = normalised(all.city.cases(1000));
  const auto twice = std::ranges::unique(cases, {}, &Source::person);
  cases.erase(twice.begin(), twice.end());
  const simulation::Scratch scratch;
  std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));
  write_table(scratch.path() / "visits.csv", [&](std::FILE* file) {
    std::fputs("person,place,enter_s,leave_s\n", file);
    for (const auto& row : all.city.rows())
      fmt::print(file, "{},{},{},{}\n", row.person, row.place, row.from_s, row.until_s);
  });
  write_table(scratch.path() / "cases.csv", [&](std::FILE* file) {
    std::fputs("person,from_s,until_s\n", file);
    for (const Source& one : cases)
      fmt::print(file, "{},{},{}\n", number(one.person), one.window.from_s, one.window.until_s);
  });
  for (auto _ : state) {
    std::vector<std::vector<Contact>> found;
    const double first = at_share(
        cpu_ms(9, [&](int) { benchmark::DoNotOptimize(ring(all.view, cases, quarter_of_an_hour())); }), 0.5);
    const double both = at_share(
        cpu_ms(5, [&](int) { found = rings(all.view, cases, quarter_of_an_hour(), four_days, 2); }), 0.5);
    state.SetIterationTime(both / 1e3);
    state.counters["ring_1_ms"] = first;
    state.counters["both_ms"] = both;
    const std::string command = "node " FX_SOURCE_DIR "/bench/rivals.mjs " + scratch.path().string();
    std::FILE* rivals = ::popen(command.c_str(), "r");
    if (rivals == nullptr) throw std::runtime_error("cannot start node");
    std::array<char, 512> line{};
    while (std::fgets(line.data(), line.size(), rivals) != nullptr) {
      std::istringstream words{std::string(line.data())};
      std::string name;
      std::size_t ring_1 = 0;
      std::size_t ring_2 = 0;
      double first_ms = 0;
      double both_ms = 0;
      if (!(words >> name >> ring_1 >> first_ms >> ring_2 >> both_ms)) {
        fmt::print(stderr, "{}", line.data());
        continue;
      }
      if (ring_1 != found[0].size() || ring_2 != found[1].size())
        state.SkipWithError("a rival finds other rings");
      state.counters[name + "_ring_1_ms"] = first_ms;
      state.counters[name + "_both_ms"] = both_ms;
      state.counters[name + "_ratio_ring_1"] = first_ms / first;
      state.counters[name + "_ratio_both"] = both_ms / both;
    }
    ::pclose(rivals);
  }
}

}  // namespace

void register_exposure() {
  const auto add = [](const char* name, void (*work)(benchmark::State&), benchmark::TimeUnit unit) {
    benchmark::RegisterBenchmark(name, work)->Iterations(1)->UseManualTime()->Unit(unit);
  };
  add("house/exposure build", build, benchmark::kSecond);
  add("house/exposure ring 1 of 1000 cases", ring_one, benchmark::kMillisecond);
  add("house/exposure both rings of 1000 cases", both_rings, benchmark::kMillisecond);
  add("house/exposure both rings of one case", one_case, benchmark::kMillisecond);
  add("house/exposure evidence of one contact", evidence, benchmark::kMillisecond);
  if (settings().people <= 2'000'000) add("house/exposure write and read", persist, benchmark::kSecond);
  if (settings().rivals) add("house/exposure beside rivals", beside_rivals, benchmark::kMillisecond);
  add("house/exposure live", live, benchmark::kSecond);
}

}  // namespace fx::bench
