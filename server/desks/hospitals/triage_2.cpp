// TRIAGED_1 → TRIAGED_2: the fever clinic's own reading; the code of this moment settles the lane. May be repeated until
// a room is assigned.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const Triage2& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  using enum EncounterState;
  Refusals no;
  if (!is_one_of(e->state, {triaged_1, triaged_2})) no.add(wrong_state(e->state, {triaged_1, triaged_2}));
  if (!desks::plausible(c.temperature)) no.add(desks::implausible_temperature());
  if (c.onset_day && *c.onset_day > day_of(context.occurred_at)) no.add("F-FUTURE", "/onset_day");
  if (!no.empty()) return no;
  return Decision{{PatientTriaged2{.encounter = e->id,
                                   .clinic = e->clinic,
                                   .temperature = c.temperature,
                                   .code = c.code,
                                   .lane = c.code == HealthCode::red ? Lane::red : Lane::ordinary,
                                   .history_flag = c.history_flag,
                                   .symptoms = c.symptoms.empty() ? e->symptoms : c.symptoms,
                                   .onset_day = c.onset_day ? c.onset_day : e->onset_day}}};
}

}  // namespace

void triage_2(Desk& desk) {
  desk.operation<Triage2>("triage_2", {"二级预检分诊", "Second triage"})
      .by({Role::NUR})
      .deed()
      .keys(own_encounter<Triage2>)
      .place(place_of_clinic<Triage2>)
      .decide(decide);
}

}  // namespace fx::hospitals
