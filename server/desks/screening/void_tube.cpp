// PRINTED → VOIDED: a label spoilt or a tube opened for nobody. With a member in it, it must go its way.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const VoidTube& c, const View& view, const Context&) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  Refusals no;
  const bool empty =
      tube->state == TubeState::printed || (tube->state == TubeState::open && tube->members.empty());
  if (!empty) no.add(wrong_state(tube->state, {TubeState::printed}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{TubeVoided{tube->id, tube->code, tube->sender, c.reason.ref, sampler_share(*tube)}}};
}

}  // namespace

void void_tube(Desk& desk) {
  desk.operation<VoidTube>("void_tube", {"作废采样管", "Void a tube"})
      .by({Role::SMP, Role::NUR})
      .keys([](const VoidTube& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys([](const VoidTube& c, const View& view, const Context&, KeySet& keys) {
        if (const Tube* tube = view.find<Tube>(c.tube)) own_sampler_share(*tube, keys);
      })
      .place(place_of_sender<VoidTube>)
      .decide(decide);
}

}  // namespace fx::screening
