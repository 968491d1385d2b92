#pragma once

// What steps with tubes need of the round a tube belongs to: keys, and what they move in it.

#include "desks/screening/facts.hpp"
#include "desks/screening/loaded.hpp"
#include "desks/screening/rounds/facts.hpp"
#include "kernel/operation.hpp"

namespace fx::screening {

/// Keys of a step at the point: the round is shared, the sampler's counts are owned.
void own_sampler_share(const Tube& tube, KeySet& keys);
/// Keys of a step that a laboratory (or whoever looked for the tube) counts; leads on once the round is there.
void own_lab_share(const Tube& tube, std::optional<UnitId> lab, const Loaded& loaded, KeySet& keys);
/// Keys of a step that may call members back: their rows.
void own_members(const Tube& tube, KeySet& keys);

std::optional<RoundShare> sampler_share(const Tube& tube);
std::optional<RoundShare> lab_share(const Tube& tube, std::optional<UnitId> lab, const View& view);
/// Members sampled in this tube need a new sample.
void call_back(std::optional<RoundShare>& share, const Tube& tube, const View& view);
/// Its members speak again: who has no other state by now is sampled after all.
void take_again(std::optional<RoundShare>& share, const Tube& tube, const View& view);

/// May somebody be sampled for the round at that moment? Open, or closed for sampling and still short of people; told
/// late of a time when it was (lateness never refuses).
bool takes_samples(const Round& round, Instant at);

/// A person of the round goes to another state, and the row of counts with them.
RosterMove move_of(const RoundPerson& person, RosterState to, const RawId& tally);

// ---- who is held -------------------------------------------------------------------------------------------------

struct Holds {
  std::vector<PersonId> held;
  std::vector<PersonId> released;
};
/// Whom a result of this tube holds or releases; `pool` is the one this single settles.
Holds holds_after(const Tube& tube, const Tube* pool, TestResult result);
/// Whom a single that gives no answer leaves with nothing open, since its pool says otherwise by now.
std::vector<PersonId> released_without_answer(const Tube& single, const Tube* pool);
/// Whom a sealed single that gives no answer leaves held: another one is owed.
std::vector<PersonId> held_without_answer(const Tube& single, const Tube* pool);
/// Whom the result of a single leaves held, by its pool or by another: another one is owed.
std::vector<PersonId> held_after_answer(const Tube& single, const Tube* pool, TestResult result,
                                        const View& view);
/// Members for whom the tube's result speaks.
std::int32_t people_of(const Tube& tube);

}  // namespace fx::screening
