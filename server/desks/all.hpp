#pragma once

#include "kernel/desk.hpp"

namespace fx::desks {

/// Every desk of the house, in the order their operations are listed, and with the laws between them. A new desk is one
/// line here.
std::vector<Desk> all();

}  // namespace fx::desks
