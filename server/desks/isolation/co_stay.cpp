// One person a room, unless a co-stay is approved for a ground the rulebook names; the carer is under the same regime.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Result<Decision> approve(const ApproveCoStay& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  const Stay* carer = view.find<Stay>(c.with);
  if (stay == nullptr) return unknown("/stay");
  if (carer == nullptr || c.with == c.stay) return unknown("/with");
  Refusals no;
  if (!is_one_of(stay->state, {StayState::ordered, StayState::in_transfer}))
    no.add(wrong_state(stay->state, {StayState::ordered, StayState::in_transfer}));
  if (!is_open(carer->state)) no.add(wrong_state(carer->state, {StayState::observing}, "/with"));
  if (carer->regime != stay->regime || carer->site != stay->site) no.add("R-STY-13", "/with");
  if (!no.empty()) return no;
  return Decision{{CoStayApproved{c.stay, c.with, c.ground, context.actor.account}}};
}

}  // namespace

void add_co_stay(Desk& desk) {
  desk.evolves<CoStayApproved, Stay>(&CoStayApproved::stay,
                                     [](Stay& row, const CoStayApproved& e, auto&) { row.with = e.with; });
  desk.operation<ApproveCoStay>("approve_co_stay", {"批准同住", "Approve a co-stay"})
      .by({Role::QM})
      .keys([](const ApproveCoStay& c, const Context&, KeySet& keys) {
        keys.own<Stay>(c.stay).read<Stay>(c.with);
      })
      .place(site_of<ApproveCoStay>)
      .decide(approve);
}

}  // namespace fx::isolation
