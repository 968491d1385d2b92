// The database goes away, at each moment of a commit. Without these an answer could be given for what was never stored,
// or a command done twice because nobody knew that it was done.
#include <gtest/gtest.h>

#include "journal/testing/engines.hpp"
#include "journal/testing/house_rules.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

constexpr Instant morning{1'658'064'600'000};

std::vector<Desk> working_desks() {
  std::vector<Desk> out;
  out.push_back(working_house());
  return out;
}

struct LostTest : testing::Test {
  LostTest() {
    ledger.database().prepare(registry);
    PgOptions options{.url = ledger.database().app()};
    options.at = [this](std::string_view point) {
      if (at) at(point);
    };
    store = std::make_unique<PgStore>(registry, std::move(options));
    engine = std::make_unique<Engine>(Engine::Parts{registry, &rules, access, *store});
  }
  void end_sessions() {
    ledger.number(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'fangxian_app' AND "
        "datname = current_database()");
  }
  Outcome admit(std::uint64_t guest) {
    Command command;
    command.operation = registry.operation("house.admit_guest");
    command.body = std::make_shared<AdmitGuest>(AdmitGuest{id_of<PersonTag>(guest), id_of<UnitTag>(1)});
    command.id = id_of<TextTag>(guest).raw;
    command.system = true;
    command.jurisdiction = county;
    std::vector<Command> one;
    one.push_back(std::move(command));
    return engine->run(one, morning).front();
  }
  void expect_guests(int n) {
    EXPECT_EQ(ledger.number("SELECT count(*) FROM guest"), n);
    EXPECT_EQ(ledger.number("SELECT count(*) FROM event WHERE type = 'house.guest_arrived'"), n);
    const VerifyReport report = ledger.verify(registry);
    EXPECT_TRUE(report.ok) << report.json();
  }

  Registry registry{working_desks(), {}};
  PgLedger ledger;
  HouseRules rules;
  Everywhere access;
  std::function<void(std::string_view)> at;
  std::unique_ptr<PgStore> store;
  std::unique_ptr<Engine> engine;
};

TEST_F(LostTest, BetweenTwoTransactionsNobodyNotices) {
  EXPECT_EQ(admit(1).kind, Outcome::Kind::accepted);
  end_sessions();
  EXPECT_EQ(admit(2).kind, Outcome::Kind::accepted);
  end_sessions();
  EXPECT_TRUE(store->next_step_at());
  EXPECT_EQ(store->counters().reconnects, 2U);
  expect_guests(2);
}

TEST_F(LostTest, BeforeTheCommitTheCommandIsRunAgain) {
  at = [&](std::string_view point) {
    if (point != "before commit") return;
    at = nullptr;
    end_sessions();
  };
  EXPECT_EQ(admit(1).kind, Outcome::Kind::accepted);
  EXPECT_EQ(store->counters().resolved, 1U);
  expect_guests(1);
}

TEST_F(LostTest, ALostAnswerToTheCommitIsLookedUpAndNotDoneAgain) {
  at = [&](std::string_view point) {
    if (point != "after commit") return;
    at = nullptr;
    throw pg::LinkLost("the answer did not arrive");
  };
  const Outcome outcome = admit(1);
  EXPECT_EQ(outcome.kind, Outcome::Kind::accepted);
  EXPECT_FALSE(outcome.replayed) << "found by its batch, not by its answer";
  EXPECT_EQ(store->counters().resolved, 1U);
  EXPECT_EQ(admit(2).kind, Outcome::Kind::accepted);
  expect_guests(2);
}

TEST_F(LostTest, AServerWhoseClockStraysDoesNotWriteUntilItIsRight) {
  Duration astray{};
  const auto wall = [&] {
    const auto machine = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<Duration>(machine).count()} + astray;
  };
  PgStore strayed(registry, {.url = ledger.database().app(), .wall = wall});
  engine = std::make_unique<Engine>(Engine::Parts{registry, &rules, access, strayed});
  EXPECT_EQ(admit(1).kind, Outcome::Kind::accepted);
  for (const int seconds : {3, -3}) {
    astray = std::chrono::seconds(seconds);
    EXPECT_THROW((void)admit(2), StoreFull) << seconds;
  }
  astray = {};
  EXPECT_EQ(admit(2).kind, Outcome::Kind::accepted);
  expect_guests(2);
  engine.reset();
}

TEST_F(LostTest, AServerWhoseSlotWasTakenStops) {
  ASSERT_EQ(admit(1).kind, Outcome::Kind::accepted);
  ledger.run("UPDATE slot SET incarnation = incarnation + 1");
  EXPECT_THROW((void)admit(2), StoreBroken);
  EXPECT_THROW((void)admit(3), StoreBroken) << "broken stays broken";
  expect_guests(1);
}

TEST_F(LostTest, ALowerEpochIsRefusedAndAHigherOneToo) {
  ASSERT_EQ(admit(1).kind, Outcome::Kind::accepted);
  ledger.run("UPDATE head SET epoch = epoch + 1");
  EXPECT_THROW((void)admit(2), StoreBroken);
  expect_guests(1);
}

TEST_F(LostTest, ADatabaseThatLostAcknowledgedBatchesIsRefused) {
  ASSERT_EQ(admit(1).kind, Outcome::Kind::accepted);
  ASSERT_EQ(admit(2).kind, Outcome::Kind::accepted);
  ledger.run("UPDATE head SET batch = batch - 1");
  end_sessions();
  EXPECT_THROW((void)admit(3), StoreBroken);
}

TEST_F(LostTest, AnotherClusterRaisesTheEpoch) {
  ASSERT_EQ(admit(1).kind, Outcome::Kind::accepted);
  const std::int64_t before = store->head().epoch;
  engine.reset();
  store.reset();
  ledger.run("UPDATE head SET timeline = timeline + 7");
  PgStore after(registry, {.url = ledger.database().app()});
  EXPECT_EQ(after.head().epoch, before + 1);
}

}  // namespace
}  // namespace fx::journal
