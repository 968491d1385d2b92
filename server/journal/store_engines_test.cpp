// What either engine promises its writer. Without these a restart could forget an acknowledged event, a refused batch could
// leave half of itself, or a server that lost the ledger could go on writing.
#include <gtest/gtest.h>

#include "journal/testing/engines.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

struct StoreOnEngine : testing::TestWithParam<OnEngine> {
  std::optional<Guest> guest(Store& store, std::uint64_t n) const {
    std::optional<Guest> out;
    const RowKey key{&table_type<Guest>(), id_of<PersonTag>(n).raw};
    store.load(std::span(&key, 1),
               [&](const RowKey&, const RowPtr& row) { out = *static_cast<const Guest*>(row.get()); });
    return out;
  }
  static std::vector<Duty> open(Store& store, const RawId& about) {
    std::vector<Duty> out;
    store.load_open_duties(std::span(&about, 1), [&](Duty duty) { out.push_back(std::move(duty)); });
    return out;
  }
  static GuestArrived arrival(std::uint64_t n) {
    return {id_of<PersonTag>(n), id_of<UnitTag>(1), 71.5, {"tea", "\"quiet\""}, {{id_of<TextTag>(n)}, "ab"}};
  }
  static std::size_t forget(Store& store, Instant older_than) {
    auto* file = dynamic_cast<SqliteStore*>(&store);
    return file != nullptr ? file->forget_answers(older_than, 10)
                           : dynamic_cast<PgStore&>(store).forget_answers(older_than, 10);
  }
  static void erase(Store& store, const RawId& subject) {
    if (auto* file = dynamic_cast<SqliteStore*>(&store)) return file->erase_tokens(std::span(&subject, 1));
    dynamic_cast<PgStore&>(store).erase_tokens(std::span(&subject, 1));
  }
  [[nodiscard]] bool on_file() const { return GetParam() == OnEngine::sqlite; }

  std::unique_ptr<TestLedger> ledger = test_ledger(GetParam());
  Registry registry{desks(), {}};
  UnitId clinic = id_of<UnitTag>(1);
};

INSTANTIATE_TEST_SUITE_P(Engines, StoreOnEngine, testing::Values(OnEngine::sqlite, OnEngine::postgres),
                         engine_name);

TEST_P(StoreOnEngine, WhatWasCommittedIsThereAfterReopening) {
  {
    const auto opened = ledger->open(registry);
    Store& store = *opened;
    Author author(registry, store);
    author.record(arrival(1));
    author.record(GuestMoved{id_of<PersonTag>(1), Mood::worried});
    const Head head = author.commit();
    EXPECT_EQ(head.batch, 1);
    EXPECT_EQ(head.next_n, 3);
  }
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  EXPECT_EQ(store.head().batch, 1);
  EXPECT_EQ(store.head().next_n, 3);
  const auto row = guest(store, 1);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->mood, Mood::worried);
  EXPECT_EQ(row->weight, 71.5);
  EXPECT_EQ(row->wishes, (std::vector<std::string>{"tea", "\"quiet\""}));
  EXPECT_EQ(row->remark.hash, "ab");
  EXPECT_FALSE(row->left_at);
  EXPECT_FALSE(guest(store, 2));
}

TEST_P(StoreOnEngine, EventsComeBackAsTheyWereAndInWholeBatches) {
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  Author author(registry, store);
  author.record(arrival(1));
  author.batch.events.back().device = "tablet 7";
  author.batch.events.back().device_time = Instant{5};
  const No second = author.record(GuestMoved{id_of<PersonTag>(1), Mood::gone});
  author.commit();
  author.record(arrival(2));
  author.record(arrival(3));
  author.commit();

  const auto first = store.events_after(0, 1);
  ASSERT_EQ(first.size(), 2U) << "a page never ends within a batch: its rest would be skipped";
  EXPECT_EQ(first[0].batch, 1);
  EXPECT_EQ(first[0].row.device, "tablet 7");
  EXPECT_EQ(first[0].row.device_time, Instant{5});
  EXPECT_FALSE(first[1].row.device_time);
  EXPECT_EQ(store.events_after(1, 100).size(), 2U);
  EXPECT_TRUE(store.events_after(2, 100).empty());
  const auto moved = store.events(second, 1);
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].type, "house.guest_moved");
  EXPECT_EQ(store.events(second, 3).size(), 3U);
}

