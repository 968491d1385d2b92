// What the database itself guards. Without these a connection that names no jurisdiction would see every county's rows,
// a server could rewrite what happened, and a cell could not be cut along its counties.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "journal/testing/engines.hpp"

namespace fx::journal {
namespace {

using namespace testing_desk;  // NOLINT(google-build-using-namespace): the room's own test words

/// Tables of the cell: one row, one row a batch or a version, or identities, which belong to no county.
const std::set<std::string> of_the_cell = {
    "head", "slot", "batch", "audit", "identity", "token", "frozen", "rulebook_version", "schema_info"};

struct SchemaTest : testing::Test {
  SchemaTest() {
    author.record(GuestArrived{id_of<PersonTag>(1, 990121), id_of<UnitTag>(1), 1, {}, {}},
                  {.opened = {duty_about(id_of<PersonTag>(1, 990121).raw, id_of<UnitTag>(1), Instant{5})}});
    author.record(GuestArrived{id_of<PersonTag>(2, 990222), id_of<UnitTag>(1), 1, {}, {}});
    author.batch.identities = {{id_of<PersonTag>(1).raw, "person", "sealed", "ff"}};
    author.answer(id_of<TextTag>(5).raw, 1);
    author.commit();
  }
  std::vector<std::string> tables() {
    pg::Link link = ledger.database().as("postgres");
    const pg::Rows rows = link.ask(
        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
    std::vector<std::string> out;
    for (int i = 0; i < rows.size(); ++i) out.push_back(rows.text(i, 0));
    return out;
  }
  static std::int64_t rows_in(pg::Link& link, const std::string& table) {
    return link.ask("SELECT count(*) FROM " + sql_name(table)).take_number();
  }

  Registry registry{desks(), {}};
  PgLedger ledger;
  std::unique_ptr<Store> store = ledger.open(registry);
  Author author{registry, *store};
};

TEST_F(SchemaTest, WithoutAJurisdictionNothingIsSeen) {
  pg::Link app = ledger.database().as("fangxian_app");
  ASSERT_GE(tables().size(), 15U);
  for (const std::string& table : tables()) EXPECT_EQ(rows_in(app, table), 0) << table;
  pg::Link owner = ledger.database().as("fangxian_owner");
  EXPECT_EQ(rows_in(owner, "event"), 0) << "not even by the owner";
  EXPECT_GT(ledger.number("SELECT count(*) FROM event"), 0);
}

TEST_F(SchemaTest, AJurisdictionShowsItsOwnRowsOnly) {
  pg::Link app = ledger.database().as("fangxian_app");
  app.ask("SELECT set_config('fx.places', '{[990200,990299]}', false)");
  EXPECT_EQ(rows_in(app, "event"), 1);
  EXPECT_EQ(rows_in(app, "guest"), 1);
  EXPECT_EQ(rows_in(app, "duty"), 0);
  app.ask("SELECT set_config('fx.places', '{[990121,990121],[990200,990299]}', false)");
  EXPECT_EQ(rows_in(app, "guest"), 2);
  EXPECT_EQ(rows_in(app, "duty"), 1);
  app.ask("SELECT set_config('fx.places', '', false)");
  EXPECT_EQ(rows_in(app, "guest"), 0);
}

TEST_F(SchemaTest, WhatHappenedCannotBeRewrittenByAServer) {
  for (const std::string table : {"event", "batch", "audit", "frozen", "identity"}) {
    pg::Link app = ledger.database().as("fangxian_app");
    pg::see_all(app);
    EXPECT_THROW(app.ask("DELETE FROM " + table), StoreBroken) << table;
    EXPECT_THROW(app.ask(fmt::format("UPDATE {0} SET batch = 7", table)), std::runtime_error) << table;
  }
}

TEST_F(SchemaTest, EachTableIsBoundByRowSecurityEvenItsOwner) {
  EXPECT_EQ(ledger.number("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = "
                          "'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)"),
            0);
  EXPECT_EQ(ledger.number("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND "
                          "pg_get_userbyid(relowner) = 'fangxian_app'"),
            0);
}

TEST_F(SchemaTest, JurisdictionLeadsThePrimaryKeyAndEachUniqueIndexOfEachLargeTable) {
  pg::Link link = ledger.database().as("postgres");
  const pg::Rows rows = link.ask(
      "SELECT c.relname::text, a.attname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
      "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] "
      "WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace");
  int large = 0;
  for (int i = 0; i < rows.size(); ++i) {
    if (of_the_cell.contains(rows.text(i, 0))) continue;
    ++large;
    EXPECT_THAT(rows.text(i, 1), testing::AnyOf("home", "jurisdiction")) << rows.text(i, 0);
  }
  EXPECT_GE(large, 6);
  EXPECT_EQ(ledger.number("SELECT count(*) FROM pg_constraint WHERE contype = 'f'"), 0) << "no foreign keys";
}

/// Rows with an id are written and found by home and id; what goes by number follows the ledger, which is the cell's.
TEST_F(SchemaTest, StatementsNameTheJurisdiction) {
  const FactTables facts(registry);
  std::vector<pg::Table> all = pg::journal_tables();
  for (const FactTable& fact : facts.all()) all.push_back(pg::table_of(fact));
  for (const pg::Table& table : all) {
    const std::string name = table.fact != nullptr ? std::string(table.fact->type->name) : table.name;
    EXPECT_EQ(table.place.empty(), of_the_cell.contains(name)) << name;
    if (table.place.empty()) continue;
    EXPECT_EQ(table.key.front(), table.place) << name;
    EXPECT_THAT(table.insert(), testing::HasSubstr(table.place)) << name;
    EXPECT_THAT(table.upsert(), testing::HasSubstr("ON CONFLICT (" + table.place)) << name;
    if (table.fact != nullptr && !table.fact->type->by_no) {
      EXPECT_THAT(table.select_by_key(), testing::HasSubstr("\"home\" = asked.h")) << name;
    }
  }
}

TEST_F(SchemaTest, ATableOfAnotherShapeIsRefusedByName) {
  Registry raised{desks({.version = 2}), {}};
  EXPECT_THROW(PgStore(raised, {.url = ledger.database().app()}), StoreBroken);
  ScratchDatabase empty;
  EXPECT_THROW(PgStore(registry, {.url = empty.app()}), StoreBroken) << "not prepared";
}

}  // namespace
}  // namespace fx::journal
