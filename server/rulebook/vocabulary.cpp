#include "rulebook/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace fx::rulebook {
namespace {

bool holds_ids(const FieldInfo& field) {
  return field.kind == FieldKind::id || (field.kind == FieldKind::list && field.item == FieldKind::id);
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

const FieldInfo* id_field(const TypeInfo& type, std::string_view word) {
  for (const std::string& name : {std::string(word), std::string(word) + "_id"})
    if (const FieldInfo* field = type.find(name); field != nullptr && holds_ids(*field)) return field;
  const FieldInfo* found = nullptr;
  for (const FieldInfo& field : type.fields) {
    if (!holds_ids(field) || field.tag != word) continue;
    if (found != nullptr) return nullptr;  // two such: the rule must say which
    found = &field;
  }
  return found;
}

const TableType* table_of(const Registry& registry, const FieldInfo& field) {
  if (const TableType* table = registry.table(field.name)) return table;
  if (field.tag.empty()) return nullptr;
  if (const TableType* table = registry.table(field.tag)) return table;
  const TableType* found = nullptr;
  for (const Desk::Table& table : registry.tables()) {
    const FieldInfo& key = table.type->info->fields.front();
    if (key.kind != FieldKind::id || key.tag != field.tag) continue;
    // The thing's own row, not one that helps it (a list, a count, a chain) under the same key.
    if (found != nullptr && found->subject == table.type->subject) return nullptr;
    if (found == nullptr || table.type->subject) found = table.type;
  }
  return found;
}

std::string kind_of(const FieldInfo& field) {
  if (!field.tag.empty()) return field.tag;
  return field.name.ends_with("_id") ? field.name.substr(0, field.name.size() - 3) : field.name;
}

std::string nearest(std::string_view name, const std::vector<std::string>& names) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string& candidate : names) {
    const std::size_t d = distance(name, candidate);
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

Words did_you_mean(std::string_view name, const std::vector<std::string>& names) {
  const std::string near = nearest(name, names);
  if (near.empty()) return {};
  return {fmt::format("（是否指“{}”？）", near), fmt::format(" (did you mean \"{}\"?)", near)};
}

std::vector<std::string> event_names(const Registry& registry) {
  std::vector<std::string> out;
  for (const Desk& desk : registry.desks())
    for (const EventType* event : desk.events()) out.emplace_back(event->name);
  return out;
}

std::vector<std::string> operation_names(const Registry& registry) {
  std::vector<std::string> out;
  for (const Operation* operation : registry.operations()) out.push_back(operation->full_name());
  return out;
}

std::vector<std::string> field_names(const TypeInfo& type) {
  std::vector<std::string> out;
  for (const FieldInfo& field : type.fields) out.push_back(field.name);
  return out;
}

std::vector<std::string> measure_names(const Registry& registry) {
  std::vector<std::string> out;
  for (const Desk& desk : registry.desks())
    for (const Measure& measure : desk.measures()) out.push_back(measure.name);
  return out;
}

std::vector<std::string> population_names(const Registry& registry) {
  std::vector<std::string> out;
  for (const Desk& desk : registry.desks())
    for (const Population& population : desk.populations()) out.push_back(population.name);
  return out;
}

}  // namespace fx::rulebook
