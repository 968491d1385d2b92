// A realm that moves. Without these a copy could lose a row, change a byte, or be opened before it is whole.
#include <gtest/gtest.h>

#include "journal/testing/engines.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

struct CopyTest : testing::Test {
  static void write(const Registry& registry, Store& store, std::uint64_t from, std::uint64_t until) {
    Author author(registry, store);
    for (std::uint64_t n = from; n < until; ++n) {
      const std::int32_t home = n % 2 == 0 ? 990121 : 990222;
      author.record(
          GuestArrived{id_of<PersonTag>(n, home),
                       id_of<UnitTag>(n % 3),
                       0.1 * static_cast<double>(n),
                       {"茶", "\"x\""},
                       {}},
          {.opened = {duty_about(id_of<PersonTag>(n, home).raw, id_of<UnitTag>(1), Instant{5}, home)}});
      author.answer(id_of<TextTag>(n).raw, n);
      author.batch.frozen = {{"k" + std::to_string(n), "{}"}};
      author.batch.identities = {{id_of<PersonTag>(n, home).raw, "person", std::string("\0s", 2), "unknown"}};
      author.batch.tokens = {{"name", std::string("\0t", 2), id_of<PersonTag>(n, home).raw}};
      author.batch.audit = {{.at = author.now, .kind = "refused", .code = "R-X"}};
      author.commit();
    }
  }
  /// As `fangxian copy` does it, keys apart.
  static void move(const ScratchDirectory& from, const Registry& registry, const std::string& owner) {
    pg::copy_to_postgres(from.path(), registry, owner);
    pg::open_to_servers(owner);
  }
  /// A file of one batch with as many guests.
  void write_guests(std::uint64_t guests) const {
    SqliteStore store(registry, {.directory = directory.path(), .sync = false, .copy_in_background = false});
    Author author(registry, store);
    for (std::uint64_t n = 1; n <= guests; ++n)
      author.record(GuestArrived{id_of<PersonTag>(n), {}, 1, {}, {}});
    author.commit();
  }
  static void expect_alike(const VerifyReport& left, const VerifyReport& right) {
    EXPECT_TRUE(left.ok) << left.json();
    EXPECT_TRUE(right.ok) << right.json();
    EXPECT_EQ(left.link, right.link);
    ASSERT_EQ(left.tables.size(), right.tables.size());
    for (std::size_t i = 0; i < left.tables.size(); ++i) {
      EXPECT_EQ(left.tables[i].rows, right.tables[i].rows) << left.tables[i].name;
      EXPECT_EQ(left.tables[i].digest, right.tables[i].digest) << left.tables[i].name;
    }
  }

  Registry registry{desks(), {}};
  ScratchDirectory directory;
  PgLedger database;
};

TEST_F(CopyTest, ThereAndBackNothingIsChanged) {
  {
    SqliteStore store(registry, {.directory = directory.path(), .sync = false, .copy_in_background = false});
    write(registry, store, 1, 40);
  }
  // The hash of a made up ciphertext is wrong on both sides alike; only what differs between them counts here.
  move(directory, registry, database.database().owner());
  ScratchDirectory back;
  pg::copy_to_sqlite(database.database().app(), registry, back.path());
  const VerifyReport first = verify(directory.path(), registry);
  const VerifyReport second = verify(back.path(), registry);
  EXPECT_EQ(first.link, second.link);
  EXPECT_EQ(first.faults.size(), second.faults.size());
  ASSERT_EQ(first.tables.size(), second.tables.size());
  for (std::size_t i = 0; i < first.tables.size(); ++i) {
    EXPECT_EQ(first.tables[i].rows, second.tables[i].rows) << first.tables[i].name;
    EXPECT_EQ(first.tables[i].digest, second.tables[i].digest) << first.tables[i].name;
  }
}

TEST_F(CopyTest, TheCopyGoesOnWhereTheFileEnded) {
  {
    SqliteStore store(registry, {.directory = directory.path(), .sync = false, .copy_in_background = false});
    Author author(registry, store);
    author.record(GuestArrived{id_of<PersonTag>(1), id_of<UnitTag>(1), 1, {}, {}});
    author.commit();
  }
  move(directory, registry, database.database().owner());
  const auto store = database.open(registry);
  EXPECT_EQ(store->head().batch, 1);
  Author author(registry, *store);
  author.record(GuestMoved{id_of<PersonTag>(1), Mood::gone});
  EXPECT_EQ(author.commit().batch, 2);
  ScratchDirectory back;
  pg::copy_to_sqlite(database.database().app(), registry, back.path());
  {
    SqliteStore file(registry, {.directory = back.path(), .sync = false, .copy_in_background = false});
    Author again(registry, file);
    again.record(GuestMoved{id_of<PersonTag>(1), Mood::calm});
    EXPECT_EQ(again.commit().batch, 3);
  }
  const VerifyReport report = verify(back.path(), registry);
  EXPECT_TRUE(report.ok) << report.json();
}

