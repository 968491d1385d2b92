// The daily checks of a stay: by the site's doctor, at home by the grid worker.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

Result<Decision> check(const RecordCheck& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (!is_one_of(stay->state, {StayState::observing, StayState::home_phase}))
    no.add(wrong_state(stay->state, {StayState::observing, StayState::home_phase}));
  if (!desks::plausible(c.temperature)) no.add(desks::implausible_temperature());
  if (!no.empty()) return no;
  return Decision{
      {HealthChecked{stay->id, stay->person, stay->site, stay->cdc, c.temperature, c.signs, regime_now(*stay),
                     check_after(context.occurred_at, context, stay->id.home())}}};
}

Result<Decision> call(const CallAtDoor& c, const View& view, const Context&) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  if (!is_one_of(stay->state, {StayState::home_phase, StayState::ended}))
    return wrong_state(stay->state, {StayState::home_phase, StayState::ended});
  return Decision{{DoorCalled{stay->id, stay->person, c.met}}};
}

}  // namespace

void add_checks(Desk& desk) {
  desk.operation<RecordCheck>("record_check", {"记录健康监测", "Record a health check"})
      .by({Role::QD, Role::NUR, Role::GRID})
      .keys(own_stay<RecordCheck>)
      .place(site_of<RecordCheck>)
      .decide(check);
  desk.operation<CallAtDoor>("call_at_door", {"解除后上门", "Call at the door"})
      .by({Role::GRID})
      .deed()
      .keys(own_stay<CallAtDoor>)
      .place([](const CallAtDoor& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Stay* stay = view.find<Stay>(c.stay);
        if (stay == nullptr) return std::nullopt;
        return stay->village ? stay->village : std::optional(stay->site);
      })
      .decide(call);
}

}  // namespace fx::isolation
