#pragma once

#include <vector>

#include "kernel/access.hpp"
#include "kernel/desk.hpp"

namespace fx {

/// Scope by unit and jurisdiction (settled.md 21): a role acts in its own unit, the unit above and the units below it;
/// an authority (command post, health authority, CDC, government, inspection) also in every place of its jurisdiction.
class ScopeAccess final : public Access {
 public:
  [[nodiscard]] bool in_scope(const Actor& actor, const Unit& place,
                              const Reference& reference) const override;
};

/// Units that command over a territory rather than over themselves.
bool is_authority(UnitKind kind);

/// What a reader may see of a list: rows of these places, or rows that name one of these units.
struct Scope {
  bool everything = false;                                    ///< an authority of the nation
  std::vector<std::pair<std::int32_t, std::int32_t>> places;  ///< inclusive ranges of GB/T 2260 codes
  std::vector<UnitId> units;                                  ///< own unit, parent, sub-units
};
Scope scope_of(const Actor& actor, const Reference& reference);

/// Inclusive range of county codes that lie in a jurisdiction.
std::pair<std::int32_t, std::int32_t> range_of(std::int32_t jurisdiction);

/// May a holder of these roles read this list at all? Administrators and auditors read no health record.
bool may_read(const List& list, const std::vector<Role>& roles);

}  // namespace fx
