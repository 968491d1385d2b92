#include "bin/trace_rules.hpp"

namespace fx::bin {

std::optional<double> rule_number(const Rules& rules, std::string_view id, Instant at, std::int32_t county) {
  const RuleValue value = rules.value(id, at, county);
  return value.state == RuleValue::State::value ? value.number() : std::nullopt;
}

exposure::MeetingRules meeting_rules(const Rules& rules, Instant at, std::int32_t county,
                                     double min_overlap_min) {
  exposure::MeetingRules out;
  out.classes.assign(2, {});  // of VisitNumbers::classes: any place, and a vehicle
  for (exposure::MeetingRule& rule : out.classes)
    rule.min_overlap_s = static_cast<std::int64_t>(min_overlap_min * 60);
  out.classes[1].same_section = true;
  if (const auto rows = rule_number(rules, "D.contact.rows_plane", at, county))
    out.classes[1].rows = {static_cast<std::uint16_t>(*rows), static_cast<std::uint16_t>(*rows)};
  return out;
}

}  // namespace fx::bin
