// The rulebook under the production engine: duties opened, met, stepped and barred by real commands, with the strict
// view that refuses rows an operation did not name.
#include "kernel/engine.hpp"

#include "kernel/memory_store.hpp"
#include "rulebook/testing/bench.hpp"

namespace fx::rulebook::testing {
namespace {

struct Send {
  TubeId tube;
  std::optional<EncounterId> encounter;
};
BOOST_DESCRIBE_STRUCT(Send, (), (tube, encounter))

Desk laboratory() {
  Desk desk("screening", {"检测", "Screening"});
  desk.table<Tube>().table<Encounter>().event<TubeSealed>().event<TubeReceived>().event<ResultAuthorised>();
  desk.evolves<TubeSealed, Tube>(&TubeSealed::tube, [](Tube& row, const TubeSealed& e, const Stamp&) {
    row.id = e.tube;
    row.sender = e.sender;
  });
  desk.evolves<TubeReceived, Tube>(&TubeReceived::tube,
                                   [](Tube& row, const TubeReceived& e, const Stamp& stamp) {
                                     row.id = e.tube;
                                     row.received_at = stamp.occurred_at;
                                   });
  desk.evolves<ResultAuthorised, Tube>(
      &ResultAuthorised::tube,
      [](Tube& row, const ResultAuthorised&, const Stamp& stamp) { row.authorised_at = stamp.occurred_at; });
  const auto names = [](const Send& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); };
  desk.operation<Send>("seal", {"封管", "Seal"})
      .by({Role::SYS})
      .keys(names)
      .decide([](const Send& c, const View&, const Context&) -> Result<Decision> {
        return Decision{{TubeSealed{c.tube}}};
      });
  desk.operation<Send>("receive", {"接收", "Receive"})
      .by({Role::SYS})
      .keys(names)
      .decide([](const Send& c, const View&, const Context&) -> Result<Decision> {
        return Decision{{TubeReceived{c.tube}}};
      });
  desk.operation<Send>("authorise", {"签发", "Authorise"})
      .by({Role::SYS})
      .keys(names)
      .decide([](const Send& c, const View&, const Context&) -> Result<Decision> {
        return Decision{{ResultAuthorised{c.tube}}};
      });
  desk.operation<Send>("discard", {"丢弃", "Discard"})
      .by({Role::SYS})
      .keys([](const Send& c, const Context&, KeySet& keys) { keys.own<Encounter>(*c.encounter); })
      .decide([](const Send&, const View&, const Context&) -> Result<Decision> { return Decision{}; });
  // The encounter that names its tube is there from the start.
  desk.operation<Send>("begin", {"开始", "Begin"})
      .by({Role::SYS})
      .keys([](const Send& c, const Context&, KeySet& keys) { keys.own<Encounter>(*c.encounter); })
      .decide([](const Send& c, const View&, const Context&) -> Result<Decision> {
        return Decision{{PatientSampled{*c.encounter, c.tube, {}, {}, false}}};
      });
  desk.refusal("R-TST-1", {"未出结果", "no result yet"});
  desk.event<PatientSampled>();
  desk.evolves<PatientSampled, Encounter>(&PatientSampled::encounter,
                                          [](Encounter& row, const PatientSampled& e, const Stamp&) {
                                            row.id = e.encounter;
                                            row.tube = e.tube;
                                          });
  return desk;
}

const Registry& lab_registry() {
  static const Registry registry = [] {
    Desk command("command", {"指挥", "Command"});
    command.table<Unit>().table<Holding>();
    std::vector<Desk> desks;
    desks.push_back(std::move(command));
    desks.push_back(laboratory());
    return Registry(std::move(desks), {});
  }();
  return registry;
}

struct Everywhere final : Access {
  [[nodiscard]] bool in_scope(const Actor&, const Unit&, const Reference&) const override { return true; }
};

const char* const lab_rules = R"(
[[duty]]
id = "OB-E2"
name = { zh = "送检", en = "transport" }
opens = { event = "screening.tube_sealed" }
about = "tube"
owed_by = "sender:SMP"
owed_to = "sender"
within = "@X.h"
already = { row = "tube", at = "received_at" }
met_by = { event = "screening.tube_received", same = "tube" }
ladder = "std"
source = "N1"
evidence = "S"
[[bar]]
id = "B.two_rows"
name = { zh = "先出结果", en = "result first" }
refuses = "screening.discard"
until = { fact = "encounter.tube.authorised_at", exists = true }
code = "R-TST-1"
say = { zh = "未出结果", en = "no result yet" }
source = "N1"
evidence = "S"
)";

