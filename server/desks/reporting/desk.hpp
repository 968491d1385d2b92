#pragma once

#include "kernel/desk.hpp"

namespace fx::reporting {

/// 报告: case cards, county review, correction, emergency-event chain.
Desk desk();

}  // namespace fx::reporting
