#pragma once

#include "kernel/desk.hpp"

namespace fx::command {

void add_unit_operations(Desk& desk);
void add_account_operations(Desk& desk);
void add_shift_operations(Desk& desk);
void add_notice_operations(Desk& desk);
void add_settle_dispute(Desk& desk);
void add_devices(Desk& desk);

}  // namespace fx::command
