// Several servers on one database. Without these two of them could give one bed to two guests, answer one command twice,
// follow an arrow twice or not at all, or go on under yesterday's posts.
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "journal/testing/engines.hpp"
#include "journal/testing/house_rules.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

constexpr Instant morning{1'658'064'600'000};

struct FoundUnit {
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(FoundUnit, (), (unit))
struct UnitFounded {
  static constexpr std::string_view name = "command.unit_founded";
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(UnitFounded, (), (unit))

/// More rounds by FX_ROUNDS: the long run takes 10,000.
int rounds(int usual) {
  const char* asked =
      std::getenv("FX_ROUNDS");  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  return asked != nullptr ? std::atoi(asked) : usual;
}

struct Server {
  Server(const Registry& r, PgLedger& ledger) : registry(r), opened(ledger.open(r)) {}

  Command admit(std::uint64_t guest, std::uint64_t key) const {
    Command out;
    out.operation = registry.operation("house.admit_guest");
    out.body = std::make_shared<AdmitGuest>(AdmitGuest{id_of<PersonTag>(guest), id_of<UnitTag>(1)});
    return as(std::move(out), key);
  }
  Command seat(std::uint64_t guest, std::uint64_t host, std::uint64_t key) const {
    Command out;
    out.operation = registry.operation("house.seat_guest");
    out.body = std::make_shared<SeatGuest>(SeatGuest{id_of<PersonTag>(guest), id_of<PersonTag>(host)});
    return as(std::move(out), key);
  }
  Command move(std::uint64_t guest, Mood mood, std::uint64_t key) const {
    Command out;
    out.operation = registry.operation("house.move_guest");
    out.body = std::make_shared<MoveGuest>(MoveGuest{id_of<PersonTag>(guest), mood});
    return as(std::move(out), key);
  }
  Command found_unit(std::uint64_t unit, std::uint64_t key) const {
    Command out;
    out.operation = registry.operation("command.found_unit");
    out.body = std::make_shared<FoundUnit>(FoundUnit{id_of<UnitTag>(unit)});
    return as(std::move(out), key);
  }
  Outcome run(Command command, Instant at = morning) {
    std::vector<Command> one;
    one.push_back(std::move(command));
    return engine.run(one, at).front();
  }
  PgStore& store() { return static_cast<PgStore&>(*opened); }

  const Registry& registry;
  std::unique_ptr<Store> opened;
  HouseRules rules;
  Everywhere access;
  Engine engine{{registry, &rules, access, *opened}};

