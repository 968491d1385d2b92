#pragma once

#include "kernel/desk.hpp"

namespace fx::gates {

/// 卡口台: gates, checks and their verdict, the control list, trucks, arrivals, key persons.
Desk desk();

}  // namespace fx::gates
