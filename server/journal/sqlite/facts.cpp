#include "journal/sqlite/facts.hpp"

#include <fmt/format.h>

#include <set>

#include "base/text.hpp"

namespace fx::journal {
namespace {

/// What a row weighs in memory besides its texts: the struct, its control block, its slots in the cache.
constexpr std::size_t row_overhead = 300;

const std::set<std::string_view> journal_tables = {
    "head",  "batch",  "event",   "answer",           "audit",      "identity",
    "token", "frozen", "counter", "rulebook_version", "schema_info"};

std::string_view cell_type(CellKind kind) {
  switch (kind) {
    case CellKind::integer: return "INTEGER";
    case CellKind::real: return "REAL";
    case CellKind::text: return "TEXT";
    case CellKind::blob: return "BLOB";
  }
  return "ANY";
}

const FieldInfo& key_field(const TableType& type) {
  const FieldInfo* field = type.by_no ? type.info->find("no") : &type.info->fields.front();
  FX_ASSERT(field != nullptr && field->cell == (type.by_no ? CellKind::integer : CellKind::blob),
            std::string(type.name) + ": a row's first member is its id, or it has a number `no`");
  return *field;
}

/// An index of a list or a desk; the scope column leads.
void add_index(FactTable& table, const std::vector<std::string>& columns, std::string_view suffix) {
  std::vector<std::string> names;
  if (!table.scope.empty()) names.push_back(table.scope);
  for (const std::string& column : columns) {
    FX_ASSERT(table.type->info->find(column) != nullptr,
              "index of " + std::string(table.type->name) + " names an unknown column " + column);
    if (sql_name(column) != table.scope) names.push_back(sql_name(column));
  }
  if (names.empty()) return;
  const std::string name = fmt::format("{}__{}", table.type->name, suffix);
  table.indexes[name] =
      fmt::format("CREATE INDEX {} ON {} ({})", sql_name(name), table.name, join(names, ", "));
}

std::vector<std::string> columns_of(std::string_view list) {
  std::vector<std::string> out;
  for (const auto part : split(list, ',')) out.emplace_back(trim(part));
  return out;
}

/// A declared index serves a list when it begins with the same columns.
bool served(const std::vector<std::vector<std::string>>& declared, const std::string& first) {
  return std::ranges::any_of(declared, [&](const auto& columns) { return columns.front() == first; });
}

/// Each list's first page comes from an index: by place, and by each unit column. An id is ordered by the primary key.
void add_list_indexes(FactTable& table, const Registry& registry,
                      const std::vector<std::vector<std::string>>& declared) {
  for (const Desk& desk : registry.desks()) {
    for (const List& list : desk.lists()) {
      if (list.table != table.type) continue;
      const std::string order = list.order_by.empty() ? key_field(*table.type).name : list.order_by;
      const bool by_key = sql_name(order) == table.key;
      if ((!by_key || table.scope != sql_name("home")) && !served(declared, order))
        add_index(table, by_key ? std::vector<std::string>{} : std::vector{order}, "by_" + order);
      for (const std::string& unit : list.unit_fields)
        if (!served(declared, unit))
          add_index(table, by_key ? std::vector{unit} : std::vector{unit, order},
                    fmt::format("of_{}_{}", unit, order));
    }
  }
}

/// The kernel's own tables. Duties: open rows only (kernel-notes §7), so a closed duty costs no index entry.
void add_kernel_indexes(FactTable& table) {
  const auto add = [&](const std::string& name, const std::string& columns, const std::string& where) {
    table.indexes[name] =
        fmt::format("CREATE INDEX {} ON {} ({}){}", sql_name(name), table.name, columns, where);
  };
  if (table.type->name == Duty::table) {
    const std::string open = fmt::format(" WHERE {}", duty_is_open);
    add("duty__about", R"("about")", open);
    // Number and state stand in it so that a page is found without touching the rows.
    add("duty__owed", R"("jurisdiction", "debtor_unit", "debtor_role", "due_at", "no", "state")", open);
    add("duty__step", R"("step_at")", open + R"( AND "step_at" IS NOT NULL)");
  }
  if (table.type->name == Notice::table) add("notice__post", R"("unit", "role", "sent_at")", "");
}

FactTable describe(const Desk::Table& declared, const Registry& registry) {
  FactTable table;
  table.type = declared.type;
  table.version = declared.options.version;
  FX_ASSERT(!journal_tables.contains(declared.type->name),
            "a table may not be called " + std::string(declared.type->name));
  table.name = sql_name(declared.type->name);
  table.key = sql_name(key_field(*declared.type).name);
  const auto& fields = declared.type->info->fields;
  FX_ASSERT(fields.size() <= most_columns, std::string(declared.type->name) + " has too many columns");
  for (const FieldInfo& field : fields) {
    FX_ASSERT(declared.type->by_no || field.name != "home",
              std::string(declared.type->name) + ": `home` is the store's column");
    table.columns += (table.columns.empty() ? "" : ", ") + sql_name(field.name);
    table.shape += fmt::format("{} {}\n", field.name, cell_type(field.cell));
  }
  if (declared.type->info->find("jurisdiction") != nullptr)
    table.scope = sql_name("jurisdiction");
  else if (!declared.type->by_no)
    table.scope = sql_name("home");
  std::vector<std::vector<std::string>> indexes;
  for (const std::string& list : declared.options.indexes) {
    indexes.push_back(columns_of(list));
    add_index(table, indexes.back(), join(indexes.back(), "_"));
  }
  add_list_indexes(table, registry, indexes);
  add_kernel_indexes(table);
  return table;
}

}  // namespace

// ---- SQL of one table --------------------------------------------------------------------------------------------

std::string FactTable::create() const {
  std::string sql = fmt::format("CREATE TABLE {} (", name);
  if (!type->by_no) sql += "\"home\" INTEGER NOT NULL";
  bool first = type->by_no;
  for (const FieldInfo& field : type->info->fields) {
    if (!first) sql += ", ";
    first = false;
    sql += fmt::format("{} {}", sql_name(field.name), cell_type(field.cell));
    if (sql_name(field.name) == key) sql += type->by_no ? " PRIMARY KEY" : " NOT NULL";
  }
  if (!type->by_no) sql += fmt::format(", PRIMARY KEY (\"home\", {})", key);
  return sql + (type->by_no ? ") STRICT" : ") STRICT, WITHOUT ROWID");
}

std::string FactTable::select_one() const {
  return fmt::format("SELECT {} FROM {} WHERE {}{} = ?", columns, name,
                     type->by_no ? "" : "\"home\" = ? AND ", key);
}

std::string FactTable::insert() const {
  const std::size_t n = type->info->fields.size() + (type->by_no ? 0 : 1);
  std::string marks = "?";
  for (std::size_t i = 1; i < n; ++i) marks += ", ?";
  return fmt::format("INSERT INTO {} ({}{}) VALUES ({})", name, columns, type->by_no ? "" : ", \"home\"",
                     marks);
}

std::string FactTable::replace() const {
  return "INSERT OR REPLACE" + insert().substr(std::string_view("INSERT").size());
}

std::string FactTable::update(const std::bitset<most_columns>& which) const {
  std::string sets;
  for (std::size_t i = 0; i < type->info->fields.size(); ++i)
    if (which.test(i))
      sets += fmt::format("{}{} = ?", sets.empty() ? "" : ", ", sql_name(type->info->fields[i].name));
  return fmt::format("UPDATE {} SET {} WHERE {}{} = ?", name, sets, type->by_no ? "" : "\"home\" = ? AND ",
                     key);
}

std::string FactTable::select_all() const {
  return fmt::format("SELECT {} FROM {} ORDER BY {}{}", columns, name, type->by_no ? "" : "\"home\", ", key);
}

// ---- all tables --------------------------------------------------------------------------------------------------

FactTables::FactTables(const Registry& registry) {
  for (const auto& declared : registry.tables()) tables_.push_back(describe(declared, registry));
}

const FactTable& FactTables::of(const TableType& type) const {
  for (const FactTable& table : tables_)
    if (table.type == &type) return table;
  defect("tables_.contains(type)", __FILE__, __LINE__,
         "no desk declares the table " + std::string(type.name));
}

void FactTables::create(Connection& connection) const {
  for (const FactTable& table : tables_) {
    connection.run(table.create());
    for (const auto& [name, sql] : table.indexes) connection.run(sql);
  }
}

void FactTables::bind_key(SqlStatement& statement, const TableType& table, const RawId& id) {
  if (table.by_no)
    statement.bind(no_of_key(id));
  else
    statement.bind(id.home()).bind(id);
}

// ---- rows --------------------------------------------------------------------------------------------------------

Statement& FactRows::ready(std::unique_ptr<Statement>& statement, std::string (FactTable::*sql)() const,
                           const TableType& table) {
  if (!statement) statement = std::make_unique<Statement>(connection_, (tables_.of(table).*sql)());
  return statement->reset();
}

WeighedRow FactRows::load(const TableType& table, const RawId& id) {
  Statement& select = ready(statements_[&table].select, &FactTable::select_one, table);
  FactTables::bind_key(select, table, id);
  if (!select.step()) return {nullptr, row_overhead};
  RowSource source(select);
  RowPtr row = table.take(source);
  select.reset();
  return {std::move(row), row_overhead + 2 * source.bytes()};
}

Statement& FactRows::updating(const TableType& table, const Columns& which) {
  constexpr std::size_t enough = 100;  // an event changes the same columns each time: kinds of them are few
  auto& updates = statements_[&table].updates;
  if (updates.size() > enough) updates.clear();
  auto& statement = updates[which];
  if (!statement) statement = std::make_unique<Statement>(connection_, tables_.of(table).update(which));
  return statement->reset();
}

std::size_t FactRows::write(const RowWrite& write) {
  const TableType& table = *write.table;
  after_.clear();
  table.put(after_, write.row.get());
  const std::size_t weight = row_overhead + 2 * (after_.bytes() + 8 * after_.size());
  Statement* statement = nullptr;
  if (write.is_new) {
    statement = &ready(statements_[&table].insert, &FactTable::insert, table);
    for (std::size_t i = 0; i < after_.size(); ++i) after_.bind(*statement, i);
    if (!table.by_no) statement->integer(write.id.home());
  } else {
    before_.clear();
    if (write.before != nullptr) table.put(before_, write.before.get());
    Columns which;
    for (std::size_t i = 0; i < after_.size(); ++i)
      which.set(i, before_.size() == 0 || !after_.same(i, before_));
    if (which.none()) return weight;
    statement = &updating(table, which);
    for (std::size_t i = 0; i < after_.size(); ++i)
      if (which.test(i)) after_.bind(*statement, i);
    FactTables::bind_key(*statement, table, write.id);
  }
  statement->run();
  FX_ASSERT(connection_.changes() == 1,
            std::string(table.name) + " " + write.id.text() + " is not there to be changed");
  return weight;
}

std::size_t FactRows::replace(const TableType& table, const RawId& id, const void* row) {
  Statement& statement = ready(statements_[&table].replace, &FactTable::replace, table);
  table.put(statement, row);
  if (!table.by_no) statement.integer(id.home());
  const std::size_t bytes = row_overhead + 2 * statement.bound_bytes();
  statement.run();
  return bytes;
}

void FactRows::each(const TableType& table, const std::function<void(const RawId&, const RowPtr&)>& visit) {
  Statement all(connection_, tables_.of(table).select_all());
  while (all.step()) {
    RowSource source(all);
    const RowPtr row = table.take(source);
    visit(table.key(row.get()), row);
  }
}

}  // namespace fx::journal
