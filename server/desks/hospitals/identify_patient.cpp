// A stranger brought in as an emergency gets a name, and with it a place on the list of people present.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const IdentifyPatient& c, const View& view, const Context&) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  const Claim* claim = view.find<Claim>(room_of_person(c.person));
  Refusals no;
  if (e->person)
    no.add(refuse_because("R-STATE", "/encounter", "此次就诊已有姓名", "this visit has a person already"));
  if (e->room && claim != nullptr && !claim->holder.is_nil())
    no.add(refuse_because("R-STATE", "/person", "此人以另一次就诊占用着诊室",
                          "this person is in a room under another visit"));
  if (!no.empty()) return no;
  const bool present = !e->missing && (held(*e) || e->state == EncounterState::cleared);
  return Decision{
      {PatientIdentified{e->id, c.person, e->clinic, e->hospital, e->came_at, e->room.has_value(), present}}};
}

}  // namespace

void identify_patient(Desk& desk) {
  desk.operation<IdentifyPatient>("identify_patient", {"补登患者身份", "Identify a patient"})
      .by({Role::NUR, Role::DOC})
      .keys([](const IdentifyPatient& c, const Context&, KeySet& keys) {
        keys.own<Encounter>(c.encounter).own<Claim>(room_of_person(c.person));
      })
      .more_keys(own_way<IdentifyPatient>)
      .place(place_of_clinic<IdentifyPatient>)
      .decide(decide);
}

}  // namespace fx::hospitals
