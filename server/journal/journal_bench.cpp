// What a write and a page cost. Reference: kernel-notes §12.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include "journal/journal.hpp"
#include "journal/testing/author.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

/// A batch of `n` commands: each one event with one duty opened, one row, one answer.
void commit_batches(benchmark::State& state) {
  const ScratchDirectory directory;
  const Registry registry{desks(), {}};
  SqliteStore store(registry, {.directory = directory.path()});
  const auto size = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t n = 0;
  Author author(registry, store);
  for (auto _ : state) {
    state.PauseTiming();
    for (std::uint64_t i = 0; i < size; ++i) {
      const auto guest = id_of<PersonTag>(++n);
      author.record(
          GuestArrived{guest, id_of<UnitTag>(n % 50), 1, {std::string(300, 'x')}, {}},
          {.opened = {duty_about(guest.raw, id_of<UnitTag>(n % 50), Instant{static_cast<std::int64_t>(n)})}});
    }
    author.answer(id_of<TextTag>(n).raw, n);
    state.ResumeTiming();
    author.commit();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(n));
}
BENCHMARK(commit_batches)->Arg(1)->Arg(16)->Arg(256)->UseRealTime()->MeasureProcessCPUTime();

/// 300,000 open duties of 1,500 posts in 30 counties.
struct ManyDuties {
  ScratchDirectory directory;
  Registry registry{desks(), {}};
  SqliteStore store{registry, {.directory = directory.path(), .sync = false}};
  Readers readers{store.path(), registry, store.log(), {.limit = std::chrono::seconds(10)}};

  ManyDuties() {
    Connection fill(store.path(), Connection::Mode::create);
    fill.run(R"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
      INSERT INTO duty (no, jurisdiction, rule, frozen, about, about_kind, debtor_unit, debtor_role, creditor_unit, creditor_role,
        opened_at, counted_from, due_at, step, step_at, state, opened_by, by_claim, period)
      SELECT i * 64, 990100 + i % 30, 'OB-T1', 'OB-T1@1', randomblob(16), 'guest', CAST(printf('%016d', i * 7919 % 1500) AS BLOB),
        'NUR', zeroblob(16), 'DO', 0, 0, abs(random()) % 100000000, 0, i, 'open', 0, 0, '' FROM n)");
  }
};
ManyDuties& many() {
  static ManyDuties duties;
  return duties;
}

void first_page_of_duties(benchmark::State& state) {
  ManyDuties& all = many();
  std::string cursor;
  for (auto _ : state) {
    auto reader = all.readers.open();
    const auto page = reader.duties(
        {.places = {places_of(990000)}, .cursor = state.range(0) == 0 ? "" : cursor, .limit = 50});
    if (page.rows.size() != 50) state.SkipWithError("a page is short");
    cursor = page.next;
  }
}
BENCHMARK(first_page_of_duties)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void first_page_of_a_post(benchmark::State& state) {
  ManyDuties& all = many();
  UnitId unit;
  std::ranges::copy(fmt::format("{:016}", 7), unit.raw.bytes.begin());
  for (auto _ : state) {
    auto reader = all.readers.open();
    benchmark::DoNotOptimize(reader.duties({.posts = {{unit, Role::NUR}}, .limit = 50}));
  }
}
BENCHMARK(first_page_of_a_post)->Unit(benchmark::kMillisecond);

void load_a_row_that_is_known(benchmark::State& state) {
  const ScratchDirectory directory;
  const Registry registry{desks(), {}};
  SqliteStore store(registry, {.directory = directory.path(), .sync = false});
  Author author(registry, store);
  for (std::uint64_t n = 0; n < 1000; ++n)
    author.record(GuestArrived{id_of<PersonTag>(n), id_of<UnitTag>(1), 1, {}, {}});
  author.commit();
  std::uint64_t n = 0;
  for (auto _ : state) {
    const RowKey key{&table_type<Guest>(), id_of<PersonTag>(n++ % 1000).raw};
    store.load(std::span(&key, 1), [](const RowKey&, const RowPtr& row) { benchmark::DoNotOptimize(row); });
  }
}
BENCHMARK(load_a_row_that_is_known);

}  // namespace
}  // namespace fx::journal
