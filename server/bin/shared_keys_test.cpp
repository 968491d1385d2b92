// Keys and sessions of several servers. Without these a person could be unreadable at the second server, come back after
// being erased, or stay signed in where nobody sees it.
#include <gtest/gtest.h>

#include "api/session_book.hpp"
#include "bin/ledger_tail.hpp"
#include "bin/place.hpp"
#include "bin/shared_keys.hpp"
#include "journal/testing/engines.hpp"

namespace fx::bin {
namespace {

using namespace journal::testing_desk;  // NOLINT(google-build-using-namespace): the journal's test words

struct SharedKeys : ::testing::Test {
  SharedKeys() {
    journal::pg::Link owner({.url = database.owner()});
    prepare_keys(owner);
    prepare_keys(owner);  // again is harmless
  }
  static runtime::WrappedKey wrapped(char fill) {
    runtime::WrappedKey out;
    out.fill(static_cast<unsigned char>(fill));
    return out;
  }
  static RawId person(std::uint64_t n) { return id_of<PersonTag>(n).raw; }
  ScratchDatabase database;
};

TEST_F(SharedKeys, OneServersKeyIsReadAtTheOther) {
  SharedKeyStore one(database.app());
  SharedKeyStore two(database.app());
  const std::vector<runtime::KeyStore::Entry> entries{{person(1), wrapped('a')}, {person(2), wrapped('b')}};
  EXPECT_EQ(one.put(entries), 2U);
  EXPECT_EQ(two.get(person(1)), wrapped('a'));
  const std::vector<runtime::KeyStore::Entry> other{{person(1), wrapped('z')}};
  EXPECT_EQ(two.put(other), 0U) << "a key is never replaced";
  EXPECT_EQ(one.get(person(1)), wrapped('a'));
  EXPECT_FALSE(one.get(person(3)));
  EXPECT_EQ(one.size(), 2U);
}

TEST_F(SharedKeys, WhoWasErasedNeverGetsAKeyAgain) {
  SharedKeyStore one(database.app());
  SharedKeyStore two(database.app());
  const std::vector<runtime::KeyStore::Entry> entries{{person(1), wrapped('a')}};
  one.put(entries);
  const RawId gone = person(1);
  EXPECT_EQ(two.destroy(std::span(&gone, 1)), 1U);
  EXPECT_FALSE(one.get(gone));
  EXPECT_TRUE(one.is_erased(gone));
  EXPECT_EQ(one.put(entries), 0U);
  EXPECT_EQ(one.erased(), std::vector<RawId>{gone});
}

TEST_F(SharedKeys, AKeyDatabaseThatIsNotPreparedIsSaid) {
  ScratchDatabase empty;
  EXPECT_THROW(SharedKeyStore(empty.app()), runtime::KeyStoreError);
  EXPECT_EQ(keys_url("postgres://a@h/fx"), "postgres://a@h/fx_keys");
  EXPECT_EQ(keys_url("postgres:///fx?host=/tmp"), "postgres:///fx_keys?host=/tmp");
}

TEST_F(SharedKeys, ASessionHoldsAtEachServerAndEndsAtEach) {
  using std::chrono::seconds;
  const auto at = [](int s) { return api::MachineTime{seconds(s), Instant{1'658'064'600'000 + 1000 * s}}; };
  api::SessionBook one(database.app(), at(0));
  api::SessionBook two(database.app(), at(0));
  const AccountId account = id_of<AccountTag>(1);
  const std::string token = one.open(account, id_of<UnitTag>(1), at(0));
  const auto there = two.use(token, at(1));
  ASSERT_TRUE(there);
  EXPECT_EQ(there->account, account);
  one.close(token);
  EXPECT_FALSE(one.use(token, at(1)));
  EXPECT_FALSE(two.use(token, at(3))) << "out within a second";
  const std::string again = two.open(account, id_of<UnitTag>(1), at(4));
  ASSERT_TRUE(one.use(again, at(4)));
  two.close_all(account);
  EXPECT_FALSE(one.use(again, at(6)));
  EXPECT_FALSE(one.use("no such token", at(6)));
}

TEST_F(SharedKeys, ARealmOpensWhereItsLedgerIs) {
  const ScratchDirectory folder;
  RealmFile realm;
  realm.store = "postgres://app@h/fx";
  EXPECT_EQ(settled({}, realm, folder.path()).keys, "postgres://app@h/fx_keys");
  EXPECT_EQ(settled({.store = "postgres://app:secret@h/fx", .keys = {}}, realm, folder.path()).store,
            "postgres://app:secret@h/fx");
  EXPECT_FALSE(settled({}, {}, folder.path()).shared());
  EXPECT_THROW((void)settled({.store = {}, .keys = "postgres://h/k"}, {}, folder.path()), std::runtime_error);
  journal::Connection(folder.path() / "ledger.db", journal::Connection::Mode::create)
      .run("PRAGMA user_version = 1");
  EXPECT_THROW((void)settled({.store = "postgres://h/fx", .keys = {}}, {}, folder.path()), std::runtime_error)
      << "two ledgers of one realm";
}

TEST_F(SharedKeys, WhatOtherServersCommitIsToldOnce) {
  Registry registry{desks(), {}};
  PgLedger ledger;
  const auto one = ledger.open(registry);
  const auto two = ledger.open(registry);
  const auto readers = ledger.readers(registry, {});
  std::vector<StoredEvent> told;
  LedgerTail tail(*readers, [&](const std::vector<StoredEvent>& events) {
    told.insert(told.end(), events.begin(), events.end());
  });
  EXPECT_EQ(tail.look(), 0U);
  Author mine(registry, *one);
  mine.record(journal::testing_desk::GuestArrived{id_of<PersonTag>(1), {}, 1, {}, {}});
  mine.commit();
  tail.known(one->events_after(0, 10));
  (void)dynamic_cast<SharedStore&>(*two).refresh();
  Author other(registry, *two);
  other.record(journal::testing_desk::GuestArrived{id_of<PersonTag>(2), {}, 1, {}, {}});
  other.commit();
  EXPECT_EQ(tail.look(), 1U);
  EXPECT_EQ(tail.look(), 0U);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front().row.about, id_of<PersonTag>(2).raw);
}

}  // namespace
}  // namespace fx::bin
