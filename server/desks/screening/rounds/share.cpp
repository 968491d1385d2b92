#include "desks/screening/rounds/share.hpp"

#include <algorithm>

namespace fx::screening {
namespace {

bool unsettled(MemberState state) {
  return state == MemberState::hold || state == MemberState::resampled || state == MemberState::grey;
}

/// Of the members of one pool before and after: who is held now, who no more.
void compare(const Tube& before, const Tube& after, Holds& out) {
  for (std::size_t i = 0; i < before.members.size(); ++i) {
    const bool was = unsettled(before.members[i].state);
    const bool is = unsettled(after.members[i].state);
    if (is && !was) out.held.push_back(after.members[i].person);
    if (was && !is) out.released.push_back(after.members[i].person);
  }
}

/// Its result, as far as it is known, holds whoever has no answer of their own.
bool still_holds(const Tube& pool) { return !pool.result || of_pool(*pool.result) == MemberState::hold; }

/// Members of the pool who go by that single and have no answer.
std::vector<PersonId> unsettled_by(TubeId single, const Tube& pool) {
  std::vector<PersonId> out;
  for (const Member& member : pool.members)
    if (member.resampled_in == single && unsettled(member.state)) out.push_back(member.person);
  return out;
}

}  // namespace

void own_sampler_share(const Tube& tube, KeySet& keys) {
  if (!tube.round || !tube.tally) return;
  keys.read<Round>(*tube.round).own<RoundTally>(*tube.tally);
}

void own_lab_share(const Tube& tube, std::optional<UnitId> lab, const Loaded& loaded, KeySet& keys) {
  if (!tube.round) return;
  if (const Round* round = loaded.find<Round>(*tube.round)) keys.own<RoundTally>(lab_tally(*round, lab));
  keys.read<Round>(*tube.round);
}

void own_members(const Tube& tube, KeySet& keys) {
  if (!tube.round) return;
  keys.read<Round>(*tube.round);
  for (const Member& member : tube.members)
    keys.own<RoundPerson>(round_person_id(*tube.round, member.person));
}

std::optional<RoundShare> sampler_share(const Tube& tube) {
  if (!tube.round || !tube.tally) return std::nullopt;
  RoundShare share;
  share.round = *tube.round;
  share.tally = *tube.tally;
  return share;
}

std::optional<RoundShare> lab_share(const Tube& tube, std::optional<UnitId> lab, const View& view) {
  const Round* round = tube.round ? view.find<Round>(*tube.round) : nullptr;
  if (round == nullptr) return std::nullopt;
  RoundShare share;
  share.round = round->id;
  share.tally = lab_tally(*round, lab);
  share.opened = !tube.members.empty();
  share.sealed = tube.sealed_at.has_value();
  share.arrived = tube.received_at.has_value();
  share.people = people_of(tube);
  return share;
}

RosterMove move_of(const RoundPerson& person, RosterState to, const RawId& tally) {
  return {person.id.raw, person.person, person.township, person.building, person.added, person.state, to,
          tally};
}

void call_back(std::optional<RoundShare>& share, const Tube& tube, const View& view) {
  if (!share) return;
  for (const Member& member : tube.members) {
    const auto* person = view.find<RoundPerson>(round_person_id(share->round, member.person));
    if (person != nullptr && person->state == RosterState::sampled && person->tube == tube.id)
      share->moves.push_back(move_of(*person, RosterState::rostered, share->tally));
  }
  std::ranges::sort(share->moves, {}, &RosterMove::row);
}

void take_again(std::optional<RoundShare>& share, const Tube& tube, const View& view) {
  if (!share) return;
  for (const Member& member : tube.members) {
    const auto* person = view.find<RoundPerson>(round_person_id(share->round, member.person));
    if (person != nullptr && person->state == RosterState::rostered)
      share->moves.push_back(move_of(*person, RosterState::sampled, share->tally));
  }
  std::ranges::sort(share->moves, {}, &RosterMove::row);
}

bool takes_samples(const Round& round, Instant at) {
  if (!round.opened_at || at < *round.opened_at || round.state == RoundState::cancelled) return false;
  return !round.closed_at || at <= *round.closed_at;
}

Holds holds_after(const Tube& tube, const Tube* pool, TestResult result) {
  Holds out;
  Tube after = tube;
  set_members(after, result);
  if (!tube.single()) compare(tube, after, out);
  if (pool == nullptr) return out;
  Tube settled = *pool;
  settle_member(settled, tube.id, result);
  compare(*pool, settled, out);
  return out;
}

std::vector<PersonId> released_without_answer(const Tube& single, const Tube* pool) {
  if (pool == nullptr || still_holds(*pool)) return {};
  return unsettled_by(single.id, *pool);
}

std::vector<PersonId> held_without_answer(const Tube& single, const Tube* pool) {
  if (pool == nullptr || !single.sealed_at || !still_holds(*pool)) return {};
  return unsettled_by(single.id, *pool);
}

std::vector<PersonId> held_after_answer(const Tube& single, const Tube* pool, TestResult result,
                                        const View& view) {
  if (pool == nullptr || !single.person) return {};
  Tube settled = *pool;
  settle_member(settled, single.id, result);
  std::vector<PersonId> out = unsettled_by(single.id, settled);
  const auto* person = view.find<TestedPerson>(*single.person);
  const bool elsewhere = person != nullptr && std::ranges::any_of(person->held_in, [&](TubeId other) {
                           return other != pool->id;
                         });
  if (out.empty() && elsewhere) out.push_back(*single.person);
  return out;
}

std::int32_t people_of(const Tube& tube) {
  return static_cast<std::int32_t>(
      std::ranges::count_if(tube.members, [](const Member& member) { return !member.resampled_in; }));
}

}  // namespace fx::screening
