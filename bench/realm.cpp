#include "bench/realm.hpp"

#include <fmt/format.h>

#include "base/code.hpp"
#include "bench/load.hpp"
#include "bench/measure.hpp"
#include "bin/program.hpp"
#include "desks/screening/commands.hpp"
#include "journal/sqlite/connection.hpp"
#include "tests/simulation/served.hpp"

namespace fx::bench {
namespace {

constexpr std::int32_t county = 990121;

/// Plays the people of the demonstration against an engine, many commands to a transaction.
class Hands {
 public:
  explicit Hands(bin::Program& program)
      : program_(program), now_(program.engine.head().decided_at + std::chrono::seconds(1)) {
    program.store.each_row(table_type<Holding>(), [&](const void* row) {
      const auto& holding = *static_cast<const Holding*>(row);
      const Unit* unit = program.engine.reference()->unit(holding.unit);
      if (unit != nullptr && unit->jurisdiction == county && !posts_.contains(holding.role))
        posts_.emplace(holding.role, holding);
    });
  }
  [[nodiscard]] UnitId unit_of(Role role) const { return posts_.at(role).unit; }
  RawId id() {
    ++made_;
    return RawId::make(now_.ms, county, made_ * 0x9E3779B97F4A7C15ULL, static_cast<std::uint16_t>(made_));
  }

  template <class C>
  void ask(Role role, std::string_view operation, C body) {
    Command command;
    command.operation = program_.registry->operation(operation);
    command.body = std::make_shared<C>(std::move(body));
    command.id = id();
    command.account = posts_.at(role).account;
    command.unit = posts_.at(role).unit;
    waiting_.push_back(std::move(command));
    if (waiting_.size() >= 500) flush();
  }
  void flush() {
    const auto outcomes = program_.engine.run(waiting_, now_);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].kind == Outcome::Kind::accepted) continue;
      std::string why = waiting_[i].operation->full_name() + ": " + outcomes[i].defect;
      for (const Refusal& refusal : outcomes[i].refusals.list()) why += " " + refusal.code;
      throw std::runtime_error("filling the realm: " + why);
    }
    asked_ += waiting_.size();
    waiting_.clear();
    program_.engine.settle(now_);
    (void)program_.engine.take_committed();
    now_ = now_ + std::chrono::seconds(1);
  }
  [[nodiscard]] std::size_t asked() const { return asked_; }

 private:
  bin::Program& program_;
  Instant now_;
  std::map<Role, Holding> posts_;
  std::vector<Command> waiting_;
  std::uint64_t made_ = 0;
  std::size_t asked_ = 0;
};

void print(Hands& hands, const std::vector<RawId>& tubes) {
  screening::PrintTubes print{.sender = hands.unit_of(Role::SMP),
                              .tubes = {},
                              .size = 1,
                              .class_ = screening::SpecimenClass::voluntary,
                              .pathogen = "covid19-cn"};
  std::uint64_t code = std::uint64_t{1} << 34;
  for (std::size_t i = 0; i < tubes.size(); ++i) {
    print.tubes.push_back({{tubes[i]}, write_code({'T', code++})});
    if (print.tubes.size() < 100 && i + 1 < tubes.size()) continue;
    hands.ask(Role::SMP, "screening.print_tubes", print);
    hands.flush();
    print.tubes.clear();
  }
}

}  // namespace

void make_realm(const std::filesystem::path& data, const std::filesystem::path& log,
                const std::vector<std::string>& options) {
  std::vector<std::string> words = {"demo", "create", "--data", data.string()};
  words.insert(words.end(), options.begin(), options.end());
  simulation::run_program(words, log);
}

Tubes record_results(const std::filesystem::path& data, int count) {
  bin::Program program({.directory = data, .rulebook = {}, .broken = {}});
  Hands hands(program);
  Tubes tubes;
  for (int i = 0; i < count; ++i) tubes.ids.push_back(hands.id());
  print(hands, tubes.ids);
  const double began = wall_seconds();
  const auto before = hands.asked();
  for (const RawId& id : tubes.ids)
    hands.ask(Role::SMP, "screening.link_person", screening::LinkPerson{{id}, {hands.id()}, {}, {}, {}});
  hands.flush();
  for (const RawId& id : tubes.ids)
    hands.ask(Role::SMP, "screening.seal_tube", screening::SealTube{{id}, hands.unit_of(Role::LAB)});
  hands.flush();
  for (const RawId& id : tubes.ids)
    hands.ask(Role::LAB, "screening.receive_tube", screening::ReceiveTube{{id}, {}});
  hands.flush();
  for (const RawId& id : tubes.ids)
    hands.ask(Role::LAB, "screening.start_test", screening::StartTest{{id}, {}, {}, "L-1", {}});
  hands.flush();
  for (const RawId& id : tubes.ids)
    hands.ask(Role::LAB, "screening.record_result",
              screening::RecordResult{{id}, screening::TestResult::negative, {}, true});
  hands.flush();
  tubes.fill_us =
      (wall_seconds() - began) * 1e6 / static_cast<double>(std::max<std::size_t>(1, hands.asked() - before));
  return tubes;
}

