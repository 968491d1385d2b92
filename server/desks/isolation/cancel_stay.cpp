// The ground fell away: the order is withdrawn by an officer, never by the way.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Result<Decision> cancel_stay(const CancelStay& c, const View& view, const Context&) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (!is_open(stay->state))
    no.add(
        wrong_state(stay->state, {StayState::ordered, StayState::in_transfer, StayState::observing,
                                  StayState::out_closed_loop, StayState::absconded, StayState::home_phase}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  Decision decision{{StayCancelled{stay->id, stay->person, stay->room, stay->site, open_tests(*stay, view),
                                   edition_of(*stay), c.reason.ref}}};
  leave_room(decision, *stay, view);
  return decision;
}

}  // namespace

void add_cancel_stay(Desk& desk) {
  desk.operation<CancelStay>("cancel_stay", {"撤销隔离决定", "Withdraw the order"})
      .by({Role::CDC, Role::CMD})
      .keys(own_stay<CancelStay>)
      .more_keys(own_surroundings<CancelStay>)
      .place(cdc_of<CancelStay>)
      .decide(cancel_stay);
}

}  // namespace fx::isolation
