// ARRIVED → TRIAGED_1: identity, history and temperature, all three.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const Triage1& c, const View& view, const Context&) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  Refusals no;
  if (e->state != EncounterState::arrived) no.add(wrong_state(e->state, {EncounterState::arrived}));
  if (!c.identity_checked) no.add("R-TRI-1", "/identity_checked");
  if (!c.history_taken) no.add("R-TRI-1", "/history_taken");
  if (!desks::plausible(c.temperature)) no.add(desks::implausible_temperature());
  if (!no.empty()) return no;
  return Decision{{PatientTriaged1{e->id, e->clinic, c.temperature}}};
}

}  // namespace

void triage_1(Desk& desk) {
  desk.operation<Triage1>("triage_1", {"一级预检分诊", "First triage"})
      .by({Role::NUR})
      .deed()
      .keys(own_encounter<Triage1>)
      .place(place_of_clinic<Triage1>)
      .decide(decide);
}

}  // namespace fx::hospitals
