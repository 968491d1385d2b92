// What the engine costs on PostgreSQL, beside bare group commit of the same number of rows on the same connection kind:
// one event, one row, one duty, one answer a command; the house of the tests, so that no rule weighs in.
#include <benchmark/benchmark.h>
#include <time.h>

#include "journal/testing/engines.hpp"
#include "journal/testing/house_rules.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

double cpu_seconds() {
  timespec at{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

double backend_seconds(pid_t process) {
  clockid_t clock = 0;
  timespec at{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &at) != 0) return 0;
  return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

std::vector<Desk> house_only() {
  std::vector<Desk> out;
  out.push_back(working_house());
  return out;
}

void admit(benchmark::State& state) {
  const auto batch = static_cast<std::size_t>(state.range(0));
  const Registry registry{house_only(), {}};
  PgLedger ledger;
  const auto opened = ledger.open(registry);
  auto& store = static_cast<PgStore&>(*opened);
  const auto backend = static_cast<pid_t>(store.link().ask("SELECT pg_backend_pid()").take_number());
  HouseRules rules;
  Everywhere access;
  Engine engine{{registry, &rules, access, store}};
  std::uint64_t n = 0;
  const auto next = [&] {
    std::vector<Command> commands;
    for (std::size_t i = 0; i < batch; ++i, ++n) {
      Command command;
      command.operation = registry.operation("house.admit_guest");
      command.body = std::make_shared<AdmitGuest>(AdmitGuest{id_of<PersonTag>(n), id_of<UnitTag>(1)});
      command.id = id_of<TextTag>(n).raw;
      command.system = true;
      command.jurisdiction = county;
      commands.push_back(std::move(command));
    }
    return commands;
  };
  auto warm = next();
  engine.run(warm, Instant{1'658'064'600'000});
  const double cpu = cpu_seconds();
  const double database = backend_seconds(backend);
  const std::uint64_t trips = store.link().round_trips();
  for (auto _ : state) {
    auto commands = next();
    benchmark::DoNotOptimize(engine.run(commands, Instant{1'658'064'600'000}));
  }
  const auto done = static_cast<double>(state.iterations()) * static_cast<double>(batch);
  state.counters["per_s"] = benchmark::Counter(done, benchmark::Counter::kIsRate);
  state.counters["cpu_us"] = (cpu_seconds() - cpu) * 1e6 / done;
  state.counters["database_us"] = (backend_seconds(backend) - database) * 1e6 / done;
  state.counters["round_trips_a_batch"] =
      static_cast<double>(store.link().round_trips() - trips) / static_cast<double>(state.iterations());
}
BENCHMARK(admit)
    ->Name("journal/postgres admit, batch")
    ->Arg(1)
    ->Arg(16)
    ->Arg(128)
    ->Iterations(60)
    ->UseRealTime();

/// The same rows by bare unnest group commit: one pipeline, no locks, no loads, no chain.
void raw(benchmark::State& state) {
  const auto batch = static_cast<std::size_t>(state.range(0));
  const Registry registry{house_only(), {}};
  PgLedger ledger;
  ledger.database().prepare(registry);
  pg::Link link({.url = ledger.database().app()});
  pg::see_all(link);
  link.run("SET plan_cache_mode = force_generic_plan; SET jit = off");
  const auto backend = static_cast<pid_t>(link.ask("SELECT pg_backend_pid()").take_number());
  const FactTables facts(registry);
  const pg::Table guests = pg::table_of(facts.of(table_type<Guest>()));
  const pg::Table duties = pg::table_of(facts.of(table_type<Duty>()));
  const pg::Table& events = pg::journal_tables()[1];
  const pg::Table& answers = pg::journal_tables()[2];
  std::uint64_t n = 0;
  const double cpu = cpu_seconds();
  const double database = backend_seconds(backend);
  for (auto _ : state) {
    pg::Columns guest(guests), duty(duties), event(events), answer(answers);
    for (std::size_t i = 0; i < batch; ++i, ++n) {
      const RawId id = id_of<PersonTag>(n).raw;
      const auto no = static_cast<No>(n << 6);
      table_type<Guest>().put(guest,
                              std::make_shared<Guest>(Guest{.id = {id}, .unit = id_of<UnitTag>(1)}).get());
      guest.put(std::int64_t{id.home()});
      Duty owed = duty_about(id, id_of<UnitTag>(1), Instant{1'658'064'600'000});
      owed.no = no + 1;
      table_type<Duty>().put(duty, &owed);
      event.put(no).put(std::int64_t{1}).put(std::int64_t{county}).text("house.guest_arrived");
      event.put(id)
          .put(Instant{1})
          .put(Instant{1})
          .put(id)
          .put(RawId{})
          .put(RawId{})
          .text("house.admit_guest");
      event.text("");
      event.put(std::int64_t{0}).null();
      event.put(std::int64_t{0}).put(std::int64_t{0}).text(std::string(150, 'b'));
      event.text(std::string(500, 'e'));
      event.put_bytes("12345678");
      answer.put(std::int64_t{id.home()})
          .put(id)
          .put(RawId{})
          .put(std::int64_t{7})
          .put(std::int64_t{1})
          .put(no);
      answer.put(std::int64_t{1}).text("");
      answer.put(Instant{1});
    }
    link.send("BEGIN");
    link.send(guests.insert(), guest.take());
    link.send(duties.insert(), duty.take());
    link.send(events.insert(), event.take());
    link.send(answers.insert(), answer.take());
    link.send("COMMIT");
    link.sync();
  }
  const auto done = static_cast<double>(state.iterations()) * static_cast<double>(batch);
  state.counters["per_s"] = benchmark::Counter(done, benchmark::Counter::kIsRate);
  state.counters["cpu_us"] = (cpu_seconds() - cpu) * 1e6 / done;
  state.counters["database_us"] = (backend_seconds(backend) - database) * 1e6 / done;
}
BENCHMARK(raw)
    ->Name("journal/postgres raw rows, batch")
    ->Arg(1)
    ->Arg(16)
    ->Arg(128)
    ->Iterations(60)
    ->UseRealTime();

}  // namespace
}  // namespace fx::journal
