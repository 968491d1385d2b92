// A backup that lacks what was acknowledged, or a restore that brings back what came later, would be found out on the
// worst day of a county.
#include "journal/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "journal/restore.hpp"
#include "journal/testing/author.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words
using ::testing::HasSubstr;

const Registry& house_registry() {
  static const Registry registry{desks(), {}};
  return registry;
}

std::map<std::string, std::string> derived(const VerifyReport& report) {
  std::map<std::string, std::string> out;
  for (const TableReport& table : report.tables)
    if (table.kind == TableClass::derived) out[table.name] = table.digest;
  return out;
}

struct BackupTest : testing::Test {
  [[nodiscard]] std::filesystem::path realm() const { return directory.path() / "realm"; }
  [[nodiscard]] std::filesystem::path copy(const std::string& name) const { return directory.path() / name; }
  [[nodiscard]] SqliteStore open(bool background = false) const {
    return {
        house_registry(),
        {.directory = realm(), .restart_log_at = 1 << 20, .sync = false, .copy_in_background = background}};
  }
  /// One arrival with its text, token, duty and answer, and one move.
  static std::int64_t one_batch(Author& author, std::uint64_t n) {
    const auto guest = id_of<PersonTag>(n);
    author.batch.identities.push_back({guest.raw, "person", "sealed", std::string(64, '0')});
    author.batch.tokens.push_back({"name", "token" + std::to_string(n), guest.raw});
    const No opener = author.record(GuestArrived{guest, id_of<UnitTag>(1), 1, {std::string(500, 'x')}, {}},
                                    {.opened = {duty_about(guest.raw, id_of<UnitTag>(1), Instant{1000})}});
    author.record(GuestMoved{guest, Mood::worried},
                  n % 2 == 0 ? Effects{.met = {{opener + 1, Instant{900}}}} : Effects{});
    author.answer(id_of<TextTag>(n).raw, n);
    author.batch.frozen.push_back({"OB-T1@" + std::to_string(n), "{}"});
    author.batch.audit.push_back({.at = author.now, .kind = "search"});
    return author.commit().batch;
  }
  Restored restored(const std::filesystem::path& from, const std::string& to,
                    const RestoreOptions& options = {}) {
    std::filesystem::create_directories(copy(to));
    return restore(from, copy(to), house_registry(), options);
  }

  ScratchDirectory directory;
};

/// Identities of these tests are no ciphertexts and named by no event; everything else must hold.
bool sound(const VerifyReport& report) {
  return std::ranges::all_of(report.faults, [](const BadRecord& bad) {
    return bad.what.find("ciphertext does not match") != std::string::npos ||
           bad.what.find("no event of its batch names it") != std::string::npos;
  });
}

TEST_F(BackupTest, WhatWasAcknowledgedBeforeTheMarkIsInItWhileAWriterWrites) {
  std::atomic<std::int64_t> acknowledged = 0;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    SqliteStore store = open(true);
    Author author(house_registry(), store);
    for (std::uint64_t n = 1; !stop; ++n) acknowledged = one_batch(author, n);
  });
  while (acknowledged < 300) std::this_thread::yield();
  std::int64_t written_meanwhile = 0;
  for (int round = 0; round < 4; ++round) {
    const std::int64_t before = acknowledged;
    BackupOptions options{.notes = {{"realm.json", "{}"}}, .pages_a_step = 50};
    options.progress = [&](int, int) {
      const std::int64_t now = acknowledged;
      for (int i = 0; i < 100 && acknowledged == now; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return true;
    };
    const Mark mark = backup(realm(), copy(""), options);
    written_meanwhile += acknowledged - mark.batch;
    EXPECT_GE(mark.batch, before);
    EXPECT_EQ(backup_note(mark.file, "realm.json"), "{}");
    const VerifyReport report = verify(mark.file, house_registry(), {.anchors = {{mark.batch, mark.link}}});
    EXPECT_TRUE(sound(report)) << report.json();
    EXPECT_EQ(report.batches, mark.batch);
    EXPECT_FALSE(std::filesystem::exists(mark.file + "-wal"));
  }
  stop = true;
  writer.join();
  EXPECT_GT(written_meanwhile, 20) << "the writer went on while pages were copied";
}

