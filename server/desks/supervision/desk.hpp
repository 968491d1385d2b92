#pragma once

#include "kernel/desk.hpp"

namespace fx::supervision {

/// 督导台: findings and when they have to be mended.
Desk desk();

}  // namespace fx::supervision
