#include "desks/screening/role_tests/steps.hpp"

#include <cstdlib>

namespace fx::screening {
namespace {

std::string rule_of(RoleClass role_class) {
  switch (role_class) {
    case RoleClass::isolation_ward: return "E.freq.isolation_ward";
    case RoleClass::direct_exposure: return "E.freq.direct_exposure";
    case RoleClass::other_frontline: return "E.freq.other_frontline";
    case RoleClass::fever_clinic_post: return "E.freq.other_frontline.fever_clinic";
    case RoleClass::community: return "E.freq.community";
    case RoleClass::inpatient_post: return "E.freq.inpatient";
  }
  return {};
}

bool at_a_post(const TestedPerson& person) {
  return std::ranges::any_of(
      person.controls, [](const Control& control) { return control.class_ == SpecimenClass::key_group; });
}

/// The membership with this sample added.
RoleMember with_sample(const RoleMember& member, Day day) {
  RoleMember after = member;
  after.sampled.insert(std::ranges::upper_bound(after.sampled, day), day);
  return after;
}

std::optional<Day> next_due(const RoleMember& member, const Context& context) {
  const auto frequency = frequency_of(member.role_class, context);
  if (!frequency) return std::nullopt;
  return due_day(*frequency, member.sampled, day_of(context.occurred_at));
}

/// From which day a sample counts that was taken too soon after another one; nothing when it counts. The days that are
/// kept all count.
std::optional<Day> counts_from(const RoleMember& member, Day day, const Context& context) {
  const auto frequency = frequency_of(member.role_class, context);
  if (!frequency) return std::nullopt;
  std::optional<Day> from;
  for (const Day other : member.sampled)
    if (std::abs(day - other) < frequency->gap_d) from = other + frequency->gap_d;
  return from;
}

TakenOffPost taken_off(const RoleMember& member, const Context& context) {
  return {member.id, member.group, member.unit, context.actor.account, true};
}

RoleTestDue falls_due(const RoleMember& member, Day day, bool again) {
  return {
      member.id, member.group, member.unit, member.role_class, day, start_of(day) + std::chrono::hours(12),
      again};
}

}  // namespace

std::optional<Frequency> frequency_of(RoleClass role_class, const Context& context) {
  const RuleValue rule =
      context.rules.value(rule_of(role_class), context.occurred_at, context.actor.jurisdiction);
  return rule.state == RuleValue::State::value ? parse_frequency(rule.text()) : std::nullopt;
}

void own_role_sample(PersonId person, const Loaded& loaded, const Context& context, KeySet& keys) {
  const auto* known = loaded.find<TestedPerson>(person);
  if (known == nullptr || !at_a_post(*known)) return;
  if (const auto* member = loaded.find<RoleMember>(person); member != nullptr && member->on_list) {
    const Day today = day_of(context.occurred_at);
    keys.own<RoleDay>(role_day_id(member->group, today));
    if (member->due_day) keys.own<RoleDay>(role_day_id(member->group, *member->due_day));
    if (const auto next = next_due(with_sample(*member, today), context))
      keys.own<RoleDay>(role_day_id(member->group, *next));
  }
  keys.own<RoleMember>(person);
}

void role_sampled(PersonId person, TubeId tube, const View& view, const Context& context,
                  std::vector<Event>& events) {
  const auto* known = view.find<TestedPerson>(person);
  if (known == nullptr || !at_a_post(*known)) return;
  const auto* member = view.find<RoleMember>(person);
  if (member == nullptr || !member->on_list) return;
  const Day today = day_of(context.occurred_at);
  const bool late = overdue(*member, context.occurred_at);
  const auto too_soon = counts_from(*member, today, context);
  if (late && !member->off_post) events.emplace_back(taken_off(*member, context));
  events.emplace_back(RoleTestSampled{person, member->group, member->unit, member->role_class, tube, today,
                                      too_soon ? std::nullopt : member->due_day, !late, too_soon});
  if (too_soon) return;  // what was due is due still
  if (const auto next = next_due(with_sample(*member, today), context))
    events.emplace_back(falls_due(*member, *next, false));
}

void own_role_result(const Tube& tube, KeySet& keys) {
  if (tube.single() && tube.person) keys.own<RoleMember>(*tube.person);
}

void role_answered(const Tube& tube, std::optional<TestResult> result, const View& view,
                   const Context& context, std::vector<Event>& events) {
  if (!tube.single() || !tube.person) return;
  const auto* member = view.find<RoleMember>(*tube.person);
  if (member == nullptr || !member->on_list) return;
  if (result == TestResult::negative) {
    if (member->off_post || member->newcomer)
      events.emplace_back(BackOnPost{member->id, member->group, member->unit, tube.id});
    return;
  }
  const bool suspect = result == TestResult::positive || result == TestResult::grey;
  if (suspect && !member->off_post) events.emplace_back(taken_off(*member, context));
  const bool no_answer = !result || *result == TestResult::invalid;
  if (no_answer && member->pending == tube.id)
    events.emplace_back(falls_due(*member, day_of(context.occurred_at), true));
}

}  // namespace fx::screening
