#pragma once

// Small questions several operations ask.

#include "desks/places.hpp"
#include "desks/screening/facts.hpp"
#include "kernel/operation.hpp"

namespace fx::screening {

std::vector<PersonId> persons_of(const Tube& tube);

/// Does the pool hold this person still, with no single on its way, and was that known at the moment?
bool waits_for_single(const Tube& pool, PersonId person, Instant at);
/// Who must be called back when the tube gives no result, and stands on no list of a round or a hospital for it; who is held
/// is owed a single anyway.
std::vector<PersonId> called_back(const Tube& tube);
/// Keys of a single's link: the pools that hold its person, one of which it settles.
void own_holding_pools(const Tube* tube, const TestedPerson* person, KeySet& keys);

// ---- units -------------------------------------------------------------------------------------------------------

/// The unit when it is a fever clinic.
std::optional<UnitId> clinic_of(const Reference& reference, UnitId unit);
/// The unit when it is a hospital, else its parent when that is one.
std::optional<UnitId> hospital_of(const Reference& reference, UnitId unit);
/// The laboratory of the sender's hospital; nothing when it has none or several.
std::optional<UnitId> own_laboratory(const Reference& reference, UnitId sender);

// ---- pooling (E.pool.*) ------------------------------------------------------------------------------------------

/// May a tube hold so many persons? One always; more only where the rulebook lists the size.
bool size_allowed(const Context& context, std::int32_t size);
/// Must this class be tested singly?
bool single_only(const Context& context, SpecimenClass class_);

// ---- keys and places ---------------------------------------------------------------------------------------------

/// `more_keys` of steps that move a tube: its box, the pool it settles, and what duties about it are met through.
void own_tube_surroundings(const Tube& tube, KeySet& keys);
template <class C>
void own_surroundings(const C& command, const View& view, const Context&, KeySet& keys) {
  if (const Tube* tube = view.find<Tube>(command.tube)) own_tube_surroundings(*tube, keys);
}

/// In whose affairs: who took the sample …
template <class C>
std::optional<UnitId> place_of_sender(const C& command, const View& view, const Context&) {
  const Tube* tube = view.find<Tube>(command.tube);
  return tube != nullptr ? std::optional(tube->sender) : std::nullopt;
}
/// … or who tests it.
template <class C>
std::optional<UnitId> place_of_lab(const C& command, const View& view, const Context&) {
  const Tube* tube = view.find<Tube>(command.tube);
  return tube != nullptr ? tube->lab : std::nullopt;
}

}  // namespace fx::screening
