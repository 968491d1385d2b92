#include "api/openapi.hpp"

#include <fmt/format.h>

#include "api/openapi_parts.hpp"

namespace fx::api {
namespace {

using namespace document;

// ---- operations --------------------------------------------------------------------------------------------------

json::object shared_answers() {
  json::object out;
  out["Recorded"] = answer("recorded", reference_to("Done"));
  out["Malformed"] = answer("the request has the wrong shape; every fault is named", reference_to("Faults"));
  out["NotSignedIn"] = refusal("nobody is signed in");
  out["NoRight"] = refusal("no post of the caller has this right");
  out["NotFound"] = refusal("unknown, or outside the caller's scope: the same answer");
  out["Conflict"] = refusal("the idempotency key was used for other content");
  out["Refused"] = refusal("refused, with code, rule, source and what would lift it");
  out["Busy"] = refusal("try again after Retry-After seconds");
  out["DiskFull"] = refusal("the disk is full; nothing was recorded");
  return out;
}

/// The body of an operation and the fields every command takes beside its own.
json::object body_schema(const Operation& operation) {
  json::object schema = schema_of(*operation.body);
  json::object& properties = schema["properties"].as_object();
  properties["occurred_at"] = json::object{{"type", "string"},
                                           {"format", "date-time"},
                                           {"x-kind", "instant"},
                                           {"description", "when it happened in the world; without it: now"}};
  properties["device"] = json::object{{"type", "string"}, {"x-kind", "text"}};
  properties["device_seq"] = json::object{{"type", "integer"}, {"format", "int64"}, {"x-kind", "integer"}};
  properties["device_time"] =
      json::object{{"type", "string"}, {"format", "date-time"}, {"x-kind", "instant"}};
  schema["additionalProperties"] = false;
  return schema;
}

json::object operation_path(const Operation& operation) {
  json::object responses{{"200", shared("Recorded")}};
  for (const auto& [status, name] : command_answers) responses[status] = shared(name);
  json::object post{
      {"operationId", operation.full_name()},    {"tags", json::array{operation.desk}},
      {"summary", operation.title.en},           {"x-title", words_object(operation.title)},
      {"x-roles", role_names(operation.actors)}, {"x-deed", operation.kind == OperationKind::deed},
      {"x-life-saving", operation.life_saving}};
  post["parameters"] = json::array{parameter("Idempotency-Key", "header", uuid_type(), true,
                                             "made by the client, the same for every try of one command")};
  post["requestBody"] =
      json::object{{"required", true}, {"content", content(reference_to(operation.full_name()))}};
  post["responses"] = std::move(responses);
  return {{"post", std::move(post)}};
}

// ---- lists -------------------------------------------------------------------------------------------------------

json::object list_path(const List& list) {
  json::array parameters;
  const auto filter = [&](const std::string& name) {
    const FieldInfo* field = list.table->info->find(name);
    if (field == nullptr) return;
    parameters.push_back(parameter(name, "query", text_type(), false,
                                   field->kind == FieldKind::choice
                                       ? "one or several of its choices, by comma"
                                       : "one or several values, by comma"));
  };
  filter(list.table->info->fields.front().name);
  for (const std::string& name : list.filters) filter(name);
  parameters.push_back(parameter(
      "limit", "query", {{"type", "integer"}, {"minimum", 1}, {"maximum", 500}, {"default", 50}}, false));
  parameters.push_back(parameter("after", "query", text_type(), false, "`next` of the page before"));
  json::object get{{"operationId", fmt::format("{}.list.{}", list.desk, list.name)},
                   {"tags", json::array{list.desk}},
                   {"summary", list.title.en},
                   {"x-title", words_object(list.title)},
                   {"x-roles", role_names(list.readers)},
                   {"parameters", std::move(parameters)}};
  get["responses"] =
      json::object{{"200", answer("rows of the caller's scope", page_of(reference_to(list.table->name)))},
                   {"400", shared("Malformed")},
                   {"403", shared("NoRight")},
                   {"503", shared("Busy")}};
  return {{"get", std::move(get)}};
}

json::object row_path(const List& list) {
  json::object get{{"operationId", fmt::format("{}.row.{}", list.desk, list.name)},
                   {"tags", json::array{list.desk}},
                   {"summary", list.title.en + ": one"}};
  get["parameters"] = json::array{parameter("id", "path", text_type(), true)};
  json::object row =
      object_type({{"row", reference_to(list.table->name)},
                   {"as_of", reference_to("AsOf")},
                   {"persons", {{"type", "object"}, {"additionalProperties", reference_to("PersonCard")}}}},
                  {"row", "as_of"});
  get["responses"] = json::object{{"200", answer("the row", std::move(row))}, {"404", shared("NotFound")}};
  return {{"get", std::move(get)}};
}

}  // namespace

std::string openapi(const Registry& registry) {
  json::object paths;
  json::object schemas;
  json::array tags;
  add_shared_schemas(schemas);
  add_services(paths);
  for (const Desk& desk : registry.desks()) {
    tags.push_back(json::object{
        {"name", desk.name()}, {"description", desk.title().en}, {"x-title", words_object(desk.title())}});
    for (const Operation& operation : desk.operations()) {
      if (operation.internal) continue;
      schemas[operation.full_name()] = body_schema(operation);
      put(paths, fmt::format("/v1/{}/{}", operation.desk, operation.name), operation_path(operation));
    }
    for (const List& list : desk.lists()) {
      schemas[list.table->name] = schema_of(*list.table->info);
      put(paths, fmt::format("/v1/{}/{}", list.desk, list.name), list_path(list));
      put(paths, fmt::format("/v1/{}/{}/{{id}}", list.desk, list.name), row_path(list));
    }
  }
  json::object document{
      {"openapi", "3.1.0"},
      {"info", json::object{{"title", "Fangxian"},
                            {"version", "1"},
                            {"license", json::object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"tags", std::move(tags)},
      {"security", json::array{json::object{{"session", json::array{}}}}},
      {"paths", std::move(paths)}};
  json::object cookie{{"type", "apiKey"}, {"in", "cookie"}, {"name", "fx_session"}};
  document["components"] = json::object{{"securitySchemes", json::object{{"session", std::move(cookie)}}},
                                        {"responses", shared_answers()},
                                        {"schemas", std::move(schemas)}};
  return printed(document);
}

}  // namespace fx::api
