// Several hands writing at once, on one server and on two, against the model in memory. Without these, batches that
// overlap could give one bed twice, follow an arrow twice, or record what no order of the commands could have given.
#include <gtest/gtest.h>

#include <future>
#include <random>

#include "journal/testing/engines.hpp"
#include "journal/testing/house_rules.hpp"
#include "kernel/memory_store.hpp"
#include "runtime/testing/no_keys.hpp"
#include "runtime/writer.hpp"

namespace fx::runtime {
namespace {

using namespace journal::testing_desk;  // NOLINT(google-build-using-namespace): test words of the journal

/// More rounds by FX_ROUNDS: the long run takes 10,000.
int rounds(int usual) {
  const char* asked =
      std::getenv("FX_ROUNDS");  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  return asked != nullptr ? std::atoi(asked) : usual;
}

std::vector<Desk> desks_of_the_house() {
  std::vector<Desk> out;
  Desk command("command", {"指挥", "Command"});
  command.table<Unit>().table<Holding>();
  out.push_back(std::move(command));
  out.push_back(working_house());
  return out;
}

/// A server with its hands, as `serve` has them.
struct Server {
  Server(const Registry& registry, TestLedger& ledger, std::size_t hands) {
    for (std::size_t i = 0; i < hands; ++i) {
      stores.push_back(ledger.open(registry));
      engines.push_back(std::make_unique<Engine>(Engine::Parts{registry, &rules, access, *stores.back()}));
    }
    writer = std::make_unique<Writer>(*engines.front(), keys, clock, Writer::Limits{.longest_wait = {}});
    for (std::size_t i = 1; i < hands; ++i) writer->add(*engines[i]);
    writer->start();
  }
  ~Server() { writer->stop(); }

  HouseRules rules;
  Everywhere access;
  NoKeys keys;
  SystemClock clock;
  std::vector<std::unique_ptr<Store>> stores;
  std::vector<std::unique_ptr<Engine>> engines;
  std::unique_ptr<Writer> writer;
};

struct House {
  OnEngine engine;
  std::size_t servers;
  std::size_t hands;
};

struct WritersTest : testing::TestWithParam<House> {
  WritersTest() {
    for (std::size_t i = 0; i < GetParam().servers; ++i)
      servers.push_back(std::make_unique<Server>(registry, *ledger, GetParam().hands));
  }

