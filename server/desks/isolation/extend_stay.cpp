// A restriction goes on beyond its end only because a named officer says so, with basis, reason and notice [domain model
// §7.3]; the end is never moved by the way.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Result<Decision> extend(const ExtendStay& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (!is_one_of(stay->state, {StayState::observing, StayState::out_closed_loop, StayState::home_phase}))
    no.add(
        wrong_state(stay->state, {StayState::observing, StayState::out_closed_loop, StayState::home_phase}));
  const Instant end =
      stay->state == StayState::home_phase ? stay->home_until.value_or(stay->ends_at) : stay->ends_at;
  if (c.until <= end) no.add("R-STY-18", "/until");
  if (c.legal_basis.empty()) no.add("R-STY-18", "/legal_basis");
  if (!c.notice_given) no.add("R-STY-18", "/notice_given");
  if (c.reason.empty()) no.add("R-STY-18", "/reason");
  // A class the profile does not isolate cannot be held longer, either.
  if (!schedule_of(stay->class_, context, stay->id.home()).schedule) no.add("R-STY-2", "/stay");
  if (!no.empty()) return no;
  return Decision{{StayExtended{stay->id, stay->person, stay->site, stay->cdc, stay->state, end, c.until,
                                context.actor.account, c.legal_basis, c.reason.ref}}};
}

}  // namespace

void add_extend_stay(Desk& desk) {
  desk.operation<ExtendStay>("extend_stay", {"延长隔离期", "Extend a measure"})
      .by({Role::CDC, Role::CMD})
      .keys(own_stay<ExtendStay>)
      .place(cdc_of<ExtendStay>)
      .decide(extend);
}

}  // namespace fx::isolation
