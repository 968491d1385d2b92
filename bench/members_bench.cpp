// Bars: the member list of any positive tube within 50 ms, a person's results within 20 ms, with 100 million linked members
// in the store. The tables are filled directly (settled question 31), once for all questions; `--members=` says how many,
// and two sizes side by side say how it grows.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <random>

#include "base/code.hpp"
#include "bench/county.hpp"
#include "bench/load.hpp"
#include "bench/mass_day.hpp"
#include "bench/measure.hpp"
#include "bench/realm.hpp"
#include "bench/settings.hpp"
#include "bin/desks.hpp"
#include "desks/screening/facts.hpp"
#include "desks/screening/rounds/facts.hpp"
#include "journal/sqlite/facts.hpp"
#include "kernel/view.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

using namespace screening;

constexpr int in_a_tube = 10;
constexpr int tubes_to_a_positive = 1913;  // SC-03: 14 of 26,785
constexpr int tubes_in_a_round = 26'790;
constexpr std::size_t asked = 200;  ///< tubes and people of each question, all different

/// Writes rows of one table past the engine, its indexes made afterwards.
template <class T>
class Fill {
 public:
  Fill(journal::Connection& db, const journal::FactTables& tables)
      : db_(db), table_(tables.of(table_type<T>())), insert_(db, table_.insert()) {
    for (const auto& [name, sql] : table_.indexes) db_.run("DROP INDEX \"" + name + "\"");
  }
  void add(const T& row) {
    insert_.reset();
    table_.type->put(insert_, &row);
    insert_.bind(std::int64_t{table_.type->key(&row).home()});
    insert_.run();
  }
  void finish() {
    for (const auto& [name, sql] : table_.indexes) db_.run(sql);
  }

 private:
  journal::Connection& db_;
  const journal::FactTable& table_;
  journal::Statement insert_;
};

/// A county whose rounds left so many members, and what is asked of them.
struct Store {
  simulation::Scratch scratch;
  std::filesystem::path data = scratch.path() / "realm";
  std::filesystem::path log = scratch.path() / "log";
  County county = make_county(data, {.centres = 12, .labs = 3, .centre_of_sampler = {0}});
  std::vector<std::string> positive_tubes, positive_codes, persons, boxes, rounds;
  double fill_s = 0;
  double index_s = 0;
  std::unique_ptr<simulation::Served> server;
  simulation::SignedIn cdc;

  Store() {
    fill(settings().members / in_a_tube);
    server = std::make_unique<simulation::Served>(data, log);
    cdc = simulation::sign_in(server->port(), "cdc", std::string(password));
  }

  static RawId id(std::int64_t kind, std::int64_t n) {
    return RawId::make(1'650'000'000'000 + n, county_code,
                       static_cast<std::uint64_t>(n * 8 + kind + 1) * 0x9E3779B97F4A7C15ULL,
                       static_cast<std::uint16_t>(kind));
  }
  /// One person comes to every round: tube and place in it are those of the round before, moved on.
  static std::int64_t person_of(std::int64_t tube, int place) {
    return tube % tubes_in_a_round * in_a_tube + place;
  }