TEST_F(BackupTest, ARestoreToAnyEventGivesTheTablesOfThatMoment) {
  std::map<std::int64_t, std::map<std::string, std::string>> then;
  std::map<std::int64_t, No> last;
  {
    SqliteStore store = open();
    Author author(house_registry(), store);
    for (std::uint64_t n = 1; n <= 12; ++n) {
      const std::int64_t batch = one_batch(author, n);
      last[batch] = make_no(1, store.head().next_n - 1);
      then[batch] = derived(verify(realm(), house_registry()));
    }
  }
  const Mark mark = backup(realm(), copy("all.backup"));
  EXPECT_EQ(mark.batch, 12);
  EXPECT_EQ(mark.last_event, last[12]);
  for (const std::int64_t batch : {1, 4, 7, 11, 12}) {
    // A number of a duty, or of an event amid the batch, names the batch too.
    const Until until =
        batch % 2 == 0 ? Until{{}, last[batch] - (No{1} << no_ordinal_bits) + 1} : Until{batch, {}};
    const std::string to = "restored-" + std::to_string(batch);
    const Restored out = restored(mark.file, to, {.until = until, .note = "{}"});
    EXPECT_TRUE(sound(out.report)) << out.report.json();
    EXPECT_EQ(out.batch, batch);
    EXPECT_EQ(out.last_event, last[batch]);
    EXPECT_EQ(derived(out.report), then[batch]) << "batch " << batch;
    Connection ledger((copy(to) / "ledger.db").string(), Connection::Mode::read);
    for (const char* count :
         {"SELECT count(*) FROM answer", "SELECT count(*) FROM identity", "SELECT count(*) FROM token",
          "SELECT count(*) FROM frozen", "SELECT count(*) - 1 FROM audit", "SELECT count(*) / 2 FROM event"})
      EXPECT_EQ(ledger.number(count), batch) << count;
    EXPECT_EQ(ledger.number("SELECT epoch FROM head"), 2);
    EXPECT_EQ(ledger.number("SELECT count(*) FROM audit WHERE kind = 'restored'"), 1);
  }
  SqliteStore store(house_registry(),
                    {.directory = copy("restored-7"), .sync = false, .copy_in_background = false});
  Author author(house_registry(), store);
  EXPECT_EQ(one_batch(author, 100), 9) << "work goes on, with the next numbers";
  EXPECT_TRUE(sound(verify(copy("restored-7"), house_registry())));
}

TEST_F(BackupTest, APointBeforeTheDamageCanStillBeRestored) {
  {
    SqliteStore store = open();
    Author author(house_registry(), store);
    for (std::uint64_t n = 1; n <= 5; ++n) one_batch(author, n);
  }
  const Mark mark = backup(realm(), copy("a.backup"));
  {
    Connection file(mark.file, Connection::Mode::scratch);
    file.run("UPDATE event SET body = replace(body, 'worried', 'w0rried') WHERE batch = 4");
  }
  EXPECT_FALSE(sound(restored(mark.file, "whole").report));
  EXPECT_TRUE(sound(restored(mark.file, "before", {.until = {3, {}}}).report));
  const Restored other =
      restored(mark.file, "anchored", {.until = {3, {}}, .anchors = {{2, std::string(64, '0')}}});
  EXPECT_THAT(other.report.json(), HasSubstr("the chain was rewritten"));
}

TEST_F(BackupTest, WhoWasErasedSinceStaysErased) {
  {
    SqliteStore store = open();
    Author author(house_registry(), store);
    for (std::uint64_t n = 1; n <= 3; ++n) one_batch(author, n);
  }
  const Mark mark = backup(realm(), copy("a.backup"));
  restored(mark.file, "later", {.erased = {id_of<PersonTag>(2).raw}});
  Connection ledger((copy("later") / "ledger.db").string(), Connection::Mode::read);
  EXPECT_EQ(ledger.number("SELECT count(*) FROM token"), 2);
}

TEST_F(BackupTest, BeforeANewNameItStandsUpToTheKeys) {
  const auto guest = id_of<PersonTag>(1);
  {
    SqliteStore store = open();
    Author author(house_registry(), store);
    one_batch(author, 1);
    author.batch.identities.push_back({guest.raw, "person", "sealed anew", std::string(64, '0')});
    author.batch.tokens.push_back({"name", "renamed", guest.raw});
    author.record(GuestMoved{guest, Mood::worried});
    author.commit();
  }
  const Mark mark = backup(realm(), copy("a.backup"));
  VerifyOptions keys;
  keys.tokens_of = [](const IdentityWrite& identity) {
    return std::vector{
        TokenWrite{"name", identity.cipher == "sealed" ? "token1" : "renamed", identity.subject}};
  };
  EXPECT_TRUE(sound(verify(realm(), house_registry(), keys)));
  restored(mark.file, "before", {.until = {1, {}}});
  EXPECT_TRUE(sound(verify(copy("before"), house_registry(), keys)))
      << "the later name still finds its person";
  {
    Connection ledger((copy("before") / "ledger.db").string(), Connection::Mode::scratch);
    ledger.run("DELETE FROM token WHERE token = CAST('token1' AS BLOB)");
  }
  EXPECT_FALSE(sound(verify(copy("before"), house_registry(), keys))) << "what is missing is named as ever";
}

TEST_F(BackupTest, NothingHalfIsEverThere) {
  {
    SqliteStore store = open();
    Author author(house_registry(), store);
    one_batch(author, 1);
  }
  BackupOptions stopped{.pages_a_step = 1};
  stopped.progress = [](int done, int) { return done < 5; };
  EXPECT_THROW(backup(realm(), copy("a.backup"), stopped), std::runtime_error);
  EXPECT_FALSE(std::filesystem::exists(copy("a.backup")));
  EXPECT_FALSE(std::filesystem::exists(copy("a.backup.part")));
  const Mark mark = backup(realm(), copy("a.backup"));
  EXPECT_THROW(backup(realm(), copy("a.backup")), std::runtime_error) << "never over another";
  EXPECT_THROW(restored(mark.file, "no", {.until = {7, {}}}), std::runtime_error);
  EXPECT_THROW(restored(realm() / "ledger.db", "none"), std::runtime_error) << "a ledger is no backup";
  EXPECT_THROW((void)parse_until("batch:x"), std::runtime_error);
  EXPECT_THROW((void)parse_until("12y"), std::runtime_error);
  EXPECT_EQ(parse_until("64").event, 64);
}

}  // namespace
}  // namespace fx::journal
