#include "journal/schema.hpp"

#include <fmt/format.h>

#include <set>

#include "journal/replay.hpp"
#include "journal/seal.hpp"
#include "journal/store.hpp"

namespace fx::journal {
namespace {

constexpr const char* current =
#include "journal/schema/current.sql"
    ;
constexpr std::int64_t current_version = 1;
constexpr std::int64_t application = 0x46584C31;  // "FXL1"

void make(Connection& connection) {
  Transaction transaction(connection, Transaction::Kind::write);
  connection.run(current);
  const std::string ledger = random_name(16);
  Statement insert(connection,
                   "INSERT INTO head (id, ledger, batch, epoch, slot, incarnation, next_n, decided_at, "
                   "handoff_cursor, rhythm_cursor,"
                   " reference_generation, schema_generation, audit, audit_link, link)"
                   " VALUES (1, ?, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0, ?, ?)");
  const std::string audit = first_audit_link(ledger);
  const std::string link = first_link(ledger);
  insert.bind_blob(ledger).bind_blob(audit).bind_blob(link).run();
  connection.run(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application, current_version));
  transaction.commit();
}

struct Built {
  std::int64_t version;
  std::string shape;
};
std::map<std::string, Built> built_tables(Connection& connection) {
  std::map<std::string, Built> out;
  Statement all(connection, "SELECT name, version, columns FROM schema_info");
  while (all.step()) out[all.string_at(0)] = {all.number(1), all.string_at(2)};
  return out;
}

void remember(Connection& connection, const FactTable& table) {
  Statement insert(connection,
                   "INSERT INTO schema_info (name, version, columns) VALUES (?, ?, ?) "
                   "ON CONFLICT DO UPDATE SET version = excluded.version, columns = excluded.columns");
  insert.bind_text(table.type->name).bind(table.version).bind_text(table.shape).run();
}

void drop(Connection& connection, const std::string& name) {
  connection.run(fmt::format("DROP TABLE IF EXISTS {}", sql_name(name)));
  Statement forget(connection, "DELETE FROM schema_info WHERE name = ?");
  forget.bind_text(name).run();
}

std::set<std::string> stored_types(Connection& connection) {
  std::set<std::string> out;
  Statement types(connection, "SELECT DISTINCT type FROM event");
  while (types.step()) out.insert(types.string_at(0));
  return out;
}

bool touched(const Registry& registry, const TableType& table, const std::set<std::string>& types) {
  for (const std::string& type : types)
    for (const Evolver& evolver : registry.evolvers(type))
      if (evolver.table == &table) return true;
  return false;
}

/// Indexes follow their declaration at every start; no replay is needed.
void open_indexes(Connection& connection, const FactTable& table) {
  std::map<std::string, std::string> present;
  {
    Statement all(
        connection,
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL");
    all.bind_text(table.type->name);
    while (all.step()) present[all.string_at(0)] = all.string_at(1);
  }
  for (const auto& [name, sql] : present)
    if (const auto wanted = table.indexes.find(name); wanted == table.indexes.end() || wanted->second != sql)
      connection.run(fmt::format("DROP INDEX {}", sql_name(name)));
  for (const auto& [name, sql] : table.indexes)
    if (const auto there = present.find(name); there == present.end() || there->second != sql)
      connection.run(sql);
}

}  // namespace

const char* journal_schema() { return current; }

void open_schema(Connection& connection) {
  const bool empty = connection.number("PRAGMA user_version") == 0 &&
                     connection.number("SELECT count(*) FROM sqlite_master") == 0;
  if (empty) return make(connection);
  check_schema(connection);
}

void check_schema(Connection& connection) {
  if (connection.number("PRAGMA application_id") != application)
    throw StoreBroken("the file is not a ledger");
  const std::int64_t version = connection.number("PRAGMA user_version");
  if (version > current_version)
    throw StoreTooNew(
        fmt::format("the ledger has schema {}, this program knows {}", version, current_version));
}

std::vector<std::string> open_facts(Connection& connection, const FactTables& tables,
                                    const Registry& registry) {
  Transaction transaction(connection, Transaction::Kind::write);
  const auto built = built_tables(connection);
  std::vector<const FactTable*> missing;
  std::vector<std::string> changed;
  for (const FactTable& table : tables.all()) {
    const auto found = built.find(std::string(table.type->name));
    if (found == built.end())
      missing.push_back(&table);
    else if (found->second.version != table.version || found->second.shape != table.shape)
      changed.emplace_back(table.type->name);
  }
  if (!missing.empty()) {
    const auto types = stored_types(connection);
    for (const FactTable* table : missing)
      if (touched(registry, *table->type, types)) changed.emplace_back(table->type->name);
  }
  if (!changed.empty()) {
    rebuild_facts(connection, tables, registry);
  } else {
    for (const FactTable* table : missing) {
      connection.run(table->create());
      remember(connection, *table);
    }
    for (const FactTable& table : tables.all()) open_indexes(connection, table);
  }
  transaction.commit();
  return changed;
}

void rebuild_facts(Connection& connection, const FactTables& tables, const Registry& registry) {
  for (const auto& [name, built] : built_tables(connection)) drop(connection, name);
  connection.run("DELETE FROM counter");
  for (const FactTable& table : tables.all()) {
    connection.run(table.create());
    remember(connection, table);
  }
  Replay replay(registry, tables, connection);
  each_event(connection, [&](const StoredEvent& event) { replay.apply(event); });
  replay.finish();
  for (const FactTable& table : tables.all()) open_indexes(connection, table);  // filled tables index faster
  connection.run("UPDATE head SET schema_generation = schema_generation + 1");
}

}  // namespace fx::journal
