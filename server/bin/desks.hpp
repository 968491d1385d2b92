#pragma once

#include <memory>

#include "kernel/registry.hpp"

namespace fx::bin {

/// All desks and arrows of the program. A new desk is one line here.
std::unique_ptr<Registry> make_registry();

}  // namespace fx::bin