  Command command(std::string_view operation, std::shared_ptr<void> body, std::uint64_t key) const {
    Command out;
    out.operation = registry.operation(operation);
    out.body = std::move(body);
    out.id = id_of<TextTag>(key).raw;
    out.body_hash = key;
    out.system = true;
    out.jurisdiction = county;
    return out;
  }
  Command admit(std::uint64_t guest, std::uint64_t key) const {
    return command("house.admit_guest",
                   std::make_shared<AdmitGuest>(AdmitGuest{id_of<PersonTag>(guest), id_of<UnitTag>(1)}), key);
  }
  Command move(std::uint64_t guest, Mood mood, std::uint64_t key) const {
    return command("house.move_guest", std::make_shared<MoveGuest>(MoveGuest{id_of<PersonTag>(guest), mood}),
                   key);
  }
  std::future<Outcome> ask(std::size_t server, Command command, std::optional<std::uint64_t> sequence = {}) {
    auto heard = std::make_shared<std::promise<Outcome>>();
    auto future = heard->get_future();
    EXPECT_TRUE(servers[server % servers.size()]->writer->submit(
        std::move(command), Lane::normal, [heard](Outcome outcome) { heard->set_value(std::move(outcome)); },
        sequence));
    return future;
  }
  std::int64_t count(const std::string& what) { return ledger->number("SELECT count(*) FROM " + what); }
  void wait_for_greetings() {
    for (int tries = 0; tries < 2000; ++tries) {
      if (count("event WHERE operation = 'house.greet'") == count("event WHERE type = 'house.guest_arrived'"))
        return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  std::unique_ptr<TestLedger> ledger = test_ledger(GetParam().engine);
  const Registry registry{desks_of_the_house(), {greeting()}};
  std::vector<std::unique_ptr<Server>> servers;
};

constexpr auto house_name = [](const auto& one) {
  return name_of(one.param.engine) + std::to_string(one.param.servers) + "x" +
         std::to_string(one.param.hands);
};
INSTANTIATE_TEST_SUITE_P(Houses, WritersTest,
                         testing::Values(House{OnEngine::sqlite, 1, 1}, House{OnEngine::postgres, 1, 2},
                                         House{OnEngine::postgres, 2, 2}),
                         house_name);

TEST_P(WritersTest, OneBedGoesToOneGuestHoweverManyAskAtOnce) {
  constexpr std::size_t at_once = 4;
  const int times = rounds(GetParam().engine == OnEngine::sqlite ? 100 : 60);
  for (int i = 0; i < times; ++i) {
    std::vector<std::future<Outcome>> answers;
    const auto bed = static_cast<std::uint64_t>(i);
    for (std::size_t n = 0; n < at_once; ++n) answers.push_back(ask(n, admit(bed, bed * at_once + n)));
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (auto& answer : answers) {
      const Outcome outcome = answer.get();
      accepted += outcome.kind == Outcome::Kind::accepted ? 1 : 0;
      refused += outcome.kind == Outcome::Kind::refused ? 1 : 0;
    }
    ASSERT_EQ(accepted, 1U) << "round " << i;
    ASSERT_EQ(refused, at_once - 1) << "round " << i;
  }
  wait_for_greetings();
  EXPECT_EQ(count("event WHERE type = 'house.guest_arrived'"), times);
  EXPECT_EQ(count("event WHERE operation = 'house.greet'"), times) << "each arrow once";
  servers.clear();
  const journal::VerifyReport report = ledger->verify(registry);
  EXPECT_TRUE(report.ok) << report.json();
}

/// What was recorded, in the ledger's order, is what one engine in memory gives for the same commands in that order.
TEST_P(WritersTest, TheLedgersOrderExplainsEveryAnswer) {
  std::mt19937_64 chance(11);
  constexpr std::uint64_t guests = 12;
  const int times = rounds(150);
  struct Asked {
    Command command;
    std::future<Outcome> answer;
    Outcome outcome;
  };
  std::vector<Asked> asked;
  for (int i = 0; i < times; ++i) {
    const std::uint64_t guest = chance() % guests;
    Command one = chance() % 3 == 0
                      ? admit(guest, static_cast<std::uint64_t>(i))
                      : move(guest, static_cast<Mood>(chance() % 3), static_cast<std::uint64_t>(i));
    asked.push_back({one, ask(chance() % 8, one), {}});
    if (i % 16 == 15)
      for (auto& each : asked)
        if (each.answer.valid()) each.outcome = each.answer.get();
  }
  for (auto& each : asked)
    if (each.answer.valid()) each.outcome = each.answer.get();
  wait_for_greetings();
  servers.clear();

  const auto opened = ledger->open(registry);
  MemoryStore model;
  HouseRules rules;
  Everywhere access;
  Engine oracle({registry, &rules, access, model});
  std::unordered_map<RawId, const Asked*> by_key;
  for (const Asked& each : asked) by_key[each.command.id] = &each;
  std::size_t accepted = 0;
  std::uint64_t greetings = 1'000'000;
  for (const StoredEvent& event : opened->events_after(0, 1'000'000)) {
    std::vector<Command> one;
    if (const auto found = by_key.find(event.row.command); found != by_key.end()) {
      ++accepted;
      EXPECT_EQ(found->second->outcome.kind, Outcome::Kind::accepted);
      one.push_back(found->second->command);
    } else if (event.row.operation == "house.greet") {
      Command greet = command("house.move_guest", std::make_shared<MoveGuest>(), ++greetings);
      static_cast<MoveGuest*>(greet.body.get())->guest = {event.row.about};
      static_cast<MoveGuest*>(greet.body.get())->mood = Mood::worried;
      one.push_back(std::move(greet));
    } else {
      continue;  // a step of the timer
    }
    EXPECT_EQ(oracle.run(one, event.row.recorded_at).front().kind, Outcome::Kind::accepted)
        << event.row.operation;
  }
  std::size_t told = 0;
  for (const Asked& each : asked) told += each.outcome.kind == Outcome::Kind::accepted ? 1 : 0;
  EXPECT_EQ(accepted, told);
  std::map<RawId, std::string> stored;
  std::map<RawId, std::string> wanted;
  const auto moods = [](std::map<RawId, std::string>& into) {
    return [&into](const void* row) {
      const auto& guest = *static_cast<const Guest*>(row);
      into[guest.id.raw] = std::string(enum_text(guest.mood)) + " " + std::to_string(guest.visits);
    };
  };
  opened->each_row(table_type<Guest>(), moods(stored));
  model.each_row(table_type<Guest>(), moods(wanted));
  EXPECT_EQ(stored, wanted);
}

TEST_P(WritersTest, CommandsOfOneSequenceKeepTheirOrder) {
  std::vector<std::future<Outcome>> answers;
  answers.push_back(ask(0, admit(1, 1), 77));
  for (std::uint64_t n = 2; n < 60; ++n)
    answers.push_back(ask(0, move(1, n % 2 == 0 ? Mood::calm : Mood::worried, n), 77));
  No last = 0;
  std::int64_t batch = 0;
  for (auto& answer : answers) {
    const Outcome outcome = answer.get();
    ASSERT_EQ(outcome.kind, Outcome::Kind::accepted);
    EXPECT_GE(outcome.batch, batch);
    EXPECT_GT(outcome.events.front().no, last);
    batch = outcome.batch;
    last = outcome.events.front().no;
  }
}

/// Without threads: rounds are taken by hand.
struct ByHand : testing::Test {
  void open(Writer::Limits limits) { writer = std::make_unique<Writer>(engine, keys, clock, limits); }
  bool submit(Lane lane, std::chrono::milliseconds slow = {}) {
    Command one;
    one.operation = registry.operation("house.admit_guest");
    ++n;
    one.body = std::make_shared<AdmitGuest>(AdmitGuest{id_of<PersonTag>(n), id_of<UnitTag>(1)});
    one.id = id_of<TextTag>(n).raw;
    one.system = true;
    one.jurisdiction = county;
    return writer->submit(std::move(one), lane, [this, slow](const Outcome&) {
      ++answered;
      std::this_thread::sleep_for(slow);
    });
  }

  const Registry registry{desks_of_the_house(), {greeting()}};
  MemoryStore store;
  HouseRules rules;
  Everywhere access;
  Engine engine{{registry, &rules, access, store}};
  NoKeys keys;
  SystemClock clock;
  std::unique_ptr<Writer> writer;
  std::size_t answered = 0;
  std::uint64_t n = 0;
};

/// Who waits beside bulk waits for a hundred of it; bulk alone goes in transactions of fifty milliseconds.
TEST_F(ByHand, BulkTakesMoreOfATransactionWhenNobodyElseWaits) {
  open({.longest_wait = {}});
  for (int i = 0; i < 600; ++i) ASSERT_TRUE(submit(Lane::bulk));
  writer->step();
  const std::size_t alone = answered;
  EXPECT_GT(alone, 150U) << "as long as a machine is believed to take at first";
  EXPECT_LT(alone, 300U);
  ASSERT_TRUE(submit(Lane::normal));
  writer->step();
  EXPECT_EQ(answered, alone + 1 + 100);
  while (writer->step()) {
  }
  EXPECT_EQ(answered, 601U);
}

/// A disk that is as slow as told lets only so many wait.
TEST_F(ByHand, ACommandThatWouldWaitTooLongIsTurnedAwayUnlessItSavesLives) {
  constexpr std::chrono::milliseconds slow{1};
  open({.queue = 100'000, .batch = 10, .longest_wait = std::chrono::milliseconds(500)});
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(submit(Lane::life, slow));
  while (answered < 100) writer->step();
  std::size_t taken = 0;
  while (submit(Lane::normal, slow)) ++taken;
  EXPECT_GT(taken, 10U) << "half a second of work may wait";
  EXPECT_LT(taken, 480U) << "a command takes a millisecond at least";
  EXPECT_TRUE(writer->behind());
  EXPECT_FALSE(writer->admits(Lane::normal));
  EXPECT_TRUE(submit(Lane::life, slow));
  EXPECT_EQ(writer->counters().turned_away, 1U);
  while (writer->step()) {
  }
  EXPECT_EQ(answered, 100 + taken + 1);
  EXPECT_TRUE(writer->admits(Lane::normal)) << "and the next ones are taken again";
}

}  // namespace
}  // namespace fx::runtime
