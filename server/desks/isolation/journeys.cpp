// What legs of a closed-loop journey have in common: who left, who received, which vehicle [domain model F3].
#include "desks/isolation/operations.hpp"

namespace fx::isolation {

bool is_waiting_case(const Stay& stay) { return stay.state == StayState::converted && stay.room; }

void judge_vehicle(const Vehicle& vehicle, const Stay& stay, Refusals& no) {
  if (vehicle.state == VehicleState::to_disinfect) no.add("R-TRF-1", "/vehicle");
  const bool alike = vehicle.carries_case == is_waiting_case(stay) &&
                     (vehicle.carries_case || vehicle.carries == stay.class_);
  if (vehicle.state == VehicleState::under_way && !alike) no.add("R-TRF-2", "/vehicle");
  if (vehicle.aboard >= vehicle.seats) no.add("R-TRF-3", "/vehicle");
}

const Leg* open_leg(const Stay& stay, const View& view) {
  return stay.leg ? view.find<Leg>(*stay.leg) : nullptr;
}

void own_leg(const Stay& stay, const View& view, KeySet& keys) {
  if (!stay.leg) return;
  const bool there = is_named<Leg>(keys, stay.leg->raw);
  keys.own<Leg>(*stay.leg);
  const Leg* leg = there ? view.find<Leg>(*stay.leg) : nullptr;
  if (leg != nullptr && !leg->vehicle.raw.is_nil()) keys.own<Vehicle>(leg->vehicle);
}

bool is_carrier(const Leg& leg, const Context& context) {
  return context.actor.account == leg.left_by || context.actor.unit == leg.carrier;
}

LegEnded ended(const Leg& leg, UnitId receiver, const Context& context) {
  return {leg.id, leg.stay, leg.person, leg.vehicle, receiver, context.actor.account, leg.purpose};
}

}  // namespace fx::isolation
