// What the real rulebook costs: loading all of it, and asking it about one event.
#include <benchmark/benchmark.h>

#include "bench/settings.hpp"
#include "bin/desks.hpp"
#include "bin/rules.hpp"
#include "desks/screening/events.hpp"

namespace fx::bench {
namespace {

constexpr std::int32_t county = 990121;

class NoRows final : public View {
 public:
  [[nodiscard]] const void* find_row(const RowKey&) const override { return nullptr; }
  [[nodiscard]] std::vector<const Duty*> open_duties(const RawId&) const override { return {}; }
};

struct Desk {
  std::unique_ptr<Registry> registry = bin::make_registry();
  std::shared_ptr<const rulebook::Rulebook> book = bin::load_rulebook(*registry, bin::rulebook_files());
  Reference reference;
  Instant now = *parse_instant("2022-07-17 22:40");

  Desk() {
    unit(1, UnitKind::laboratory, Role::LAA);
    unit(2, UnitKind::cdc, Role::CDC);
    unit(3, UnitKind::command_post, Role::DL);
    unit(4, UnitKind::hospital, Role::FRP);
    unit(5, UnitKind::fever_clinic, Role::DOC);
  }
  void unit(std::uint64_t n, UnitKind kind, Role role) {
    const UnitId id{RawId::make(1, county, n, 0)};
    reference.add(Unit{id, "U" + std::to_string(n), "", "", kind, Level::county, county, {}, true});
    reference.add(Holding{{RawId::make(1, county, 100 + n, 0)},
                          {RawId::make(1, county, 200 + n, 0)},
                          id,
                          role,
                          Instant{0},
                          {}});
  }
  [[nodiscard]] screening::ResultAuthorised result(screening::TestResult result) const {
    const auto id = [](std::uint64_t n) { return RawId::make(1, county, n, 0); };
    screening::ResultAuthorised out;
    out.tube = {id(50)};
    out.result = result;
    out.person = PersonId{id(51)};
    out.persons = {{id(51)}};
    out.sender = {id(5)};
    out.lab = {id(1)};
    out.pathogen = "covid19-cn";
    out.sealed_at = out.sampled_at = now - std::chrono::hours(4);
    out.collection_unit = {id(5)};
    return out;
  }
};
const Desk& desk() {
  static const Desk made;
  return made;
}

void ask(benchmark::State& state, const Event& event) {
  const Happened happened{event, 64, desk().now, desk().now, county};
  const Context context{desk().now, desk().now, {}, {}, desk().reference, *desk().book};
  const NoRows view;
  std::size_t opened = 0;
  for (auto _ : state) {
    const Consequences out = desk().book->on(happened, view, {}, context);
    opened = out.effects.opened.size();
    benchmark::DoNotOptimize(opened);
  }
  state.counters["opens"] = static_cast<double>(opened);
}

void load(benchmark::State& state) {
  const auto files = bin::rulebook_files();
  for (auto _ : state) benchmark::DoNotOptimize(rulebook::load(files, *desk().registry));
  state.counters["files"] = static_cast<double>(files.size());
}

}  // namespace

void register_rules() {
  benchmark::RegisterBenchmark("house/rulebook on a negative result", [](benchmark::State& state) {
    ask(state, Event(desk().result(screening::TestResult::negative)));
  })->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("house/rulebook on a positive result", [](benchmark::State& state) {
    ask(state, Event(desk().result(screening::TestResult::positive)));
  })->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("house/rulebook load", load)->Unit(benchmark::kMillisecond);
}

}  // namespace fx::bench