TEST_P(StoreOnEngine, AnAnswerIsFoundByActorAndKeyOnly) {
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  Author author(registry, store);
  const RawId key = id_of<TextTag>(99).raw;
  author.record(arrival(1));
  author.answer(key, 0xFFFF'FFFF'FFFF'FFFEULL);
  author.commit();
  std::vector<AnswerRow> found;
  const std::vector<AnswerKey> asked = {{id_of<AccountTag>(7), key}, {id_of<AccountTag>(8), key}};
  store.load_answers(asked, [&](AnswerRow row) { found.push_back(std::move(row)); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].body_hash, 0xFFFF'FFFF'FFFF'FFFEULL);
  EXPECT_EQ(found[0].batch, 1);
  EXPECT_EQ(found[0].count, 1);
  EXPECT_EQ(forget(store, Instant{1'657'000'000'000}), 0U);
  EXPECT_EQ(forget(store, Instant{1'659'000'000'000}), 1U);
}

TEST_P(StoreOnEngine, TheWriterDropsAnswersInTimeAndKeepsThoseOfDerivedKeys) {
  {
    const auto opened = ledger->open(registry);
    Store& store = *opened;
    Author author(registry, store);
    const auto batch = [&](std::uint64_t guest, const RawId& key) {
      author.record(GuestArrived{id_of<PersonTag>(guest), id_of<UnitTag>(1), 1, {}, {}});
      author.answer(key, guest);
      author.commit();
      // What the engine begins a transaction with, on a shared store.
      if (auto* shared = dynamic_cast<SharedStore*>(&store)) {
        shared->begin();
        shared->rollback(false);
      }
    };
    const auto at = [&](Duration ago) { return RawId::make((author.now - ago).ms, county, 1, 0); };
    batch(1, at(std::chrono::hours(1)));
    batch(2, at(std::chrono::days(900)));  // as an import derives it from a day long past
    EXPECT_EQ(ledger->number("SELECT count(*) FROM answer"), 2);
    author.now = author.now + std::chrono::days(6);
    batch(3, at(std::chrono::hours(1)));
    EXPECT_EQ(ledger->number("SELECT count(*) FROM answer"), 3);
    author.now = author.now + std::chrono::days(2);
    batch(4, at(std::chrono::hours(1)));
    EXPECT_EQ(ledger->number("SELECT count(*) FROM answer"), 3);
    EXPECT_EQ(ledger->number("SELECT count(*) FROM answer WHERE body_hash = 1"), 0);
  }
  const VerifyReport report = ledger->verify(registry);
  EXPECT_TRUE(report.ok) << report.json();
}

TEST_P(StoreOnEngine, AKeyMadeByChanceAloneHasItsAnswer) {
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  Author author(registry, store);
  RawId key;
  key.bytes.fill(0xFF);  // a home beyond every county
  author.record(arrival(1));
  author.answer(key, 1);
  author.commit();
  int found = 0;
  const AnswerKey asked{id_of<AccountTag>(7), key};
  store.load_answers(std::span(&asked, 1), [&](const AnswerRow&) { ++found; });
  EXPECT_EQ(found, 1);
}

TEST_P(StoreOnEngine, TheSameAnswerTwiceIsADefectAndLeavesNothing) {
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  Author author(registry, store);
  author.answer(id_of<TextTag>(99).raw, 1);
  author.commit();
  author.record(arrival(1));
  author.answer(id_of<TextTag>(99).raw, 1);
  EXPECT_THROW(author.commit(), Defect);
  EXPECT_EQ(store.head().batch, 1);
  EXPECT_FALSE(guest(store, 1));
  author.record(arrival(1));
  EXPECT_EQ(author.commit().batch, 2) << "the store goes on after a rollback";
}

TEST_P(StoreOnEngine, DutiesAreFoundBySubjectAndByStepWhileTheyAreOpen) {
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  Author author(registry, store);
  const RawId about = id_of<PersonTag>(1).raw;
  EXPECT_TRUE(open(store, about).empty());  // known to be empty from here on
  const No opener = author.record(arrival(1), {.opened = {duty_about(about, clinic, Instant{2000}),
                                                          duty_about(about, clinic, Instant{1000})}});
  author.commit();
  ASSERT_EQ(open(store, about).size(), 2U);
  EXPECT_EQ(open(store, about)[0].no, opener + 1);
  EXPECT_EQ(store.next_step_at(), Instant{1000});
  const auto due = store.due_duties(Instant{1500}, 10);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].no, opener + 2);
  EXPECT_EQ(store.due_duties(Instant{2500}, 1).size(), 1U);

  author.record(GuestMoved{id_of<PersonTag>(1), Mood::worried}, {.met = {{opener + 2, Instant{900}}}});
  author.commit();
  ASSERT_EQ(open(store, about).size(), 1U);
  EXPECT_EQ(open(store, about)[0].no, opener + 1);
  EXPECT_EQ(store.next_step_at(), Instant{2000});
  author.record(GuestMoved{id_of<PersonTag>(1), Mood::worried},
                {.reopened = {{opener + 2, "amended", Instant{1200}}}});
  author.commit();
  EXPECT_EQ(open(store, about).size(), 2U);
  EXPECT_EQ(store.next_step_at(), Instant{1200});

  author.record(GuestMoved{id_of<PersonTag>(1), Mood::worried},
                {.ended = {{opener + 1, DutyState::cancelled, ""}, {opener + 2, DutyState::superseded, ""}}});
  author.commit();
  EXPECT_TRUE(open(store, about).empty());
  EXPECT_FALSE(store.next_step_at());
}

