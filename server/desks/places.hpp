#pragma once

#include <optional>

#include "kernel/reference.hpp"

namespace fx::desks {

/// The unit of that kind at exactly this place.
inline std::optional<UnitId> unit_at(const Reference& reference, UnitKind kind, std::int32_t place) {
  const Unit* unit = reference.unit_of(kind, place);
  return unit != nullptr ? std::optional(unit->id) : std::nullopt;
}

/// The command post of a unit's own place.
inline std::optional<UnitId> command_of(const Reference& reference, UnitId unit) {
  const Unit* known = reference.unit(unit);
  return known != nullptr ? unit_at(reference, UnitKind::command_post, known->jurisdiction) : std::nullopt;
}

}  // namespace fx::desks
