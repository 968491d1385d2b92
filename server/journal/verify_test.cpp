// Tampering must show. Each test changes one thing in a sound ledger, as someone with the file in hand could, and
// expects the first bad record to be named.
#include "journal/testing/tampered.hpp"

namespace fx::journal {
namespace {

TEST_F(VerifyTest, ASoundLedgerIsFoundSoundAndEachTableHasAClass) {
  const VerifyReport report = run();
  EXPECT_TRUE(report.ok) << report.json();
  EXPECT_EQ(report.events, 15);
  EXPECT_EQ(report.batches, 5);
  EXPECT_EQ(report.link, links.back());
  EXPECT_TRUE(report.unknown_events.empty());
  std::map<std::string, TableReport> tables;
  for (const TableReport& table : report.tables) tables[table.name] = table;
  EXPECT_EQ(tables["guest"].rows, 5);
  EXPECT_EQ(tables["guest"].kind, TableClass::derived);
  EXPECT_EQ(tables["duty"].rows, 5);
  EXPECT_EQ(tables["counter"].kind, TableClass::derived);
  EXPECT_EQ(tables["event"].kind, TableClass::ledger);
  EXPECT_EQ(tables["audit"].rows, 10);
  EXPECT_EQ(tables["identity"].kind, TableClass::identity);
  Connection file((directory.path() / "ledger.db").string(), Connection::Mode::read);
  Statement all(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  while (all.step())
    EXPECT_TRUE(all.text_at(0) == "schema_info" || tables.contains(all.string_at(0))) << all.text_at(0);
  EXPECT_THAT(report.json(), HasSubstr(R"({"ok":true,"cancelled":false,"events":15,"batches":5,)"));
  EXPECT_THAT(report.json(), HasSubstr(R"("first_bad":null)"));
  EXPECT_THAT(report.json(), HasSubstr(R"({"name":"identity","class":"identity","rows":5})"));
}

TEST_F(VerifyTest, AFlippedBitInABodyIsNamed) {
  tamper("UPDATE event SET body = replace(body, 'worried', 'wosried') WHERE no = " + std::to_string(no(5)));
  expect_bad(2, no(5), "not what was sealed");
}

TEST_F(VerifyTest, AnyColumnOfAnEventIsCovered) {
  for (const char* change :
       {"jurisdiction = 990122", "occurred_at = occurred_at - 1", "actor = zeroblob(16)", "device = 'x'",
        "device_time = 0", "caused_by = 1", "reference_generation = 9", "effects = ''",
        "about = zeroblob(16)", "operation = 'x'", "type = 'house.guest_arrived'", "recorded_at = 0",
        "batch = 4", "command = zeroblob(16)", "unit = x'00'", "device_seq = 3",
        "\"check\" = x'0000000000000000'"}) {
    const std::string where = " WHERE no = " + std::to_string(no(8));
    tamper("CREATE TABLE keep AS SELECT * FROM event" + where + "; UPDATE event SET " + change + where);
    const auto report = run();
    EXPECT_FALSE(report.ok) << change;
    ASSERT_TRUE(report.first_bad()) << change;
    EXPECT_EQ(report.first_bad()->batch, 3) << change;
    EXPECT_EQ(report.first_bad()->no, no(8)) << change;
    tamper("DELETE FROM event" + where + "; INSERT INTO event SELECT * FROM keep; DROP TABLE keep");
  }
  EXPECT_TRUE(run().ok) << "put back as it was";
}

TEST_F(VerifyTest, AnyColumnOfAnAnswerIsCovered) {
  for (const char* change :
       {"key = zeroblob(16)", "actor = zeroblob(16)", "body_hash = body_hash + 1", "first = first + 64",
        "count = 2", "refusals = '[]'", "decided_at = 0", "batch = 4"}) {
    tamper(std::string("CREATE TABLE keep AS SELECT * FROM answer; UPDATE answer SET ") + change +
           " WHERE batch = 3");
    const auto report = run();
    EXPECT_FALSE(report.ok) << change;
    ASSERT_TRUE(report.first_bad()) << change;
    EXPECT_THAT(report.first_bad()->what, HasSubstr("an answer")) << change;
    tamper("DELETE FROM answer; INSERT INTO answer SELECT * FROM keep; DROP TABLE keep");
  }
  EXPECT_TRUE(run().ok) << "put back as it was";
}

TEST_F(VerifyTest, AnAnswerThatIsGoneIsMissedUntilItWasOldEnoughToBeDropped) {
  commit_later(std::chrono::days(10));
  tamper("DELETE FROM answer WHERE batch = 3");
  expect_bad(3, 0, "an answer is missing");
  tamper("UPDATE head SET answers_from = (SELECT decided_at - 6 * 86400000 FROM batch WHERE batch = 3)");
  EXPECT_TRUE(run().ok);
  tamper("UPDATE head SET answers_from = (SELECT decided_at - 8 * 86400000 FROM batch WHERE batch = 3)");
  expect_bad(3, 0, "an answer is missing");
}

TEST_F(VerifyTest, ADeletedEventIsNamed) {
  tamper("DELETE FROM event WHERE no = " + std::to_string(no(8)));
  expect_bad(3, no(8), "missing");
}

TEST_F(VerifyTest, ADeletedLastEventOfABatchIsNamed) {
  tamper("DELETE FROM event WHERE no = " + std::to_string(no(9)));
  expect_bad(3, no(9), "missing");
}

TEST_F(VerifyTest, SwappedEventsAreNamed) {
  tamper("UPDATE event SET no = -1 WHERE no = " + std::to_string(no(5)) +
         ";UPDATE event SET no = " + std::to_string(no(5)) + " WHERE no = " + std::to_string(no(6)) +
         ";UPDATE event SET no = " + std::to_string(no(6)) + " WHERE no = -1");
  expect_bad(2, no(5), "not what was sealed");
}

TEST_F(VerifyTest, AnEventSlippedInIsNamed) {
  tamper(
      "INSERT INTO event SELECT no + 640, batch + 9, jurisdiction, type, about, occurred_at, recorded_at, "
      "command, actor, unit, operation, "
      "device, device_seq, device_time, caused_by, reference_generation, body, effects, \"check\" FROM event "
      "WHERE no = " +
      std::to_string(no(15)));
  expect_bad(14, no(25), "belongs to no sealed batch");
}

TEST_F(VerifyTest, ACutTailIsSeenByTheHead) {
  tamper("DELETE FROM event WHERE batch = 5; DELETE FROM batch WHERE batch = 5");
  expect_bad(5, 0, "the head names batch 5");
}

TEST_F(VerifyTest, ACutTailWithAMatchingHeadIsSeenOnlyFromOutside) {
  tamper(
      "DELETE FROM event WHERE batch = 5; DELETE FROM batch WHERE batch = 5; DELETE FROM audit WHERE batch = "
      "5;"
      "DELETE FROM answer WHERE batch = 5; DELETE FROM frozen WHERE batch = 5; DELETE FROM identity WHERE "
      "seq >> 20 = 5;"
      "UPDATE head SET (batch, link, decided_at, audit, audit_link, handoff_cursor, rhythm_cursor) = "
      "(SELECT batch, link, decided_at, audit, audit_link, handoff_cursor, rhythm_cursor FROM batch WHERE "
      "batch = 4), next_n = 13");
  rebuild(directory.path(), registry);
  EXPECT_TRUE(run().ok);
  const auto report = run({.anchors = {{5, links[4]}}});
  EXPECT_FALSE(report.ok);
  EXPECT_EQ(report.first_bad()->batch, 5);
  EXPECT_THAT(report.first_bad()->what, HasSubstr("cut"));
}

TEST_F(VerifyTest, ARewrittenChainIsSeenOnlyFromOutside) {
  // Someone changes an event and computes every check, digest and link anew, as this program would.
  {
    Connection file((directory.path() / "ledger.db").string(), Connection::Mode::create);
    file.run("UPDATE event SET body = replace(body, 'worried', 'gone') WHERE no = " + std::to_string(no(5)));
    Statement ledger(file, "SELECT ledger FROM head");
    ledger.step();
    std::string link = first_link(ledger.blob_at(0));
    ledger.reset();
    std::vector<SealRow> seals;
    {
      Statement batches(file, "SELECT " + std::string(batch_columns) + " FROM batch ORDER BY batch");
      while (batches.step()) seals.push_back(take_seal(batches));
    }
    for (SealRow& seal : seals) {
      BatchDigest digest;
      Bytes bytes;
      std::vector<StoredEvent> events;
      Statement select(file,
                       "SELECT " + std::string(event_columns) + " FROM event WHERE batch = ? ORDER BY no");
      select.bind(seal.batch);
      while (select.step()) events.push_back(take_event(select));
      for (const StoredEvent& event : events) {
        bytes.clear();
        put_event(bytes, event.batch, event.row);
        digest.add(bytes.view());
        const std::string check = digest.check();
        file.cached("UPDATE event SET \"check\" = ? WHERE no = ?").bind_blob(check).bind(event.row.no).run();
      }
      bytes.clear();
      put_frozen(bytes, {"OB-T1@" + std::to_string(seal.batch), "{}"});
      digest.add(bytes.view());
      seal.digest = digest.digest();
      seal.link = link = batch_link(link, seal);
      file.cached("UPDATE batch SET digest = ?, link = ? WHERE batch = ?")
          .bind_blob(seal.digest)
          .bind_blob(link)
          .bind(seal.batch)
          .run();
    }
    file.cached("UPDATE head SET link = ?").bind_blob(link).run();
  }
  rebuild(directory.path(), registry);
  EXPECT_TRUE(run().ok) << run().json();
  EXPECT_TRUE(run({.anchors = {{1, links[0]}}}).ok) << "before the change nothing differs";
  const auto report = run({.anchors = {{3, links[2]}}});
  ASSERT_FALSE(report.ok);
  EXPECT_EQ(report.first_bad()->batch, 3);
  EXPECT_THAT(report.first_bad()->what, HasSubstr("rewritten"));
}

TEST_F(VerifyTest, ASealThatWasAlteredIsNamed) {
  tamper("UPDATE batch SET decided_at = decided_at + 1 WHERE batch = 3");
  expect_bad(3, 0, "link does not follow");
  tamper("UPDATE batch SET decided_at = decided_at - 1 WHERE batch = 3; UPDATE head SET next_n = next_n + 1");
  expect_bad(5, 0, "head differs");
}

TEST_F(VerifyTest, AFrozenTextThatWasAlteredIsNamed) {
  tamper("UPDATE frozen SET json = '{\"hours\":99}' WHERE batch = 4");
  expect_bad(4, 0, "digest does not match");
}

TEST_F(VerifyTest, AuditLinesThatWereAlteredOrRemovedAreNamed) {
  tamper("UPDATE audit SET code = 'R-X' WHERE line = 5");
  expect_bad(3, 0, "audit line 5 is not what was sealed");
  tamper("UPDATE audit SET code = 'R-3' WHERE line = 5; DELETE FROM audit WHERE line = 7");
  expect_bad(4, 0, "audit line 7 is missing");
}

TEST_F(VerifyTest, ACutAuditIsNamed) {
  tamper("DELETE FROM audit WHERE line >= 9");
  expect_bad(0, 0, "audit line 9 is missing");
}

TEST_F(VerifyTest, AnExchangedOrMissingIdentityIsNamed) {
  tamper("UPDATE identity SET cipher = x'6F74686572' WHERE seq >> 20 = 2");
  expect_bad(2, 0, "ciphertext does not match");
  tamper("DELETE FROM identity WHERE seq >> 20 = 2");
  expect_bad(2, no(4), "names an identity");
}

TEST_F(VerifyTest, TheFirstBadBatchComesFirstWhicheverCheckFoundIt) {
  tamper("UPDATE answer SET decided_at = 0 WHERE batch = 2");
  tamper("UPDATE event SET body = replace(body, 'gone', 'calm') WHERE batch = 4");
  tamper("UPDATE guest SET weight = 0 WHERE weight = 61.0");
  const VerifyReport report = run();
  ASSERT_GE(report.faults.size(), 3U) << report.json();
  EXPECT_EQ(report.faults[0].batch, 2);
  EXPECT_EQ(report.faults[1].batch, 4);
  EXPECT_EQ(report.faults[2].batch, 0) << "of no batch: last";
}

TEST_F(VerifyTest, WhatTheHeadRepeatsOfTheLastBatchIsCompared) {
  for (const char* column : {"handoff_cursor", "rhythm_cursor", "reference_generation"}) {
    for (const char* by : {"+ 1", "- 1"}) {
      tamper(fmt::format("UPDATE head SET {0} = {0} {1}", column, by));
      expect_bad(5, 0, "head differs");
      tamper(fmt::format("UPDATE head SET {0} = {0} - ({1})", column, by));
    }
  }
  for (const char* lowered : {"incarnation", "schema_generation", "epoch"}) {
    tamper(fmt::format("UPDATE head SET {0} = {0} - 1", lowered));
    expect_bad(5, 0, "head differs");
    tamper(fmt::format("UPDATE head SET {0} = {0} + 1", lowered));
  }
  tamper("UPDATE head SET answers_from = decided_at - 86400000");
  expect_bad(5, 0, "answers were dropped before their time");
}

TEST_F(VerifyTest, AnotherLedgerThanTheRealmsIsNamed) {
  Connection file((directory.path() / "ledger.db").string(), Connection::Mode::read);
  Statement head(file, "SELECT ledger FROM head");
  ASSERT_TRUE(head.step());
  EXPECT_TRUE(run({.anchors = {}, .ledger = hex(head.blob_at(0))}).ok);
  EXPECT_FALSE(run({.anchors = {}, .ledger = std::string(32, '0')}).ok);
}

TEST_F(VerifyTest, AFrozenTextOfNoBatchIsNamed) {
  tamper("INSERT INTO frozen (key, batch, json) VALUES ('planted', 77, '{}')");
  expect_bad(77, 0, "belongs to no sealed batch");
}

TEST_F(VerifyTest, ObjectsThatALedgerDoesNotHaveOrHasLostAreNamed) {
  tamper("CREATE TRIGGER planted AFTER INSERT ON event BEGIN DELETE FROM answer; END");
  expect_bad(0, 0, "trigger planted does not belong to a ledger");
  tamper("DROP TRIGGER planted; DROP INDEX event_about");
  expect_bad(0, 0, "index event_about is missing");
  tamper("CREATE INDEX event_about ON event (about)");
  expect_bad(0, 0, "index event_about is not as this program makes it");
  tamper("DROP INDEX event_about; CREATE INDEX event_about ON event (about, batch); DROP INDEX guest__mood");
  expect_bad(0, 0, "index guest__mood is missing");
}

TEST_F(VerifyTest, RulebooksAreWhatTheirVersionsSay) {
  VerifyOptions options;
  options.rulebook_version = [](std::string_view text) { return "v" + std::to_string(text.size()); };
  tamper(
      "INSERT INTO rulebook_version (version, loaded_at, content) VALUES ('v5', 0, 'rules');"
      "UPDATE frozen SET json = '{}'");
  EXPECT_TRUE(run(options).ok) << run(options).json();
  const auto found = [&](const std::string& what) {
    const VerifyReport report = run(options);
    return std::ranges::any_of(
        report.faults, [&](const BadRecord& bad) { return bad.what.find(what) != std::string::npos; });
  };
  tamper("UPDATE rulebook_version SET content = 'no rules'");
  EXPECT_TRUE(found("rulebook v5 is not the one that was kept"));
  tamper("DELETE FROM rulebook_version");
  tamper("UPDATE frozen SET json = '{\"version\":\"v5\"}' WHERE batch = 2");
  EXPECT_TRUE(found("rulebook v5 is missing"));
}

TEST_F(VerifyTest, ADerivedRowThatTheLedgerDoesNotGiveIsNamedAndRebuildMendsIt) {
  const std::string third = id_of<PersonTag>(3).raw.text();
  tamper("UPDATE guest SET mood = 'gone', weight = 0 WHERE weight = 63.0");
  expect_bad(0, 0, "\"guest\" 990121 " + third + ": differs in mood, weight");
  tamper(
      "DELETE FROM guest WHERE weight = 0; UPDATE counter SET value = value + 1 WHERE measure = "
      "'duty.opened';"
      "INSERT INTO duty SELECT no + 1, jurisdiction, rule, frozen, about, about_kind, debtor_unit, "
      "debtor_role, creditor_unit, creditor_role,"
      "opened_at, counted_from, due_at, step, step_at, state, opened_by, met_by, met_at, by_claim, member, "
      "period FROM duty LIMIT 1");
  const auto report = run();
  ASSERT_EQ(report.faults.size(), 3U) << report.json();
  std::string all;
  for (const BadRecord& bad : report.faults) all += bad.what + "\n";
  EXPECT_THAT(all, HasSubstr("\"guest\" 990121 " + third + ": the row is missing"));
  EXPECT_THAT(all, HasSubstr("counter 990121 duty.opened"));
  EXPECT_THAT(all, HasSubstr("the ledger does not give this row"));
  rebuild(directory.path(), registry);
  EXPECT_TRUE(run().ok) << run().json();
}

TEST_F(VerifyTest, ADamagedFileIsReportedNotCrashedOn) {
  const auto path = directory.path() / "ledger.db";
  std::FILE* file = std::fopen(path.c_str(), "r+b");
  ASSERT_NE(file, nullptr);
  const auto size = std::filesystem::file_size(path);
  for (std::size_t page = 4; page * 4096 < size; page += 3) {
    std::fseek(file, static_cast<long>(page * 4096), SEEK_SET);
    const std::string noise(4096, '\xA5');
    std::fwrite(noise.data(), 1, noise.size(), file);
  }
  std::fclose(file);
  const auto report = run();
  EXPECT_FALSE(report.ok);
  EXPECT_TRUE(report.first_bad());
}

TEST_F(VerifyTest, EventsOfADeskThatIsGoneAreKeptAndNamed) {
  const Registry without{{}, {}};
  tamper("DROP TABLE guest; DELETE FROM schema_info WHERE name = 'guest'");
  const auto report = verify(directory.path(), without);
  EXPECT_TRUE(report.ok) << report.json();
  EXPECT_EQ(report.unknown_events,
            (std::vector<std::string>{"house.guest_arrived (5)", "house.guest_moved (10)"}));
}

TEST_F(VerifyTest, ItTellsHowFarItIsAndCanBeCancelled) {
  std::vector<std::pair<std::int64_t, std::int64_t>> told;
  const auto note = [&](std::int64_t done, std::int64_t total) {
    told.emplace_back(done, total);
    return true;
  };
  EXPECT_TRUE(run({.progress = note}).ok);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.front(), (std::pair<std::int64_t, std::int64_t>{1, 30}));
  const auto report = run({.progress = [](std::int64_t, std::int64_t) { return false; }});
  EXPECT_TRUE(report.cancelled);
  EXPECT_FALSE(report.ok);
  EXPECT_TRUE(report.faults.empty());
}

TEST_F(VerifyTest, ALedgerInUseCanBeVerified) {
  SqliteStore store(registry, {.directory = directory.path(), .sync = false});
  Author author(registry, store);
  author.record(GuestMoved{id_of<PersonTag>(1), Mood::gone});
  author.commit();
  EXPECT_TRUE(run().ok);
  author.record(GuestMoved{id_of<PersonTag>(2), Mood::gone});
  author.commit();
  const auto report = run();
  EXPECT_TRUE(report.ok) << report.json();
  EXPECT_EQ(report.events, 17);
}

}  // namespace
}  // namespace fx::journal
