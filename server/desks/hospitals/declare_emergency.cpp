// Any state → EMERGENCY. Life first: nothing in here refuses. What is missing (sample, name, room) becomes a duty.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

/// The encounter's clinic; else the one named; else, when that is unknown, where the actor works.
UnitId clinic_of(const DeclareEmergency& c, const Encounter* e, const Context& context) {
  if (e != nullptr) return e->clinic;
  return context.reference.unit(c.clinic) != nullptr ? c.clinic : context.actor.unit;
}

UnitId hospital_of(UnitId clinic, const Context& context) {
  const Unit* unit = context.reference.unit(clinic);
  return unit != nullptr && unit->parent ? *unit->parent : clinic;
}

bool returned(const Encounter& e) { return e.missing || gone(e) || e.at_home; }

std::optional<PersonId> person_of(const DeclareEmergency& c, const Encounter* e) {
  return e != nullptr ? e->person : c.person;  // a stranger already here is named by identify_patient
}

bool has_specimen(const Encounter& e) {
  return std::ranges::any_of(e.samples, [](const Sample& s) {
    return is_one_of(s.result, {SampleResult::pending, SampleResult::negative, SampleResult::positive});
  });
}

/// The buffer room, when it is there, free, in this clinic, and the person is in no other room.
const Room* buffer_room(const DeclareEmergency& c, const Encounter* e, const View& view, UnitId clinic) {
  const Room* room = c.buffer_room ? view.find<Room>(*c.buffer_room) : nullptr;
  if (room == nullptr || room->clinic != clinic || room->state != RoomState::free) return nullptr;
  const auto person = person_of(c, e);
  const Claim* claim = person ? view.find<Claim>(room_of_person(*person)) : nullptr;
  const bool elsewhere = claim != nullptr && !claim->holder.is_nil() && claim->holder != c.encounter.raw;
  return elsewhere ? nullptr : room;
}

void keys(const DeclareEmergency& c, const Context& context, KeySet& keys) {
  keys.own<Encounter>(c.encounter);
  if (c.buffer_room) keys.own<Room>(*c.buffer_room);
  if (c.person) keys.own<Claim>(room_of_person(*c.person));
  const UnitId clinic = clinic_of(c, nullptr, context);
  keys.own<Clinic>(clinic).own<ClinicDay>(clinic_day_id(clinic, day_of(context.occurred_at)));
}

void more_keys(const DeclareEmergency& c, const View& view, const Context& context, KeySet& keys) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return;
  own_surroundings(*e, keys);
  keys.own<ClinicDay>(clinic_day_id(e->clinic, day_of(context.occurred_at)));
}

Result<Decision> decide(const DeclareEmergency& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  const UnitId clinic = clinic_of(c, e, context);
  const bool comes_now = e == nullptr || returned(*e);
  EmergencyDeclared declared{.encounter = c.encounter,
                             .person = person_of(c, e),
                             .clinic = clinic,
                             .hospital = e != nullptr ? e->hospital : hospital_of(clinic, context),
                             .county = desks::command_of(context.reference, clinic),
                             .sampled = e != nullptr && has_specimen(*e),
                             .created = e == nullptr,
                             .came_at = comes_now ? context.occurred_at : e->came_at,
                             .team = c.team.ref,
                             .reason = c.reason.ref};
  Decision out;
  if (e != nullptr && e->missing)
    out.events.emplace_back(SearchEnded{e->id, SearchEnd::found, e->clinic, e->hospital, e->county});
  if (const Room* room = buffer_room(c, e, view, clinic)) {
    if (e != nullptr) release_room(out, *e);
    out.events.emplace_back(RoomAssigned{c.encounter, room->id, clinic, declared.person,
                                         context.actor.account, EncounterState::emergency});
  }
  out.events.insert(out.events.begin(), std::move(declared));
  return out;
}

}  // namespace

void declare_emergency(Desk& desk) {
  desk.operation<DeclareEmergency>("declare_emergency", {"宣布抢救", "Declare an emergency"})
      .by({Role::DOC, Role::NUR})
      .deed()
      .life_saving()
      .keys(keys)
      .more_keys(more_keys)
      .place([](const DeclareEmergency& c, const View& view, const Context& context) {
        return std::optional(clinic_of(c, view.find<Encounter>(c.encounter), context));
      })
      .decide(decide);
}

}  // namespace fx::hospitals
