// What legs of a closed-loop journey have in common: who left, who received, which vehicle [domain model F3].
#include "desks/isolation/operations.hpp"

namespace fx::isolation {

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
