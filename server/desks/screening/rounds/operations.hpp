#pragma once

#include "desks/screening/operations.hpp"
#include "desks/screening/rounds/commands.hpp"
#include "desks/screening/rounds/equation.hpp"

namespace fx::screening {

/// In whose affairs a round's steps are done: the command post that holds it.
template <class C>
std::optional<UnitId> place_of_round(const C& command, const View& view, const Context&) {
  const Round* round = view.find<Round>(command.round);
  return round != nullptr ? std::optional(round->county) : std::nullopt;
}
template <class C>
void own_round(const C& command, const Context&, KeySet& keys) {
  keys.own<Round>(command.round);
}

/// Is the actor's place within the round's, so that its people are the actor's, too?
bool holds_here(const Round& round, const Context& context);

void plan_rounds(Desk& desk);
void enrol_people(Desk& desk);
void settle_people(Desk& desk);
void close_rounds(Desk& desk);
void run_series(Desk& desk);
void run_points(Desk& desk);
void round_laws(Desk& desk);

}  // namespace fx::screening