 private:
  static Command as(Command out, std::uint64_t key) {
    out.id = id_of<TextTag>(key).raw;
    out.body_hash = 7;
    out.system = true;
    out.jurisdiction = county;
    return out;
  }
};

std::vector<Desk> house_with_units() {
  std::vector<Desk> out;
  Desk command("command", {"指挥", "Command"});
  command.table<Unit>().table<Holding>();
  command.event<UnitFounded>();
  command.evolves<UnitFounded, Unit>(&UnitFounded::unit, [](Unit& row, const UnitFounded& e, const Stamp&) {
    row.id = e.unit;
    row.jurisdiction = county;
  });
  command.operation<FoundUnit>("found_unit", {"设立", "Found"})
      .by({Role::ADM})
      .keys([](const FoundUnit& c, const Context&, KeySet& k) { k.own<Unit>(c.unit); })
      .decide([](const FoundUnit& c, const View& view, const Context&) -> Result<Decision> {
        if (view.find<Unit>(c.unit) != nullptr) return refuse("R-UNT-1", "/unit");
        return Decision{{UnitFounded{c.unit}}};
      });
  out.push_back(std::move(command));
  out.push_back(working_house());
  return out;
}

struct ServersTest : testing::Test {
  void verified() {
    const VerifyReport report = ledger.verify(registry);
    EXPECT_TRUE(report.ok) << report.json();
  }
  Registry registry{house_with_units(), {greeting()}};
  PgLedger ledger;
  Server one{registry, ledger};
  Server two{registry, ledger};
};

TEST_F(ServersTest, ABatchThatNeedsMoreLocksThanThereAreIsParted) {
  constexpr std::uint64_t many = 16'000;  // a unit and an answer each; there is room for some 20,000
  std::vector<Command> commands;
  for (std::uint64_t n = 1; n <= many; ++n) commands.push_back(one.found_unit(1'000 + n, n));
  const auto outcomes = one.engine.run(commands, morning);
  ASSERT_EQ(outcomes.size(), many);
  EXPECT_EQ(std::ranges::count(outcomes, Outcome::Kind::accepted, &Outcome::kind), many);
  EXPECT_LT(outcomes.front().batch, outcomes.back().batch) << "two transactions";
  EXPECT_EQ(two.run(two.found_unit(1'000 + many, many)).batch, outcomes.back().batch) << "its answer is kept";
  verified();
}

/// Both at once, as closely as two threads can; gives the outcomes.
template <class F>
void together(int times, F round) {
  std::barrier ready(2);
  const auto run = [&](int server) {
    for (int i = 0; i < times; ++i) {
      ready.arrive_and_wait();
      round(server, i);
    }
  };
  std::jthread other([&] { run(1); });
  run(0);
}

TEST_F(ServersTest, EachWritesWithItsOwnSlot) {
  EXPECT_NE(one.store().head().slot, two.store().head().slot);
  EXPECT_EQ(one.run(one.admit(1, 1)).kind, Outcome::Kind::accepted);
  const Outcome second = two.run(two.admit(2, 2));
  EXPECT_EQ(second.batch, 2);
  EXPECT_EQ(two.store().events_after(0, 10).size(), 2U);
  EXPECT_EQ(two.run(two.admit(1, 3)).kind, Outcome::Kind::refused)
      << "what the other server committed is seen";
  verified();
}

TEST_F(ServersTest, OneBedGoesToOneGuest) {
  const int times = rounds(400);
  std::vector<std::array<Outcome::Kind, 2>> outcomes(static_cast<std::size_t>(times));
  together(times, [&](int server, int i) {
    Server& mine = server == 0 ? one : two;
    const auto n = static_cast<std::uint64_t>(i);
    outcomes[n][static_cast<std::size_t>(server)] =
        mine.run(mine.admit(n, 2 * n + static_cast<std::uint64_t>(server))).kind;
  });
  for (const auto& [left, right] : outcomes) {
    EXPECT_NE(left == Outcome::Kind::accepted, right == Outcome::Kind::accepted);
    EXPECT_NE(left == Outcome::Kind::refused, right == Outcome::Kind::refused);
  }
  EXPECT_EQ(ledger.number("SELECT count(*) FROM event WHERE type = 'house.guest_arrived'"), times);
  verified();
}

TEST_F(ServersTest, OneCommandAtBothIsDoneOnceAndAnsweredAlike) {
  const int times = rounds(200);
  std::vector<std::array<Outcome, 2>> outcomes(static_cast<std::size_t>(times));
  together(times, [&](int server, int i) {
    Server& mine = server == 0 ? one : two;
    const auto n = static_cast<std::uint64_t>(i);
    outcomes[n][static_cast<std::size_t>(server)] = mine.run(mine.admit(n, n));
  });
  for (const auto& [left, right] : outcomes) {
    EXPECT_EQ(left.kind, Outcome::Kind::accepted);
    EXPECT_EQ(right.kind, Outcome::Kind::accepted);
    EXPECT_NE(left.replayed, right.replayed);
    ASSERT_EQ(left.events.size(), 1U);
    ASSERT_EQ(right.events.size(), 1U);
    EXPECT_EQ(left.events.front().no, right.events.front().no);
  }
  EXPECT_EQ(ledger.number("SELECT count(*) FROM answer"), times);
}

TEST_F(ServersTest, SamplersOfOneRoundDoNotWaitForEachOther) {
  ASSERT_EQ(one.run(one.admit(1'000'000, 1'000'000)).kind, Outcome::Kind::accepted);
  constexpr int samplers = 720;
  constexpr int a_batch = 20;
  std::atomic<int> accepted{0};
  together(samplers / 2 / a_batch, [&](int server, int i) {
    Server& mine = server == 0 ? one : two;
    std::vector<Command> batch;
    for (int n = 0; n < a_batch; ++n) {
      const auto guest = static_cast<std::uint64_t>((2 * i + server) * a_batch + n);
      batch.push_back(mine.seat(guest, 1'000'000, guest));
    }
    for (const Outcome& outcome : mine.engine.run(batch, morning))
      accepted += outcome.kind == Outcome::Kind::accepted ? 1 : 0;
  });
  EXPECT_EQ(accepted, samplers);
  const auto contended = one.store().counters().contended + two.store().counters().contended;
  EXPECT_LE(contended * 20, one.store().counters().commits + two.store().counters().commits);
  verified();
}

TEST_F(ServersTest, EachArrowIsFollowedOnceAndEachStepTakenOnce) {
  const int times = rounds(60);
  together(times, [&](int server, int i) {
    Server& mine = server == 0 ? one : two;
    const auto n = static_cast<std::uint64_t>(2 * i + server);
    const Instant at = morning + std::chrono::minutes(i);
    EXPECT_EQ(mine.run(mine.admit(n, n), at).kind, Outcome::Kind::accepted);
    mine.engine.hand_over(at);
    mine.engine.beat(at);
  });
  const Instant evening = morning + std::chrono::hours(12);
  together(1, [&](int server, int) { (server == 0 ? one : two).engine.settle(evening); });
  two.engine.settle(evening);
  const std::string greeted =
      "SELECT count(*) FROM event WHERE operation = 'house.greet' AND type = 'house.guest_moved'";
  EXPECT_EQ(ledger.number(greeted), 2 * times);
  EXPECT_EQ(
      ledger.number("SELECT count(*) FROM (SELECT caused_by FROM event WHERE operation = 'house.greet' GROUP "
                    "BY caused_by HAVING count(*) > 1) AS twice"),
      0);
  // Each duty: due soon, overdue, and reminded three times more.
  EXPECT_EQ(ledger.number("SELECT count(*) FROM notice"), 5 * 2 * times);
  EXPECT_EQ(ledger.number("SELECT count(*) FROM event WHERE type = 'runtime.handoff_refused'"), 0);
  verified();
}

TEST_F(ServersTest, ADutyMetAtOneServerIsNotSteppedByTheOther) {
  for (std::uint64_t n = 0; n < 40; ++n) ASSERT_EQ(one.run(one.admit(n, n)).kind, Outcome::Kind::accepted);
  const Instant later = morning + std::chrono::minutes(90);
  together(1, [&](int server, int) {
    if (server == 0)
      for (std::uint64_t n = 0; n < 40; ++n) one.run(one.move(n, Mood::gone, 1000 + n), later);
    else
      while (two.engine.beat(later, 7)) {
      }
  });
  EXPECT_EQ(ledger.number("SELECT count(*) FROM duty WHERE state = 'discharged'"), 40);
  verified();
}

TEST_F(ServersTest, OneUnitMadeAtBothIsMadeOnceAndOtherServersLearnOfIt) {
  const int times = rounds(40);
  std::atomic<int> accepted{0};
  std::atomic<int> refused{0};
  together(times, [&](int server, int i) {
    Server& mine = server == 0 ? one : two;
    const auto n = static_cast<std::uint64_t>(i);
    const Outcome outcome = mine.run(mine.found_unit(n, 2 * n + static_cast<std::uint64_t>(server)));
    accepted += outcome.kind == Outcome::Kind::accepted ? 1 : 0;
    refused += outcome.kind == Outcome::Kind::refused ? 1 : 0;
  });
  EXPECT_EQ(accepted, times);
  EXPECT_EQ(refused, times);
  ASSERT_EQ(one.run(one.admit(1, 1'000)).kind, Outcome::Kind::accepted);
  ASSERT_EQ(two.run(two.admit(2, 1'001)).kind, Outcome::Kind::accepted);
  EXPECT_EQ(one.engine.reference()->units().size(), static_cast<std::size_t>(times));
  EXPECT_EQ(two.engine.reference()->units().size(), static_cast<std::size_t>(times));
}

TEST_F(ServersTest, AStaleReferenceIsReloadedBeforeAnythingIsDecided) {
  ASSERT_EQ(one.run(one.admit(1, 1)).kind, Outcome::Kind::accepted);
  ASSERT_EQ(two.run(two.admit(2, 2)).kind, Outcome::Kind::accepted);
  ledger.run("UPDATE head SET reference_generation = reference_generation + 1");
  EXPECT_EQ(one.run(one.admit(3, 3)).kind, Outcome::Kind::accepted);
  EXPECT_EQ(one.store().counters().stale_reference, 1U);
  EXPECT_EQ(one.run(one.admit(4, 4)).kind, Outcome::Kind::accepted);
  EXPECT_EQ(one.store().counters().stale_reference, 1U) << "the new one is known now";
}

}  // namespace
}  // namespace fx::journal
