// SEALED | IN_TRANSIT | RECEIVED → REJECTED: all members are recalled and keep no result.
#include "desks/screening/arrival.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const RejectTube& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  using enum TubeState;
  Refusals no;
  if (!is_one_of(tube->state, {printed, open, sealed, in_transit, received}))
    no.add(wrong_state(tube->state, {sealed, in_transit, received}));
  if (c.reason == RejectReason::other && (!c.note || c.note->empty())) no.add("R-TUB-5", "/note");
  if (!no.empty()) return no;
  Decision out{
      {screening::rejected(*tube, context.actor.unit, c.reason, c.note ? c.note->ref : TextRef{}, view)}};
  role_answered(*tube, std::nullopt, view, context, out.events);
  return out;
}

}  // namespace

void reject_tube(Desk& desk) {
  desk.operation<RejectTube>("reject_tube", {"拒收样本", "Reject a tube"})
      .by({Role::LAB})
      .deed()
      .keys([](const RejectTube& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys([](const RejectTube& c, const View& view, const Context& context, KeySet& keys) {
        if (const Tube* tube = view.find<Tube>(c.tube))
          own_arrival(*tube, context.actor.unit, true, Loaded(view, keys), keys);
      })
      .decide(decide);
}

}  // namespace fx::screening