TEST_P(StoreOnEngine, ANumberThatIsNotNextIsRefused) {
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  Author author(registry, store);
  author.record(arrival(1));
  author.batch.events.back().no += No{1} << no_ordinal_bits;
  EXPECT_THROW(author.commit(), Defect);
}

TEST_P(StoreOnEngine, AServerThatLostTheLedgerStops) {
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  Author author(registry, store);
  author.record(arrival(1));
  author.commit();
  ledger->run(on_file() ? "UPDATE head SET incarnation = incarnation + 1"
                        : "UPDATE slot SET incarnation = incarnation + 1");
  author.record(arrival(2));
  EXPECT_THROW(author.commit(), StoreBroken);
  EXPECT_THROW((void)guest(store, 1), StoreBroken) << "broken stays broken";
}

TEST_P(StoreOnEngine, ANewerLedgerIsRefused) {
  (void)ledger->open(registry);
  ledger->run(on_file() ? "PRAGMA user_version = 2" : "UPDATE head SET schema_version = 2");
  EXPECT_THROW((void)ledger->open(registry), StoreTooNew);
}

TEST_P(StoreOnEngine, FrozenTextsIdentitiesAndAuditAreKept) {
  const auto opened = ledger->open(registry);
  Store& store = *opened;
  Author author(registry, store);
  author.record(arrival(1));
  author.batch.frozen = {{"b", "{}"}, {"a", "{\"x\":1}"}};
  author.batch.identities = {{id_of<PersonTag>(1).raw, "person", std::string("\0sealed", 7), "ff"}};
  author.batch.tokens = {{"name", std::string("\x01\x00\x02", 3), id_of<PersonTag>(1).raw}};
  author.batch.audit = {{.at = author.now, .kind = "refused", .code = "R-X"}};
  author.commit();
  EXPECT_EQ(store.frozen("a"), "{\"x\":1}");
  EXPECT_EQ(store.frozen("c"), "");
  EXPECT_EQ(ledger->number("SELECT length(cipher) FROM identity"), 7);
  EXPECT_EQ(ledger->number("SELECT length(token) FROM token"), 3);
  EXPECT_EQ(ledger->number("SELECT count(*) FROM audit WHERE length(link) = 32"), 1);
  erase(store, id_of<PersonTag>(1).raw);
  EXPECT_EQ(ledger->number("SELECT count(*) FROM token"), 0);
}

}  // namespace
}  // namespace fx::journal
