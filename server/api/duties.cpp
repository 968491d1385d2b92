// What is owed: by my posts, by the units below me, in my jurisdiction, or about one thing.
#include <fmt/format.h>

#include "access/scope.hpp"
#include "api/handlers.hpp"
#include "api/labels.hpp"
#include "api/pages.hpp"
#include "api/row_json.hpp"

namespace fx::api {
namespace {

constexpr std::size_t default_limit = 50;
constexpr std::size_t longest_history = 500;

/// Who stands over the people of a unit: sees what all its posts owe, and those of the units below.
bool is_head(const Visitor& who) { return who.has_any({Role::FRP, Role::CMD, Role::HA}); }

std::vector<Post> posts_of(const Visitor& who) {
  std::vector<Post> posts;
  if (!is_head(who)) {
    for (const Role role : who.actor.roles) posts.push_back({who.session.unit, role});
    return posts;
  }
  const Unit* own = who.reference->unit(who.session.unit);
  std::vector<UnitId> units{who.session.unit};
  for (const UnitId unit : who.scope().units)
    if (unit != who.session.unit && (own == nullptr || own->parent != unit)) units.push_back(unit);
  for (const UnitId unit : units)
    for (const std::string& role : enum_choices<Role>()) posts.push_back({unit, *enum_from<Role>(role)});
  return posts;
}

std::vector<journal::Filter> duty_filters(const http::Request& request) {
  auto filters =
      filters_of(request, type_info<Duty>(),
                 [](std::string_view name) {
                   return name == "state" || name == "rule" || name == "debtor_unit" || name == "about";
                 },
                 {"limit", "after", "scope", "unit", "before"});
  if (const std::string unit = text_in_query(request, "unit"); !unit.empty()) {
    const auto id = RawId::parse(unit);
    if (!id) throw Declined(malformed("/unit", "应为编号", "expected id"));
    filters.push_back({"debtor_unit", {*id}});
  }
  return filters;
}

std::string rows_json(const Exchange& exchange, journal::Reader& reader, const std::vector<Duty>& duties) {
  std::string rows;
  for (const Duty& duty : duties) (rows += rows.empty() ? "" : ",") += duty_row_json(exchange, reader, duty);
  return rows;
}

/// Duties that events about the thing opened, met or ended.
void add_past_duties(journal::Reader& reader, const RawId& about, std::map<No, Duty>& out) {
  for (const StoredEvent& event : reader.events_about(about, {}, longest_history).rows) {
    if (event.row.effects.empty()) continue;
    const auto effects = from_own_json<Effects>(event.row.effects);
    std::vector<No> numbers;
    for (const Duty& duty : effects.opened) numbers.push_back(duty.no);
    for (const DutyMet& met : effects.met) numbers.push_back(met.duty);
    for (const DutyEnded& ended : effects.ended) numbers.push_back(ended.duty);
    for (const No no : numbers) {
      if (out.contains(no)) continue;
      const RowPtr row = reader.row(table_type<Duty>(), key_of_no(no));
      const auto* duty = static_cast<const Duty*>(row.get());
      if (duty != nullptr && duty->about == about) out.emplace(no, *duty);
    }
  }
}

http::Response duties_about(Exchange& exchange, const std::string& text) {
  const auto about = RawId::parse(text);
  if (!about) throw Declined(malformed("/about", "应为编号", "expected id"));
  const std::string state = text_in_query(exchange.request, "state");
  auto reader = exchange.house.parts.readers.open();
  std::map<No, Duty> found;
  for (Duty& duty : reader.open_duties(*about)) found.emplace(duty.no, std::move(duty));
  if (!state.empty()) add_past_duties(reader, *about, found);
  std::vector<Duty> duties;
  for (auto& [no, duty] : found) {
    const bool wanted = state.empty() || state == "any" || state == enum_text(duty.state);
    if (wanted && sees_duty(exchange.who, duty)) duties.push_back(std::move(duty));
  }
  std::ranges::sort(duties, {}, [](const Duty& duty) { return std::pair(duty.due_at, duty.no); });
  return http::json(200, page_json(rows_json(exchange, reader, duties), {}, reader, "{}"));
}

}  // namespace

http::Response show_duties(Exchange& exchange) {
  const http::Request& request = exchange.request;
  if (const std::string about = text_in_query(request, "about"); !about.empty())
    return duties_about(exchange, about);
  journal::DutyQuery query;
  const std::string scope = text_in_query(request, "scope");
  if (scope == "jurisdiction") {
    const journal::Scope mine = scope_for(exchange.who, {});
    query.places = mine.places;  // only authorities have places
    if (mine.places.empty()) query.posts = posts_of(exchange.who);
  } else if (scope.empty() || scope == "own") {
    query.posts = posts_of(exchange.who);
  } else {
    throw Declined(malformed("/scope", "应为 own 或 jurisdiction", "expected own or jurisdiction"));
  }
  query.filters = duty_filters(request);
  query.cursor = text_in_query(request, "after");
  query.limit = number_in_query(request, "limit", default_limit, journal::longest_page);
  if (const std::string before = text_in_query(request, "before"); !before.empty()) {
    query.due_before = parse_instant(before);
    if (!query.due_before) throw Declined(malformed("/before", "应为时间", "expected time"));
  }
  auto reader = exchange.house.parts.readers.open();
  const auto page = reader.duties(query);
  return http::json(200, page_json(rows_json(exchange, reader, page.rows), page.next, reader, "{}"));
}

}  // namespace fx::api
