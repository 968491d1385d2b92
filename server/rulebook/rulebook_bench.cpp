// rulebook.md §8: 1,000 rules in force, 100 of them matching an event type: ≤ 5 µs an event for the engine; ladder steps
// ≥ 100 thousand a second; 5,000 entries load in ≤ 200 ms.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "kernel/context.hpp"
#include "kernel/registry.hpp"
#include "rulebook/rulebook.hpp"

namespace fx::rulebook {
namespace {

enum class Colour { red, green, blue };
BOOST_DESCRIBE_ENUM(Colour, red, green, blue)

struct Painted {
  static constexpr std::string_view name = "bench.painted";
  TubeId tube;
  UnitId unit;
  Colour colour = Colour::red;
  std::string label;
  std::int32_t size = 1;
  bool wet = false;
};
BOOST_DESCRIBE_STRUCT(Painted, (), (tube, unit, colour, label, size, wet))
struct Dried {
  static constexpr std::string_view name = "bench.dried";
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(Dried, (), (tube))
struct Other {
  static constexpr std::string_view name = "bench.other";
  TubeId tube;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(Other, (), (tube, unit))

const Registry& registry() {
  static const Registry made = [] {
    Desk desk("bench", {"台", "Bench"});
    desk.event<Painted>().event<Dried>().event<Other>();
    std::vector<Desk> desks;
    desks.push_back(std::move(desk));
    return Registry(std::move(desks), {});
  }();
  return made;
}

std::string values(int count) {
  std::string out =
      "pathogen = \"p\"\n[[profile]]\npathogen = \"p\"\nid = \"a\"\nname = { zh = \"甲\", en = \"a\" }\nfrom "
      "= 2020-01-01\n[[source]]\nid = \"s\"\ntitle = { zh = \"书\", en = \"book\" }\ndate = "
      "\"2020-01-01\"\nkind = "
      "\"plan\"\n";
  for (int i = 0; i < count; ++i)
    out += fmt::format(
        "[[value]]\nid = \"V.{}\"\nunit = \"hour\"\nmeaning = {{ zh = \"值\", en = \"value\" }}\nstricter = "
        "\"less\"\n"
        "a = {{ value = {}, source = \"s\", evidence = \"P\" }}\n",
        i, i % 40 + 1);
  return out;
}

/// `matching` rules open on bench.painted, but only `opening` of them for a red one of size 1.
std::string duties(int count, int matching, int opening) {
  std::string out;
  for (int i = 0; i < count; ++i)
    out += fmt::format(
        "[[duty]]\nid = \"D{}\"\nname = {{ zh = \"事\", en = \"it\" }}\nopens = {{ event = \"bench.{}\"{} "
        "}}\nabout = \"tube\"\n"
        "owed_by = \"unit:LAB\"\nowed_to = \"unit.county.cdc\"\nwithin = \"@V.{}\"\n"
        "met_by = {{ event = \"bench.dried\", same = \"tube\" }}\nsource = \"s\"\nevidence = \"P\"\n",
        i, i < matching ? "painted" : "other",
        i >= matching ? ""
        : i < opening ? ", where = { colour = \"red\", size = { at_most = 1 } }"
        : i % 2 == 0  ? ", where = { colour = [\"green\", \"blue\"], wet = false }"
                      : ", where = { colour = \"red\", size = { above = 1 } }",
        i % 50);
  return out;
}

class NoRows final : public View {
 public:
  [[nodiscard]] const void* find_row(const RowKey&) const override { return nullptr; }
  [[nodiscard]] std::vector<const Duty*> open_duties(const RawId&) const override { return {}; }
};

struct Setting {
  explicit Setting(int opening) {
    const std::vector<File> files{{"values.toml", values(100)}, {"duties.toml", duties(1000, 100, opening)}};
    const Loaded loaded = load(files, registry());
    FX_ASSERT(loaded.rulebook != nullptr, check(loaded));
    book = loaded.rulebook;
    Unit lab{
        {RawId::make(1, 990121, 1, 0)}, "L", "", "", UnitKind::laboratory, Level::county, 990121, {}, true};
    unit = lab.id;
    reference.add(std::move(lab));
    reference.add(
        Unit{{RawId::make(1, 990121, 2, 0)}, "C", "", "", UnitKind::cdc, Level::county, 990121, {}, true});
    reference.add(Holding{{RawId::make(1, 990121, 3, 0)}, {}, unit, Role::LAB, Instant{0}, {}});
  }
  std::shared_ptr<const Rulebook> book;
  Reference reference;
  UnitId unit;
  Instant now = *parse_instant("2022-07-17 22:40");
};

void on_event(benchmark::State& state) {
  const Setting setting(static_cast<int>(state.range(0)));
  const Event event(Painted{{RawId::make(1, 990121, 9, 0)}, setting.unit, Colour::red, "label", 1, false});
  const Happened happened{event, 64, setting.now, setting.now, 990121};
  const Context context{setting.now, setting.now, {}, {}, setting.reference, *setting.book};
  const NoRows view;
  for (auto _ : state) {
    Consequences out = setting.book->on(happened, view, {}, context);
    FX_ASSERT(static_cast<std::int64_t>(out.effects.opened.size()) == state.range(0), "opened");
    benchmark::DoNotOptimize(out);
  }
}
BENCHMARK(on_event)->Name("rulebook/on_event, 100 of 1000 rules match, opening")->Arg(0)->Arg(1)->Arg(3);

void ladder_step(benchmark::State& state) {
  const Setting setting(1);
  const Event event(Painted{{RawId::make(1, 990121, 9, 0)}, setting.unit, Colour::red, "label", 1, false});
  const Happened happened{event, 64, setting.now, setting.now, 990121};
  const Context context{setting.now, setting.now, {}, {}, setting.reference, *setting.book};
  const Consequences opened = setting.book->on(happened, NoRows(), {}, context);
  for (auto _ : state)
    benchmark::DoNotOptimize(setting.book->step(opened.effects.opened.front(), opened.frozen.front().json,
                                                setting.now, setting.reference));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ladder_step)->Name("rulebook/ladder_step");

void load_entries(benchmark::State& state) {
  const std::vector<File> files{{"values.toml", values(4000)}, {"duties.toml", duties(1000, 100, 1)}};
  for (auto _ : state) benchmark::DoNotOptimize(load(files, registry()));
}
BENCHMARK(load_entries)->Name("rulebook/load, 5000 entries")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fx::rulebook
