#include "journal/list_index.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace fx::journal {
namespace {

/// What an index holds besides the scope that leads it; none of a partial index, which serves its own queries.
std::vector<std::string> columns_of(const FactTable& table, const std::string& create) {
  std::vector<std::string> out;
  if (!create.ends_with(')')) return out;
  const auto open = create.rfind('(') + 1;
  for (const auto part : split(std::string_view(create).substr(open, create.size() - open - 1), ',')) {
    const auto quoted = trim(part);
    if (quoted != table.scope) out.emplace_back(quoted.substr(1, quoted.size() - 2));
  }
  return out;
}

bool is_of_few_rows(const FactTable& table, const std::string& column) {
  const FieldInfo* field = table.type->info->find(column);
  if (field == nullptr) return false;
  return field->kind == FieldKind::text || (field->kind == FieldKind::id && field->tag != Unit::table);
}

}  // namespace

std::string index_for(const FactTable& table, const std::vector<std::string>& given,
                      const std::string& order) {
  const auto is_given = [&](const std::string& column) {
    return std::ranges::find(given, column) != given.end();
  };
  if (table.scope == sql_name("home") && is_given(table.type->info->fields.front().name))
    return fmt::format("sqlite_autoindex_{}_1", table.type->name);  // the primary key's own
  std::string best;
  std::size_t best_score = 0;
  for (const auto& [name, create] : table.indexes) {
    const std::vector<std::string> held = columns_of(table, create);
    const auto end = std::ranges::find_if_not(held, is_given);
    const auto narrowed = static_cast<std::size_t>(end - held.begin());
    const bool ordered = end != held.end() ? *end == order : sql_name(order) == table.key;
    const bool few = std::any_of(held.begin(), end,
                                 [&](const std::string& column) { return is_of_few_rows(table, column); });
    if (narrowed == 0 || (!ordered && !few)) continue;
    const std::size_t score = narrowed * 2 + (ordered ? 1 : 0);
    if (score > best_score) best = name, best_score = score;
  }
  return best;
}

}  // namespace fx::journal
