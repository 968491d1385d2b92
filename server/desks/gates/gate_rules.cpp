#include "desks/gates/gate_rules.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/described.hpp"

namespace fx::gates {
namespace {

namespace json = boost::json;

/// The words of a value that is a list of them.
std::vector<std::string> words_of(const RuleValue& value) {
  std::vector<std::string> out;
  if (value.state != RuleValue::State::value || value.text().empty()) return out;
  const json::value parsed = json::parse(value.text());
  if (!parsed.is_array()) return out;
  for (const json::value& word : parsed.as_array())
    if (word.is_string()) out.emplace_back(word.as_string());
  return out;
}

bool is_set(const RuleValue& value) {
  const auto* flag = std::get_if<bool>(&value.value);
  return value.state == RuleValue::State::value && flag != nullptr && *flag;
}

/// A code service that ended on a day is asked no more from that day on.
bool is_over(const RuleValue& until, Instant at) {
  const auto day = until.state == RuleValue::State::value ? parse_day(until.text()) : std::nullopt;
  return day && day_of(at) >= *day;
}

std::string_view certificate_of(GateKind kind) {
  switch (kind) {
    case GateKind::traffic: return "E.cert.h.travel";
    case GateKind::venue: return "E.cert.h.venue";
    case GateKind::hospital:
    case GateKind::community: break;
  }
  return {};
}

}  // namespace

std::optional<double> number_of(const Rules& rules, std::string_view id, Instant at, std::int32_t county) {
  const RuleValue value = rules.value(id, at, county);
  return value.state == RuleValue::State::value ? value.number() : std::nullopt;
}

GateRules gate_rules(const Rules& rules, GateKind kind, Instant at, std::int32_t county) {
  const auto codes = words_of(rules.value("G.codes", at, county));
  const auto asked = [&](std::string_view code) { return std::ranges::find(codes, code) != codes.end(); };
  const auto certificate = certificate_of(kind);
  return {.fever_c = number_of(rules, "G.temp_c", at, county),
          .health_code = asked("health"),
          .travel_code = asked("travel") && !is_over(rules.value("G.codes.travel_until", at, county), at),
          .stars = is_set(rules.value("G.codes.stars", at, county)),
          .certificate_h = certificate.empty() ? std::nullopt : number_of(rules, certificate, at, county),
          .snapshot_min = number_of(rules, "G.snapshot_min", at, county)};
}

std::vector<RegionClass> key_classes(const Rules& rules, Instant at, std::int32_t county) {
  std::vector<RegionClass> out;
  for (const std::string& word : words_of(rules.value("G.history.classes", at, county)))
    if (const auto known = enum_from<RegionClass>(word)) out.push_back(*known);
  return out;
}

}  // namespace fx::gates
