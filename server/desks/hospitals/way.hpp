#pragma once

// The way of a patient: what several operations ask of an encounter. Pure questions about one row.

#include "desks/hospitals/facts.hpp"
#include "kernel/operation.hpp"

namespace fx::hospitals {

/// In the clinic and not yet let go.
bool held(const Encounter& e);
/// Gone, with leave or handed over; only a result can still change it.
bool gone(const Encounter& e);

bool has_positive(const Encounter& e);
bool has_pending(const Encounter& e);
const Sample* sample_of(const Encounter& e, TubeId tube);
/// The negative that lets the patient go (R-FEV-4): an authorised one of this encounter, with no positive, nothing
/// pending and no new sample owed.
std::optional<TubeId> clearing_negative(const Encounter& e);

/// After a specimen without an answer: back to the room for a new one; hold and room stay (settled.md 17).
EncounterState after_failure(const Encounter& e);

/// What the exit screen says: no leave before the result, until when it is due, under which rule.
Refusal held_until_result(const Encounter& e, const Context& context);
/// sealed_at + H.fever.result_h where and when it was sealed; nothing where no rule holds a patient.
std::optional<Instant> hold_until(Instant sealed_at, const Encounter& e, const Context& context);

/// The room after this patient: free when a negative let him go, else it waits for disinfection.
void release_room(Decision& decision, const Encounter& e);

// ---- who was there ------------------------------------------------------------------------------------------------

/// Names the days on which others may have been with this patient.
void read_company(const Encounter& e, Instant until, KeySet& keys);
/// Everybody who was in the clinic together with the patient, once each, with the time from first to last.
std::vector<CoPresent> company(const Encounter& e, Instant until, const View& view);

// ---- keys and places ----------------------------------------------------------------------------------------------

template <class C>
void own_encounter(const C& command, const Context&, KeySet& keys) {
  keys.own<Encounter>(command.encounter);
}
/// Everything that moves when a patient leaves or changes rooms.
void own_surroundings(const Encounter& e, KeySet& keys);
template <class C>
void own_way(const C& command, const View& view, const Context&, KeySet& keys) {
  if (const Encounter* e = view.find<Encounter>(command.encounter)) own_surroundings(*e, keys);
}
template <class C>
std::optional<UnitId> place_of_clinic(const C& command, const View& view, const Context&) {
  const Encounter* e = view.find<Encounter>(command.encounter);
  return e != nullptr ? std::optional(e->clinic) : std::nullopt;
}

}  // namespace fx::hospitals
