#include "desks/screening/lookups.hpp"

#include <algorithm>

namespace fx::screening {

std::vector<PersonId> persons_of(const Tube& tube) {
  std::vector<PersonId> out;
  for (const Member& m : tube.members) out.push_back(m.person);
  return out;
}

bool waits_for_single(const Tube& pool, PersonId person, Instant at) {
  if (!pool.authorised_at || at < *pool.authorised_at) return false;
  return std::ranges::any_of(pool.members, [&](const Member& m) {
    return m.person == person && (m.state == MemberState::hold || m.state == MemberState::grey);
  });
}

std::vector<PersonId> called_back(const Tube& tube) {
  std::vector<PersonId> out;
  if (tube.round || tube.resample_of) return out;
  for (const Member& m : tube.members)
    if (!m.encounter && !m.resampled_in) out.push_back(m.person);
  return out;
}

void own_holding_pools(const Tube* tube, const TestedPerson* person, KeySet& keys) {
  if (tube == nullptr || person == nullptr || !tube->single()) return;
  for (const TubeId pool : person->held_in) keys.own<Tube>(pool);
}

void own_tube_surroundings(const Tube& tube, KeySet& keys) {
  if (tube.box) keys.own<Box>(*tube.box);
  if (tube.resample_of) keys.own<Tube>(*tube.resample_of);
  if (tube.encounter) keys.subject(tube.encounter->raw);
  // What is owed about a person (first sample of a contact, member of a positive pool) is met by their own single.
  if (tube.person) keys.subject(tube.person->raw);
}

std::optional<UnitId> clinic_of(const Reference& reference, UnitId unit) {
  const Unit* known = reference.unit(unit);
  return known != nullptr && known->kind == UnitKind::fever_clinic ? std::optional(unit) : std::nullopt;
}

std::optional<UnitId> hospital_of(const Reference& reference, UnitId unit) {
  const Unit* known = reference.unit(unit);
  if (known != nullptr && known->kind != UnitKind::hospital && known->parent)
    known = reference.unit(*known->parent);
  return known != nullptr && known->kind == UnitKind::hospital ? std::optional(known->id) : std::nullopt;
}

std::optional<UnitId> own_laboratory(const Reference& reference, UnitId sender) {
  const auto hospital = hospital_of(reference, sender);
  if (!hospital) return std::nullopt;
  auto laboratories = reference.children(*hospital);
  std::erase_if(laboratories,
                [](const Unit* unit) { return unit->kind != UnitKind::laboratory || !unit->active; });
  return laboratories.size() == 1 ? std::optional(laboratories.front()->id) : std::nullopt;
}

bool size_allowed(const Context& context, std::int32_t size) {
  if (size == 1) return true;
  const RuleValue rule = context.rules.value("E.pool.sizes", context.occurred_at, context.actor.jurisdiction);
  if (rule.state != RuleValue::State::value) return false;  // no rule: pooling is off (settled.md 11)
  const auto sizes = from_own_json<std::vector<std::int32_t>>(rule.text());
  return std::ranges::find(sizes, size) != sizes.end();
}

bool single_only(const Context& context, SpecimenClass class_) {
  const RuleValue rule =
      context.rules.value("E.pool.single_only", context.occurred_at, context.actor.jurisdiction);
  if (rule.state != RuleValue::State::value) return false;
  const auto classes = from_own_json<std::vector<std::string>>(rule.text());
  return std::ranges::find(classes, enum_text(class_)) != classes.end();
}

}  // namespace fx::screening
