#pragma once

#include "kernel/context.hpp"

namespace fx {

/// Whose affairs an actor may touch; implemented by access/. Roles were checked before.
class Access {
 public:
  virtual ~Access() = default;
  /// May the actor act in the affairs of `place`: its own unit, parent or sub-unit, or as an authority whose
  /// jurisdiction contains it.
  [[nodiscard]] virtual bool in_scope(const Actor& actor, const Unit& place,
                                      const Reference& reference) const = 0;
};

}  // namespace fx
