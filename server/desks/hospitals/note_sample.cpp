// → AWAITING: the tube is sealed, so the patient is held until its result. Handed over by the screening desk.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

/// A deed in the screening desk is a deed here: whatever the state, the sample is on record.
EncounterState after_sampling(const Encounter& e) {
  using enum EncounterState;
  if (!is_one_of(e.state, {arrived, triaged_1, triaged_2, in_room, sampled, emergency, cleared}))
    return e.state;
  return has_positive(e) ? isolated : awaiting;
}

Result<Decision> decide(const NoteSample& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  return Decision{{PatientSampled{.encounter = e->id,
                                  .tube = c.tube,
                                  .person = e->person,
                                  .clinic = e->clinic,
                                  .hospital = e->hospital,
                                  .county = e->county,
                                  .pathogen = e->pathogen.empty() ? c.pathogen : e->pathogen,
                                  .sealed_at = c.sealed_at,
                                  .hold_until = hold_until(c.sealed_at, *e, context),
                                  .emergency = e->emergency,
                                  .state = after_sampling(*e)}}};
}

}  // namespace

void note_sample(Desk& desk) {
  desk.operation<NoteSample>("note_sample", {"记录已采样", "Note a sample"})
      .internal()
      .keys(own_encounter<NoteSample>)
      .decide(decide);
}

}  // namespace fx::hospitals
