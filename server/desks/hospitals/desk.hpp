#pragma once

#include "kernel/desk.hpp"

namespace fx::hospitals {

/// The card of the hospitals desk (医院): the fever clinic from arrival to leave, isolation or search.
Desk desk();

}  // namespace fx::hospitals