RawId request_key(std::size_t n) {
  return RawId::make(1'700'000'000'000, 990121, (n + 1) * 0x9E3779B97F4A7C15ULL,
                     static_cast<std::uint16_t>(n));
}

std::string authorise_request(const RawId& tube, std::size_t n, const std::string& cookie) {
  return post_request("/v1/screening/authorise_result",
                      fmt::format(R"({{"tube":"{}","result":"negative"}})", tube.text()), cookie,
                      request_key(n).text());
}

void fill_ledger(const std::filesystem::path& data, int events, int duties) {
  journal::Connection db((data / "ledger.db").string(), journal::Connection::Mode::create);
  db.run("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144");
  const std::int64_t batch = db.number("SELECT batch FROM head");
  const std::int64_t first = db.number("SELECT next_n FROM head");
  const std::string numbers =
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {0} - 1) ";
  db.run("BEGIN");
  // As a tube's result: type, body and effects as long as those of the demonstration.
  db.run(fmt::format(
      fmt::runtime(numbers +
                   R"(INSERT INTO event SELECT ({1} + i << 6) + (1 << 54), {2} + 1 + i / 500, 990100 + i % 30,
      'screening.result_authorised', randomblob(16), 1658000000000 + i, 1658000000000 + i, randomblob(16), zeroblob(16), zeroblob(16),
      'screening.authorise_result', '', 0, NULL, 0, 1, printf('%.500c', 'x'), printf('%.100c', 'y'), zeroblob(8) FROM n)"),
      events, first, batch));
  const int batches = (events + 499) / 500;
  db.run(fmt::format(
      fmt::runtime(numbers + R"(INSERT INTO batch SELECT {1} + 1 + i, h.epoch, h.slot, h.incarnation,
      ({2} + i * 500 << 6) + (1 << 54), ({2} + min(i * 500 + 499, {3} - 1) << 6) + (1 << 54), min(500, {3} - i * 500), h.decided_at, {1} + 1 + i,
      h.rhythm_cursor, h.reference_generation, h.schema_generation, h.audit, h.audit_link, zeroblob(32), 0, zeroblob(32), randomblob(32) FROM n, head h)"),
      batches, batch, first, events));
  db.run(fmt::format(R"(UPDATE head SET batch = {0}, next_n = next_n + {1}, handoff_cursor = {0},
      link = (SELECT link FROM batch WHERE batch = {0}))",
                     batch + batches, events));
  // Units that owe, and what they owe: due over the next days, far from a ladder's next step.
  constexpr std::string_view unit = "CAST(printf('%016d', {}) AS BLOB)";
  db.run(fmt::format(
      fmt::runtime(numbers +
                   R"(INSERT INTO unit (home, id, code, name_zh, name_en, kind, level, jurisdiction, active)
      SELECT 990100 + i % 30, {1}, 'B' || i, '单位' || i, 'Unit ' || i, 'fever_clinic', 'county', 990100 + i % 30, 1 FROM n)"),
      1500, fmt::format(fmt::runtime(unit), "i")));
  db.run(fmt::format(
      fmt::runtime(
          numbers +
          R"(INSERT INTO duty (no, jurisdiction, rule, frozen, about, about_kind, debtor_unit, debtor_role,
      creditor_unit, creditor_role, opened_at, counted_from, due_at, step, step_at, state, opened_by, by_claim, period)
      SELECT ({1} + i << 6) + (1 << 54) + 1, 990100 + i % 30, 'OB-E3', (SELECT key FROM frozen WHERE key LIKE 'OB-E3@%' LIMIT 1),
      randomblob(16), 'tube', {2}, 'LAA', zeroblob(16), 'DO', h.decided_at, h.decided_at, h.decided_at + abs(random()) % 864000000, 0,
      h.decided_at + 864000000 + i, 'open', ({1} + i << 6) + (1 << 54), 0, '' FROM n, head h)"),
      duties, first, fmt::format(fmt::runtime(unit), "i * 7919 % 1500")));
  db.run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace fx::bench
