// What events do to sites, rooms, legs and vehicles.
#include "desks/isolation/facts.hpp"
#include "desks/isolation/site_events.hpp"
#include "kernel/derive.hpp"
#include "kernel/view.hpp"

namespace fx::isolation {
namespace {

std::int32_t& count(Site& site, RoomState state) {
  switch (state) {
    case RoomState::occupied: return site.occupied;
    case RoomState::to_disinfect: return site.to_disinfect;
    case RoomState::disinfected: return site.disinfected;
    default: return site.clean;
  }
}

void move(Site& site, RoomState from, RoomState to) {
  --count(site, from);
  ++count(site, to);
}

void add(QuarantineRoom& room, const RoomAdded& e, const Stamp& at) {
  room.id = e.room;
  room.site = e.site;
  room.number = e.number;
  room.floor = e.floor;
  room.since = at.occurred_at;
}

/// Who came before places were counted had the first alone, the second with another.
RawId taken_place(const RoomTaken& e) { return place_in_room(e.room, e.place.value_or(e.first ? 1 : 2)); }

constexpr std::string_view place_kind = "place_in_room";

/// Without a place, as it was before places were counted, it is whichever the stay has.
void leave_place(Desk& desk, std::int32_t place) {
  desk.evolves<RoomLeft, Claim>(
      [place](const RoomLeft& e) {
        return e.place.value_or(place) == place ? std::optional(place_in_room(e.room, place)) : std::nullopt;
      },
      [place](Claim& claim, const RoomLeft& e, auto&) {
        const bool of_another = !e.place && claim.holder != e.stay.raw;
        claim = {place_in_room(e.room, place), std::string(place_kind), of_another ? claim.holder : RawId{}};
      });
}

void claim_places(Desk& desk) {
  desk.evolves<RoomTaken, Claim>(taken_place, [](Claim& claim, const RoomTaken& e, auto&) {
    claim = {taken_place(e), std::string(place_kind), e.stay.raw};
  });
  for (const std::int32_t place : places_of_a_room) leave_place(desk, place);
}

/// Whoever leaves last leaves it to be disinfected; a co-stay goes on with the other.
void leave(QuarantineRoom& room, const RoomLeft& e, const Stamp& at) {
  std::erase(room.stays, e.stay);
  if (!e.last) return;
  room.state = RoomState::to_disinfect;
  room.disinfected_by.reset();
  room.since = at.occurred_at;
}

/// None, when whoever escorts brings the person.
template <class E>
std::optional<RawId> used_vehicle(const E& e) {
  return e.vehicle.raw.is_nil() ? std::nullopt : std::optional(e.vehicle.raw);
}

void evolve_sites(Desk& desk) {
  desk.table<Site>();
  desk.evolves<SiteOpened, Site>(&SiteOpened::site,
                                 [](Site& site, const SiteOpened& e, auto&) {
                                   site.id = e.site;
                                   site.open = true;
                                 })
      .evolves<SiteClosed, Site>(&SiteClosed::site, [](Site& site, auto&, auto&) { site.open = false; })
      .evolves<RoomAdded, Site>(&RoomAdded::site,
                                [](Site& site, auto&, auto&) {
                                  ++site.rooms;
                                  ++site.clean;
                                })
      .evolves<RoomTaken, Site>(&RoomTaken::site,
                                [](Site& site, const RoomTaken& e, auto&) {
                                  if (e.first) move(site, RoomState::clean, RoomState::occupied);
                                })
      .evolves<RoomLeft, Site>(&RoomLeft::site,
                               [](Site& site, const RoomLeft& e, auto&) {
                                 if (e.last) move(site, RoomState::occupied, RoomState::to_disinfect);
                               })
      .evolves<RoomDisinfected, Site>(
          &RoomDisinfected::site,
          [](Site& site, auto&, auto&) { move(site, RoomState::to_disinfect, RoomState::disinfected); })
      .evolves<RoomChecked, Site>(&RoomChecked::site, [](Site& site, const RoomChecked& e, auto&) {
        move(site, RoomState::disinfected, e.passed ? RoomState::clean : RoomState::to_disinfect);
      });
}

}  // namespace

RawId number_of_room(UnitId site, const std::string& number) {
  return named_id("quarantine_room", site.text() + ":" + number);
}
RawId place_in_room(QuarantineRoomId room, std::int32_t place) {
  return named_id("place_in_room", room.text() + ":" + std::to_string(place));
}
RawId plate_of_vehicle(const std::string& plate) { return named_id("vehicle", plate); }

void evolve_rooms(Desk& desk) {
  evolve_sites(desk);
  claim_places(desk);
  desk.table<QuarantineRoom>({.indexes = {"site, number"}});
  desk.evolves<RoomAdded, QuarantineRoom>(&RoomAdded::room, add)
      .evolves<RoomAdded, Claim>([](const RoomAdded& e) { return number_of_room(e.site, e.number); },
                                 [](Claim& claim, const RoomAdded& e, auto&) {
                                   claim = {number_of_room(e.site, e.number), "quarantine_room", e.room.raw};
                                 })
      .evolves<RoomTaken, QuarantineRoom>(&RoomTaken::room,
                                          [](QuarantineRoom& room, const RoomTaken& e, const Stamp& at) {
                                            room.state = RoomState::occupied;
                                            room.stays.push_back(e.stay);
                                            if (e.first) room.since = at.occurred_at;
                                          })
      .evolves<RoomLeft, QuarantineRoom>(&RoomLeft::room, leave)
      .evolves<RoomDisinfected, QuarantineRoom>(
          &RoomDisinfected::room,
          [](QuarantineRoom& room, const RoomDisinfected& e, const Stamp& at) {
            room.state = RoomState::disinfected;
            room.disinfected_by = e.by;
            room.since = at.occurred_at;
          })
      .evolves<RoomChecked, QuarantineRoom>(
          &RoomChecked::room, [](QuarantineRoom& room, const RoomChecked& e, const Stamp& at) {
            room.state = e.passed ? RoomState::clean : RoomState::to_disinfect;
            room.since = at.occurred_at;
          });
}

void evolve_legs(Desk& desk) {
  desk.table<Leg>({.indexes = {"stay", "receiver, arrived_at"}});
  desk.table<Vehicle>({.indexes = {"carrier"}});
  desk.evolves<LegStarted, Leg>(&LegStarted::leg,
                                [](Leg& row, const LegStarted& e, const Stamp& at) {
                                  row.id = e.leg;
                                  row.stay = e.stay;
                                  row.person = e.person;
                                  row.vehicle = e.vehicle;
                                  row.carrier = e.carrier;
                                  row.receiver = e.receiver;
                                  row.left_by = e.left_by;
                                  row.left_at = at.occurred_at;
                                  row.expected_at = e.expected_at;
                                  row.purpose = e.purpose.value_or(LegPurpose::to_site);
                                })
      .evolves<LegEnded, Leg>(&LegEnded::leg,
                              [](Leg& row, const LegEnded& e, const Stamp& at) {
                                row.receiver = e.receiver;
                                row.arrived_by = e.arrived_by;
                                row.arrived_at = at.occurred_at;
                              })
      .evolves<VehicleRegistered, Vehicle>(&VehicleRegistered::vehicle,
                                           [](Vehicle& row, const VehicleRegistered& e, auto&) {
                                             row.id = e.vehicle;
                                             row.carrier = e.carrier;
                                             row.plate = e.plate;
                                             row.seats = e.seats;
                                           })
      .evolves<VehicleRegistered, Claim>([](const VehicleRegistered& e) { return plate_of_vehicle(e.plate); },
                                         [](Claim& claim, const VehicleRegistered& e, auto&) {
                                           claim = {plate_of_vehicle(e.plate), "vehicle", e.vehicle.raw};
                                         })
      .evolves<LegStarted, Vehicle>(used_vehicle<LegStarted>,
                                    [](Vehicle& row, const LegStarted& e, auto&) {
                                      row.state = VehicleState::under_way;
                                      row.carries = e.class_;
                                      row.carries_case |= e.purpose == LegPurpose::case_to_hospital;
                                      ++row.aboard;
                                    })
      .evolves<LegEnded, Vehicle>(used_vehicle<LegEnded>,
                                  [](Vehicle& row, auto&, auto&) {
                                    if (--row.aboard == 0) row.state = VehicleState::to_disinfect;
                                  })
      .evolves<VehicleDisinfected, Vehicle>(&VehicleDisinfected::vehicle, [](Vehicle& row, auto&, auto&) {
        row.state = VehicleState::ready;
        row.carries.reset();
        row.carries_case = false;
      });
}

}  // namespace fx::isolation
