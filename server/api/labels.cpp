#include "api/labels.hpp"

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

Words same(const std::string& text) { return {text, text}; }

Words unit_label(const Visitor& who, UnitId id) {
  const Unit* unit = who.reference->unit(id);
  return unit != nullptr ? Words{unit->name_zh, unit->name_en.empty() ? unit->name_zh : unit->name_en}
                         : Words{};
}

Words label_in_row(const Exchange& exchange, journal::Reader& reader, const TypeInfo& type, const void* row) {
  // A printed code names its thing; a health code, which is a choice, does not.
  const FieldInfo* code = type.find("code");
  if (code != nullptr && code->kind == FieldKind::text)
    if (std::string text = field_text(code->get(row)); !text.empty()) return same(text);
  const FieldValue person = field_of(type, row, "person");
  if (const auto* id = std::get_if<RawId>(&person); id != nullptr && exchange.who.sees_people())
    return same(exchange.house.cards.masked_name(reader, *id));
  const FieldValue unit = field_of(type, row, "unit");
  if (const auto* id = std::get_if<RawId>(&unit)) return unit_label(exchange.who, {*id});
  return {};
}

std::string with_words(const Exchange& exchange, journal::Reader& reader, std::string row, const Words& name,
                       const RawId& about, std::string_view about_kind) {
  row.pop_back();
  add_json(row, "rule_name", words_json(name));
  if (const Words label = label_of(exchange, reader, about, about_kind); !label.zh.empty())
    add_json(row, "about_label", words_json(label));
  return row + "}";
}

}  // namespace

Words label_of(const Exchange& exchange, journal::Reader& reader, const RawId& about, std::string_view kind) {
  if (kind == "person")
    return exchange.who.sees_people() ? same(exchange.house.cards.masked_name(reader, about)) : Words{};
  if (kind == "unit" || kind == "clinic") {
    if (Words label = unit_label(exchange.who, {about}); !label.zh.empty()) return label;
  }
  // A post is named after its unit; its role stands on the duty, as the debtor's.
  const TableType* table = kind == "post" ? exchange.house.parts.registry.table("post_now")
                                          : table_of(exchange.house.parts.registry, kind);
  const RowPtr row = table != nullptr && !table->by_no ? reader.row(*table, about) : nullptr;
  return row ? label_in_row(exchange, reader, *table->info, row.get()) : Words{};
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
