#include "journal/postgres/copy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "journal/postgres/schema.hpp"
#include "journal/schema.hpp"
#include "journal/store.hpp"

namespace fx::journal::pg {
namespace {

constexpr int rows_at_once = 2000;

/// All tables but head and slot, as they lie in PostgreSQL.
std::vector<Table> all_tables(const FactTables& facts) {
  std::vector<Table> out = journal_tables();
  for (const FactTable& fact : facts.all()) out.push_back(table_of(fact));
  return out;
}

/// The column that only PostgreSQL has: the home of an answer's key, which the key itself tells.
bool only_here(const Table& table, const Table::Column& column) {
  return table.name == "answer" && column.name == "home";
}

std::string names_of(const Table& table, bool sqlite) {
  std::vector<std::string> names;
  for (const auto& column : table.columns)
    if (!sqlite || !only_here(table, column)) names.push_back(column.name);
  return join(names, ", ");
}

std::string insert_into_sqlite(const Table& table) {
  std::vector<std::string> marks;
  for (const auto& column : table.columns)
    if (!only_here(table, column)) marks.emplace_back("?");
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, names_of(table, true), join(marks, ", "));
}

void bind_row(Statement& insert, const Table& table, const Rows& rows, int row) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (only_here(table, table.columns[i])) continue;
    const int column = static_cast<int>(i);
    if (rows.is_null(row, column)) {
      insert.null();
      continue;
    }
    switch (table.columns[i].cell) {
      case CellKind::integer: insert.integer(rows.number(row, column)); break;
      case CellKind::real: insert.real(rows.real_number(row, column)); break;
      case CellKind::text: insert.text(rows.bytes(row, column)); break;
      case CellKind::blob: insert.blob(rows.bytes(row, column)); break;
    }
  }
}

std::int64_t count_of(Link& link, const Table& table) {
  return link.ask(fmt::format("SELECT count(*) FROM {}", table.name)).take_number();
}

void copy_table(Link& link, Connection& target, const Table& table, const CopyProgress& progress) {
  const std::int64_t total = progress ? count_of(link, table) : 0;
  link.ask(fmt::format("DECLARE rows NO SCROLL CURSOR FOR SELECT {} FROM {} ORDER BY {}",
                       names_of(table, false), table.name, join(table.key, ", ")));
  Statement insert(target, insert_into_sqlite(table));
  for (std::int64_t done = 0;;) {
    const Rows rows = link.ask(fmt::format("FETCH {} FROM rows", rows_at_once));
    for (int row = 0; row < rows.size(); ++row) {
      bind_row(insert.reset(), table, rows, row);
      insert.run();
    }
    done += rows.size();
    if (progress) progress(table.name, done, total);
    if (rows.size() < rows_at_once) break;
  }
  link.ask("CLOSE rows");
}

