// SEALED | IN_TRANSIT → RECEIVED, by the laboratory that has it in hand. The clock of the result starts.
#include "desks/screening/arrival.hpp"
#include "desks/screening/laboratories/facts.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const ReceiveTube& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  if (const auto* file = view.find<Laboratory>(context.actor.unit);
      file != nullptr && held(*file, context.occurred_at))
    return refuse("R-LAB-2");
  using enum TubeState;
  // Not yet sealed as far as we know: accepted, and listed by its missing seal (kernel-notes §8).
  if (!is_one_of(tube->state, {printed, open, sealed, in_transit}))
    return wrong_state(tube->state, {sealed, in_transit});
  return Decision{
      {screening::received(*tube, context.actor.unit, c.condition ? c.condition->ref : TextRef{}, view)}};
}

}  // namespace

void receive_tube(Desk& desk) {
  desk.operation<ReceiveTube>("receive_tube", {"接收样本", "Receive a tube"})
      .by({Role::LAB})
      .deed()
      .keys([](const ReceiveTube& c, const Context& context, KeySet& keys) {
        keys.own<Tube>(c.tube).read<Laboratory>(context.actor.unit);
      })
      .more_keys([](const ReceiveTube& c, const View& view, const Context& context, KeySet& keys) {
        if (const Tube* tube = view.find<Tube>(c.tube))
          own_arrival(*tube, context.actor.unit, false, Loaded(view, keys), keys);
      })
      .decide(decide);  // no place: the laboratory acts in its own affairs, wherever the tube comes from
}

}  // namespace fx::screening
