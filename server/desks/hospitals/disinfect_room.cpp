// TO_DISINFECT → FREE, checked by somebody else than the team that did it.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const DisinfectRoom& c, const View& view, const Context& context) {
  const Room* room = view.find<Room>(c.room);
  if (room == nullptr) return unknown("/room");
  Refusals no;
  if (room->state != RoomState::to_disinfect) no.add(wrong_state(room->state, {RoomState::to_disinfect}));
  if (c.checker == context.actor.account)
    no.add("R-ROM-1", "/checker");
  else if (context.reference.holdings_of(c.checker, context.now).empty())
    no.add(unknown("/checker"));
  if (!no.empty()) return no;
  return Decision{{RoomDisinfected{c.room, room->clinic, c.checker}}};
}

}  // namespace

void disinfect_room(Desk& desk) {
  desk.operation<DisinfectRoom>("disinfect_room", {"诊室终末消毒", "Disinfect a room"})
      .by({Role::FRP, Role::NUR})
      .keys([](const DisinfectRoom& c, const Context&, KeySet& keys) { keys.own<Room>(c.room); })
      .more_keys([](const DisinfectRoom& c, const View& view, const Context&, KeySet& keys) {
        if (const Room* room = view.find<Room>(c.room)) keys.own<Clinic>(room->clinic);
      })
      .place([](const DisinfectRoom& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Room* room = view.find<Room>(c.room);
        return room != nullptr ? std::optional(room->clinic) : std::nullopt;
      })
      .decide(decide);
}

}  // namespace fx::hospitals
