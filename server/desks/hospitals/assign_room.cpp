// TRIAGED_2 → IN_ROOM: one patient, one room. A patient already in a room moves, and the old room is released.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

void more_keys(const AssignRoom& c, const View& view, const Context& context, KeySet& keys) {
  own_way(c, view, context, keys);
  if (const Room* room = view.find<Room>(c.room)) keys.own<Clinic>(room->clinic);
}

void judge_state(const Encounter& e, Refusals& no) {
  using enum EncounterState;
  if (is_one_of(e.state, {arrived, triaged_1}))
    no.add("R-TRI-1");
  else if (!held(e))
    no.add(wrong_state(e.state, {triaged_2, in_room, sampled, awaiting, isolated, emergency}));
}

void judge_room(const Room* room, const Encounter& e, Refusals& no) {
  if (room == nullptr || room->clinic != e.clinic) {
    no.add(unknown("/room"));
    return;
  }
  if (room->state != RoomState::free) no.add("R-FEV-1", "/room");
  if (e.lane == Lane::red && !room->red_lane) no.add("R-FEV-2", "/room");
}

void judge_person(const Encounter& e, const View& view, Refusals& no) {
  const Claim* claim = e.person ? view.find<Claim>(room_of_person(*e.person)) : nullptr;
  if (claim != nullptr && !claim->holder.is_nil() && claim->holder != e.id.raw)
    no.add(refuse_because("R-STATE", "/encounter", "此人以另一次就诊占用着诊室",
                          "this person is in a room under another visit"));
}

Result<Decision> decide(const AssignRoom& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  Refusals no;
  judge_state(*e, no);
  judge_room(view.find<Room>(c.room), *e, no);
  judge_person(*e, view, no);
  if (!no.empty()) return no;

  Decision out;
  release_room(out, *e);
  const EncounterState after = e->state == EncounterState::triaged_2 ? EncounterState::in_room : e->state;
  out.events.emplace_back(RoomAssigned{e->id, c.room, e->clinic, e->person, context.actor.account, after});
  return out;
}

}  // namespace

void assign_room(Desk& desk) {
  desk.operation<AssignRoom>("assign_room", {"安排诊室", "Assign a room"})
      .by({Role::DOC})
      .keys([](const AssignRoom& c, const Context&, KeySet& keys) {
        keys.own<Encounter>(c.encounter).own<Room>(c.room);
      })
      .more_keys(more_keys)
      .place(place_of_clinic<AssignRoom>)
      .decide(decide);
}

}  // namespace fx::hospitals
