#pragma once

#include "kernel/desk.hpp"

namespace fx::desks {

/// What must hold between desks after every event, once the arrows have been followed [domain model §7.1–7.3]. One desk
/// alone cannot see it; a desk's own laws stay with the desk.
std::vector<Law> laws_across();

}  // namespace fx::desks
