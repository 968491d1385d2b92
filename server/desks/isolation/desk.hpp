#pragma once

#include "kernel/desk.hpp"

namespace fx::isolation {

/// 隔离台: one control episode a person, from the order to its end; sites, rooms, legs, checks, tests.
Desk desk();

}  // namespace fx::isolation
