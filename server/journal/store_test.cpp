// What the ledger file promises its writer; what both engines promise is in store_engines_test. Without these a restart could forget an acknowledged event, a refused disk could
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

TEST_F(StoreTest, LoadsOfOneTransactionHoldTheLedgerUntilItEnds) {
  {
    SqliteStore filled(registry, options());
    Author author(registry, filled);
    author.record(arrival(1));
    author.record(arrival(2));
    author.commit();
  }
  SqliteStore store(registry, options());
  Connection other(store.path(), Connection::Mode::create);
  other.run("PRAGMA busy_timeout = 0");
  const auto writable = [&] {
    try {
      other.run("BEGIN IMMEDIATE; ROLLBACK");
      return true;
    } catch (const StoreFull&) {
      return false;
    }
  };
  EXPECT_TRUE(guest(store, 1));
  EXPECT_TRUE(writable()) << "a load by itself holds nothing";
  store.begin_loads();
  EXPECT_TRUE(writable()) << "nothing was looked for yet";
  EXPECT_TRUE(guest(store, 2));
  EXPECT_FALSE(writable()) << "what is loaded is what the commit changes";
  store.end_loads();
  EXPECT_TRUE(writable());

  Author author(registry, store);
  store.begin_loads();
  EXPECT_FALSE(guest(store, 3));
  author.record(arrival(3));
  author.commit();
  EXPECT_TRUE(writable()) << "the commit ended the looking";
  store.end_loads();
  EXPECT_EQ(other.number("SELECT count(*) FROM guest"), 3);
}

TEST_F(StoreTest, OneWriterAtATime) {
  SqliteStore store(registry, options());
  EXPECT_THROW(SqliteStore(registry, options()), StoreInUse);
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

}  // namespace
}  // namespace fx::journal
