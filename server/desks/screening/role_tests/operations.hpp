#pragma once

#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/commands.hpp"
#include "desks/screening/role_tests/facts.hpp"

namespace fx::screening {

void role_groups(Desk& desk);
void plan_role_tests(Desk& desk);
void role_posts(Desk& desk);
void role_laws(Desk& desk);

}  // namespace fx::screening
