// What must hold after every event of this desk; each breach is a sentence.
#include <map>

#include "desks/hospitals/operations.hpp"
#include "kernel/view.hpp"

namespace fx::hospitals {
namespace {

using enum EncounterState;

std::string of(const Encounter& e, std::string_view breach) {
  return fmt::format("visit {} {}", e.id.text(), breach);
}

/// Whoever was let go has a negative that lets go; whoever is isolated has a positive.
std::string results_carry_states(const Encounter& e) {
  if (e.state == cleared && !clearing_negative(e)) return of(e, "is cleared without a negative of its own");
  if (is_one_of(e.state, {isolated, recalled}) && !has_positive(e))
    return of(e, "is isolated without a positive");
  if (e.state == awaiting && has_positive(e)) return of(e, "waits in spite of a positive");
  return "";
}

std::string absence_is_consistent(const Encounter& e) {
  if (e.missing && !is_one_of(e.state, {left_early, recalled, isolated}))
    return of(e, "is missing in a state of presence");
  if (is_one_of(e.state, {left_early, recalled}) && !e.missing)
    return of(e, "is away but nobody looks for him");
  if (e.search_open && !e.missing) return of(e, "is searched for though found");
  if (e.at_home && !is_one_of(e.state, {awaiting, isolated}))
    return of(e, "is at home in a state of presence");
  return (e.at_home || e.missing || gone(e)) && e.room ? of(e, "has a room though not in the clinic") : "";
}

/// One patient, one room; both name each other.
std::vector<std::string> one_patient_one_room(const Tables& tables) {
  std::map<EncounterId, RoomId> by_room;
  std::vector<std::string> breaches;
  for (const Room& room : tables.all<Room>()) {
    if ((room.state == RoomState::occupied) != room.encounter.has_value())
      breaches.push_back(
          fmt::format("room {} is occupied by nobody, or not occupied by somebody", room.number));
    if (room.encounter && !by_room.emplace(*room.encounter, room.id).second)
      breaches.push_back(fmt::format("visit {} has two rooms", room.encounter->text()));
  }
  for (const Encounter& e : tables.all<Encounter>()) {
    const auto found = by_room.find(e.id);
    const auto named = found == by_room.end() ? std::nullopt : std::optional(found->second);
    if (named != e.room) breaches.push_back(of(e, "and its room disagree"));
    if (e.state == in_room && !e.room) breaches.push_back(of(e, "is in a room without one"));
  }
  return breaches;
}

/// A person's claim is held by the visit whose room it is.
std::vector<std::string> a_person_is_in_one_room(const Tables& tables) {
  std::map<RawId, RawId> holders;
  for (const Claim& claim : tables.all<Claim>())
    if (claim.kind == "person_in_room" && !claim.holder.is_nil()) holders[claim.id] = claim.holder;
  std::vector<std::string> breaches;
  for (const Encounter& e : tables.all<Encounter>()) {
    if (!e.person) continue;
    const auto found = holders.find(room_of_person(*e.person));
    const bool holds = found != holders.end() && found->second == e.id.raw;
    if (holds != e.room.has_value()) breaches.push_back(of(e, "and the claim on its person's room disagree"));
  }
  return breaches;
}

/// rooms = free + occupied + closed + to disinfect, and each is the number of such rooms.
std::vector<std::string> rooms_add_up(const Tables& tables) {
  std::map<UnitId, Clinic> counted;
  for (const Room& room : tables.all<Room>()) {
    Clinic& clinic = counted[room.clinic];
    ++clinic.rooms;
    if (room.state == RoomState::free) ++clinic.free;
    if (room.state == RoomState::occupied) ++clinic.occupied;
    if (room.state == RoomState::closed) ++clinic.closed;
    if (room.state == RoomState::to_disinfect) ++clinic.to_disinfect;
  }
  std::vector<std::string> breaches;
  for (const Clinic& clinic : tables.all<Clinic>()) {
    Clinic& rooms = counted[clinic.id];
    const bool same = clinic.rooms == rooms.rooms && clinic.free == rooms.free &&
                      clinic.occupied == rooms.occupied && clinic.closed == rooms.closed &&
                      clinic.to_disinfect == rooms.to_disinfect;
    if (!same || clinic.rooms != clinic.free + clinic.occupied + clinic.closed + clinic.to_disinfect)
      breaches.push_back(fmt::format("clinic {} counts its rooms wrongly", clinic.id.text()));
  }
  return breaches;
}

/// Somebody held in the clinic is on its list of people present, with an open end.
std::vector<std::string> the_held_are_present(const Tables& tables) {
  std::map<EncounterId, int> present;
  for (const ClinicDay& day : tables.all<ClinicDay>())
    for (const Presence& p : day.presences)
      if (p.encounter && !p.until) ++present[*p.encounter];
  std::vector<std::string> breaches;
  for (const Encounter& e : tables.all<Encounter>()) {
    const bool here = e.person && (held(e) || e.state == cleared) && !e.missing;
    if (present[e.id] != (here ? 1 : 0)) breaches.push_back(of(e, "and the list of people present disagree"));
  }
  return breaches;
}

}  // namespace

void laws(Desk& desk) {
  desk.row_law<Encounter>("results carry states", results_carry_states)
      .row_law<Encounter>("absence is consistent", absence_is_consistent)
      .law("one patient, one room", one_patient_one_room)
      .law("a person is in one room", a_person_is_in_one_room)
      .law("rooms add up", rooms_add_up)
      .law("the held are present", the_held_are_present);
}

}  // namespace fx::hospitals
