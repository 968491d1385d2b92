#pragma once

#include "kernel/desk.hpp"

namespace fx::supervision {

void add_record_finding(Desk& desk);

}  // namespace fx::supervision
