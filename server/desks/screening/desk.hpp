#pragma once

#include "kernel/desk.hpp"

namespace fx::screening {

/// The card of the screening desk (核酸检测): tubes from label to amended result.
Desk desk();

}  // namespace fx::screening