void copy_head(Link& link, Connection& target) {
  const Rows head = link.ask(
      "SELECT ledger, batch, epoch, decided_at, handoff_cursor, rhythm_cursor, reference_generation, "
      "schema_generation, audit, audit_link, link, answers_from FROM head");
  const Rows slot = link.ask("SELECT slot, incarnation, next_n FROM slot ORDER BY slot LIMIT 1");
  if (head.size() != 1) throw StoreBroken("the ledger has no head");
  const bool leased = slot.size() == 1;
  target.run("DELETE FROM head");
  Statement insert(
      target,
      "INSERT INTO head (id, ledger, batch, epoch, slot, incarnation, next_n, decided_at, "
      "handoff_cursor, rhythm_cursor, reference_generation, schema_generation, audit, audit_link, "
      "link, answers_from) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind_blob(head.bytes(0, 0)).bind(head.number(0, 1)).bind(head.number(0, 2));
  insert.bind(leased ? slot.number(0, 0) : 1)
      .bind(leased ? slot.number(0, 1) : 0)
      .bind(leased ? slot.number(0, 2) : 1);
  for (int column = 3; column <= 8; ++column) insert.bind(head.number(0, column));
  insert.bind_blob(head.bytes(0, 9)).bind_blob(head.bytes(0, 10)).bind(head.number(0, 11)).run();
}

void fill_sqlite(Link& link, Connection& target, const Registry& registry, const CopyProgress& progress) {
  open_schema(target);
  const FactTables facts(registry);
  (void)open_facts(target, facts, registry);
  Transaction transaction(target, Transaction::Kind::write);
  link.ask("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  // Tables of an older program are not copied: what happened is, and they are built from it.
  const bool alike = other_shape(link, facts).empty();
  for (const Table& table : alike ? all_tables(facts) : journal_tables())
    copy_table(link, target, table, progress);
  copy_head(link, target);
  link.ask("COMMIT");
  if (!alike) rebuild_facts(target, facts, registry);
  transaction.commit();
  target.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

// ---- the other way -----------------------------------------------------------------------------------------------

void put_value(Columns& columns, const Statement& row, int column, CellKind cell) {
  if (row.is_null(column)) return columns.null();
  switch (cell) {
    case CellKind::integer: return columns.integer(row.number(column));
    case CellKind::real: return columns.real(row.real_number(column));
    case CellKind::text: return columns.text(row.text_at(column));
    case CellKind::blob: return columns.blob(row.blob_at(column));
  }
}

void put_row(Columns& columns, const Table& table, const Statement& row) {
  int at = 0;
  for (const auto& column : table.columns) {
    if (only_here(table, column))
      columns.integer(row.id_at(0).home());
    else
      put_value(columns, row, at++, column.cell);
  }
}

/// In the order of the key; what an earlier run brought is passed over.
void copy_table(Connection& source, Link& owner, const Table& table, const CopyProgress& progress) {
  const std::int64_t total = source.number(fmt::format("SELECT count(*) FROM {}", table.name));
  const std::int64_t there = count_of(owner, table);
  if (there == total) return;
  std::vector<std::string> order = table.key;
  if (table.name == "answer") order.erase(order.begin());
  Statement all(source, fmt::format("SELECT {} FROM {} ORDER BY {}", names_of(table, true), table.name,
                                    join(order, ", ")));
  const std::string insert = table.insert() + " ON CONFLICT DO NOTHING";
  Columns columns(table);
  std::int64_t done = 0;
  const auto flush = [&] {
    if (columns.rows() == 0) return;
    owner.ask(insert, columns.take());
    if (progress) progress(table.name, done, total);
  };
  while (all.step()) {
    put_row(columns, table, all);
    ++done;
    if (columns.rows() >= rows_at_once) flush();
  }
  flush();
  if (count_of(owner, table) != total)
    throw StoreBroken(fmt::format("table {} of the database holds rows of another ledger", table.name));
}

/// Where a ledger stands: two that stand alike hold the same.
struct Standing {
  std::string ledger;
  std::int64_t batch = 0;
  std::string link;
};

Standing standing_of(Connection& source) {
  Statement head(source, "SELECT ledger, batch, link FROM head");
  if (!head.step()) throw StoreBroken("the ledger has no head");
  return {std::string(head.blob_at(0)), head.number(1), std::string(head.blob_at(2))};
}

[[noreturn]] void other_content(const Standing& file, std::int64_t batch, bool open) {
  if (open)
    throw StoreBroken(
        fmt::format("the database holds this realm already and stands at batch {}, the file at batch {}: "
                    "the realm goes on there, nothing is copied over it",
                    batch, file.batch));
  throw StoreBroken(
      fmt::format("the file went on (batch {}) since a copy of it was begun (batch {}): "
                  "copy it into an empty database",
                  file.batch, batch));
}

/// The database takes this ledger's name and place first: a half copied one can be told, no other ledger is mixed in,
/// and the file may not go on meanwhile. False: all of it is there and open to servers.
bool claim_target(Link& owner, const Standing& file) {
  const Rows head = owner.ask("SELECT ledger, batch, link, schema_version FROM head");
  if (head.size() != 1) throw StoreBroken("the database is not prepared: 'fangxian database prepare'");
  const bool ours = head.bytes(0, 0) == file.ledger;
  const std::int64_t batch = head.number(0, 1);
  const bool open = head.number(0, 3) != 0;
  if (!ours && (batch != 0 || !open)) throw StoreBroken("the database holds another realm's ledger");
  if (ours && (batch != file.batch || head.bytes(0, 2) != file.link)) other_content(file, batch, open);
  if (ours) return !open;
  Params claim;
  claim.bytes(file.ledger).add(file.batch).bytes(file.link);
  owner.ask("UPDATE head SET ledger = $1, batch = $2, link = $3, schema_version = 0", claim);
  return true;
}

/// Numbers of each slot go on where its events end; the file's own slot may be further than its events.
void set_slots(Link& owner, std::int64_t slot, std::int64_t incarnation, std::int64_t next_n) {
  owner.ask("DELETE FROM slot");
  owner.ask(
      "INSERT INTO slot (slot, incarnation, next_n) SELECT slot, max(incarnation), sum(events)::bigint + 1 "
      "FROM batch "
      "GROUP BY slot");
  Params mine;
  mine.add(slot).add(incarnation).add(next_n);
  owner.ask(
      "INSERT INTO slot (slot, incarnation, next_n) VALUES ($1, $2, $3) "
      "ON CONFLICT (slot) DO UPDATE SET incarnation = excluded.incarnation, next_n = excluded.next_n",
      mine);
}

/// The head as the file has it; the database stays closed.
void finish_target(Connection& source, Link& owner) {
  Statement head(
      source,
      "SELECT batch, epoch, decided_at, handoff_cursor, rhythm_cursor, reference_generation, "
      "schema_generation, audit, audit_link, link, slot, incarnation, next_n, answers_from FROM head");
  if (!head.step()) throw StoreBroken("the ledger has no head");
  Params params;
  for (int column = 0; column < 8; ++column) params.add(head.number(column));
  params.bytes(head.blob_at(8)).bytes(head.blob_at(9)).add(head.number(13));
  owner.ask("BEGIN");
  owner.ask(
      "UPDATE head SET system = '', timeline = 0, batch = $1, epoch = $2, decided_at = $3, "
      "handoff_cursor = $4, rhythm_cursor = $5, reference_generation = $6, schema_generation = $7, audit = "
      "$8, "
      "audit_link = $9, link = $10, answers_from = $11",
      params);
  set_slots(owner, head.number(10), head.number(11), head.number(12));
  owner.ask("COMMIT");
}

/// The database as it lies there, open to servers or not, into `directory`/ledger.db.
void snapshot(Link& link, const Registry& registry, const std::filesystem::path& directory,
              const CopyProgress& progress) {
  const auto target = directory / "ledger.db";
  if (std::filesystem::exists(target)) throw StoreInUse(target.string() + " is there already");
  const auto making = directory / "ledger.db.copying";
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(making.string() + suffix);
  {
    Connection connection(making.string(), Connection::Mode::create);
    fill_sqlite(link, connection, registry, progress);
  }
  for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(making.string() + suffix);
  std::filesystem::rename(making, target);
}

/// A folder that is gone at the end.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "fx-verify-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw StoreBroken("no temporary folder for a verification");
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

void copy_to_sqlite(const std::string& url, const Registry& registry, const std::filesystem::path& directory,
                    const CopyProgress& progress) {
  Link link({.url = url, .name = "fangxian copy"});
  see_all(link);
  check_version(link);
  snapshot(link, registry, directory, progress);
}

void copy_to_postgres(const std::filesystem::path& directory, const Registry& registry,
                      const std::string& owner_url, const CopyProgress& progress) {
  const auto file = directory / "ledger.db";
  if (!std::filesystem::exists(file)) throw StoreBroken("there is no ledger at " + file.string());
  const DirectoryLock lock(directory);
  Connection source(file.string(), Connection::Mode::create);
  open_schema(source);
  (void)open_facts(source, FactTables(registry), registry);
  Link owner({.url = owner_url, .name = "fangxian copy"});
  prepare(owner, registry);
  if (!claim_target(owner, standing_of(source))) return;
  const FactTables facts(registry);
  for (const Table& table : all_tables(facts)) copy_table(source, owner, table, progress);
  finish_target(source, owner);
  owner.run("ANALYZE");
}

void open_to_servers(const std::string& owner_url) {
  Link owner({.url = owner_url, .name = "fangxian copy"});
  see_all(owner);
  owner.ask("UPDATE head SET schema_version = 1 WHERE schema_version = 0");
}

VerifyReport verify_copy(const std::string& owner_url, const Registry& registry) {
  const Scratch scratch;
  Link owner({.url = owner_url, .name = "fangxian copy"});
  see_all(owner);
  snapshot(owner, registry, scratch.path(), {});
  return journal::verify(scratch.path(), registry, {});
}

VerifyReport verify(const std::string& url, const Registry& registry, const VerifyOptions& options) {
  const Scratch scratch;
  copy_to_sqlite(url, registry, scratch.path());
  VerifyReport report = journal::verify(scratch.path(), registry, options);
  // What a copy of the rows cannot show.
  Link link({.url = url, .name = "fangxian verify"});
  for (std::string& what : foreign_objects(link, FactTables(registry)))
    report.faults.push_back({0, 0, std::move(what)});
  report.ok = report.ok && report.faults.empty();
  return report;
}

}  // namespace fx::journal::pg
