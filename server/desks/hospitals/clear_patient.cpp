// AWAITING → CLEARED, only by an authorised negative of a specimen taken in this very visit (R-FEV-4).
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const ClearPatient& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  if (!held(*e)) return wrong_state(e->state, {EncounterState::awaiting});
  const auto tube = clearing_negative(*e);
  if (!tube) return held_until_result(*e, context);
  return Decision{{PatientCleared{e->id, e->person, e->clinic, e->hospital, *tube, context.actor.account}}};
}

}  // namespace

void clear_patient(Desk& desk) {
  desk.operation<ClearPatient>("clear_patient", {"解除候诊放行", "Clear a patient"})
      .by({Role::DOC})
      .keys(own_encounter<ClearPatient>)
      .place(place_of_clinic<ClearPatient>)
      .decide(decide);
}

}  // namespace fx::hospitals
