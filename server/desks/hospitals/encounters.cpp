// What events do to encounters. `state` was decided; here it is only written down.
#include <algorithm>

#include "desks/hospitals/facts.hpp"

namespace fx::hospitals {
namespace {

Sample& sample(Encounter& row, TubeId tube, Instant at) {
  const auto found = std::ranges::find(row.samples, tube, &Sample::tube);
  if (found != row.samples.end()) return *found;
  return row.samples.emplace_back(Sample{tube, at, SampleResult::pending, {}, false});
}

void note(Encounter& row, TubeId tube, SampleResult result, bool amended, const Stamp& stamp) {
  Sample& s = sample(row, tube, stamp.occurred_at);
  s.result = result;
  s.result_at = stamp.occurred_at;
  s.amended = s.amended || amended;
  row.result = result;
  row.result_at = stamp.occurred_at;
}

void arrive(Encounter& row, const PatientArrived& e, const Stamp&) {
  row.id = e.encounter;
  row.clinic = e.clinic;
  row.hospital = e.hospital;
  row.county = e.county;
  row.person = e.person;
  row.pathogen = e.pathogen;
  row.code = e.code;
  row.lane = e.lane;
  row.temperature = e.temperature;
  row.history_flag = e.history_flag;
  row.symptoms = e.symptoms;
  row.onset_day = e.onset_day;
  row.arrived_at = e.arrived_at;
  row.came_at = e.arrived_at;
}

void triage(Encounter& row, const PatientTriaged1& e, const Stamp&) {
  row.state = EncounterState::triaged_1;
  row.temperature = e.temperature;
}

void triage_again(Encounter& row, const PatientTriaged2& e, const Stamp&) {
  row.state = EncounterState::triaged_2;
  row.temperature = e.temperature;
  row.code = e.code;
  row.lane = e.lane;
  row.history_flag = e.history_flag;
  row.symptoms = e.symptoms;
  row.onset_day = e.onset_day;
}

void assign(Encounter& row, const RoomAssigned& e, const Stamp&) {
  row.state = e.state;
  row.room = e.room;
  row.doctor = e.doctor;
}

void sampled(Encounter& row, const PatientSampled& e, const Stamp&) {
  row.state = e.state;
  row.pathogen = e.pathogen;
  sample(row, e.tube, e.sealed_at).sealed_at = e.sealed_at;
  row.tube = e.tube;
  row.hold_until = e.hold_until;
  row.resample_due = false;
}

void noted(Encounter& row, const ResultNoted& e, const Stamp& stamp) {
  note(row, e.tube, e.result, e.amended, stamp);
  row.state = e.state;
  row.resample_due = e.resample_due;
  if (e.state == EncounterState::closed_neg) row.at_home = false;
}

void resample(Encounter& row, const ResampleNeeded& e, const Stamp& stamp) {
  note(row, e.tube, e.result, e.why == ResampleReason::amended, stamp);
  row.state = e.state;
  row.resample_due = true;
}

void isolate(Encounter& row, const PatientIsolated& e, const Stamp& stamp) {
  note(row, e.tube, SampleResult::positive, e.amended, stamp);
  row.state = e.state;
  if (e.case_id) row.case_id = e.case_id;
}

void withdraw(Encounter& row, const IsolationWithdrawn& e, const Stamp& stamp) {
  note(row, e.tube, e.result, true, stamp);
  row.state = e.state;
  row.resample_due = true;
}

void recall(Encounter& row, const PatientRecalled& e, const Stamp& stamp) {
  note(row, e.tube, SampleResult::positive, true, stamp);
  row.state = EncounterState::recalled;
  if (e.case_id) row.case_id = e.case_id;
  row.missing = true;
}

void leave_early(Encounter& row, const PatientLeftEarly& e, const Stamp& stamp) {
  row.state = EncounterState::left_early;
  row.left_at = stamp.occurred_at;
  row.exit = e.exit;
  row.missing = true;
  row.at_home = false;
}

void found(Encounter& row, const PatientFound& e, const Stamp&) {
  row.state = e.state;
  row.at_home = e.at_home;
  if (e.place != FoundPlace::clinic) return;
  row.came_at = e.found_at;
  row.left_at.reset();
}

void end_search(Encounter& row, const SearchEnded&, const Stamp&) {
  row.missing = false;
  row.search_open = false;
}

void emergency(Encounter& row, const EmergencyDeclared& e, const Stamp&) {
  row.id = e.encounter;
  row.clinic = e.clinic;
  row.hospital = e.hospital;
  row.county = e.county;
  row.person = e.person;
  if (e.created) row.arrived_at = e.came_at;
  row.came_at = e.came_at;
  row.left_at.reset();
  row.state = EncounterState::emergency;
  row.emergency = true;
  row.at_home = false;
}

template <class E>
void depart(Desk& desk, EncounterState state) {
  desk.evolves<E, Encounter>(&E::encounter, [state](Encounter& row, const E&, const Stamp& stamp) {
    row.state = state;
    if (!row.left_at) row.left_at = stamp.occurred_at;
    row.at_home = false;
  });
}

}  // namespace

void evolve_encounters(Desk& desk) {
  desk.evolves<PatientArrived, Encounter>(&PatientArrived::encounter, arrive)
      .evolves<PatientTriaged1, Encounter>(&PatientTriaged1::encounter, triage)
      .evolves<PatientTriaged2, Encounter>(&PatientTriaged2::encounter, triage_again)
      .evolves<RoomAssigned, Encounter>(&RoomAssigned::encounter, assign)
      .evolves<RoomReleased, Encounter>(&RoomReleased::encounter,
                                        [](Encounter& r, auto&, auto&) { r.room.reset(); })
      .evolves<SampleOrdered, Encounter>(
          &SampleOrdered::encounter, [](Encounter& r, const SampleOrdered& e, auto&) { r.state = e.state; })
      .evolves<PatientSampled, Encounter>(&PatientSampled::encounter, sampled)
      .evolves<ResultNoted, Encounter>(&ResultNoted::encounter, noted)
      .evolves<ResampleNeeded, Encounter>(&ResampleNeeded::encounter, resample)
      .evolves<PatientIsolated, Encounter>(&PatientIsolated::encounter, isolate)
      .evolves<IsolationWithdrawn, Encounter>(&IsolationWithdrawn::encounter, withdraw)
      .evolves<PatientRecalled, Encounter>(&PatientRecalled::encounter, recall)
      .evolves<PatientCleared, Encounter>(
          &PatientCleared::encounter, [](Encounter& r, auto&, auto&) { r.state = EncounterState::cleared; })
      .evolves<PatientLeftEarly, Encounter>(&PatientLeftEarly::encounter, leave_early)
      .evolves<SearchOpened, Encounter>(&SearchOpened::encounter,
                                        [](Encounter& r, auto&, auto&) { r.search_open = true; })
      .evolves<PatientFound, Encounter>(&PatientFound::encounter, found)
      .evolves<SearchEnded, Encounter>(&SearchEnded::encounter, end_search)
      .evolves<EmergencyDeclared, Encounter>(&EmergencyDeclared::encounter, emergency)
      .evolves<PatientIdentified, Encounter>(
          &PatientIdentified::encounter,
          [](Encounter& r, const PatientIdentified& e, auto&) { r.person = e.person; })
      .evolves<PatientTransferred, Encounter>(
          &PatientTransferred::encounter,
          [](Encounter& r, const PatientTransferred& e, auto&) { r.transferred_to = e.to; });
  depart<PatientLeft>(desk, EncounterState::left);
  depart<PatientAdmitted>(desk, EncounterState::admitted);
  depart<PatientTransferred>(desk, EncounterState::transferred);
  depart<EncounterClosed>(desk, EncounterState::closed);
}

}  // namespace fx::hospitals
