#include "api/openapi.hpp"

#include <fmt/format.h>

#include "api/open_door.hpp"
#include "api/openapi_schema.hpp"
#include "api/round_plan.hpp"
#include "kernel/duty.hpp"

namespace fx::api {
namespace {

namespace json = boost::json;

json::object content(json::object schema) {
  return {{"application/json", json::object{{"schema", std::move(schema)}}}};
}

json::object answer(std::string_view description, json::object schema) {
  return {{"description", description}, {"content", content(std::move(schema))}};
}

json::object refusal(std::string_view description) { return answer(description, reference_to("Refusals")); }

json::object parameter(std::string_view name, std::string_view where, json::object schema, bool required,
                       std::string_view description = {}) {
  json::object out{{"name", name}, {"in", where}, {"required", required}, {"schema", std::move(schema)}};
  if (!description.empty()) out["description"] = description;
  return out;
}

json::object text_type() { return {{"type", "string"}}; }
json::object uuid_type() { return {{"type", "string"}, {"format", "uuid"}}; }
json::object list_of(json::object items) { return {{"type", "array"}, {"items", std::move(items)}}; }

json::object object_type(std::initializer_list<std::pair<std::string_view, json::object>> properties,
                         std::initializer_list<std::string_view> required) {
  json::object members;
  for (const auto& [name, schema] : properties) members[name] = schema;
  json::array needed;
  for (const auto name : required) needed.emplace_back(name);
  return {{"type", "object"}, {"properties", std::move(members)}, {"required", std::move(needed)}};
}

json::object page_of(json::object row) {
  return object_type(
      {{"rows", list_of(std::move(row))},
       {"next", {{"type", json::array{"string", "null"}}}},
       {"as_of", reference_to("AsOf")},
       {"persons", {{"type", "object"}, {"additionalProperties", reference_to("PersonCard")}}}},
      {"rows", "as_of"});
}

json::array role_names(const std::vector<Role>& roles) {
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

// ---- operations --------------------------------------------------------------------------------------------------

json::object shared(std::string_view response) {
  return {{"$ref", fmt::format("#/components/responses/{}", response)}};
}

/// How a command can end, besides being recorded.
constexpr std::pair<std::string_view, std::string_view> command_answers[] = {
    {"400", "Malformed"}, {"401", "NotSignedIn"}, {"403", "NoRight"}, {"404", "NotFound"},
    {"409", "Conflict"},  {"422", "Refused"},     {"503", "Busy"},    {"507", "DiskFull"}};

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

// ---- what stands beside the desks --------------------------------------------------------------------------------

json::object simple(std::string_view method, std::string_view id, std::string_view summary,
                    json::array parameters, json::object ok, json::object body = {}) {
  json::object operation{{"operationId", id}, {"tags", json::array{"service"}}, {"summary", summary}};
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (!body.empty())
    operation["requestBody"] = json::object{{"required", true}, {"content", content(std::move(body))}};
  operation["responses"] = json::object{{"200", answer("ok", std::move(ok))}, {"default", shared("Refused")}};
  return {{method, std::move(operation)}};
}

json::array paging(std::initializer_list<std::string_view> more) {
  json::array out;
  for (const auto name : more) out.push_back(parameter(name, "query", text_type(), false));
  out.push_back(parameter("limit", "query", {{"type", "integer"}, {"minimum", 1}, {"maximum", 500}}, false));
  out.push_back(parameter("after", "query", text_type(), false));
  return out;
}

json::array path_id(std::string_view name = "id") { return {parameter(name, "path", text_type(), true)}; }

json::array query(std::initializer_list<std::string_view> names, bool required = false) {
  json::array out;
  for (const auto name : names) out.push_back(parameter(name, "query", text_type(), required));
  return out;
}

void put(json::object& paths, std::string_view path, const json::object& methods) {
  json::object& there = paths[path].is_object() ? paths[path].as_object() : paths[path].emplace_object();
  for (const auto& [method, operation] : methods) there[method] = operation;
}

json::object duty_page() { return page_of(reference_to("DutyRow")); }

void add_sessions(json::object& paths) {
  put(paths, "/v1/session",
      simple("get", "session.tell", "who is signed in, and the realm's clock", {}, reference_to("Session")));
  put(paths, "/v1/session",
      simple("post", "session.open", "sign in: sets the cookie fx_session", {}, reference_to("Session"),
             object_type({{"user", text_type()}, {"password", text_type()}, {"unit", uuid_type()}},
                         {"user", "password"})));
  put(paths, "/v1/session", simple("delete", "session.close", "sign out", {}, {{"type", "object"}}));
  put(paths, "/v1/clock",
      simple("post", "clock.move", "set or advance the clock of a training or drill realm", {},
             reference_to("Clock"),
             object_type({{"advance_s", {{"type", "integer"}, {"minimum", 0}}},
                          {"set", {{"type", "string"}, {"format", "date-time"}}}},
                         {})));
}

void add_duties(json::object& paths) {
  put(paths, "/v1/duties",
      simple("get", "duties.list", "what is owed, by due time",
             paging({"scope", "state", "rule", "unit", "about", "before"}), duty_page()));
  put(paths, "/v1/duties/{no}/why",
      simple("get", "duties.why", "rule, source, event, arithmetic and ladder of a duty", path_id("no"),
             reference_to("Why")));
  put(paths, "/v1/board/clocks",
      simple("get", "board.clocks",
             "opened = discharged + late + open + cancelled + superseded; the next clocks",
             paging({"from", "until"}), reference_to("ClockBoard")));
  put(paths, "/v1/notices",
      simple("get", "notices.list", "messages to my posts, unacknowledged first", paging({"unacknowledged"}),
             page_of(reference_to("NoticeRow"))));
}

void add_people(json::object& paths) {
  const json::object purpose = object_type({{"purpose", reference_to("Purpose")}}, {"purpose"});
  put(paths, "/v1/search",
      simple("get", "people.search",
             "find a person by number, name, initials or tail; recorded before it is answered",
             query({"q"}, true), page_of(reference_to("SearchHit"))));
  put(paths, "/v1/people/{id}",
      simple("get", "people.page", "one person: masked identity, rows, events, who looked", path_id(),
             reference_to("PersonPage")));
  put(paths, "/v1/people/{id}/unmask",
      simple("post", "people.unmask", "the full identity; recorded before it is shown", path_id(),
             reference_to("Identity"), purpose));
  const json::object document =
      object_type({{"type", text_type()}, {"number", text_type()}}, {"type", "number"});
  json::object documents = list_of(document);
  documents["maxItems"] = 500;
  put(paths, "/v1/people/resolve",
      simple("post", "people.resolve",
             "which entry holds each document, or null; recorded before it is answered", {},
             object_type({{"persons", list_of({{"type", json::array{"string", "null"}}})}}, {"persons"}),
             object_type({{"documents", std::move(documents)}}, {"documents"})));
  json::array text = path_id();
  text.push_back(parameter("purpose", "query", reference_to("Purpose"), true));
  put(paths, "/v1/texts/{id}",
      simple("get", "texts.read", "a text by id; recorded before it is shown", std::move(text),
             object_type({{"id", uuid_type()}, {"text", text_type()}}, {"id", "text"})));
  put(paths, "/v1/colleagues",
      simple("get", "colleagues.list", "active accounts of my unit, its parent and children", query({"unit"}),
             page_of(reference_to("Colleague"))));
  put(paths, "/v1/audit",
      simple("get", "audit.list", "the audit, latest first; auditors only",
             paging({"kind", "account", "from", "until"}), page_of(reference_to("AuditLine"))));
}

void add_rulebook(json::object& paths) {
  put(paths, "/v1/rulebook",
      simple("get", "rulebook.list", "every value and rule as it stands here and now",
             paging({"kind", "pathogen", "at", "in"}), page_of(reference_to("RuleEntry"))));
  json::array one = path_id();
  for (const auto& extra : query({"pathogen", "at", "in"})) one.push_back(extra);
  put(paths, "/v1/rulebook/{id}",
      simple("get", "rulebook.entry", "one entry with its history; with at or in also why", std::move(one),
             reference_to("RuleEntry")));
  const json::object lines = object_type({{"lines", list_of(text_type())}, {"text", text_type()}}, {"lines"});
  put(paths, "/v1/rulebook/vocabulary",
      simple("get", "rulebook.vocabulary", "every word a rule may use", {}, lines));
  put(paths, "/v1/rulebook/unused",
      simple("get", "rulebook.unused", "entries nothing asks for yet", {}, lines));
  put(paths, "/v1/words",
      simple("get", "words", "sentences of refusals, titles of operations and lists, roles, kinds of units",
             {}, {{"type", "object"}}));
}

/// The path of an upload: the body is the file itself.
json::object upload_path() {
  json::object post =
      simple("post", "imports.start", "bring in a file: it is read and tried, nothing is recorded yet",
             query({"kind", "file", "township", "source", "pathogen"}), reference_to("Import"));
  json::object& operation = post["post"].as_object();
  operation["requestBody"] = json::object{
      {"required", true},
      {"content",
       json::object{{"application/octet-stream",
                     json::object{{"schema", json::object{{"type", "string"}, {"format", "binary"}}}}}}}};
  return post;
}

json::object file_path(std::string_view id, std::string_view summary, json::array parameters) {
  json::object get = simple("get", id, summary, std::move(parameters), {{"type", "string"}});
  get["get"].as_object()["responses"] = json::object{
      {"200", json::object{{"description", "the file"},
                           {"content",
                            json::object{{"application/octet-stream",
                                          json::object{{"schema", json::object{{"type", "string"},
                                                                               {"format", "binary"}}}}}}}}},
      {"default", shared("Refused")}};
  return get;
}

void add_imports(json::object& paths) {
  put(paths, "/v1/imports",
      simple("get", "imports.list", "files I brought in", {},
             object_type({{"rows", list_of(reference_to("Import"))}}, {"rows"})));
  put(paths, "/v1/imports", upload_path());
  put(paths, "/v1/imports/kinds",
      simple("get", "imports.kinds", "kinds of files I may bring in", {},
             object_type({{"rows", list_of(reference_to("ImportKind"))}}, {"rows"})));
  json::array of_template = path_id("kind");
  for (const auto& extra : query({"lang", "format"})) of_template.push_back(extra);
  put(paths, "/v1/imports/templates/{kind}",
      file_path("imports.template", "an empty file to fill in, xlsx or csv", std::move(of_template)));
  put(paths, "/v1/imports/{id}",
      simple("get", "imports.show", "how far it is, and what is wrong with it", path_id(),
             reference_to("Import")));
  put(paths, "/v1/imports/{id}/run",
      simple("post", "imports.run", "record it, or go on where it stopped", path_id(),
             reference_to("Import")));
  put(paths, "/v1/imports/{id}/cancel",
      simple("post", "imports.cancel", "stop it; what is recorded stays", path_id(), reference_to("Import")));
  const json::object cell =
      object_type({{"row", {{"type", "integer"}}}, {"column", text_type()}, {"value", text_type()}},
                  {"row", "column", "value"});
  put(paths, "/v1/imports/{id}/cells",
      simple("post", "imports.cells", "put cells right and try again", path_id(), reference_to("Import"),
             object_type({{"cells", list_of(cell)}}, {"cells"})));
  json::array of_errors = path_id();
  for (const auto& extra : query({"lang"})) of_errors.push_back(extra);
  put(paths, "/v1/imports/{id}/errors",
      file_path("imports.errors", "every refused row: row, segment, field, code, reason",
                std::move(of_errors)));
}

/// What the investigation shows besides its lists (bin/trace_page.hpp, bin/report_page.hpp).
void add_case_pages(json::object& paths) {
  const json::object text = text_type();
  const json::object number{{"type", "integer"}};
  const json::object time{{"type", "string"}, {"format", "date-time"}};
  const json::object seat = object_type({{"section", number}, {"row", number}}, {"section", "row"});
  const json::object meeting =
      object_type({{"with", uuid_type()},
                   {"place", text},
                   {"from", time},
                   {"until", time},
                   {"minutes", number},
                   {"known_by", text},
                   {"contact_known_by", text},
                   {"seat", seat},
                   {"contact_seat", seat},
                   {"rows_apart", number}},
                  {"with", "place", "from", "until", "minutes", "known_by", "contact_known_by"});
  const json::object met = object_type(
      {{"person", uuid_type()},
       {"case_id", uuid_type()},
       {"exposure_from", time},
       {"exposure_until", time},
       {"meetings", number},
       {"longest_min", number},
       {"total_min", number},
       {"place", text},
       {"evidence", list_of(meeting)}},
      {"person", "exposure_from", "exposure_until", "meetings", "longest_min", "total_min", "evidence"});
  const json::object ring = object_type({{"total", number}, {"rows", list_of(met)}}, {"total", "rows"});
  const json::object yes_no{{"type", "boolean"}};
  const json::object persons{{"type", "object"}, {"additionalProperties", reference_to("PersonCard")}};
  json::object trace = object_type({{"case_id", uuid_type()},
                                    {"person", uuid_type()},
                                    {"window_from", time},
                                    {"window_until", time},
                                    {"min_overlap_min", {{"type", "number"}}},
                                    {"whole", yes_no},
                                    {"visits", number},
                                    {"known", yes_no},
                                    {"ring1", ring},
                                    {"ring2", ring},
                                    {"sources", ring},
                                    {"as_of", reference_to("AsOf")},
                                    {"persons", persons}},
                                   {"case_id", "person", "window_from", "window_until", "min_overlap_min",
                                    "whole", "visits", "known", "as_of", "persons"});
  json::array asked = query({"case"}, true);
  for (const auto& extra : query({"rings", "limit"})) asked.push_back(extra);
  put(paths, "/v1/investigation/trace",
      simple("get", "investigation.trace",
             "who was together with a case, their contacts, and who could have infected it; recorded before "
             "it is shown",
             std::move(asked), std::move(trace)));
  const json::object lost = object_type({{"loss", text},
                                         {"reason", text},
                                         {"times", number},
                                         {"person", uuid_type()},
                                         {"list_line", uuid_type()},
                                         {"duty", reference_to("DutyRow")}},
                                        {"loss", "reason", "times", "duty"});
  put(paths, "/v1/isolation/lost_control",
      simple(
          "get", "isolation.lost_control",
          "everybody who left control, was missed, or never came under it, each with the duty and its owner",
          {},
          object_type({{"left", number},
                       {"missed", number},
                       {"never", number},
                       {"whole", yes_no},
                       {"lines", list_of(lost)},
                       {"as_of", reference_to("AsOf")},
                       {"persons", persons}},
                      {"left", "missed", "never", "whole", "lines", "as_of", "persons"})));
  const json::object part = object_type({{"part", text}, {"title", text}, {"draft", text}, {"saved", text}},
                                        {"part", "title", "draft", "saved"});
  put(paths, "/v1/investigation/report",
      simple("get", "investigation.report",
             "a report as the records have it now and as it was last saved; recorded before it is shown",
             query({"case", "kind"}, true),
             object_type({{"title", text},
                          {"case_id", uuid_type()},
                          {"kind", text},
                          {"version", number},
                          {"signed_version", number},
                          {"signed_by", uuid_type()},
                          {"signed_at", time},
                          {"names_somebody", yes_no},
                          {"parts", list_of(part)},
                          {"as_of", reference_to("AsOf")},
                          {"persons", persons}},
                         {"title", "case_id", "kind", "version", "signed_version", "names_somebody", "parts",
                          "as_of", "persons"})));
  put(paths, "/v1/investigation/report_docx",
      file_path("investigation.report_docx", "the same as DOCX, saved words before drafted ones",
                query({"case", "kind"}, true)));
}

/// What anybody may ask without signing in (open.cpp).
void add_open(json::object& paths) {
  const auto nobody_signed_in = [](json::object path) {
    for (auto& [method, operation] : path) operation.as_object()["security"] = json::array{};
    return path;
  };
  put(paths, "/v1/open/points",
      nobody_signed_in(simple("get", "open.points",
                              "open sampling points and how long their lines are; kept for a few seconds",
                              query({"county"}), reference_to("OpenPoints"))));
  put(paths, "/v1/open/result",
      nobody_signed_in(simple(
          "post", "open.result",
          "one's own result by document and tube code; 404 sounds and lasts the same whatever is "
          "wrong; recorded before it is answered; 429 after too many",
          {}, reference_to("OwnResult"),
          object_type(
              {{"document_type", text_type()}, {"document_number", text_type()}, {"code", text_type()}},
              {"document_type", "document_number", "code"}))));
}

/// What the laboratory desk shows besides its lists (bin/backlog_page.hpp).
void add_backlog(json::object& paths) {
  const json::object number{{"type", "integer"}};
  const json::object time{{"type", "string"}, {"format", "date-time"}};
  const json::object row = object_type(
      {{"class", text_type()},
       {"on_the_way", number},
       {"received", number},
       {"testing", number},
       {"to_sign", number},
       {"oldest_at", time},
       {"limit_h", {{"type", "number"}}},
       {"late", number},
       {"reported", number},
       {"reported_in_time", number},
       {"median_min", number},
       {"p90_min", number}},
      {"class", "on_the_way", "received", "testing", "to_sign", "late", "reported", "reported_in_time"});
  put(paths, "/v1/screening/backlog",
      simple("get", "screening.backlog",
             "what waits at a laboratory and how long reported ones took, by class, against the rulebook's "
             "hours",
             query({"lab"}, true),
             object_type({{"lab", uuid_type()},
                          {"at", time},
                          {"whole", {{"type", "boolean"}}},
                          {"rows", list_of(row)},
                          {"as_of", reference_to("AsOf")}},
                         {"lab", "at", "whole", "rows", "as_of"})));
}

void add_machinery(json::object& paths) {
  json::object item = object_type({{"operation", text_type()},
                                   {"idempotency_key", uuid_type()},
                                   {"body", {{"type", "object"}}},
                                   {"occurred_at", {{"type", "string"}, {"format", "date-time"}}},
                                   {"device", text_type()},
                                   {"device_seq", {{"type", "integer"}}},
                                   {"device_time", {{"type", "string"}, {"format", "date-time"}}}},
                                  {"operation", "idempotency_key", "body"});
  json::object items = list_of(std::move(item));
  items["maxItems"] = 1000;
  json::object answer_item{
      {"allOf", json::array{object_type({{"status", {{"type", "integer"}}}}, {"status"}),
                            {{"anyOf", json::array{reference_to("Done"), reference_to("Refusals"),
                                                   reference_to("Faults")}}}}}};
  put(paths, "/v1/screening/propose",
      simple("post", "screening.propose", "a plan or forecast of a mass round, or what is missing; not kept",
             {}, reference_to("Proposal"), reference_to("AskedPlan")));
  put(paths, "/v1/batch",
      simple("post", "batch", "commands in order; an answer for each", {}, list_of(std::move(answer_item)),
             std::move(items)));
  put(paths, "/v1/stream",
      {{"get",
        json::object{{"operationId", "stream"},
                     {"tags", json::array{"service"}},
                     {"summary", "server-sent events `changed`: {topics, batch}, at most four a second"},
                     {"responses",
                      json::object{{"200", json::object{{"description", "an event stream"},
                                                        {"content", json::object{{"text/event-stream",
                                                                                  json::object{}}}}}}}}}}});
  put(paths, "/healthz", simple("get", "health", "is it well", {}, reference_to("Health")));
}

// ---- schemas -----------------------------------------------------------------------------------------------------

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
      {{"kind", text_type()}, {"title", reference_to("Words")}, {"wants_list", yes}, {"has_template", yes}},
      {"kind", "title", "wants_list", "has_template"});
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
                                   {"batch", number},
                                   {"realm", text_type()},
                                   {"version", text_type()}},
                                  {"reads", "writes", "shedding", "time_held", "batch"});
}

}  // namespace

std::string openapi(const Registry& registry) {
  json::object paths;
  json::object schemas;
  json::array tags;
  add_door_schemas(schemas);
  add_service_schemas(schemas);
  add_sessions(paths);
  add_duties(paths);
  add_people(paths);
  add_rulebook(paths);
  add_imports(paths);
  add_case_pages(paths);
  add_open(paths);
  add_backlog(paths);
  add_machinery(paths);
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
