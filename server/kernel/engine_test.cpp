// Without these, a repeated message could double a patient, or a refused one leave a trace.
#include "kernel/engine.hpp"

#include <gtest/gtest.h>

#include "kernel/memory_store.hpp"

namespace fx {
namespace {

struct Lamp {
  static constexpr std::string_view table = "lamp";
  RoomId id;
  bool lit = false;
  int times = 0;
};
BOOST_DESCRIBE_STRUCT(Lamp, (), (id, lit, times))
struct LampLit {
  static constexpr std::string_view name = "lamps.lamp_lit";
  RoomId lamp;
};
BOOST_DESCRIBE_STRUCT(LampLit, (), (lamp))
struct LampSeen {
  static constexpr std::string_view name = "lamps.lamp_seen";
  RoomId lamp;
};
BOOST_DESCRIBE_STRUCT(LampSeen, (), (lamp))
struct LightLamp {
  RoomId lamp;
  bool careless = false;
};
BOOST_DESCRIBE_STRUCT(LightLamp, (), (lamp, careless))

Desk lamps() {
  Desk desk("lamps", {"灯", "Lamps"});
  desk.table<Lamp>().event<LampLit>().event<LampSeen>();
  desk.evolves<LampLit, Lamp>(&LampLit::lamp, [](Lamp& row, const LampLit& e, const Stamp&) {
    row.id = e.lamp;
    row.lit = true;
    ++row.times;
  });
  desk.evolves<LampSeen, Lamp>(&LampSeen::lamp,
                               [](Lamp& row, const LampSeen&, const Stamp&) { row.lit = false; });
  desk.refusal("R-LMP-1", {"灯已亮", "The lamp is lit"});
  desk.operation<LightLamp>("light_lamp", {"开灯", "Light"})
      .by({Role::NUR})
      .keys([](const LightLamp& c, const Context&, KeySet& keys) { keys.own<Lamp>(c.lamp); })
      .decide([](const LightLamp& c, const View& view, const Context& context) -> Result<Decision> {
        const Lamp* lamp = view.find<Lamp>(c.lamp);
        if (c.careless) (void)view.find<Lamp>(context.new_id<RoomTag>("another"));
        if (lamp != nullptr && lamp->lit) return refuse("R-LMP-1", "/lamp");
        return Decision{{LampLit{c.lamp}}};
      });
  desk.operation<LightLamp>("see_lamp", {"看灯", "See"})
      .internal()
      .keys([](const LightLamp& c, const Context&, KeySet& keys) { keys.own<Lamp>(c.lamp); })
      .decide([](const LightLamp& c, const View&, const Context&) -> Result<Decision> {
        return Decision{{LampSeen{c.lamp}}};
      });
  return desk;
}

struct NoRules final : Rules {
  RuleValue value(std::string_view, Instant, std::int32_t) const override { return {}; }
  void bar_keys(const Operation&, const void*, const View&, const Context&, KeySet&) const override {}
  Refusals bars(const Operation&, const void*, const View&, const Context&) const override { return {}; }
  Consequences on(const Happened&, const View&, const std::vector<RowChange>&,
                  const Context&) const override {
    return {};
  }
  Step step(const Duty&, std::string_view, Instant, const Reference&) const override { return {}; }
  std::vector<Period> periods(Instant, Instant, const Reference&) const override { return {}; }
  Instant next_step_at(const Duty&, std::string_view) const override { return {}; }
  std::string version() const override { return "none"; }
};
struct Everywhere final : Access {
  bool in_scope(const Actor&, const Unit&, const Reference&) const override { return true; }
};

struct EngineTest : testing::Test {
  explicit EngineTest(bool with_arrow = true)
      : registry({make_desks()},
                 with_arrow ? std::vector<Arrow>{arrow<LampLit>(
                                  "lit_to_seen", "lamps.see_lamp",
                                  [](const LampLit& e, const Happened&) {
                                    return std::vector{hand_over("lamps.see_lamp", LightLamp{e.lamp, false})};
                                  })}
                            : std::vector<Arrow>{}),
        engine({registry, &rules, access, store}) {}
  static std::vector<Desk> make_desks() {
    std::vector<Desk> desks;
    Desk command("command", {"指挥", "Command"});
    command.table<Unit>().table<Holding>();
    desks.push_back(std::move(command));
    desks.push_back(lamps());
    return desks;
  }
  Command light(std::uint64_t key, bool careless = false) {
    Command command;
    command.operation = registry.operation("lamps.light_lamp");
    command.body = std::make_shared<LightLamp>(LightLamp{lamp, careless});
    command.id = RawId::make(1, 990121, key, 0);
    command.body_hash = careless ? 2 : 1;
    command.system = true;
    command.jurisdiction = 990121;
    return command;
  }
  Outcome run(Command command, Instant at) {
    std::vector<Command> commands;
    commands.push_back(std::move(command));
    return engine.run(commands, at).front();
  }
  Registry registry;
  NoRules rules;
  Everywhere access;
  MemoryStore store;
  Engine engine;
  RoomId lamp{RawId::make(1, 990121, 7, 0)};
  Instant noon = *parse_instant("2022-07-17T12:00");
};

TEST_F(EngineTest, TheSameKeyGivesTheSameAnswerAndChangesNothing) {
  const Outcome first = run(light(1), noon);
  ASSERT_EQ(first.kind, Outcome::Kind::accepted);
  const Outcome again = run(light(1), noon);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.kind, Outcome::Kind::accepted);
  ASSERT_EQ(again.events.size(), 1U);
  EXPECT_EQ(again.events[0].no, first.events[0].no);
  EXPECT_EQ(store.all_events().size(), 1U);
}

TEST_F(EngineTest, TheSameKeyInOneBatchToo) {
  std::vector<Command> commands;
  commands.push_back(light(1));
  commands.push_back(light(1));
  const auto outcomes = engine.run(commands, noon);
  EXPECT_FALSE(outcomes[0].replayed);
  EXPECT_TRUE(outcomes[1].replayed);
  EXPECT_EQ(outcomes[1].events.at(0).no, outcomes[0].events.at(0).no);
}

TEST_F(EngineTest, TheSameKeyWithOtherContentIsAConflict) {
  (void)run(light(1), noon);
  EXPECT_EQ(run(light(1, true), noon).kind, Outcome::Kind::conflict);
}

TEST_F(EngineTest, ARefusalLeavesOnlyTheAuditAndIsRemembered) {
  (void)run(light(1), noon);
  const Outcome no = run(light(2), noon);
  ASSERT_EQ(no.kind, Outcome::Kind::refused);
  EXPECT_EQ(no.refusals.list().front().code, "R-LMP-1");
  EXPECT_EQ(no.refusals.list().front().say.zh, "灯已亮");
  EXPECT_EQ(store.all_events().size(), 1U);
  ASSERT_EQ(store.audit().size(), 1U);
  EXPECT_EQ(store.audit()[0].code, "R-LMP-1");
  engine.settle(noon);  // the lamp is out again, but the answer stays what it was
  EXPECT_EQ(run(light(2), noon).kind, Outcome::Kind::refused);
}

TEST_F(EngineTest, ACarelessDecisionFailsAloneAndTheBatchGoesOn) {
  std::vector<Command> commands;
  commands.push_back(light(1, true));
  commands.push_back(light(2));
  const auto outcomes = engine.run(commands, noon);
  EXPECT_EQ(outcomes[0].kind, Outcome::Kind::defect);
  EXPECT_EQ(outcomes[1].kind, Outcome::Kind::accepted);
}

TEST_F(EngineTest, ArrowsAreFollowedOnceAlsoByAnEngineThatTakesOver) {
  (void)run(light(1), noon);
  Engine successor({registry, &rules, access, store});
  successor.settle(noon);
  EXPECT_EQ(store.all_events().size(), 2U);
  Engine third({registry, &rules, access, store});
  third.settle(noon);
  EXPECT_EQ(store.all_events().size(), 2U);
  EXPECT_EQ(store.all_events()[1].row.caused_by, store.all_events()[0].row.no);
}

TEST_F(EngineTest, AFullDiskAcknowledgesNothingAndLosesNoArrow) {
  (void)run(light(1), noon);
  store.fill_disk(true);
  EXPECT_THROW(engine.hand_over(noon), StoreFull);
  std::vector<Command> commands;
  commands.push_back(light(2));
  EXPECT_THROW(engine.run(commands, noon), StoreFull);
  store.fill_disk(false);
  engine.settle(noon);
  EXPECT_EQ(store.all_events().size(), 2U);
}

TEST_F(EngineTest, TheFutureIsRefusedAndLedgerTimeNeverGoesBack) {
  Command early = light(1);
  early.occurred_at = noon + std::chrono::minutes(6);
  EXPECT_EQ(run(std::move(early), noon).refusals.list().front().code, "F-FUTURE");
  const Outcome later = run(light(2), noon - std::chrono::hours(1));
  EXPECT_EQ(later.events.at(0).recorded_at, noon);
}

}  // namespace
}  // namespace fx