TEST_F(CopyTest, ACopyThatWasCutOffGoesOnAndIsNotOpenedBefore) {
  write_guests(30);
  const auto owner = database.database().owner();
  const auto cut = [](std::string_view table, std::int64_t, std::int64_t) {
    if (table == "event") throw std::runtime_error("cut");
  };
  EXPECT_THROW(pg::copy_to_postgres(directory.path(), registry, owner, cut), std::runtime_error);
  EXPECT_THROW(PgStore(registry, {.url = database.database().app()}), StoreBroken) << "half a ledger is none";
  move(directory, registry, owner);
  expect_alike(verify(directory.path(), registry), database.verify(registry));
  ScratchDirectory other;
  {
    SqliteStore store(registry, {.directory = other.path(), .sync = false, .copy_in_background = false});
  }
  EXPECT_THROW(pg::copy_to_postgres(other.path(), registry, owner), StoreBroken)
      << "another realm's ledger is there";
}

TEST_F(CopyTest, ACopyThatWasCutOffAtItsEndGoesOnToo) {
  write_guests(3);
  const auto owner = database.database().owner();
  pg::copy_to_postgres(directory.path(), registry, owner);  // cut off before keys, proof and realm.json
  EXPECT_THROW(PgStore(registry, {.url = database.database().app()}), StoreBroken) << "nothing proves it yet";
  EXPECT_NO_THROW(pg::copy_to_postgres(directory.path(), registry, owner)) << "this realm's, not another's";
  expect_alike(verify(directory.path(), registry), pg::verify_copy(owner, registry));
  pg::open_to_servers(owner);
  EXPECT_NO_THROW(move(directory, registry, owner)) << "a finished copy may be asked for again";
  expect_alike(verify(directory.path(), registry), database.verify(registry));
}

TEST_F(CopyTest, NothingIsCopiedOverARealmThatWentOn) {
  write_guests(1);
  const auto owner = database.database().owner();
  const auto why = [&] {
    try {
      pg::copy_to_postgres(directory.path(), registry, owner);
    } catch (const StoreBroken& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  pg::copy_to_postgres(directory.path(), registry, owner);
  write_guests(2);
  EXPECT_NE(why().find("the file went on (batch 2)"), std::string::npos) << why();
  ScratchDirectory nothing;
  EXPECT_THROW(pg::copy_to_postgres(nothing.path(), registry, owner), StoreBroken) << "no ledger is made";
  pg::open_to_servers(owner);
  EXPECT_NE(why().find("the realm goes on there"), std::string::npos) << why();
}

TEST_F(CopyTest, TablesOfAnOlderProgramAreBuiltAnewOnTheWay) {
  {
    const auto store = database.open(registry);
    Author author(registry, *store);
    author.record(GuestArrived{id_of<PersonTag>(1), {}, 1, {}, {}});
    author.commit();
  }
  Registry raised{desks({.version = 2}), {}};
  EXPECT_THROW(database.database().prepare(raised), StoreBroken) << "not begun empty";
  ScratchDirectory file;
  pg::copy_to_sqlite(database.database().app(), raised, file.path());
  PgLedger fresh;
  move(file, raised, fresh.database().owner());
  EXPECT_EQ(fresh.number("SELECT count(*) FROM guest"), 1);
  const VerifyReport report = fresh.verify(raised);
  EXPECT_TRUE(report.ok) << report.json();
}

TEST_F(CopyTest, WhatWasAlteredInTheDatabaseIsFound) {
  {
    const auto store = database.open(registry);
    Author author(registry, *store);
    for (std::uint64_t n = 1; n <= 5; ++n) {
      author.record(GuestArrived{id_of<PersonTag>(n), {}, 1, {}, {}});
      author.batch.audit = {{.at = author.now, .kind = "refused", .code = "R-X"}};
      author.batch.frozen = {{"k" + std::to_string(n), "{}"}};
      author.commit();
    }
  }
  ASSERT_TRUE(database.verify(registry).ok);
  const auto altered = [&](const std::string& change, const std::string& back) {
    database.run(change);
    EXPECT_FALSE(database.verify(registry).ok) << change;
    database.run(back);
    EXPECT_TRUE(database.verify(registry).ok) << back;
  };
  altered("UPDATE event SET occurred_at = occurred_at + 1 WHERE batch = 3",
          "UPDATE event SET occurred_at = occurred_at - 1 WHERE batch = 3");
  altered("UPDATE guest SET visits = visits + 1", "UPDATE guest SET visits = visits - 1");
  altered("UPDATE audit SET code = 'R-Y' WHERE line = 2", "UPDATE audit SET code = 'R-X' WHERE line = 2");
  altered("UPDATE frozen SET json = '[]' WHERE key = 'k2'", "UPDATE frozen SET json = '{}' WHERE key = 'k2'");
  altered("UPDATE batch SET decided_at = decided_at + 1 WHERE batch = 2",
          "UPDATE batch SET decided_at = decided_at - 1 WHERE batch = 2");
  altered("UPDATE slot SET next_n = next_n + 1", "UPDATE slot SET next_n = next_n - 1");
}

TEST_F(CopyTest, ALeaseStartsWhereItsSlotEnded) {
  {
    const auto one = database.open(registry);
    const auto two = database.open(registry);
    EXPECT_EQ(one->head().slot, 1);
    EXPECT_EQ(two->head().slot, 2);
    Author author(registry, *two);
    author.record(GuestArrived{id_of<PersonTag>(1), {}, 1, {}, {}});
    author.commit();
  }
  database.wait_until_closed();
  const auto again = database.open(registry);
  EXPECT_EQ(again->head().slot, 1);
  EXPECT_EQ(again->head().next_n, 1);
  const VerifyReport report = database.verify(registry);
  EXPECT_TRUE(report.ok) << report.json();
}

}  // namespace
}  // namespace fx::journal
