// ISOLATED → TRANSFERRED → CLOSED. An emergency patient is transferred too: what protects life is not refused.
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

using enum EncounterState;

Result<Decision> transfer(const TransferPatient& c, const View& view, const Context& context) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  Refusals no;
  if (!is_one_of(e->state, {isolated, emergency}) || e->missing)
    no.add(wrong_state(e->state, {isolated, emergency}));
  if (context.reference.unit(c.to) == nullptr) no.add(unknown("/to"));
  if (!no.empty()) return no;
  Decision out{{PatientTransferred{e->id, e->person, e->clinic, e->hospital, e->came_at, c.to}}};
  release_room(out, *e);
  return out;
}

void judge_closing(const CloseEncounter& c, const Encounter& e, Refusals& no) {
  if (c.outcome == Outcome::died) {
    if (e.state == closed) no.add(wrong_state(e.state, {awaiting, isolated, emergency, transferred}));
    return;
  }
  if (e.state != transferred) no.add(wrong_state(e.state, {transferred}));
  if (c.outcome == Outcome::other && (!c.note || c.note->empty())) no.add(missing("/note"));
}

Result<Decision> close(const CloseEncounter& c, const View& view, const Context&) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  Refusals no;
  judge_closing(c, *e, no);
  if (!no.empty()) return no;
  Decision out{{EncounterClosed{.encounter = e->id,
                                .person = e->person,
                                .clinic = e->clinic,
                                .hospital = e->hospital,
                                .came_at = e->came_at,
                                .outcome = c.outcome,
                                .note = c.note ? c.note->ref : TextRef{}}}};
  if (e->missing)
    out.events.emplace_back(SearchEnded{e->id, SearchEnd::found, e->clinic, e->hospital, e->county});
  release_room(out, *e);
  return out;
}

}  // namespace

void transfer_patient(Desk& desk) {
  desk.operation<TransferPatient>("transfer_patient", {"转运患者", "Transfer a patient"})
      .by({Role::DOC})
      .keys(own_encounter<TransferPatient>)
      .more_keys(own_way<TransferPatient>)
      .place(place_of_clinic<TransferPatient>)
      .decide(transfer);
}

void close_encounter(Desk& desk) {
  desk.operation<CloseEncounter>("close_encounter", {"结束就诊", "Close a visit"})
      .by({Role::DOC})
      .keys(own_encounter<CloseEncounter>)
      .more_keys(own_way<CloseEncounter>)
      .place(place_of_clinic<CloseEncounter>)
      .decide(close);
}

}  // namespace fx::hospitals
