#include "access/scope.hpp"

#include <algorithm>

namespace fx {
namespace {

/// The house a unit belongs to: its parent, unless that is an authority, which stands over it rather than around it.
std::optional<UnitId> house_of(const Unit& unit, const Reference& reference) {
  const Unit* parent = unit.parent ? reference.unit(*unit.parent) : nullptr;
  return parent != nullptr && !is_authority(parent->kind) ? std::optional(parent->id) : std::nullopt;
}

/// Own unit, the house around it, its sub-units of any depth (a hospital's clinic, the clinic's laboratory).
bool same_house(UnitId mine, const Unit& place, const Reference& reference) {
  if (place.id == mine) return true;
  const Unit* own = reference.unit(mine);
  const auto house = own != nullptr ? house_of(*own, reference) : std::nullopt;
  if (house == place.id) return true;
  const Unit* up = &place;
  for (int depth = 0; up != nullptr && up->parent && depth < 8; ++depth) {
    if (*up->parent == mine) return true;
    up = reference.unit(*up->parent);
  }
  // Units of one house work together: the clinic seals what the laboratory of the same hospital receives.
  return house && house == house_of(place, reference);
}

}  // namespace

bool is_authority(UnitKind kind) {
  switch (kind) {
    case UnitKind::command_post:
    case UnitKind::government:
    case UnitKind::health_authority:
    case UnitKind::cdc:
    case UnitKind::inspection:
    case UnitKind::police: return true;
    default: return false;
  }
}

bool ScopeAccess::in_scope(const Actor& actor, const Unit& place, const Reference& reference) const {
  if (actor.system()) return true;
  const Unit* own = reference.unit(actor.unit);
  if (own == nullptr || !own->active) return false;
  if (same_house(actor.unit, place, reference)) return true;
  // A village doctor or grid worker acts for anybody found in the county it belongs to.
  if (own->kind == UnitKind::village || own->kind == UnitKind::township)
    return within(own->jurisdiction, place.jurisdiction);
  return is_authority(own->kind) && within(own->jurisdiction, place.jurisdiction);
}

std::pair<std::int32_t, std::int32_t> range_of(std::int32_t jurisdiction) {
  if (jurisdiction == 0) return {0, 999999};
  if (jurisdiction % 10000 == 0) return {jurisdiction, jurisdiction + 9999};
  if (jurisdiction % 100 == 0) return {jurisdiction, jurisdiction + 99};
  return {jurisdiction, jurisdiction};
}

Scope scope_of(const Actor& actor, const Reference& reference) {
  Scope scope;
  const Unit* own = reference.unit(actor.unit);
  if (own == nullptr || !own->active) return scope;
  if (is_authority(own->kind)) {
    scope.everything = own->jurisdiction == 0;
    scope.places.push_back(range_of(own->jurisdiction));
  }
  scope.units.push_back(own->id);
  if (const auto house = house_of(*own, reference)) scope.units.push_back(*house);
  std::vector<UnitId> below{own->id};
  for (std::size_t i = 0; i < below.size() && below.size() < 1000; ++i)
    for (const Unit* child : reference.children(below[i])) {
      if (is_authority(child->kind)) continue;  // authorities below are reached by jurisdiction
      below.push_back(child->id);
      scope.units.push_back(child->id);
    }
  return scope;
}

bool may_read(const List& list, const std::vector<Role>& roles) {
  if (!list.readers.empty())
    return std::ranges::any_of(
        roles, [&](Role role) { return std::ranges::find(list.readers, role) != list.readers.end(); });
  return std::ranges::any_of(roles, [](Role role) { return role != Role::ADM && role != Role::AUD; });
}

}  // namespace fx
