#pragma once

#include "kernel/registry.hpp"

namespace fx::rulebook {

/// The field a rule means by `word`: of that name, `<word>_id`, or the only one whose id names such a thing. Only ids
/// and lists of ids. nullptr: there is none.
const FieldInfo* id_field(const TypeInfo& type, std::string_view word);

/// The table a field's id leads to: named as the field, as what the id names, or the only one of such things.
const TableType* table_of(const Registry& registry, const FieldInfo& field);

/// What the thing is called in duties: the id's tag, else the field's name without `_id`.
std::string kind_of(const FieldInfo& field);

/// The name among `names` that was probably meant; empty when nothing is near.
std::string nearest(std::string_view name, const std::vector<std::string>& names);
/// " (did you mean …?)" in two languages, empty when nothing is near.
Words did_you_mean(std::string_view name, const std::vector<std::string>& names);

std::vector<std::string> event_names(const Registry& registry);
std::vector<std::string> operation_names(const Registry& registry);
std::vector<std::string> field_names(const TypeInfo& type);
std::vector<std::string> measure_names(const Registry& registry);
std::vector<std::string> population_names(const Registry& registry);

}  // namespace fx::rulebook
