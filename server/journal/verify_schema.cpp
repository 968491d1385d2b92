#include "journal/verify_schema.hpp"

#include <fmt/format.h>

#include <set>

#include "journal/schema.hpp"

namespace fx::journal {
namespace {

/// A trigger, index, table or view: what it is, what it is called, of which table.
struct Object {
  std::string type;
  std::string name;
  std::string table;
  friend auto operator<=>(const Object&, const Object&) = default;
  [[nodiscard]] std::string text() const { return type + " " + name; }
};
using Objects = std::map<Object, std::string>;

/// Comments and spaces may change; what is left is the definition.
std::string plain(std::string_view sql) {
  std::string out;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql.substr(i).starts_with("--")) i = std::min(sql.find('\n', i), sql.size() - 1);
    const bool space = std::isspace(static_cast<unsigned char>(sql[i])) != 0;
    if (!space)
      out += sql[i];
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

Objects objects_of(Connection& database) {
  Objects out;
  Statement all(database,
                "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE "
                "'\\'");
  while (all.step()) out[{all.string_at(0), all.string_at(1), all.string_at(2)}] = plain(all.text_at(3));
  return out;
}

Objects wanted_objects(const FactTables& tables) {
  Connection scratch("", Connection::Mode::scratch);
  scratch.run(journal_schema());
  tables.create(scratch);
  return objects_of(scratch);
}

/// Tables that this program need not make alike: those of a desk it does not know, and those that are named elsewhere
/// because they have another shape. `backup_note` travels in a backup.
std::set<std::string, std::less<>> tolerated(Connection& ledger, const FactTables& tables) {
  std::set<std::string, std::less<>> out{"backup_note"};
  std::map<std::string, const FactTable*, std::less<>> ours;
  for (const FactTable& table : tables.all()) {
    ours.emplace(table.type->name, &table);
    out.emplace(table.type->name);
  }
  Statement built(ledger, "SELECT name, version, columns FROM schema_info");
  while (built.step()) {
    const std::string name = built.string_at(0);
    const auto found = ours.find(name);
    if (found == ours.end())
      out.insert(name);
    else if (found->second->version == built.number(1) && found->second->shape == built.text_at(2))
      out.erase(name);
  }
  return out;
}

}  // namespace

void check_objects(Connection& ledger, const FactTables& tables, Findings& findings) {
  const Objects wanted = wanted_objects(tables);
  const Objects found = objects_of(ledger);
  const auto apart = tolerated(ledger, tables);
  for (const auto& [object, sql] : wanted) {
    if (apart.contains(object.table)) continue;
    const auto there = found.find(object);
    if (there == found.end())
      findings.bad(0, 0, object.text() + " is missing");
    else if (there->second != sql)
      findings.bad(0, 0, object.text() + " is not as this program makes it");
  }
  for (const auto& [object, sql] : found) {
    const bool made = wanted.contains(object);
    const bool passive = object.type == "table" || object.type == "index";
    if (!made && !(passive && apart.contains(object.table)))
      findings.bad(0, 0, object.text() + " does not belong to a ledger");
  }
}

}  // namespace fx::journal
