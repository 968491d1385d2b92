#pragma once

#include "desks/investigation/classing/operations.hpp"
#include "desks/investigation/onward/commands.hpp"

namespace fx::investigation {

void add_review_onward(Desk& desk);

}  // namespace fx::investigation
