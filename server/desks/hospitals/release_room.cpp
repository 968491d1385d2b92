// A cleared patient has gone from the room but not yet from the clinic. Whoever is held keeps the room.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

const Encounter* occupant(const ReleaseRoom& c, const View& view) {
  const Room* room = view.find<Room>(c.room);
  return room != nullptr && room->encounter ? view.find<Encounter>(*room->encounter) : nullptr;
}

/// Two hops: the room names the encounter, the encounter names its person and day.
void more_keys(const ReleaseRoom& c, const View& view, const Context&, KeySet& keys) {
  const Room* room = view.find<Room>(c.room);
  if (room == nullptr || !room->encounter) return;
  const RowKey encounter{&table_type<Encounter>(), room->encounter->raw};
  const bool loaded =
      std::ranges::any_of(keys.entries(), [&](const auto& entry) { return entry.key == encounter; });
  keys.own<Encounter>(*room->encounter).own<Clinic>(room->clinic);
  if (const Encounter* e = loaded ? view.find<Encounter>(*room->encounter) : nullptr)
    own_surroundings(*e, keys);
}

Result<Decision> decide(const ReleaseRoom& c, const View& view, const Context&) {
  const Room* room = view.find<Room>(c.room);
  if (room == nullptr) return unknown("/room");
  if (room->state != RoomState::occupied) return wrong_state(room->state, {RoomState::occupied});
  const Encounter* e = occupant(c, view);
  FX_ASSERT(e != nullptr, "an occupied room names its encounter");
  if (e->state != EncounterState::cleared) return wrong_state(e->state, {EncounterState::cleared}, "/room");
  Decision out;
  release_room(out, *e);
  return out;
}

}  // namespace

void release_room(Desk& desk) {
  desk.operation<ReleaseRoom>("release_room", {"腾出诊室", "Release a room"})
      .by({Role::DOC, Role::NUR})
      .keys([](const ReleaseRoom& c, const Context&, KeySet& keys) { keys.own<Room>(c.room); })
      .more_keys(more_keys)
      .place([](const ReleaseRoom& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Room* room = view.find<Room>(c.room);
        return room != nullptr ? std::optional(room->clinic) : std::nullopt;
      })
      .decide(decide);
}

}  // namespace fx::hospitals
