#include "journal/postgres/schema.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text.hpp"
#include "journal/seal.hpp"
#include "journal/store.hpp"

namespace fx::journal::pg {
namespace {

constexpr const char* current =
#include "journal/schema/current.postgres.sql"
    ;
constexpr std::int64_t current_version = 1;

bool is_empty(Link& link) {
  return link.ask("SELECT count(*) FROM pg_class WHERE relname = 'head' AND relkind = 'r'").take_number() ==
         0;
}

/// What the application may do with a journal table.
const std::map<std::string, std::string>& rights() {
  static const std::map<std::string, std::string> all = {
      {"head", "SELECT, UPDATE"},
      {"slot", "SELECT, INSERT, UPDATE"},
      {"batch", "SELECT, INSERT"},
      {"event", "SELECT, INSERT"},
      {"answer", "SELECT, INSERT, DELETE"},
      {"audit", "SELECT, INSERT"},
      {"identity", "SELECT, INSERT"},
      {"token", "SELECT, INSERT, DELETE"},
      {"frozen", "SELECT, INSERT"},
      {"counter", "SELECT, INSERT, UPDATE"},
      {"rulebook_version", "SELECT, INSERT"},
      {"schema_info", "SELECT"},
  };
  return all;
}

void make_journal(Link& owner, std::string_view app) {
  owner.run(current);
  std::string sql;
  for (const char* name : {"head", "slot", "schema_info"}) {
    Table table;
    table.name = name;
    sql += table.policy();
  }
  for (const Table& table : journal_tables()) sql += table.policy();
  for (const auto& [name, may] : rights())
    sql += fmt::format("GRANT {} ON {} TO {};\n", may, name, sql_name(app));
  owner.run(sql);
  const std::string ledger = random_name(16);
  Params head;
  head.add(current_version).bytes(ledger).bytes(first_audit_link(ledger)).bytes(first_link(ledger));
  owner.ask(
      "INSERT INTO head (id, schema_version, ledger, system, timeline, batch, epoch, decided_at, "
      "handoff_cursor, "
      "rhythm_cursor, reference_generation, schema_generation, audit, audit_link, link) "
      "VALUES (1, $1, $2, '', 0, 0, 1, 0, 0, 0, 0, 1, 0, $3, $4)",
      head);
}

struct Built {
  std::int64_t version;
  std::string shape;
};
std::map<std::string, Built> built_tables(Link& link) {
  std::map<std::string, Built> out;
  const Rows all = link.ask("SELECT name, version, columns FROM schema_info");
  for (int i = 0; i < all.size(); ++i) out[all.text(i, 0)] = {all.number(i, 1), all.text(i, 2)};
  return out;
}

bool same(const FactTable& table, const Built& built) {
  return built.version == table.version && built.shape == table.shape;
}

[[noreturn]] void wrong_shape(std::string_view table) {
  throw StoreBroken(fmt::format(
      "table {} is to be built anew from the ledger: stop the servers, 'fangxian copy' the realm to a file "
      "and the file into a new database",
      table));
}

/// Does anything that happened change rows of this table? Then it cannot begin empty.
bool has_history(Link& owner, const Registry& registry, const TableType& table) {
  const Rows types = owner.ask("SELECT DISTINCT type FROM event");
  for (int i = 0; i < types.size(); ++i)
    for (const Evolver& evolver : registry.evolvers(types.text(i, 0)))
      if (evolver.table == &table) return true;
  return false;
}

void make_fact(Link& owner, const FactTable& fact, std::string_view app) {
  const Table table = table_of(fact);
  owner.run(table.create() + table.policy() +
            fmt::format("GRANT SELECT, INSERT, UPDATE ON {} TO {};", table.name, sql_name(app)));
  Params info;
  info.text(fact.type->name).add(fact.version).text(fact.shape);
  owner.ask("INSERT INTO schema_info (name, version, columns) VALUES ($1, $2, $3)", info);
}

/// Names as the database has them: without quotes, and no longer than it allows.
std::vector<std::string> indexes_made_by(std::string_view ddl) {
  constexpr std::string_view make = "CREATE INDEX ";
  constexpr std::size_t longest_name = 63;
  std::vector<std::string> out;
  for (std::size_t at = ddl.find(make); at != std::string_view::npos; at = ddl.find(make, at)) {
    at += make.size();
    std::string name(ddl.substr(at, ddl.find(' ', at) - at));
    std::erase(name, '"');
    out.push_back(name.substr(0, longest_name));
  }
  return out;
}

/// A copy that goes on finds the tables it made.
bool allow_half_copied(Link& owner) {
  const Rows head = owner.ask("SELECT schema_version FROM head");
  return head.size() == 1 && head.number(0, 0) == 0;
}

}  // namespace

void check_version(Link& link) {
  if (is_empty(link))
    throw StoreBroken(
        "there are no tables of a realm: make them as the owner with 'fangxian database prepare'");
  const Rows head = link.ask("SELECT schema_version FROM head");
  if (head.size() != 1) throw StoreBroken("the ledger has no head");
  if (head.number(0, 0) == 0)
    throw StoreBroken(
        "a realm is being copied into this database: run 'fangxian copy' again until it says verified");
  if (head.number(0, 0) > current_version)
    throw StoreTooNew(
        fmt::format("the ledger has schema {}, this program knows {}", head.number(0, 0), current_version));
}

std::string other_shape(Link& link, const FactTables& facts) {
  const auto built = built_tables(link);
  for (const FactTable& fact : facts.all()) {
    const auto found = built.find(std::string(fact.type->name));
    if (found == built.end() || !same(fact, found->second)) return std::string(fact.type->name);
  }
  return {};
}

std::vector<std::string> foreign_objects(Link& link, const FactTables& facts) {
  std::vector<std::string> out;
  const Rows foreign = link.ask(
      "SELECT 'trigger ' || tgname || ' on ' || relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
      "WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace UNION ALL "
      "SELECT 'rule ' || rulename || ' on ' || tablename FROM pg_rules WHERE schemaname = 'public'");
  for (int i = 0; i < foreign.size(); ++i) out.push_back(foreign.text(i, 0) + " does not belong to a ledger");
  std::set<std::string> there;
  const Rows indexes = link.ask("SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public'");
  for (int i = 0; i < indexes.size(); ++i) there.insert(indexes.text(i, 0));
  std::string ddl = current;
  for (const FactTable& fact : facts.all()) ddl += table_of(fact).create();
  for (const std::string& name : indexes_made_by(ddl))
    if (!there.contains(name)) out.push_back("index " + name + " is missing");
  return out;
}

void see_all(Link& link) {
  Params places;
  places.text(all_places);
  link.ask("SELECT set_config('fx.places', $1, false)", places);
}

void prepare(Link& owner, const Registry& registry, std::string_view app) {
  see_all(owner);
  owner.ask("BEGIN");
  try {
    owner.ask("SELECT pg_advisory_xact_lock(7019240311)");  // two servers of one new realm
    if (is_empty(owner))
      make_journal(owner, app);
    else if (!allow_half_copied(owner))
      check_version(owner);
    const auto built = built_tables(owner);
    const FactTables tables(registry);
    for (const FactTable& fact : tables.all()) {
      const auto found = built.find(std::string(fact.type->name));
      if (found != built.end() ? !same(fact, found->second) : has_history(owner, registry, *fact.type))
        wrong_shape(fact.type->name);
      if (found == built.end()) make_fact(owner, fact, app);
    }
    owner.ask("COMMIT");
  } catch (...) {
    if (owner.alive()) owner.run("ROLLBACK");
    throw;
  }
}

void check_schema(Link& link, const Registry& registry) {
  check_version(link);
  const std::string table = other_shape(link, FactTables(registry));
  if (!table.empty())
    throw StoreBroken(
        fmt::format("table {} is missing or has another shape: run 'fangxian database prepare' as the "
                    "owner, it says what to do",
                    table));
}

}  // namespace fx::journal::pg
