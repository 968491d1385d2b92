#include "api/labels.hpp"

#include <fmt/format.h>

#include "api/row_json.hpp"

namespace fx::api {
namespace {

/// The table whose rows are of this kind: "tube" by its name, "case" by what its list's rows call their id.
const TableType* table_of(const Registry& registry, std::string_view kind) {
  if (const TableType* table = registry.table(kind)) return table;
  for (const Desk::Table& table : registry.tables())
    if (table.type->info->fields.front().tag == kind) return table.type;
  return nullptr;
}

std::string unit_label(const Visitor& who, UnitId id) {
  const Unit* unit = who.reference->unit(id);
  return unit != nullptr ? unit->name_zh : std::string();
}

std::string label_in_row(const Exchange& exchange, journal::Reader& reader, const TypeInfo& type,
                         const void* row) {
  // A printed code names its thing; a health code, which is a choice, does not.
  const FieldInfo* code = type.find("code");
  if (code != nullptr && code->kind == FieldKind::text)
    if (std::string text = field_text(code->get(row)); !text.empty()) return text;
  const FieldValue person = field_of(type, row, "person");
  if (const auto* id = std::get_if<RawId>(&person); id != nullptr && exchange.who.sees_people())
    return exchange.house.cards.masked_name(reader, *id);
  const FieldValue unit = field_of(type, row, "unit");
  if (const auto* id = std::get_if<RawId>(&unit)) return unit_label(exchange.who, {*id});
  return {};
}

std::string with_words(const Exchange& exchange, journal::Reader& reader, std::string row, const Words& name,
                       const RawId& about, std::string_view about_kind) {
  row.pop_back();
  add_json(row, "rule_name", words_json(name));
  if (const std::string label = label_of(exchange, reader, about, about_kind); !label.empty())
    add_text(row, "about_label", label);
  return row + "}";
}

}  // namespace

std::string label_of(const Exchange& exchange, journal::Reader& reader, const RawId& about,
                     std::string_view kind) {
  if (kind == "person")
    return exchange.who.sees_people() ? exchange.house.cards.masked_name(reader, about) : std::string();
  if (kind == "unit" || kind == "clinic") {
    if (std::string label = unit_label(exchange.who, {about}); !label.empty()) return label;
  }
  if (kind == "post") {
    // A post is named after its unit and role; the row of who is on duty says which.
    const TableType* posts = exchange.house.parts.registry.table("post_now");
    const RowPtr row = posts != nullptr ? reader.row(*posts, about) : nullptr;
    if (!row) return {};
    const FieldValue unit = field_of(*posts->info, row.get(), "unit");
    const auto* id = std::get_if<RawId>(&unit);
    return fmt::format("{} {}", id != nullptr ? unit_label(exchange.who, {*id}) : std::string(),
                       field_text(field_of(*posts->info, row.get(), "role")));
  }
  const TableType* table = table_of(exchange.house.parts.registry, kind);
  const RowPtr row = table != nullptr && !table->by_no ? reader.row(*table, about) : nullptr;
  return row ? label_in_row(exchange, reader, *table->info, row.get()) : std::string();
}

std::string duty_row_json(const Exchange& exchange, journal::Reader& reader, const Duty& duty) {
  std::string row;
  write_row(row, table_type<Duty>(), &duty);
  const Words name = exchange.house.names.of(reader, duty.frozen, duty.rule);
  return with_words(exchange, reader, std::move(row), name, duty.about, duty.about_kind);
}

std::string notice_row_json(const Exchange& exchange, journal::Reader& reader, const Notice& notice) {
  std::string row;
  write_row(row, table_type<Notice>(), &notice);
  Words name{notice.rule, notice.rule};
  const RowPtr duty = notice.duty != 0 ? reader.row(table_type<Duty>(), key_of_no(notice.duty)) : nullptr;
  if (duty) name = exchange.house.names.of(reader, static_cast<const Duty*>(duty.get())->frozen, notice.rule);
  return with_words(exchange, reader, std::move(row), name, notice.about, notice.about_kind);
}

bool sees_duty(const Visitor& who, const Duty& duty) {
  return sees(who, duty.jurisdiction, {duty.debtor_unit, duty.creditor_unit});
}

}  // namespace fx::api
