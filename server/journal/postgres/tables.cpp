#include "journal/postgres/tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace fx::journal::pg {
namespace {

using enum CellKind;

Table journal_table(std::string name, std::string place, std::vector<Table::Column> columns,
                    std::vector<std::string> key) {
  return {std::move(name), std::move(place), std::move(columns), std::move(key), nullptr};
}

std::string column_list(const Table& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  return join(names, ", ");
}

}  // namespace

const std::vector<Table>& journal_tables() {
  static const std::vector<Table> all = {
      journal_table("batch", "",
                    {{"batch", integer},
                     {"epoch", integer},
                     {"slot", integer},
                     {"incarnation", integer},
                     {"first", integer},
                     {"last", integer},
                     {"events", integer},
                     {"decided_at", integer},
                     {"handoff_cursor", integer},
                     {"rhythm_cursor", integer},
                     {"reference_generation", integer},
                     {"schema_generation", integer},
                     {"audit", integer},
                     {"audit_link", blob},
                     {"digest", blob},
                     {"answers", integer},
                     {"answers_digest", blob},
                     {"link", blob}},
                    {"batch"}),
      journal_table("event", "jurisdiction",
                    {{"no", integer},
                     {"batch", integer},
                     {"jurisdiction", integer},
                     {"type", text},
                     {"about", blob},
                     {"occurred_at", integer},
                     {"recorded_at", integer},
                     {"command", blob},
                     {"actor", blob},
                     {"unit", blob},
                     {"operation", text},
                     {"device", text},
                     {"device_seq", integer},
                     {"device_time", integer},
                     {"caused_by", integer},
                     {"reference_generation", integer},
                     {"body", text},
                     {"effects", text},
                     {"\"check\"", blob}},
                    {"jurisdiction", "no"}),
      journal_table("answer", "home",
                    {{"home", integer},
                     {"key", blob},
                     {"actor", blob},
                     {"body_hash", integer},
                     {"batch", integer},
                     {"first", integer},
                     {"count", integer},
                     {"refusals", text},
                     {"decided_at", integer}},
                    {"home", "key", "actor"}),
      journal_table("audit", "",
                    {{"line", integer},
                     {"batch", integer},
                     {"at", integer},
                     {"actor", blob},
                     {"unit", blob},
                     {"kind", text},
                     {"operation", text},
                     {"code", text},
                     {"purpose", text},
                     {"detail", text},
                     {"peer", text},
                     {"link", blob}},
                    {"line"}),
      journal_table("identity", "",
                    {{"seq", integer}, {"subject", blob}, {"kind", text}, {"cipher", blob}, {"hash", text}},
                    {"seq"}),
      journal_table("token", "", {{"kind", text}, {"token", blob}, {"subject", blob}},
                    {"kind", "token", "subject"}),
      journal_table("frozen", "", {{"key", text}, {"batch", integer}, {"json", text}}, {"key"}),
      journal_table("counter", "jurisdiction",
                    {{"jurisdiction", integer},
                     {"measure", text},
                     {"occurred_day", integer},
                     {"recorded_day", integer},
                     {"slot", integer},
                     {"value", integer}},
                    {"jurisdiction", "measure", "occurred_day", "recorded_day", "slot"}),
      journal_table("rulebook_version", "", {{"version", text}, {"loaded_at", integer}, {"content", text}},
                    {"version"}),
  };
  return all;
}

Table table_of(const FactTable& fact) {
  Table table;
  table.name = fact.name;
  table.fact = &fact;
  for (const FieldInfo& field : fact.type->info->fields)
    table.columns.push_back({sql_name(field.name), field.cell});
  if (!fact.type->by_no) {
    table.columns.push_back({"\"home\"", integer});
    table.place = "\"home\"";
  } else if (fact.scope == sql_name("jurisdiction")) {
    table.place = fact.scope;
  }
  if (!table.place.empty()) table.key.push_back(table.place);
  table.key.push_back(fact.key);
  return table;
}

std::string Table::insert() const {
  std::vector<std::string> arrays;
  for (std::size_t i = 0; i < columns.size(); ++i)
    arrays.push_back(fmt::format("${}::{}", i + 1, array_ddl_of(kind_of(columns[i].cell))));
  return fmt::format("INSERT INTO {} ({}) SELECT * FROM unnest({})", name, column_list(*this),
                     join(arrays, ", "));
}

std::string Table::upsert() const {
  std::vector<std::string> sets;
  for (const Column& column : columns)
    if (std::ranges::find(key, column.name) == key.end())
      sets.push_back(fmt::format("{0} = excluded.{0}", column.name));
  if (sets.empty()) sets.push_back(fmt::format("{0} = excluded.{0}", key.back()));
  return fmt::format("{} ON CONFLICT ({}) DO UPDATE SET {}", insert(), join(key, ", "), join(sets, ", "));
}

std::string Table::create() const {
  std::vector<std::string> parts;
  for (const Column& column : columns) {
    const bool of_key = std::ranges::find(key, column.name) != key.end();
    parts.push_back(fmt::format("{} {}{}", column.name, ddl_of(column.cell), of_key ? " NOT NULL" : ""));
  }
  parts.push_back(fmt::format("PRIMARY KEY ({})", join(key, ", ")));
  // Room for changed rows beside the old ones: states change a few times, and a change that fits in is cheap.
  std::string sql = fmt::format("CREATE TABLE {} ({}) WITH (fillfactor = 80);\n", name, join(parts, ", "));
  for (const auto& [index, text] : fact->indexes) sql += text + ";\n";
  if (fact->type->by_no && key.size() > 1)
    sql += fmt::format("CREATE INDEX {} ON {} ({});\n", sql_name(std::string(fact->type->name) + "__number"),
                       name, fact->key);
  return sql;
}

std::string Table::select_by_key() const {
  const std::string wanted = fact->columns;
  if (fact->type->by_no)
    return fmt::format("SELECT {} FROM {} WHERE {} = ANY($1::bigint[])", wanted, name, fact->key);
  return fmt::format(
      R"(SELECT {} FROM unnest($1::bigint[], $2::bytea[]) AS asked(h, k) JOIN {} ON "home" = asked.h AND {} = asked.k)",
      wanted, name, fact->key);
}

std::string Table::policy() const {
  constexpr std::string_view places = "nullif(current_setting('fx.places', true), '')";
  const std::string seen = place.empty() ? fmt::format("(SELECT {} IS NOT NULL)", places)
                                         : fmt::format("{} <@ (SELECT {}::int8multirange)", place, places);
  return fmt::format(
      "ALTER TABLE {0} ENABLE ROW LEVEL SECURITY;\nALTER TABLE {0} FORCE ROW LEVEL SECURITY;\n"
      "CREATE POLICY places ON {0} USING ({1}) WITH CHECK ({1});\n",
      name, seen);
}

Columns::Columns(const Table& table) {
  for (const auto& column : table.columns) arrays_.emplace_back(kind_of(column.cell));
}

Params Columns::take() {
  Params out;
  for (Array& array : arrays_) out.add(array);
  return out;
}

}  // namespace fx::journal::pg