struct EngineTest : ::testing::Test {
  EngineTest() {
    const Loaded loaded = load(std::vector<File>{base_file(), rules(lab_rules)}, lab_registry());
    FX_ASSERT(loaded.rulebook, check(loaded));
    book = loaded.rulebook;
    engine.emplace(Engine::Parts{lab_registry(), book.get(), access, store});
  }
  fx::Outcome run(std::string_view operation, std::string_view when) {
    Command command;
    command.operation = lab_registry().operation("screening." + std::string(operation));
    command.body = std::make_shared<Send>(Send{tube, encounter});
    command.id = RawId::make(1, 990121, ++key, 0);
    command.system = true;
    command.jurisdiction = 990121;
    command.occurred_at = at(when);
    std::vector<Command> commands;
    commands.push_back(std::move(command));
    return engine->run(commands, std::max(at(when), engine->head().decided_at)).front();
  }
  std::vector<Duty> duties() {
    std::vector<Duty> out;
    store.each_row(table_type<Duty>(),
                   [&](const void* row) { out.push_back(*static_cast<const Duty*>(row)); });
    return out;
  }
  std::shared_ptr<const Rulebook> book;
  Everywhere access;
  MemoryStore store;
  std::optional<Engine> engine;
  std::uint64_t key = 0;
  TubeId tube = make_id<TubeId>(1);
  EncounterId encounter = make_id<EncounterId>(1);
};

TEST_F(EngineTest, ADutyOpensClimbsAndIsMetLate) {
  ASSERT_EQ(run("seal", "2022-07-17 18:00").kind, fx::Outcome::Kind::accepted);
  ASSERT_EQ(duties().size(), 1U);
  EXPECT_EQ(duties()[0].step_at, at("2022-07-17 19:00"));
  engine->settle(at("2022-07-17 23:00"));
  EXPECT_EQ(duties()[0].state, DutyState::overdue);
  EXPECT_EQ(duties()[0].step, 3);
  EXPECT_FALSE(duties()[0].step_at);
  ASSERT_EQ(run("receive", "2022-07-17 23:10").kind, fx::Outcome::Kind::accepted);
  EXPECT_EQ(duties()[0].state, DutyState::discharged_late);
}

TEST_F(EngineTest, WhatCameBeforeMeetsItAndTheBoardBalances) {
  ASSERT_EQ(run("receive", "2022-07-17 19:10").kind, fx::Outcome::Kind::accepted);
  const fx::Outcome sealed = run("seal", "2022-07-17 18:25");
  ASSERT_EQ(sealed.kind, fx::Outcome::Kind::accepted) << sealed.defect;
  ASSERT_EQ(duties().size(), 1U);
  EXPECT_EQ(duties()[0].state, DutyState::discharged);
  EXPECT_EQ(duties()[0].met_at, at("2022-07-17 19:10"));
  EXPECT_FALSE(duties()[0].step_at);
  EXPECT_EQ(store.counters().at({990121, "duty.opened", *parse_day("2022-07-17")}), 1);
  EXPECT_EQ(store.counters().at({990121, "duty.discharged", *parse_day("2022-07-17")}), 1);
}

TEST_F(EngineTest, ABarSeesTheSecondRow) {
  ASSERT_EQ(run("begin", "2022-07-17 18:00").kind, fx::Outcome::Kind::accepted);
  ASSERT_EQ(run("seal", "2022-07-17 18:00").kind, fx::Outcome::Kind::accepted);
  const fx::Outcome no = run("discard", "2022-07-17 18:10");
  ASSERT_EQ(no.kind, fx::Outcome::Kind::refused) << no.defect;
  EXPECT_TRUE(no.refusals.has("R-TST-1"));
  ASSERT_EQ(run("authorise", "2022-07-17 19:00").kind, fx::Outcome::Kind::accepted);
  const fx::Outcome yes = run("discard", "2022-07-17 19:10");
  EXPECT_EQ(yes.kind, fx::Outcome::Kind::accepted) << yes.defect;
}

}  // namespace
}  // namespace fx::rulebook::testing
