#pragma once

// The pieces that every part of the OpenAPI document is put together from, and those parts.

#include <string_view>
#include <vector>

#include "api/openapi_schema.hpp"
#include "kernel/roles.hpp"

namespace fx::api::document {

namespace json = boost::json;

inline json::object content(json::object schema) {
  return {{"application/json", json::object{{"schema", std::move(schema)}}}};
}

inline json::object answer(std::string_view description, json::object schema) {
  return {{"description", description}, {"content", content(std::move(schema))}};
}

inline json::object refusal(std::string_view description) {
  return answer(description, reference_to("Refusals"));
}

inline json::object parameter(std::string_view name, std::string_view where, json::object schema,
                              bool required, std::string_view description = {}) {
  json::object out{{"name", name}, {"in", where}, {"required", required}, {"schema", std::move(schema)}};
  if (!description.empty()) out["description"] = description;
  return out;
}

inline json::object text_type() { return {{"type", "string"}}; }
inline json::object uuid_type() { return {{"type", "string"}, {"format", "uuid"}}; }
inline json::object list_of(json::object items) { return {{"type", "array"}, {"items", std::move(items)}}; }

inline json::object object_type(std::initializer_list<std::pair<std::string_view, json::object>> properties,
                                std::initializer_list<std::string_view> required) {
  json::object members;
  for (const auto& [name, schema] : properties) members[name] = schema;
  json::array needed;
  for (const auto name : required) needed.emplace_back(name);
  return {{"type", "object"}, {"properties", std::move(members)}, {"required", std::move(needed)}};
}

inline json::object page_of(json::object row) {
  return object_type(
      {{"rows", list_of(std::move(row))},
       {"next", {{"type", json::array{"string", "null"}}}},
       {"as_of", reference_to("AsOf")},
       {"persons", {{"type", "object"}, {"additionalProperties", reference_to("PersonCard")}}}},
      {"rows", "as_of"});
}

inline json::array role_names(const std::vector<Role>& roles) {
  json::array out;
  for (const Role role : roles) out.emplace_back(enum_text(role));
  return out;
}

template <class E>
json::object choice_of() {
  json::array choices;
  for (const std::string& choice : enum_choices<E>()) choices.emplace_back(choice);
  return {{"type", "string"}, {"enum", std::move(choices)}};
}

inline json::object shared(std::string_view response) {
  return {{"$ref", fmt::format("#/components/responses/{}", response)}};
}

/// How a command can end, besides being recorded.
constexpr std::pair<std::string_view, std::string_view> command_answers[] = {
    {"400", "Malformed"}, {"401", "NotSignedIn"}, {"403", "NoRight"}, {"404", "NotFound"},
    {"409", "Conflict"},  {"422", "Refused"},     {"503", "Busy"},    {"507", "DiskFull"}};

inline void put(json::object& paths, std::string_view path, const json::object& methods) {
  json::object& there = paths[path].is_object() ? paths[path].as_object() : paths[path].emplace_object();
  for (const auto& [method, operation] : methods) there[method] = operation;
}

/// Paths of what stands beside the desks: sessions, duties, people, rulebook, files, pages, the open door, machinery.
void add_services(json::object& paths);
/// Schemas that operations and services refer to by name.
void add_shared_schemas(json::object& schemas);

}  // namespace fx::api::document
