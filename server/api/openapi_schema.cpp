#include "api/openapi_schema.hpp"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "api/row_json.hpp"

namespace fx::api {
namespace {

namespace json = boost::json;

json::object text_schema(std::string_view format, std::string_view example = {}) {
  json::object out{{"type", "string"}};
  if (!format.empty()) out["format"] = format;
  if (!example.empty()) out["examples"] = json::array{example};
  return out;
}

json::object object_schema(const FieldInfo& field) {
  return field.object != nullptr ? schema_of(*field.object) : json::object{{"type", "object"}};
}

/// Of a single value, whether it stands alone or in a list.
json::object plain_schema(const FieldInfo& field, FieldKind kind) {
  switch (kind) {
    case FieldKind::boolean: return {{"type", "boolean"}};
    case FieldKind::integer:
      if (is_ledger_number(field)) return {{"type", "string"}, {"pattern", "^[0-9]+$"}};
      return {{"type", "integer"}, {"format", "int64"}};
    case FieldKind::number: return {{"type", "number"}};
    case FieldKind::text: return {{"type", "string"}, {"maxLength", longest_text}};
    case FieldKind::id: return text_schema("uuid");
    case FieldKind::instant: return text_schema("date-time", "2022-07-17T22:40:00+08:00");
    case FieldKind::day: return text_schema("date", "2022-07-17");
    case FieldKind::choice: {
      json::array choices;
      for (const std::string& choice : field.choices) choices.emplace_back(choice);
      return {{"type", "string"}, {"enum", std::move(choices)}};
    }
    case FieldKind::object: return object_schema(field);
    case FieldKind::free_text:
    case FieldKind::sensitive: return {{"type", "string"}, {"maxLength", longest_text}};
    case FieldKind::text_ref:
      return {{"type", json::array{"object", "null"}},
              {"properties", json::object{{"id", text_schema("uuid")}, {"hash", text_schema({})}}}};
    case FieldKind::list: break;
  }
  return {};
}

void print(std::string& out, const json::value& value, std::size_t depth) {
  const std::string pad((depth + 1) * 2, ' ');
  const std::string end(depth * 2, ' ');
  if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
    const char* before = "{\n";
    for (const auto& [name, member] : *object) {
      ((out += before) += pad) += quoted(name) + ": ";
      print(out, member, depth + 1);
      before = ",\n";
    }
    out += "\n" + end + "}";
  } else if (const auto* list = value.if_array(); list != nullptr && !list->empty()) {
    const bool flat = std::ranges::none_of(*list, [](const auto& item) { return item.is_structured(); });
    const char* before = flat ? "[" : "[\n";
    for (const auto& item : *list) {
      out += before;
      if (!flat) out += pad;
      print(out, item, depth + 1);
      before = flat ? ", " : ",\n";
    }
    out += flat ? "]" : "\n" + end + "]";
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

json::object words_object(const Words& say) { return {{"zh", say.zh}, {"en", say.en}}; }

json::object reference_to(std::string_view schema) {
  return {{"$ref", fmt::format("#/components/schemas/{}", schema)}};
}

json::object schema_of(const FieldInfo& field) {
  json::object out;
  if (field.kind == FieldKind::list) {
    json::object items = plain_schema(field, field.item);
    items["x-kind"] = enum_text(field.item);
    out = {{"type", "array"}, {"maxItems", longest_list}, {"items", std::move(items)}};
  } else {
    out = plain_schema(field, field.kind);
  }
  out["x-kind"] = enum_text(field.kind);
  if (!field.tag.empty()) out["x-tag"] = field.tag;
  return out;
}

json::object schema_of(const TypeInfo& type) {
  json::object properties;
  json::array required;
  for (const FieldInfo& field : type.fields) {
    properties[field.name] = schema_of(field);
    if (field.required) required.emplace_back(field.name);
  }
  json::object out{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) out["required"] = std::move(required);
  return out;
}

std::string printed(const json::value& value) {
  std::string out;
  print(out, value, 0);
  return out + "\n";
}

}  // namespace fx::api
