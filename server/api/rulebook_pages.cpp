// The rulebook to browse: every value with its history, every rule with its text, and why a value is what it is.
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <charconv>
#include <cmath>

#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/people_cards.hpp"
#include "api/row_json.hpp"
#include "api/rule_library.hpp"
#include "base/text.hpp"

namespace fx::api {
namespace {

namespace json = boost::json;

constexpr std::size_t most_entries = 20'000;

const json::array& list_in(const json::value& object, std::string_view name) {
  return object.at(name).as_array();
}

std::string_view state_name(RuleValue::State state) {
  switch (state) {
    case RuleValue::State::value: return "value";
    case RuleValue::State::not_allowed: return "not_allowed";
    case RuleValue::State::off: return "off";
    case RuleValue::State::local: return "local";
    case RuleValue::State::assessed: return "assessed";
    case RuleValue::State::absent: return "absent";
  }
  return {};
}

/// A whole number is written without a fraction, as people wrote it.
json::value plain(double number) {
  constexpr double exact = 1e15;
  const bool whole = std::abs(number) < exact && number == std::floor(number);
  return whole ? json::value(static_cast<std::int64_t>(number)) : json::value(number);
}

void make_plain(json::value& value) {
  if (const auto* number = value.if_double()) value = plain(*number);
  if (auto* list = value.if_array())
    for (auto& item : *list) make_plain(item);
  if (auto* object = value.if_object())
    for (auto& member : *object) make_plain(member.value());
}

void put_value(json::object& out, const RuleValue& value) {
  out["state"] = state_name(value.state);
  if (const auto number = value.number())
    out["value"] = plain(*number);
  else if (const auto* flag = std::get_if<bool>(&value.value))
    out["value"] = *flag;
  else if (!value.text().empty())
    out["value"] = value.text();
  if (!value.unit.empty()) out["unit"] = value.unit;
  if (!value.profile.empty()) out["profile"] = value.profile;
  if (!value.source.empty()) out["source"] = value.source;
  if (!value.evidence.empty()) out["evidence"] = value.evidence;
  out["jurisdiction"] = value.jurisdiction;
}

/// One value of one pathogen as it stands here and now.
json::object value_row(const RuleLibrary::Shelf& shelf, const json::value& pathogen, const json::value& value,
                       Instant at, std::int32_t place) {
  json::object out{{"id", value.at("id")},
                   {"kind", "value"},
                   {"meaning", value.at("meaning")},
                   {"pathogen", pathogen.at("id")},
                   {"unit", value.at("unit")}};
  put_value(out, shelf.book->value(text_in(value.as_object(), "id"), at, place,
                                   text_in(pathogen.as_object(), "id")));
  return out;
}

json::object rule_row(const json::value& rule, bool pending) {
  json::object out{{"id", rule.at("id")}, {"kind", rule.at("kind")}, {"name", rule.at("name")}};
  for (const std::string_view name : {"source", "evidence", "pathogen", "ladder"})
    if (const auto* value = rule.as_object().if_contains(name)) out[name] = *value;
  if (pending) out["pending"] = true;
  return out;
}

std::string from_of_profile(const json::value& pathogen, std::string_view id) {
  for (const auto& profile : list_in(pathogen, "profiles"))
    if (text_in(profile.as_object(), "id") == id) return text_in(profile.as_object(), "from");
  return {};
}

/// Cells by profile, then what jurisdictions set for themselves.
void add_history(json::array& out, const json::value& pathogen, const json::value& value) {
  for (const auto& cell : list_in(value, "history")) {
    json::object row = cell.as_object();
    row["in_force_from"] = from_of_profile(pathogen, text_in(row, "profile"));
    row["unit"] = value.at("unit");
    row["jurisdiction"] = 0;
    row["pathogen"] = pathogen.at("id");
    out.push_back(std::move(row));
  }
  for (const auto& cell : list_in(value, "overlays")) {
    json::object row = cell.as_object();
    row["in_force_from"] = row["from"];
    row["in_force_to"] = row["until"];
    row["unit"] = value.at("unit");
    row["pathogen"] = pathogen.at("id");
    out.push_back(std::move(row));
  }
}

/// The entry as its file has it, when the file travels inside the program and still holds it there ("file:line").
std::string entry_in_file(const std::string& where, const std::string& id) {
  const auto colon = where.rfind(':');
  if (colon == std::string::npos) return {};
  std::size_t line = 0;
  std::from_chars(where.data() + colon + 1, where.data() + where.size(), line);
  const std::string_view file = std::string_view(where).substr(0, colon);
  for (const assets::Asset& asset : assets::rulebook()) {
    if (asset.path != file) continue;
    const auto lines = split(asset.text, '\n');
    std::size_t first = std::min(line, lines.size());
    while (first > 0 && !lines[first - 1].starts_with("[[")) --first;
    if (first == 0) return {};
    std::string out;
    for (std::size_t i = first - 1; i < lines.size() && (i + 1 == first || !lines[i].starts_with("[[")); ++i)
      (out += lines[i]) += '\n';
    return out.find('"' + id + '"') != std::string::npos ? out : std::string();
  }
  return {};
}

void add_text_of(json::object& out, const json::value& entry) {
  const std::string text =
      entry_in_file(text_in(entry.as_object(), "where"), text_in(entry.as_object(), "id"));
  const auto* stored = entry.as_object().if_contains("text");
  if (!text.empty())
    out["text"] = text;
  else if (stored != nullptr)
    out["text"] = json::serialize(*stored);
  if (const auto* where = entry.as_object().if_contains("where")) out["where"] = *where;
}

std::string wanted(const http::Request& request, std::string_view name, const json::object& row) {
  const std::string asked = text_in_query(request, name);
  return asked.empty() || asked == text_in(row, name) ? std::string() : asked;
}

std::int32_t place_asked(const Exchange& exchange) {
  const std::string text = text_in_query(exchange.request, "in");
  if (text.empty()) return exchange.who.actor.jurisdiction;
  std::int32_t place = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), place);
  if (error != std::errc() || end != text.data() + text.size())
    throw Declined(malformed("/in", "应为区划代码", "expected a division code"));
  return place;
}

