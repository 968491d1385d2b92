#pragma once

#include "base/result.hpp"
#include "kernel/roles.hpp"

namespace fx::api {

/// What a role, a kind of unit and a level are called.
Words words_of(Role role);
Words words_of(UnitKind kind);
Words words_of(Level level);

}  // namespace fx::api
