// Paths of what stands beside the desks.
#include "api/openapi_parts.hpp"

namespace fx::api::document {
namespace {

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

/// What a device asks before it sends what it recorded without network.
void add_codes(json::object& paths) {
  const json::object count{{"type", "integer"}};
  const json::object tube = object_type({{"tube", uuid_type()},
                                         {"state", text_type()},
                                         {"class", text_type()},
                                         {"size", count},
                                         {"members", count},
                                         {"round", uuid_type()},
                                         {"sealed_at", {{"type", "string"}, {"format", "date-time"}}}},
                                        {"tube", "state", "class", "size", "members"});
  const json::object or_none{{"anyOf", json::array{tube, json::object{{"type", "null"}}}}};
  json::object codes = list_of(text_type());
  codes["maxItems"] = 500;
  put(paths, "/v1/tubes/resolve",
      simple("post", "tubes.resolve", "which tube each code names and how far it is, or null; nobody in it",
             {}, object_type({{"tubes", list_of(or_none)}}, {"tubes"}),
             object_type({{"codes", std::move(codes)}}, {"codes"})));
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
  json::object post = simple(
      "post", "imports.start", "bring in a file: it is read and tried, nothing is recorded yet",
      query({"kind", "file", "township", "source", "pathogen", "plate", "round"}), reference_to("Import"));
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
                   {"rows_apart", number},
                   {"stop", uuid_type()}},
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
  for (const auto& extra : query({"ring", "from", "limit", "least"})) asked.push_back(extra);
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
      simple(
          "get", "screening.backlog",
          "what waits at a laboratory and how long reported ones took, by class, against the rulebook's "
          "hours",
          query({"lab"}, true),
          object_type(
              {{"lab", uuid_type()}, {"at", time}, {"rows", list_of(row)}, {"as_of", reference_to("AsOf")}},
              {"lab", "at", "rows", "as_of"})));
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

}  // namespace

void add_services(json::object& paths) {
  add_sessions(paths);
  add_duties(paths);
  add_people(paths);
  add_codes(paths);
  add_rulebook(paths);
  add_imports(paths);
  add_case_pages(paths);
  add_open(paths);
  add_backlog(paths);
  add_machinery(paths);
}

}  // namespace fx::api::document
