// The production engine on the durable store and on the one in memory, side by side: every outcome, row and event must
// be the same, also across restarts, evictions from the cache and full disks. The store in memory is the model.
#include <gtest/gtest.h>

#include <random>

#include "journal/journal.hpp"
#include "journal/testing/engines.hpp"
#include "journal/testing/house_rules.hpp"
#include "kernel/memory_store.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

std::vector<Desk> working_desks() {
  std::vector<Desk> out;
  Desk command("command", {"指挥", "Command"});
  command.table<Unit>().table<Holding>();
  out.push_back(std::move(command));
  out.push_back(working_house());
  return out;
}

struct TwinTest : testing::TestWithParam<std::tuple<OnEngine, unsigned>> {
  struct Side {
    Side(const Registry& registry, Store& store) : engine({registry, &rules, access, store}) {}
    HouseRules rules;
    Everywhere access;
    Engine engine;
  };
  void open() {
    durable_side.reset();
    durable.reset();
    if (engine == OnEngine::postgres) {
      auto& on_postgres = static_cast<PgLedger&>(*ledger);
      on_postgres.wait_until_closed();  // else it would write with the next slot's numbers
      durable = on_postgres.open(registry);
    } else {
      durable =
          std::make_unique<SqliteStore>(registry, StoreOptions{.directory = directory.path(),
                                                               .cache_bytes = cache_bytes,
                                                               .patience = std::chrono::milliseconds(10),
                                                               .sync = false,
                                                               .copy_in_background = false});
    }
    durable_side = std::make_unique<Side>(registry, *durable);
  }
  [[nodiscard]] VerifyReport verified() const {
    return engine == OnEngine::postgres ? ledger->verify(registry) : verify(directory.path(), registry);
  }
  Command command(std::mt19937& chance) const {
    Command out;
    const auto guest = id_of<PersonTag>(chance() % 40, chance() % 2 == 0 ? 990121 : 990122);
    if (chance() % 3 == 0) {
      out.operation = registry.operation("house.admit_guest");
      out.body = std::make_shared<AdmitGuest>(AdmitGuest{guest, id_of<UnitTag>(chance() % 3)});
    } else {
      out.operation = registry.operation("house.move_guest");
      out.body = std::make_shared<MoveGuest>(MoveGuest{guest, static_cast<Mood>(chance() % 3)});
    }
    out.id = id_of<TextTag>(chance() % 400).raw;  // repeats: retries, and conflicts where the content differs
    out.body_hash = chance() % 20 == 0 ? 1 : 2;
    out.system = true;
    out.jurisdiction = 990121;
    return out;
  }
  static std::string described(const Outcome& outcome) {
    std::string out = std::to_string(static_cast<int>(outcome.kind)) + (outcome.replayed ? " again" : "");
    for (const EventRow& event : outcome.events)
      out += "\n" + std::to_string(event.no) + " " + event.type + event.body + event.effects;
    for (const Refusal& no : outcome.refusals.list()) out += " " + no.code;
    return out + outcome.defect;
  }
  std::map<RawId, std::string> rows(Store& store, const TableType& table) const {
    std::map<RawId, std::string> out;
    store.each_row(table, [&](const void* row) {
      std::string text;
      for (const FieldInfo& field : table.info->fields) text += field_text(field.get(row)) + "|";
      out[table.key(row)] = text;
    });
    return out;
  }
  void compare() {
    EXPECT_EQ(durable->head().batch, memory.head().batch);
    EXPECT_EQ(durable->head().next_n, memory.head().next_n);
    // Servers that share a ledger remember only in its head what was followed; alone it also stands in memory.
    if (engine == OnEngine::sqlite) {
      EXPECT_EQ(durable->head().handoff_cursor, memory.head().handoff_cursor);
    }
    EXPECT_EQ(durable->next_step_at(), memory.next_step_at());
    for (const auto& table : registry.tables())
      EXPECT_EQ(rows(*durable, *table.type), rows(memory, *table.type)) << table.type->name;
    const auto left = durable->events_after(0, 100'000);
    const auto right = memory.events_after(0, 100'000);
    ASSERT_EQ(left.size(), right.size());
    for (std::size_t i = 0; i < left.size(); ++i) EXPECT_EQ(left[i].batch, right[i].batch);
  }

  OnEngine engine = OnEngine::sqlite;
  ScratchDirectory directory;
  std::unique_ptr<TestLedger> ledger;
  std::size_t cache_bytes = 1 << 20;
  Registry registry{working_desks(), {greeting()}};
  MemoryStore memory;
  Side memory_side{registry, memory};
  std::unique_ptr<Store> durable;
  std::unique_ptr<Side> durable_side;
};

TEST_P(TwinTest, TheDurableStoreBehavesAsTheModel) {
  engine = std::get<0>(GetParam());
  if (engine == OnEngine::postgres) ledger = test_ledger(engine);
  std::mt19937 chance(std::get<1>(GetParam()));
  cache_bytes = chance() % 2 == 0 ? 4'000 : std::size_t{1} << 20;
  open();
  Instant now{1'658'064'600'000};
  for (int round = 0; round < 60; ++round) {
    now = now + std::chrono::minutes(chance() % 50);
    std::vector<Command> commands;
    for (std::size_t n = 1 + chance() % 12; n > 0; --n) commands.push_back(command(chance));
    std::vector<Command> twins = commands;
    const auto expected = memory_side.engine.run(commands, now);
    const auto found = durable_side->engine.run(twins, now);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
      ASSERT_EQ(described(found[i]), described(expected[i])) << "round " << round;
    if (chance() % 3 == 0) {
      memory_side.engine.settle(now);
      durable_side->engine.settle(now);
    }
    if (chance() % 10 == 0) {
      // What waited for an arrow is found again in the ledger; in memory it still waits.
      open();
    }
    if (chance() % 10 == 0) compare();
  }
  memory_side.engine.settle(now);
  durable_side->engine.settle(now);
  compare();
  EXPECT_GT(rows(*durable, table_type<Notice>()).size(), 10U) << "the ladder was climbed";
  const VerifyReport report = verified();
  EXPECT_TRUE(report.ok) << report.json();
}

INSTANTIATE_TEST_SUITE_P(Seeds, TwinTest,
                         testing::Combine(testing::Values(OnEngine::sqlite, OnEngine::postgres),
                                          testing::Range(1U, 9U)),
                         [](const auto& one) {
                           return name_of(std::get<0>(one.param)) + std::to_string(std::get<1>(one.param));
                         });

struct FullDiskTest : TwinTest {};
INSTANTIATE_TEST_SUITE_P(File, FullDiskTest, testing::Values(std::tuple(OnEngine::sqlite, 5U)));

TEST_P(FullDiskTest, AfterAFullDiskTheSameCommandsSucceed) {
  open();
  Connection other(directory.path() / "ledger.db", Connection::Mode::create);
  std::mt19937 chance(5);
  const Instant now{1'658'064'600'000};
  std::vector<Command> commands;
  for (int i = 0; i < 30; ++i) commands.push_back(command(chance));
  const auto expected = memory_side.engine.run(commands, now);
  {
    // Another writer holds the file: as when the disk is busy beyond patience.
    Transaction hold(other, Transaction::Kind::write);
    EXPECT_THROW((void)durable_side->engine.run(commands, now), StoreFull);
  }
  const auto found = durable_side->engine.run(commands, now);
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(described(found[i]), described(expected[i]));
  compare();
  open();  // nothing that is owed hangs on the memory of the process
  memory_side.engine.settle(now + std::chrono::hours(3));
  durable_side->engine.settle(now + std::chrono::hours(3));
  compare();
}

}  // namespace
}  // namespace fx::journal
