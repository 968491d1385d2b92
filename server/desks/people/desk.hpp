#pragma once

#include "kernel/desk.hpp"

namespace fx::people {

/// Persons: registered once, used everywhere; merged by alias, never rewritten.
Desk desk();

}  // namespace fx::people
