#pragma once

#include "kernel/desk.hpp"

namespace fx::investigation {

/// 流调台: cases from screen-positive to confirmed or excluded, clocks D.*, named contacts.
Desk desk();

}  // namespace fx::investigation