  [[nodiscard]] Tube tube(std::int64_t n) const {
    const auto at = [&](int minutes) { return Instant{1'650'000'000'000 + n * 100 + minutes * 60'000}; };
    Tube row;
    row.id = {id(1, n)};
    row.code = write_code({'T', (std::uint64_t{1} << 36) + static_cast<std::uint64_t>(n)});
    row.state = TubeState::authorised;
    row.size = in_a_tube;
    row.class_ = SpecimenClass::mass_round;
    row.pathogen = "covid19-cn";
    row.sender = county.centres[static_cast<std::size_t>(n) % county.centres.size()];
    row.lab = county.labs[static_cast<std::size_t>(n) % county.labs.size()];
    row.round = RoundId{id(2, n / tubes_in_a_round)};
    row.box = BoxId{id(3, n / 40)};
    row.result = n % tubes_to_a_positive == 7 ? TestResult::positive : TestResult::negative;
    row.provisional = row.result;
    row.printed_at = at(0), row.opened_at = at(1), row.sealed_at = at(30), row.boxed_at = at(60);
    row.received_at = at(90), row.tested_at = at(100), row.authorised_at = at(300);
    row.sampler = AccountId{id(4, 0)}, row.run_by = AccountId{id(4, 1)}, row.tester = AccountId{id(4, 1)};
    row.authoriser = AccountId{id(4, 2)};
    row.plate = fmt::format("P-{}", n / 94);
    row.well = "A1";
    row.reagent_lot = "L-1";
    row.control_valid = true;
    row.tally = id(5, n % 750);
    for (int i = 0; i < in_a_tube; ++i)
      row.members.push_back(
          {.person = {id(0, person_of(n, i))},
           .encounter = {},
           .state = row.result == TestResult::positive ? MemberState::hold : MemberState::neg,
           .linked_at = at(1 + i),
           .resampled_in = {}});
    return row;
  }

  /// Rows go in by the order of their keys, so that a table grows at its end; without a journal, for nobody reads yet.
  void fill(std::int64_t tubes) {
    const double began = wall_seconds();
    journal::Connection db((data / "ledger.db").string(), journal::Connection::Mode::create);
    db.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576");
    const auto registry = bin::make_registry();
    const journal::FactTables tables(*registry);
    Fill<Tube> tube_rows(db, tables);
    Fill<Sample> samples(db, tables);
    Fill<RoundPerson> people(db, tables);
    Fill<Claim> codes(db, tables);
    db.run("BEGIN");
    std::vector<Claim> claims;
    for (std::int64_t n = 0; n < tubes; ++n) {
      const Tube row = tube(n);
      tube_rows.add(row);
      claims.push_back({code_claim(row.code), "tube_code", row.id.raw});
      for (const screening::Member& member : row.members)
        samples.add(
            {sample_id(row.id, member.person), member.person, row.id, row.round, member.linked_at, false});
      note(row);
    }
    fill_rounds(tubes, people);
    std::ranges::sort(claims, {}, &Claim::id);
    for (const Claim& each : claims) codes.add(each);
    db.run("COMMIT");
    fill_s = wall_seconds() - began;
    tube_rows.finish(), samples.finish(), people.finish(), codes.finish();
    db.run("PRAGMA journal_mode = WAL");
    index_s = wall_seconds() - began - fill_s;
    std::mt19937 random(7);
    std::ranges::shuffle(persons, random);
    std::ranges::shuffle(boxes, random);
  }
  /// The rows of one person lie together, those of people in the order of their ids.
  static void fill_rounds(std::int64_t tubes, Fill<RoundPerson>& people) {
    std::vector<RoundPerson> of_one;
    for (std::int64_t first = 0; first < std::min<std::int64_t>(tubes, tubes_in_a_round); ++first)
      for (int place = 0; place < in_a_tube; ++place) {
        of_one.clear();
        for (std::int64_t n = first; n < tubes; n += tubes_in_a_round) of_one.push_back(in_round(n, place));
        std::ranges::sort(of_one, {}, &RoundPerson::id);
        for (const RoundPerson& each : of_one) people.add(each);
      }
  }
  static RoundPerson in_round(std::int64_t tube, int place) {
    RoundPerson person;
    person.round = RoundId{id(2, tube / tubes_in_a_round)};
    person.person = PersonId{id(0, person_of(tube, place))};
    person.id = round_person_id(person.round, person.person);
    person.township = county_code * 1000 + 100;
    person.building = "1栋";
    person.state = RosterState::sampled;
    person.tube = TubeId{id(1, tube)};
    person.changed_at = Instant{1'650'000'000'000 + tube * 100 + (1 + place) * 60'000};
    return person;
  }
  /// Keeps what will be asked: spread over the whole store.
  void note(const Tube& row) {
    const auto sometimes = static_cast<std::int64_t>(settings().members / in_a_tube / asked) + 1;
    if (*row.result == TestResult::positive) {
      positive_tubes.push_back(row.id.raw.text());
      positive_codes.push_back(row.code);
    }
    if (count_++ % sometimes != 0) return;
    persons.push_back(row.members[static_cast<std::size_t>(count_ % in_a_tube)].person.raw.text());
    boxes.push_back(row.box->raw.text());
    rounds.push_back(row.round->raw.text());
  }

  [[nodiscard]] double gigabytes() const {
    return static_cast<double>(std::filesystem::file_size(data / "ledger.db")) / 1e9;
  }
  /// Sends the file's pages out of memory, as after a reboot.
  void cool() const {
    const int fd = ::open((data / "ledger.db").c_str(), O_RDONLY | O_CLOEXEC);
    ::fsync(fd);
    ::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    ::close(fd);
  }

 private:
  std::int64_t count_ = 0;
};

/// The last benchmark lets it go.
std::unique_ptr<Store>& store() {
  static auto made = std::make_unique<Store>();
  return made;
}

struct Question {
  const char* name;
  double bar_ms;
  const char* target;  ///< with the id or code in place of {}
  const std::vector<std::string> Store::* of;
};

constexpr Question questions[] = {
    {"member list of a positive tube", 50, "/v1/screening/tubes/{}", &Store::positive_tubes},
    {"member list by printed code", 50, "/v1/screening/tubes?code={}&limit=1", &Store::positive_codes},
    {"tubes of a box", 50, "/v1/screening/tubes?box={}&limit=500", &Store::boxes},
    {"missed people of a round", 50, "/v1/screening/round_people?round={}&state=rostered", &Store::rounds},
    {"a person's samples", 20, "/v1/screening/samples?person={}", &Store::persons},
    {"a person's rounds", 20, "/v1/screening/round_people?person={}", &Store::persons},
    {"a person's page", 20, "/v1/people/{}", &Store::persons},
};

/// One connection, one after the other: the time of an answer, not of a queue. Each thing is asked once.
void ask(benchmark::State& state, const Question& question) {
  const Store& all = *store();
  std::vector<std::string> requests;
  for (const std::string& each : all.*question.of) {
    if (requests.size() == std::min(asked, static_cast<std::size_t>(settings().reads) * 2)) break;
    requests.push_back(get_request(fmt::format(fmt::runtime(question.target), each), all.cdc.cookie));
  }
  for (auto _ : state) {
    all.cool();
    const pid_t process = all.server->child().pid();
    const double cpu = process_cpu_seconds(process);
    const Load cold = send_all(all.server->port(), 1, requests, 120);
    const double used = process_cpu_seconds(process) - cpu;
    const Load warm = send_all(all.server->port(), 1, requests, 120);
    if (cold.other + warm.other > 0) {
      const std::string& why = cold.other > 0 ? cold.first_other : warm.first_other;
      state.SkipWithError(fmt::format("{} of {} not 200: {}", cold.other + warm.other, requests.size() * 2,
                                      why.substr(0, 200))
                              .c_str());
    }
    state.SetIterationTime(warm.wall / std::max<double>(1, static_cast<double>(warm.seconds.size())));
    state.counters["p50_ms"] = at_share(warm.seconds, 0.50) * 1e3;
    state.counters["p99_ms"] = at_share(warm.seconds, 0.99) * 1e3;
    state.counters["cold_p50_ms"] = at_share(cold.seconds, 0.50) * 1e3;
    state.counters["cold_p99_ms"] = at_share(cold.seconds, 0.99) * 1e3;
    state.counters["cpu_ms"] = used * 1e3 / static_cast<double>(requests.size());
    state.counters["bar_ms"] = question.bar_ms;
    state.counters["members"] = settings().members;
    state.counters["ledger_gb"] = all.gigabytes();
    state.counters["fill_s"] = all.fill_s;
    state.counters["index_s"] = all.index_s;
  }
}

void remove_store(benchmark::State& state) {
  for (auto _ : state) store().reset();
}

}  // namespace

void register_members() {
  for (const Question& question : questions)
    benchmark::RegisterBenchmark(fmt::format("house/many members, {}", question.name).c_str(),
                                 [&question](benchmark::State& state) { ask(state, question); })
        ->Iterations(1)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("house/many members, remove the store", remove_store)
      ->Iterations(1)
      ->Unit(benchmark::kMillisecond);
}

}  // namespace fx::bench
