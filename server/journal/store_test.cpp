// What the ledger promises its writer. Without these a restart could forget an acknowledged event, a refused disk could
// leave half a batch, or a cached row could speak of a commit that never was.
#include "journal/store.hpp"

#include <gtest/gtest.h>

#include "journal/testing/author.hpp"
#include "journal/verify.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

struct StoreTest : testing::Test {
  StoreOptions options(std::int64_t most_pages = 0) const {
    return {
        .directory = directory.path(), .sync = false, .copy_in_background = false, .most_pages = most_pages};
  }
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

  ScratchDirectory directory;
  Registry registry{desks(), {}};
  UnitId clinic = id_of<UnitTag>(1);
};

TEST_F(StoreTest, WhatWasCommittedIsThereAfterReopening) {
  {
    SqliteStore store(registry, options());
    Author author(registry, store);
    author.record(arrival(1));
    author.record(GuestMoved{id_of<PersonTag>(1), Mood::worried});
    const Head head = author.commit();
    EXPECT_EQ(head.batch, 1);
    EXPECT_EQ(head.next_n, 3);
  }
  SqliteStore store(registry, options());
  EXPECT_TRUE(store.rebuilt().empty());
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

TEST_F(StoreTest, EventsComeBackAsTheyWereAndInWholeBatches) {
  SqliteStore store(registry, options());
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

TEST_F(StoreTest, AnAnswerIsFoundByActorAndKeyOnly) {
  SqliteStore store(registry, options());
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
  EXPECT_EQ(store.forget_answers(Instant{1'657'000'000'000}, 10), 0U);
  EXPECT_EQ(store.forget_answers(Instant{1'659'000'000'000}, 10), 1U);
}

TEST_F(StoreTest, TheSameAnswerTwiceIsADefectAndLeavesNothing) {
  SqliteStore store(registry, options());
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

TEST_F(StoreTest, DutiesAreFoundBySubjectAndByStepWhileTheyAreOpen) {
  SqliteStore store(registry, options());
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

TEST_F(StoreTest, AFullDiskStoresNothingAndReadsGoOn) {
  {
    SqliteStore store(registry, options());
    Author author(registry, store);
    author.record(arrival(1));
    author.commit();
  }
  SqliteStore store(registry, options(60));
  Author author(registry, store);
  std::uint64_t stored = 1;
  bool full = false;
  for (std::uint64_t n = 2; n < 2000 && !full; ++n) {
    author.record(arrival(n));
    author.record(GuestMoved{id_of<PersonTag>(1), n % 2 == 0 ? Mood::worried : Mood::calm});
    try {
      author.commit();
      stored = n;
    } catch (const StoreFull&) {
      full = true;
    }
  }
  ASSERT_TRUE(full);
  EXPECT_FALSE(guest(store, stored + 1)) << "of a refused batch nothing is there";
  EXPECT_TRUE(guest(store, stored));
  const Mood mood = stored % 2 == 0 ? Mood::worried : Mood::calm;
  EXPECT_EQ(guest(store, 1)->mood, mood) << "the cached row speaks of the last commit";
  EXPECT_EQ(store.head().batch, static_cast<std::int64_t>(stored));
  author.record(arrival(stored + 1));
  EXPECT_THROW(author.commit(), StoreFull) << "full stays full, not broken";
}

TEST_F(StoreTest, ARollbackDropsTheCache) {
  SqliteStore store(registry, options());
  Author author(registry, store);
  author.record(arrival(1));
  author.answer(id_of<TextTag>(1).raw, 1);
  author.commit();
  ASSERT_TRUE(guest(store, 1));
  ASSERT_GT(store.cache().size(), 0U);
  author.record(GuestMoved{id_of<PersonTag>(1), Mood::gone});
  author.answer(id_of<TextTag>(1).raw, 1);
  EXPECT_THROW(author.commit(), Defect);
  EXPECT_EQ(store.cache().size(), 0U);
  EXPECT_EQ(guest(store, 1)->mood, Mood::calm);
}

TEST_F(StoreTest, ANumberThatIsNotNextIsRefused) {
  SqliteStore store(registry, options());
  Author author(registry, store);
  author.record(arrival(1));
  author.batch.events.back().no += No{1} << no_ordinal_bits;
  EXPECT_THROW(author.commit(), Defect);
}

TEST_F(StoreTest, OneWriterAtATime) {
  SqliteStore store(registry, options());
  EXPECT_THROW(SqliteStore(registry, options()), StoreInUse);
}

TEST_F(StoreTest, AServerThatLostTheLedgerStops) {
  SqliteStore store(registry, options());
  Author author(registry, store);
  author.record(arrival(1));
  author.commit();
  {
    Connection other(store.path(), Connection::Mode::create);
    other.run("UPDATE head SET incarnation = incarnation + 1");
  }
  author.record(arrival(2));
  EXPECT_THROW(author.commit(), StoreBroken);
  EXPECT_THROW((void)guest(store, 1), StoreBroken) << "broken stays broken";
}

TEST_F(StoreTest, ANewerLedgerIsRefused) {
  {
    SqliteStore store(registry, options());
  }
  {
    Connection other((directory.path() / "ledger.db").string(), Connection::Mode::create);
    other.run("PRAGMA user_version = 2");
  }
  EXPECT_THROW(SqliteStore(registry, options()), StoreTooNew);
}

TEST_F(StoreTest, TheLogIsRestartedByTheWriter) {
  StoreOptions small = options();
  small.restart_log_at = 256 * 1024;
  small.copy_in_background = true;
  SqliteStore store(registry, std::move(small));
  Author author(registry, store);
  std::int64_t longest = 0;
  for (std::uint64_t n = 1; n <= 400; ++n) {
    author.record(arrival(n));
    author.commit();
    longest = std::max(longest, store.log()->bytes());
  }
  EXPECT_GT(longest, 200 * 1024);
  EXPECT_LT(longest, 1024 * 1024);
  EXPECT_LT(std::filesystem::file_size(store.path() + "-wal"), 1024U * 1024U);
}

TEST_F(StoreTest, AChangedTableIsRebuiltByReplay) {
  {
    SqliteStore store(registry, options());
    Author author(registry, store);
    author.record(arrival(1), {.opened = {duty_about(id_of<PersonTag>(1).raw, clinic, Instant{1000})}});
    author.record(GuestMoved{id_of<PersonTag>(1), Mood::worried});
    author.commit();
  }
  {
    Connection other((directory.path() / "ledger.db").string(), Connection::Mode::create);
    other.run("UPDATE guest SET mood = 'gone'; UPDATE counter SET value = 17");
  }
  Registry raised{desks({.version = 2, .indexes = {"noisy"}}), {}};
  SqliteStore store(raised, options());
  EXPECT_EQ(store.rebuilt(), std::vector<std::string>{"guest"});
  EXPECT_EQ(guest(store, 1)->mood, Mood::worried);
  EXPECT_EQ(open(store, id_of<PersonTag>(1).raw).size(), 1U);
  Connection look(store.path(), Connection::Mode::read);
  EXPECT_EQ(look.number("SELECT value FROM counter"), 1);
  EXPECT_EQ(look.number("SELECT count(*) FROM sqlite_master WHERE name = 'guest__noisy'"), 1);
  EXPECT_EQ(look.number("SELECT count(*) FROM sqlite_master WHERE name = 'guest__mood'"), 0);
}

TEST_F(StoreTest, FrozenTextsIdentitiesAndAuditAreKept) {
  SqliteStore store(registry, options());
  Author author(registry, store);
  author.record(arrival(1));
  author.batch.frozen = {{"b", "{}"}, {"a", "{\"x\":1}"}};
  author.batch.identities = {{id_of<PersonTag>(1).raw, "person", std::string("\0sealed", 7), "ff"}};
  author.batch.tokens = {{"name", std::string("\x01\x00\x02", 3), id_of<PersonTag>(1).raw}};
  author.batch.audit = {{.at = author.now, .kind = "refused", .code = "R-X"}};
  author.commit();
  EXPECT_EQ(store.frozen("a"), "{\"x\":1}");
  EXPECT_EQ(store.frozen("c"), "");
  Connection look(store.path(), Connection::Mode::read);
  EXPECT_EQ(look.number("SELECT length(cipher) FROM identity"), 7);
  EXPECT_EQ(look.number("SELECT length(token) FROM token"), 3);
  EXPECT_EQ(look.number("SELECT count(*) FROM audit WHERE length(link) = 32"), 1);
  const RawId subject = id_of<PersonTag>(1).raw;
  store.erase_tokens(std::span(&subject, 1));
  EXPECT_EQ(look.number("SELECT count(*) FROM token"), 0);
}

}  // namespace
}  // namespace fx::journal
