#pragma once

// One operation, one file (small ones of one thing share theirs); each function writes its operation into the card.

#include <fmt/format.h>

#include "desks/hospitals/commands.hpp"
#include "desks/hospitals/facts.hpp"
#include "desks/hospitals/way.hpp"
#include "desks/places.hpp"
#include "desks/readings.hpp"
#include "kernel/guards.hpp"

namespace fx::hospitals {

// clinic and rooms
void open_clinic(Desk& desk);
void close_clinic(Desk& desk);
void open_room(Desk& desk);
void close_room(Desk& desk);
void disinfect_room(Desk& desk);
void assign_room(Desk& desk);
void release_room(Desk& desk);
void record_staff_presence(Desk& desk);
// the way of a patient
void record_arrival(Desk& desk);
void triage_1(Desk& desk);
void triage_2(Desk& desk);
void order_sample(Desk& desk);
void note_sample(Desk& desk);
void note_failed_sample(Desk& desk);
void receive_result(Desk& desk);
void clear_patient(Desk& desk);
void record_departure(Desk& desk);
void admit_patient(Desk& desk);
void transfer_patient(Desk& desk);
void close_encounter(Desk& desk);
// leaving before the result
void report_left_early(Desk& desk);
void acknowledge_search(Desk& desk);
void record_found(Desk& desk);
// emergency
void declare_emergency(Desk& desk);
void identify_patient(Desk& desk);

void laws(Desk& desk);

}  // namespace fx::hospitals
