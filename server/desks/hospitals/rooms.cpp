// What events do to rooms, clinics and the claims on both.
#include "desks/hospitals/facts.hpp"
#include "kernel/derive.hpp"
#include "kernel/view.hpp"

namespace fx::hospitals {
namespace {

std::int32_t& count(Clinic& clinic, RoomState state) {
  switch (state) {
    case RoomState::occupied: return clinic.occupied;
    case RoomState::closed: return clinic.closed;
    case RoomState::to_disinfect: return clinic.to_disinfect;
    case RoomState::free: break;
  }
  return clinic.free;
}

void move(Clinic& clinic, RoomState from, RoomState to) {
  --count(clinic, from);
  ++count(clinic, to);
}

void open(Room& room, const RoomOpened& e, const Stamp&) {
  room.id = e.room;
  room.clinic = e.clinic;
  room.number = e.number;
  room.red_lane = e.red_lane;
  room.state = RoomState::free;
}

void open(Clinic& clinic, const RoomOpened& e, const Stamp&) {
  if (e.reopened) return move(clinic, RoomState::closed, RoomState::free);
  ++clinic.rooms;
  ++clinic.free;
}

void assign(Room& room, const RoomAssigned& e, const Stamp&) {
  room.state = RoomState::occupied;
  room.encounter = e.encounter;
}

void release(Room& room, const RoomReleased& e, const Stamp&) {
  room.state = e.after;
  room.encounter.reset();
}

std::vector<RawId> claim_of(const std::optional<PersonId>& person) {
  return person ? std::vector{room_of_person(*person)} : std::vector<RawId>{};
}

void hold(Claim& claim, const RoomAssigned& e, const Stamp&) {
  claim = {room_of_person(*e.person), "person_in_room", e.encounter.raw};
}

void let_go(Claim& claim, const RoomReleased& e, const Stamp&) {
  claim = {room_of_person(*e.person), "person_in_room", {}};
}

}  // namespace

RawId room_of_person(PersonId person) { return named_id("person_in_room", person.text()); }

RawId number_of_room(UnitId clinic, std::int32_t number) {
  return named_id("room", clinic.text() + ":" + std::to_string(number));
}

void evolve_rooms(Desk& desk) {
  desk.evolves<RoomOpened, Room>(&RoomOpened::room,
                                 [](Room& r, const RoomOpened& e, const Stamp& s) { open(r, e, s); })
      .evolves<RoomClosed, Room>(&RoomClosed::room,
                                 [](Room& r, auto&, auto&) { r.state = RoomState::closed; })
      .evolves<RoomDisinfected, Room>(&RoomDisinfected::room,
                                      [](Room& r, auto&, auto&) { r.state = RoomState::free; })
      .evolves<RoomAssigned, Room>(&RoomAssigned::room, assign)
      .evolves<RoomReleased, Room>(&RoomReleased::room, release);

  desk.evolves<ClinicOpened, Clinic>(&ClinicOpened::clinic,
                                     [](Clinic& c, const ClinicOpened& e, auto&) {
                                       c.id = e.clinic;
                                       c.hospital = e.hospital;
                                       c.open = true;
                                     })
      .evolves<ClinicClosed, Clinic>(&ClinicClosed::clinic, [](Clinic& c, auto&, auto&) { c.open = false; })
      .evolves<RoomOpened, Clinic>(&RoomOpened::clinic,
                                   [](Clinic& c, const RoomOpened& e, const Stamp& s) { open(c, e, s); })
      .evolves<RoomClosed, Clinic>(&RoomClosed::clinic, [](Clinic& c, const RoomClosed& e,
                                                           auto&) { move(c, e.was, RoomState::closed); })
      .evolves<RoomDisinfected, Clinic>(
          &RoomDisinfected::clinic,
          [](Clinic& c, auto&, auto&) { move(c, RoomState::to_disinfect, RoomState::free); })
      .evolves<RoomAssigned, Clinic>(
          &RoomAssigned::clinic,
          [](Clinic& c, auto&, auto&) { move(c, RoomState::free, RoomState::occupied); })
      .evolves<RoomReleased, Clinic>(&RoomReleased::clinic, [](Clinic& c, const RoomReleased& e, auto&) {
        move(c, RoomState::occupied, e.after);
      });

  desk.evolves<RoomAssigned, Claim>([](const RoomAssigned& e) { return claim_of(e.person); }, hold)
      .evolves<RoomReleased, Claim>([](const RoomReleased& e) { return claim_of(e.person); }, let_go)
      .evolves<PatientIdentified, Claim>(
          [](const PatientIdentified& e) {
            return e.in_room ? std::optional(room_of_person(e.person)) : std::nullopt;
          },
          [](Claim& claim, const PatientIdentified& e, auto&) {
            claim = {room_of_person(e.person), "person_in_room", e.encounter.raw};
          })
      .evolves<RoomOpened, Claim>([](const RoomOpened& e) { return number_of_room(e.clinic, e.number); },
                                  [](Claim& claim, const RoomOpened& e, auto&) {
                                    claim = {number_of_room(e.clinic, e.number), "room", e.room.raw};
                                  });
}

}  // namespace fx::hospitals
