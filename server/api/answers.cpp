#include "api/answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/row_json.hpp"

namespace fx::api {
namespace {

void add_maybe(std::string& out, std::string_view name, std::string_view text) {
  if (!text.empty()) add_text(out, name, text);
}

std::string refusal_json(const Refusal& refusal) {
  std::string out = "{";
  add_text(out, "code", refusal.code);
  add_text(out, "zh", refusal.say.zh);
  add_text(out, "en", refusal.say.en);
  add_maybe(out, "rule", refusal.rule);
  add_maybe(out, "source", refusal.source);
  add_maybe(out, "path", refusal.path);
  if (!refusal.lifts.zh.empty() || !refusal.lifts.en.empty())
    add_json(out, "lifts", words_json(refusal.lifts));
  return out + "}";
}

std::string refusals_json(std::span<const Refusal> refusals) {
  std::string out = "[";
  for (const Refusal& refusal : refusals) (out += out.size() > 1 ? "," : "") += refusal_json(refusal);
  return out + "]";
}

Refusal door_refusal(std::string_view code, std::string path = {}) {
  const auto found = door_refusals().find(std::string(code));
  Refusal refusal = refuse(std::string(code), std::move(path));
  refusal.say = found != door_refusals().end() ? found->second : Words{std::string(code), std::string(code)};
  return refusal;
}

void may_try_again(http::Response& response) {
  if (response.status == 503) response.headers.emplace_back("Retry-After", "1");
}

/// The field of the command that names a unit nobody knows; units are no secret, so it may be told.
std::string unknown_unit(const Operation& operation, const void* body, const Reference& reference) {
  for (const FieldInfo& field : operation.body->fields) {
    if (field.kind != FieldKind::id || field.tag != "unit") continue;
    const FieldValue value = field.get(body);
    const auto* id = std::get_if<RawId>(&value);
    if (id != nullptr && reference.unit({*id}) == nullptr) return "/" + field.name;
  }
  return {};
}

bool names_unit(const Operation& operation, std::string_view path) {
  const FieldInfo* field = path.empty() ? nullptr : operation.body->find(path.substr(1));
  return field != nullptr && (field->tag == "unit" || field->kind != FieldKind::id);
}

/// A thing that is not there and a thing that is not yours sound the same; an unknown unit is named.
http::Response refusal_answer(const Outcome& outcome, const Operation& operation, const void* body,
                              const Reference& reference) {
  const std::vector<Refusal>& list = outcome.refusals.list();
  const std::string code = list.empty() ? "F-DEFECT" : list.front().code;
  if (code == "R-ROLE") return refused(403, list);
  if (code == "R-SCOPE") {
    const std::string path = unknown_unit(operation, body, reference);
    if (path.empty()) return refused(404, "R-SCOPE");
    const Refusal named{"F-REF", {"没有这个单位", "There is no such unit"}, {}, {}, path, {}};
    return refused(422, std::span(&named, 1));
  }
  if (code == "F-REF" && list.size() == 1 && !names_unit(operation, list.front().path))
    return refused(404, "R-SCOPE");
  if (code != "F-SHAPE") return refused(422, list);
  Faults faults;
  for (const Refusal& refusal : list) faults.push_back({refusal.path, refusal.say});
  return malformed(faults);
}

std::string event_json(const EventRow& event) {
  std::string out = "{";
  add_text(out, "no", std::to_string(event.no));
  add_text(out, "type", event.type);
  add_text(out, "occurred_at", format(event.occurred_at));
  add_text(out, "recorded_at", format(event.recorded_at));
  add_json(out, "body", without_big_numbers(event.body));
  return out + "}";
}

std::string duty_json(const Duty& duty) {
  std::string out = "{";
  add_text(out, "no", std::to_string(duty.no));
  add_text(out, "rule", duty.rule);
  add_text(out, "about", duty.about.text());
  add_text(out, "about_kind", duty.about_kind);
  add_text(out, "due_at", format(duty.due_at));
  add_text(out, "debtor_unit", duty.debtor_unit.text());
  add_text(out, "debtor_role", enum_text(duty.debtor_role));
  add_text(out, "state", enum_text(duty.state));
  return out + "}";
}

std::string done_json(const Outcome& outcome) {
  std::string events;
  std::string duties;
  for (const EventRow& event : outcome.events) {
    (events += events.empty() ? "" : ",") += event_json(event);
    constexpr std::string_view none_opened = R"({"opened":[],)";
    if (event.effects.empty() || event.effects.starts_with(none_opened)) continue;
    for (const Duty& duty : from_own_json<Effects>(event.effects).opened)
      (duties += duties.empty() ? "" : ",") += duty_json(duty);
  }
  return fmt::format(R"({{"events":[{}],"duties":[{}],"batch":{}}})", events, duties, outcome.batch);
}

}  // namespace

http::Response refused(unsigned status, std::span<const Refusal> refusals) {
  http::Response response = http::json(status, fmt::format(R"({{"refusals":{}}})", refusals_json(refusals)));
  may_try_again(response);
  return response;
}

http::Response refused(unsigned status, std::string_view code, std::string path) {
  const Refusal refusal = door_refusal(code, std::move(path));
  return refused(status, std::span(&refusal, 1));
}

http::Response malformed(const Faults& faults) {
  std::string list;
  for (const Fault& fault : faults) {
    std::string one = "{";
    add_text(one, "path", fault.path);
    add_text(one, "zh", fault.say.zh);
    add_text(one, "en", fault.say.en);
    (list += list.empty() ? "" : ",") += one + "}";
  }
  const Refusal headline = door_refusal("F-SHAPE");
  return http::json(400, fmt::format(R"({{"code":"F-SHAPE","faults":[{}],"refusals":{}}})", list,
                                     refusals_json(std::span(&headline, 1))));
}

http::Response malformed(std::string_view path, std::string_view zh, std::string_view en) {
  return malformed(Faults{{std::string(path), {std::string(zh), std::string(en)}}});
}

http::Response busy(std::string_view code) { return refused(503, code); }

http::Response answer_of(const Outcome& outcome, const Operation& operation, const void* body,
                         const Reference& reference) {
  switch (outcome.kind) {
    case Outcome::Kind::accepted: return http::json(200, done_json(outcome));
    case Outcome::Kind::refused: return refusal_answer(outcome, operation, body, reference);
    case Outcome::Kind::conflict: return refused(409, outcome.refusals.list());
    case Outcome::Kind::unavailable: return refused(507, "F-DISK");
    case Outcome::Kind::defect: break;
  }
  return refused(500, "F-DEFECT");
}

}  // namespace fx::api