Instant time_asked(const Exchange& exchange) {
  const std::string text = text_in_query(exchange.request, "at");
  if (text.empty()) return exchange.who.now;
  if (const auto day = parse_day(text)) return start_of(*day);
  const auto at = parse_instant(text);
  if (!at) throw Declined(malformed("/at", "应为时间", "expected time"));
  return *at;
}

/// Lines of a printed list as JSON.
http::Response lines_answer(const std::string& text) {
  json::array lines;
  for (const auto line : split(text, '\n'))
    if (!line.empty()) lines.emplace_back(line);
  return http::json(200, json::serialize(json::object{{"lines", std::move(lines)}, {"text", text}}));
}

/// Everything with this id: a value of several pathogens, a rule, what waits for its vocabulary.
json::object entry_of(const RuleLibrary::Shelf& shelf, std::string_view id, Instant at, std::int32_t place,
                      std::string_view only_pathogen) {
  json::object out;
  json::array history;
  for (const auto& pathogen : list_in(shelf.document, "pathogens")) {
    if (!only_pathogen.empty() && text_in(pathogen.as_object(), "id") != only_pathogen) continue;
    for (const auto& value : list_in(pathogen, "values")) {
      if (text_in(value.as_object(), "id") != id) continue;
      if (out.empty()) {
        out = value_row(shelf, pathogen, value, at, place);
        add_text_of(out, value);
      }
      add_history(history, pathogen, value);
    }
  }
  for (const char* kind : {"rules", "pending"})
    for (const auto& rule : list_in(shelf.document, kind)) {
      if (!out.empty() || text_in(rule.as_object(), "id") != id) continue;
      out = rule_row(rule, std::string_view(kind) == "pending");
      add_text_of(out, rule);
      if (const auto* why = rule.as_object().if_contains("why")) out["note"] = *why;
    }
  if (!out.empty()) out["history"] = std::move(history);
  return out;
}

}  // namespace

std::shared_ptr<const RuleLibrary::Shelf> RuleLibrary::shelf(const RulebookPtr& book) {
  const std::lock_guard lock(mutex_);
  if (!shelf_ || shelf_->book != book) {
    json::value document = parse_own_json(rulebook::document_json(*book));
    make_plain(document);
    shelf_ = std::make_shared<const Shelf>(Shelf{book, std::move(document)});
  }
  return shelf_;
}

http::Response show_rulebook(Exchange& exchange) {
  const auto shelf = exchange.house.library.shelf(exchange.house.parts.rulebook());
  const std::size_t limit = number_in_query(exchange.request, "limit", most_entries, most_entries);
  const Instant at = time_asked(exchange);
  const std::int32_t place = place_asked(exchange);
  json::array rows;
  const auto add = [&](json::object row) {
    const bool fits =
        wanted(exchange.request, "kind", row).empty() && wanted(exchange.request, "pathogen", row).empty();
    if (fits && rows.size() < limit) rows.push_back(std::move(row));
  };
  for (const auto& pathogen : list_in(shelf->document, "pathogens"))
    for (const auto& value : list_in(pathogen, "values")) add(value_row(*shelf, pathogen, value, at, place));
  for (const auto& rule : list_in(shelf->document, "rules")) add(rule_row(rule, false));
  for (const auto& rule : list_in(shelf->document, "pending")) add(rule_row(rule, true));
  json::object out{
      {"rows", std::move(rows)},
      {"next", nullptr},
      {"version", shelf->book->version()},
      {"sources", shelf->document.at("sources")},
      {"as_of", json::object{{"batch", exchange.house.herald.batch()}, {"at", format(exchange.who.now)}}}};
  return http::json(200, json::serialize(out));
}

http::Response show_rule(Exchange& exchange) {
  const std::string id(exchange.steps[2]);
  const RulebookPtr book = exchange.house.parts.rulebook();
  if (id == "vocabulary") return lines_answer(rulebook::vocabulary(exchange.house.parts.registry));
  if (id == "unused") return lines_answer(rulebook::unused(*book));
  const auto shelf = exchange.house.library.shelf(book);
  const Instant at = time_asked(exchange);
  const std::int32_t place = place_asked(exchange);
  json::object out = entry_of(*shelf, id, at, place, text_in_query(exchange.request, "pathogen"));
  if (out.empty()) not_found();
  if (!text_in_query(exchange.request, "at").empty() || !text_in_query(exchange.request, "in").empty())
    out["why"] = rulebook::why(*book, id, at, place);
  out["version"] = book->version();
  return http::json(200, json::serialize(out));
}

}  // namespace fx::api
