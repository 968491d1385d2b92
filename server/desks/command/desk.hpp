#pragma once

#include "kernel/desk.hpp"

namespace fx::command {

/// 值班台 and 系统: units, accounts, posts, shifts, notices.
Desk desk();

}  // namespace fx::command
