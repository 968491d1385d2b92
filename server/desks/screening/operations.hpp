#pragma once

// One operation, one file; each function writes its operation into the card.

#include <fmt/format.h>

#include "desks/screening/commands.hpp"
#include "desks/screening/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::screening {

void print_tubes(Desk& desk);
void link_person(Desk& desk);
void correct_link(Desk& desk);
void void_tube(Desk& desk);
void seal_tube(Desk& desk);
void box_tubes(Desk& desk);
void receive_tube(Desk& desk);
void reject_tube(Desk& desk);
void declare_lost(Desk& desk);
void start_test(Desk& desk);
void record_result(Desk& desk);
void authorise_result(Desk& desk);
void amend_result(Desk& desk);
void record_external_result(Desk& desk);
void receive_box(Desk& desk);
void declare_box_lost(Desk& desk);
void duplicates(Desk& desk);
void note_control(Desk& desk);

void laws(Desk& desk);

}  // namespace fx::screening
