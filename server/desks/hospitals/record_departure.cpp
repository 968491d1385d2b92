// CLEARED → LEFT | ADMITTED: home, or into a ward. Nobody goes either way before the result.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

/// Why this patient may not go; nothing when he may.
std::optional<Refusal> not_yet(const Encounter& e, const Context& context) {
  if (e.state == EncounterState::cleared) return std::nullopt;
  if (held(e)) return held_until_result(e, context);
  return wrong_state(e.state, {EncounterState::cleared});
}

Result<Decision> depart(const RecordDeparture& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  if (const auto no = not_yet(*e, context)) return *no;
  Decision out{{PatientLeft{e->id, e->person, e->clinic, e->hospital, e->came_at}}};
  release_room(out, *e);
  return out;
}

Result<Decision> admit(const AdmitPatient& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  if (const auto no = not_yet(*e, context)) return *no;
  Decision out{{PatientAdmitted{e->id, e->person, e->clinic, e->hospital, e->came_at, c.ward.value_or("")}}};
  release_room(out, *e);
  return out;
}

}  // namespace

void record_departure(Desk& desk) {
  desk.operation<RecordDeparture>("record_departure", {"登记离开", "Record a departure"})
      .by({Role::DOC, Role::NUR})
      .keys(own_encounter<RecordDeparture>)
      .more_keys(own_way<RecordDeparture>)
      .place(place_of_clinic<RecordDeparture>)
      .decide(depart);
}

void admit_patient(Desk& desk) {
  desk.operation<AdmitPatient>("admit_patient", {"收住入院", "Admit a patient"})
      .by({Role::DOC})
      .keys(own_encounter<AdmitPatient>)
      .more_keys(own_way<AdmitPatient>)
      .place(place_of_clinic<AdmitPatient>)
      .decide(admit);
}

}  // namespace fx::hospitals
