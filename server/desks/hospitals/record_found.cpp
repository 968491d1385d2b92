// LEFT_EARLY → AWAITING, at home or back in the clinic; with a positive by now → ISOLATED. The search is over.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const RecordFound& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  if (!e->missing) return wrong_state(e->state, {EncounterState::left_early, EncounterState::recalled});
  const EncounterState after = has_positive(*e) ? EncounterState::isolated : EncounterState::awaiting;
  return Decision{{PatientFound{.encounter = e->id,
                                .person = e->person,
                                .clinic = e->clinic,
                                .hospital = e->hospital,
                                .place = c.place,
                                .finder = context.actor.account,
                                .by = c.by ? c.by->ref : TextRef{},
                                .found_at = context.occurred_at,
                                .at_home = c.place != FoundPlace::clinic,
                                .state = after},
                   SearchEnded{e->id, SearchEnd::found, e->clinic, e->hospital, e->county}}};
}

}  // namespace

void record_found(Desk& desk) {
  desk.operation<RecordFound>("record_found", {"登记已找到", "Record a patient found"})
      .by({Role::GRID, Role::POL, Role::DO, Role::DL, Role::NUR, Role::DOC})
      .deed()
      .keys([](const RecordFound& c, const Context&, KeySet& keys) { keys.own<Encounter>(c.encounter); })
      .more_keys([](const RecordFound& c, const View& view, const Context& context, KeySet& keys) {
        const Encounter* e = view.find<Encounter>(c.encounter);
        if (e != nullptr) keys.own<ClinicDay>(clinic_day_id(e->clinic, day_of(context.occurred_at)));
      })
      .decide(decide);  // no place: a village worker or the police find him far from the clinic
}

}  // namespace fx::hospitals
