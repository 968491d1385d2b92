#include "desks/isolation/transition/operations.hpp"

namespace fx::isolation {
namespace {

/// As the rulebook has it at the instant of the order.
Ruled ruled_at(ControlClass class_, const Transition& order, const Context& context) {
  Ruled out{context.rules.value(rule_id(class_), order.effective_at, order.id.home()), {}};
  if (out.rule.state == RuleValue::State::value) out.schedule = read_schedule(out.rule.text());
  if (out.schedule && out.schedule->regime == Regime::none) out.schedule.reset();
  return out;
}

bool names(const Transition& order, ControlClass class_) {
  return std::ranges::find(order.classes, class_) != order.classes.end();
}

}  // namespace

std::optional<Converted> convert_stay(StayId id, const Transition& order, const View& view,
                                      const Context& context) {
  const Stay* stay = view.find<Stay>(id);
  if (stay == nullptr || !is_open(stay->state) || stay->pathogen != order.pathogen ||
      !names(order, stay->class_))
    return std::nullopt;
  Ruled ruled = ruled_at(stay->class_, order, context);
  if (stay->profile == ruled.rule.profile) return std::nullopt;
  std::vector<const StayTest*> tests;
  for (const StayTestId test : stay->tests) tests.push_back(&view.get<StayTest>(test));
  Conversion conversion = convert(*stay, tests, new_schedule(ruled), order.effective_at);
  return Converted{stay, std::move(ruled), std::move(conversion)};
}

void judge_stays(const std::vector<StayId>& stays, const Transition& order, const View& view, Refusals& no) {
  if (stays.empty()) no.add(missing("/stays"));
  if (stays.size() > most_stays) no.add(malformed("/stays", "一次最多1000人", "at most 1,000 stays at once"));
  for (std::size_t i = 0; no.empty() && i < stays.size(); ++i)
    if (stays[i].home() != order.id.home() || view.find<Stay>(stays[i]) == nullptr)
      no.add(unknown("/stays/" + std::to_string(i)));
}

std::int32_t still_to_change(const Transition& order, const View& view, const Context& context) {
  std::int32_t left = 0;
  for (const ControlClass class_ : order.classes) {
    const auto* open = view.find<OpenStays>(open_stays_of(order.id.home(), order.pathogen, class_));
    if (open == nullptr) continue;
    const std::string now = ruled_at(class_, order, context).rule.profile;
    for (const OpenStays::Of& of : open->by_profile) left += of.profile == now ? 0 : of.open;
  }
  return left;
}

std::vector<Day> days_asked(const Stay& stay, const Transition& order, const Context& context) {
  std::vector<Day> days{day_of(order.effective_at)};
  const Ruled ruled = ruled_at(stay.class_, order, context);
  if (!ruled.schedule) return days;
  for (const std::int32_t day : ruled.schedule->tests) days.push_back(stay.day0 + day);
  for (const std::int32_t day : ruled.schedule->then_tests)
    days.push_back(stay.day0 + (ruled.schedule->days + day));
  return days;
}

void count_keys(const Transition& order, KeySet& keys) {
  for (const ControlClass class_ : order.classes)
    keys.own<OpenStays>(open_stays_of(order.id.home(), order.pathogen, class_));
}

}  // namespace fx::isolation
