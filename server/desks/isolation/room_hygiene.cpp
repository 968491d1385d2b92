// TO_DISINFECT → DISINFECTED → CLEAN: whoever checks is not who did it.
#include "desks/isolation/services/operations.hpp"
#include "desks/isolation/site_events.hpp"

namespace fx::isolation {
namespace {

Result<Decision> disinfect(const DisinfectRoom& c, const View& view, const Context& context) {
  const QuarantineRoom* room = view.find<QuarantineRoom>(c.room);
  if (room == nullptr) return unknown("/room");
  Refusals no;
  if (room->state != RoomState::to_disinfect) no.add(wrong_state(room->state, {RoomState::to_disinfect}));
  if (c.agent.empty()) no.add(missing("/agent"));
  if (!no.empty()) return no;
  return Decision{{RoomDisinfected{c.room, room->site, c.agent, context.actor.account}}};
}

Result<Decision> check(const CheckRoom& c, const View& view, const Context& context) {
  const QuarantineRoom* room = view.find<QuarantineRoom>(c.room);
  if (room == nullptr) return unknown("/room");
  Refusals no;
  if (room->state != RoomState::disinfected) no.add(wrong_state(room->state, {RoomState::disinfected}));
  if (room->disinfected_by == context.actor.account) no.add("R-ROM-1");
  if (!no.empty()) return no;
  Decision decision{{RoomChecked{c.room, room->site, c.passed, context.actor.account}}};
  if (c.passed) count_ready(decision, view.get<Site>(room->site), view.find<SiteUpkeep>(room->site.raw), 1);
  return decision;
}

template <class C>
void own(const C& c, const Context&, KeySet& keys) {
  keys.own<QuarantineRoom>(c.room);
}
template <class C>
void own_site(const C& c, const View& view, const Context&, KeySet& keys) {
  if (const QuarantineRoom* room = view.find<QuarantineRoom>(c.room))
    keys.own<Site>(room->site.raw).own<SiteUpkeep>(room->site.raw);
}
template <class C>
std::optional<UnitId> site_of_room(const C& c, const View& view, const Context&) {
  const QuarantineRoom* room = view.find<QuarantineRoom>(c.room);
  return room != nullptr ? std::optional(room->site) : std::nullopt;
}

}  // namespace

void add_room_hygiene(Desk& desk) {
  desk.operation<DisinfectRoom>("disinfect_room", {"房间终末消毒", "Disinfect a room"})
      .by({Role::QM, Role::QD, Role::WST})
      .deed()
      .keys(own<DisinfectRoom>)
      .more_keys(own_site<DisinfectRoom>)
      .place(site_of_room<DisinfectRoom>)
      .decide(disinfect);
  desk.operation<CheckRoom>("check_room", {"核验消毒", "Check the disinfection"})
      .by({Role::QM, Role::QD})
      .keys(own<CheckRoom>)
      .more_keys(own_site<CheckRoom>)
      .place(site_of_room<CheckRoom>)
      .decide(check);
}

}  // namespace fx::isolation
