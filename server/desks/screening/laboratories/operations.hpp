#pragma once

#include "desks/screening/laboratories/commands.hpp"
#include "desks/screening/laboratories/facts.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {

void laboratory_file(Desk& desk);
void laboratory_safety(Desk& desk);
void plates(Desk& desk);
void record_wells(Desk& desk);
void note_message(Desk& desk);

/// A registered lot must be in date and not blocked (R-LAB-3); an unknown one is taken as it is.
void judge_lot(const std::string& code, UnitId laboratory, const View& view, const Context& context,
               Refusals& no);

template <class C>
void own_laboratory_file(const C& command, const Context&, KeySet& keys) {
  keys.own<Laboratory>(command.laboratory);
}
template <class C>
std::optional<UnitId> place_of_laboratory(const C& command, const View&, const Context&) {
  return std::optional(command.laboratory);
}

}  // namespace fx::screening
