// Schemas that operations and services refer to by name.
#include "api/openapi_parts.hpp"

#include "api/open_door.hpp"
#include "api/round_plan.hpp"
#include "kernel/duty.hpp"

namespace fx::api::document {
namespace {

json::object with(json::object schema,
                  std::initializer_list<std::pair<std::string_view, json::object>> more) {
  for (const auto& [name, property] : more) schema["properties"].as_object()[name] = property;
  return schema;
}

void add_door_schemas(json::object& schemas) {
  const json::object words = reference_to("Words");
  schemas["Words"] = object_type({{"zh", text_type()}, {"en", text_type()}}, {"zh", "en"});
  schemas["Refusal"] = object_type({{"code", text_type()},
                                    {"zh", text_type()},
                                    {"en", text_type()},
                                    {"rule", text_type()},
                                    {"source", text_type()},
                                    {"path", text_type()},
                                    {"lifts", words}},
                                   {"code", "zh", "en"});
  schemas["Refusals"] = object_type({{"refusals", list_of(reference_to("Refusal"))}}, {"refusals"});
  schemas["Fault"] =
      object_type({{"path", text_type()}, {"zh", text_type()}, {"en", text_type()}}, {"path", "zh", "en"});
  schemas["Faults"] = object_type({{"code", text_type()},
                                   {"faults", list_of(reference_to("Fault"))},
                                   {"refusals", list_of(reference_to("Refusal"))}},
                                  {"code", "faults"});
  schemas["AsOf"] =
      object_type({{"batch", {{"type", "integer"}}}, {"at", {{"type", "string"}, {"format", "date-time"}}}},
                  {"batch", "at"});
  schemas["PersonCard"] = object_type({{"name", text_type()},
                                       {"document", text_type()},
                                       {"sex", text_type()},
                                       {"birth_day", {{"type", "string"}, {"format", "date"}}}},
                                      {"name"});
  const json::object time{{"type", "string"}, {"format", "date-time"}};
  schemas["EventRecord"] = object_type({{"no", text_type()},
                                        {"type", text_type()},
                                        {"occurred_at", time},
                                        {"recorded_at", time},
                                        {"body", {{"type", "object"}}}},
                                       {"no", "type", "occurred_at", "recorded_at", "body"});
  schemas["DutyBrief"] =
      object_type({{"no", text_type()},
                   {"rule", text_type()},
                   {"about", uuid_type()},
                   {"about_kind", text_type()},
                   {"due_at", time},
                   {"debtor_unit", uuid_type()},
                   {"debtor_role", text_type()},
                   {"state", text_type()}},
                  {"no", "rule", "about", "about_kind", "due_at", "debtor_unit", "debtor_role", "state"});
  schemas["Done"] = object_type({{"events", list_of(reference_to("EventRecord"))},
                                 {"duties", list_of(reference_to("DutyBrief"))},
                                 {"batch", {{"type", "integer"}}}},
                                {"events", "duties", "batch"});
  json::array purposes{"treatment", "testing", "investigation", "reporting", "search", "service"};
  schemas["Purpose"] = json::object{{"type", "string"}, {"enum", std::move(purposes)}};
}

void add_service_schemas(json::object& schemas) {
  const json::object words = reference_to("Words");
  const json::object number{{"type", "integer"}};
  const json::object flag{{"type", "boolean"}};
  const json::object any{{"type", "object"}};
  const json::object time{{"type", "string"}, {"format", "date-time"}};
  schemas["Clock"] = object_type({{"now", time}, {"offset_ms", number}, {"zone", text_type()}},
                                 {"now", "offset_ms", "zone"});
  schemas["Session"] =
      object_type({{"account", uuid_type()},
                   {"person_name", text_type()},
                   {"unit", object_type({{"id", uuid_type()},
                                         {"name_zh", text_type()},
                                         {"name_en", text_type()},
                                         {"jurisdiction", number},
                                         {"kind", text_type()}},
                                        {"id", "name_zh", "name_en", "jurisdiction", "kind"})},
                   {"roles", list_of(text_type())},
                   {"desks", list_of(text_type())},
                   {"realm", text_type()},
                   {"clock", reference_to("Clock")}},
                  {"account", "person_name", "unit", "roles", "desks", "realm", "clock"});
  const std::initializer_list<std::pair<std::string_view, json::object>> said{{"rule_name", words},
                                                                              {"about_label", words}};
  schemas["OpenPoints"] =
      object_type({{"at", time}, {"points", list_of(schema_of(type_info<OpenPoint>()))}}, {"at", "points"});
  schemas["OwnResult"] = object_type({{"state", choice_of<OwnState>()},
                                      {"pooled", flag},
                                      {"sampled_at", time},
                                      {"result_at", time},
                                      {"laboratory", words},
                                      {"say", words},
                                      {"todo", words}},
                                     {"state", "pooled", "sampled_at", "say", "todo"});
  schemas["AskedPlan"] = schema_of(type_info<AskedPlan>());
  schemas["Proposal"] = schema_of(type_info<Proposal>());
  schemas["DutyRow"] = with(schema_of(type_info<Duty>()), said);
  schemas["NoticeRow"] = with(schema_of(type_info<Notice>()), said);
  schemas["Why"] = object_type(
      {{"rule", text_type()},
       {"version", text_type()},
       {"name", words},
       {"source", text_type()},
       {"evidence", text_type()},
       {"value", any},
       {"event", any},
       {"counted_from", time},
       {"arithmetic", words},
       {"due_at", time},
       {"ladder", list_of(any)},
       {"duty", reference_to("DutyRow")},
       {"met_by", any},
       {"text", words}},
      {"rule", "version", "name", "source", "counted_from", "arithmetic", "due_at", "ladder", "text"});
  schemas["ClockBoard"] = object_type(
      {{"totals", object_type({{"opened", number},
                               {"discharged", number},
                               {"late", number},
                               {"open", number},
                               {"cancelled", number},
                               {"superseded", number}},
                              {"opened", "discharged", "late", "open", "cancelled", "superseded"})},
       {"rows", list_of(reference_to("DutyRow"))},
       {"next", {{"type", json::array{"string", "null"}}}},
       {"as_of", reference_to("AsOf")}},
      {"totals", "rows", "as_of"});
  schemas["SearchHit"] = object_type({{"person", uuid_type()},
                                      {"name", text_type()},
                                      {"document", text_type()},
                                      {"sex", text_type()},
                                      {"birth_day", text_type()}},
                                     {"person", "name"});
  schemas["PersonPage"] = object_type({{"id", uuid_type()},
                                       {"identity", reference_to("PersonCard")},
                                       {"entries", list_of(any)},
                                       {"events", list_of(any)},
                                       {"looks", list_of(any)},
                                       {"as_of", reference_to("AsOf")}},
                                      {"id", "identity"});
  schemas["Identity"] = object_type({{"name", text_type()},
                                     {"document_type", text_type()},
                                     {"document_number", text_type()},
                                     {"document", text_type()},
                                     {"phone", text_type()},
                                     {"address", text_type()}},
                                    {});
  schemas["Colleague"] = object_type({{"account", uuid_type()},
                                      {"name", text_type()},
                                      {"unit", uuid_type()},
                                      {"roles", list_of(text_type())}},
                                     {"account", "name", "unit", "roles"});
  const json::object count{{"type", "integer"}};
  const json::object yes{{"type", "boolean"}};
  schemas["ImportKind"] = object_type(
      {{"kind", text_type()},
       {"title", reference_to("Words")},
       {"list", json::object{{"type", "string"}, {"enum", json::array{"none", "township", "round"}}}},
       {"has_template", yes}},
      {"kind", "title", "list", "has_template"});
  json::array states;
  for (const auto state : {"reading", "checked", "running", "done", "stopped", "failed"})
    states.emplace_back(state);
  schemas["ImportFault"] = object_type({{"row", count},
                                        {"segment", text_type()},
                                        {"field", text_type()},
                                        {"code", text_type()},
                                        {"zh", text_type()},
                                        {"en", text_type()},
                                        {"cell", text_type()},
                                        {"changeable", yes}},
                                       {"row", "segment", "field", "code", "zh", "en", "cell", "changeable"});
  const json::object faults = list_of(reference_to("ImportFault"));
  schemas["Import"] = object_type(
      {{"id", uuid_type()},
       {"kind", text_type()},
       {"file", text_type()},
       {"state", {{"type", "string"}, {"enum", std::move(states)}}},
       {"dry", yes},
       {"total", count},
       {"at", count},
       {"summary",
        object_type({{"read", count}, {"accepted", count}, {"refused", count}, {"unchanged", count}},
                    {"read", "accepted", "refused", "unchanged"})},
       {"profile", text_type()},
       {"sheet", text_type()},
       {"fault_count", count},
       {"faults", faults},
       {"warning_count", count},
       {"warnings", faults},
       {"problem", reference_to("Words")}},
      {"id", "kind", "file", "state", "dry", "total", "at", "summary", "profile", "sheet", "fault_count",
       "faults", "warning_count", "warnings"});
  schemas["AuditLine"] = object_type({{"line", text_type()},
                                      {"batch", number},
                                      {"at", time},
                                      {"kind", text_type()},
                                      {"account", uuid_type()},
                                      {"unit", uuid_type()},
                                      {"operation", text_type()},
                                      {"code", text_type()},
                                      {"purpose", text_type()},
                                      {"detail", any},
                                      {"peer", text_type()}},
                                     {"line", "batch", "at", "kind"});
  schemas["RuleEntry"] = object_type({{"id", text_type()},
                                      {"kind", text_type()},
                                      {"name", words},
                                      {"meaning", words},
                                      {"pathogen", text_type()},
                                      {"state", text_type()},
                                      {"value", json::object{}},
                                      {"unit", text_type()},
                                      {"source", text_type()},
                                      {"evidence", text_type()},
                                      {"history", list_of(any)},
                                      {"text", text_type()},
                                      {"why", text_type()}},
                                     {"id", "kind"});
  schemas["Health"] = object_type({{"reads", flag},
                                   {"writes", flag},
                                   {"shedding", flag},
                                   {"time_held", flag},
                                   {"degraded", flag},
                                   {"defects", number},
                                   {"batch", number},
                                   {"realm", text_type()},
                                   {"version", text_type()}},
                                  {"reads", "writes", "shedding", "time_held", "batch"});
}

}  // namespace

void add_shared_schemas(json::object& schemas) {
  add_door_schemas(schemas);
  add_service_schemas(schemas);
}

}  // namespace fx::api::document
