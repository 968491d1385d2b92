#include "desks/isolation/schedule.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "desks/isolation/facts.hpp"

namespace fx::isolation {
namespace {

namespace json = boost::json;

std::optional<Regime> regime_in(const json::object& table, std::string_view key) {
  const auto* text = table.if_contains(key);
  return text != nullptr && text->is_string() ? enum_from<Regime>(std::string_view(text->as_string()))
                                              : std::nullopt;
}

std::int32_t number_in(const json::object& table, std::string_view key, std::int32_t otherwise) {
  const auto* number = table.if_contains(key);
  return number != nullptr && number->is_number() ? number->to_number<std::int32_t>() : otherwise;
}

std::vector<std::int32_t> days_in(const json::object& table, std::string_view key) {
  std::vector<std::int32_t> out;
  const auto* list = table.if_contains(key);
  if (list == nullptr || !list->is_array()) return out;
  for (const json::value& day : list->as_array()) out.push_back(day.to_number<std::int32_t>());
  return out;
}

std::vector<std::string> words_in(const json::object& table, std::string_view key) {
  std::vector<std::string> out;
  const auto* list = table.if_contains(key);
  if (list == nullptr || !list->is_array()) return out;
  for (const json::value& word : list->as_array()) out.emplace_back(std::string_view(word.as_string()));
  return out;
}

/// What the tests must have shown before somebody is released.
void read_release(const json::object& table, Schedule& out) {
  out.release_samples = number_in(table, "release_samples", 1);
  out.release_reagents = number_in(table, "release_reagents", 1);
  out.release_labs = number_in(table, "release_labs", 1);
  out.contact_negatives = number_in(table, "release_needs_contact_negatives", 0);
  if (const auto* ct = table.if_contains("release_ct_min"); ct != nullptr && ct->is_number())
    out.release_ct_min = ct->to_number<double>();
  out.release_days = days_in(table, "release_days");
  out.severity = words_in(table, "severity");
}

}  // namespace

std::string rule_id(ControlClass class_) { return "F." + std::string(enum_text(class_)); }

std::optional<Schedule> read_schedule(const std::string& text) {
  const json::value value = json::parse(text);
  const auto* table = value.if_object();
  const auto regime = table != nullptr ? regime_in(*table, "regime") : std::nullopt;
  if (!regime) return std::nullopt;
  Schedule out{.regime = *regime,
               .by_choice = regime_in(*table, "by_choice"),
               .if_home_unsuitable = regime_in(*table, "if_home_unsuitable"),
               .days = number_in(*table, "days", 0),
               .tests = days_in(*table, "tests"),
               .then_tests = days_in(*table, "then_tests")};
  read_release(*table, out);
  if (const auto* then = table->if_contains("then"); then != nullptr && then->is_object()) {
    out.then_regime = regime_in(then->as_object(), "regime");
    out.then_days = number_in(then->as_object(), "days", 0);
  }
  return out;
}

Ruled schedule_of(ControlClass class_, const Context& context, std::int32_t county) {
  Ruled out{context.rules.value(rule_id(class_), context.occurred_at, county), {}};
  if (out.rule.state == RuleValue::State::value) out.schedule = read_schedule(out.rule.text());
  if (out.schedule && out.schedule->regime == Regime::none) out.schedule.reset();
  return out;
}

std::optional<Schedule> schedule_followed(const Stay& stay, const Context& context) {
  const RuleValue rule = rule_followed(stay.rule, stay, context);
  return rule.state == RuleValue::State::value ? read_schedule(rule.text()) : std::nullopt;
}

RuleValue rule_followed(std::string_view id, const Stay& stay, const Context& context) {
  const std::int32_t county = stay.id.home();
  const bool as_ordered = context.rules.value(stay.rule, stay.ordered_at, county).profile == stay.profile;
  return context.rules.value(id, as_ordered ? stay.ordered_at : context.occurred_at, county);
}

Instant end_of(Day day0, std::int32_t days) { return start_of(day0 + (days + 1)); }

std::vector<Day> days_to_test(Day day0, const std::vector<std::int32_t>& protocol, Day since,
                              bool on_admission) {
  std::vector<Day> out;
  if (on_admission) out.push_back(since);
  for (const std::int32_t day : protocol)
    if (day0 + day >= since) out.push_back(day0 + day);
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

std::vector<Day> home_days(const Stay& stay, Day since) {
  if (!stay.then_regime) return {};
  return days_to_test(stay.day0 + stay.days, stay.then_protocol_days, since, false);
}

Instant next_check(Instant at, std::int32_t per_day) {
  constexpr std::int64_t day_ms = 86'400'000;
  const Instant midnight = start_of(day_of(at));
  const std::int64_t slot = day_ms / std::max(1, per_day);
  const std::int64_t in = (at - midnight).count() / slot;
  return midnight + Duration((in + 2) * slot);
}

}  // namespace fx::isolation
