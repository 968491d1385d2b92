#include <map>
#include <set>

#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

/// States in which an open leg means that its carrier has the person.
constexpr std::initializer_list<StayState> with_carrier{StayState::in_transfer, StayState::out_closed_loop,
                                                        StayState::converted};

std::string of_stay(const Stay& stay) {
  const std::string name = "stay " + stay.id.text();
  if (stay.ends_at <= start_of(stay.day0)) return name + " has no end";
  if (stay.legal_basis.empty() || stay.rule.empty()) return name + " has no ground";
  const bool lies = is_inside(stay) && stay.regime == Regime::central;
  if (lies && !stay.room) return name + " is held at a site without a room";
  if (stay.room && !is_inside(stay) && stay.state != StayState::converted)
    return name + " is over, yet it has a room";
  if (stay.state == StayState::home_phase && !stay.home_until) return name + " is at home without an end";
  if (stay.released_at && *stay.released_at < stay.ends_at) return name + " was released before its end";
  if (stay.state == StayState::ended && stay.home_until && *stay.ended_at < *stay.home_until)
    return name + " ended before its phase at home did";
  return {};
}

/// §7.2: nobody is in two rooms, in two vehicles, or in a room and a vehicle; each has exactly one holder.
std::vector<std::string> one_place_a_person(const Tables& tables) {
  std::map<PersonId, int> places;
  std::map<VehicleId, std::int32_t> aboard;
  std::map<StayId, UnitId> carried;
  for (const Stay& stay : tables.all<Stay>()) places[stay.person] += lies_in_room(stay) ? 1 : 0;
  for (const Leg& leg : tables.all<Leg>()) {
    if (leg.arrived_at) continue;
    ++places[leg.person];
    ++aboard[leg.vehicle];
    carried[leg.stay] = leg.carrier;
  }
  std::vector<std::string> breaches;
  for (const auto& [person, n] : places)
    if (n > 1) breaches.push_back("person " + person.text() + " is in two places at once");
  for (const Vehicle& vehicle : tables.all<Vehicle>())
    if (vehicle.aboard != aboard[vehicle.id])
      breaches.push_back("vehicle " + vehicle.plate + " does not carry whom it says");
  for (const Stay& stay : tables.all<Stay>()) {
    const auto carrier = carried.find(stay.id);
    const bool on_the_way = carrier != carried.end() && is_one_of(stay.state, with_carrier);
    if (on_the_way && stay.holder != carrier->second)
      breaches.push_back("stay " + stay.id.text() + " is under way, yet its carrier does not hold it");
  }
  return breaches;
}

/// §7.2: nobody is under two measures at once.
std::vector<std::string> one_stay_a_person(const Tables& tables) {
  std::vector<std::string> breaches;
  std::set<PersonId> seen;
  for (const Stay& stay : tables.all<Stay>())
    if (is_open(stay.state) && !seen.insert(stay.person).second)
      breaches.push_back("person " + stay.person.text() + " is under two measures");
  return breaches;
}

/// Each place in a room is claimed by the stay that has it, and by no other.
std::vector<std::string> places_are_claimed(const Tables& tables) {
  std::map<RawId, RawId> held;
  for (const Claim& claim : tables.all<Claim>())
    if (claim.kind == "place_in_room" && !claim.holder.is_nil()) held[claim.id] = claim.holder;
  std::vector<std::string> breaches;
  for (const Stay& stay : tables.all<Stay>()) {
    if (!stay.room) continue;
    const auto claims = std::ranges::count_if(places_of_a_room, [&](std::int32_t place) {
      const auto claim = held.find(place_in_room(*stay.room, place));
      return claim != held.end() && claim->second == stay.id.raw;
    });
    if (claims != 1) breaches.push_back("stay " + stay.id.text() + " has not claimed one place in its room");
  }
  return breaches;
}

/// Rooms and stays name each other; more than one only by an approved co-stay.
std::vector<std::string> rooms_hold_their_stays(const Tables& tables) {
  std::vector<std::string> breaches;
  std::map<StayId, Stay> stays;
  for (const Stay& stay : tables.all<Stay>()) stays[stay.id] = stay;
  std::map<QuarantineRoomId, std::size_t> lie;
  for (const auto& [id, stay] : stays)
    if (stay.room) ++lie[*stay.room];
  for (const QuarantineRoom& room : tables.all<QuarantineRoom>()) {
    const std::string name = "room " + room.number;
    if (room.stays.size() != lie[room.id]) breaches.push_back(name + " does not hold whom it says");
    if ((room.state == RoomState::occupied) == room.stays.empty())
      breaches.push_back(name + " is in the wrong state");
    if (room.stays.size() > 1 && !stays[room.stays.back()].with)
      breaches.push_back(name + " holds two without a co-stay");
  }
  return breaches;
}

/// rooms = clean + occupied + to_disinfect + disinfected, as counted and as they are.
std::vector<std::string> sites_count(const Tables& tables) {
  std::map<UnitId, Site> counted;
  for (const QuarantineRoom& room : tables.all<QuarantineRoom>()) {
    Site& site = counted[room.site];
    ++site.rooms;
    site.clean += room.state == RoomState::clean ? 1 : 0;
    site.occupied += room.state == RoomState::occupied ? 1 : 0;
    site.to_disinfect += room.state == RoomState::to_disinfect ? 1 : 0;
    site.disinfected += room.state == RoomState::disinfected ? 1 : 0;
  }
  std::vector<std::string> breaches;
  for (const Site& site : tables.all<Site>()) {
    const Site& real = counted[site.id];
    if (site.rooms != real.rooms || site.clean != real.clean || site.occupied != real.occupied ||
        site.to_disinfect != real.to_disinfect || site.disinfected != real.disinfected)
      breaches.push_back("a site counts its rooms wrongly");
  }
  return breaches;
}

/// F3: a leg has two signatures by two people; who is under way has exactly one open leg.
std::vector<std::string> legs_are_signed(const Tables& tables) {
  std::vector<std::string> breaches;
  std::set<PersonId> under_way;
  for (const Leg& leg : tables.all<Leg>()) {
    if (leg.arrived_by && *leg.arrived_by == leg.left_by)
      breaches.push_back("leg " + leg.id.text() + " was signed twice by one hand");
    if (!leg.arrived_at && !under_way.insert(leg.person).second)
      breaches.push_back("person " + leg.person.text() + " is on two legs at once");
  }
  return breaches;
}

}  // namespace

void add_laws(Desk& desk) {
  desk.row_law<Stay>("F2: a stay has a ground, an end, and a room while it is in one", of_stay);
  desk.law("§7.2: one measure a person", one_stay_a_person);
  desk.law("§7.2: one place and one holder a person", one_place_a_person);
  desk.law("F2: one person a room, unless a co-stay is approved", rooms_hold_their_stays);
  desk.law("F2: each place in a room is claimed once", places_are_claimed);
  desk.law("F2: rooms of a site add up", sites_count);
  desk.law("F3: each leg has two signatures", legs_are_signed);
}

}  // namespace fx::isolation
