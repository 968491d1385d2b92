// OPEN → OPEN. A wrong link is corrected before sealing, by event: who and why stay visible. After sealing only the
// laboratory's rejection or an amendment helps (settled.md 19).
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {
namespace {

bool linked(const Tube& tube, PersonId person) {
  return std::ranges::find(tube.members, person, &Member::person) != tube.members.end();
}

const RoundPerson* of_round(const Tube& tube, PersonId person, const View& view) {
  return tube.round ? view.find<RoundPerson>(round_person_id(*tube.round, person)) : nullptr;
}

/// The pool whose held member the right one's single settles. A tube of a round stays in it: pools of others wait.
const Tube* pool_of(const CorrectLink& c, const Tube& tube, const View& view, const Context& context) {
  const auto* right = c.right ? view.find<TestedPerson>(*c.right) : nullptr;
  if (right == nullptr || !tube.single()) return nullptr;
  for (const TubeId id : right->held_in) {
    const Tube* pool = view.find<Tube>(id);
    if (pool != nullptr && pool->round == tube.round &&
        waits_for_single(*pool, *c.right, context.occurred_at))
      return pool;
  }
  return nullptr;
}

/// The wrong one is not sampled after all, the right one is.
std::optional<RoundShare> share_of(const CorrectLink& c, const Tube& tube, bool settles, const View& view) {
  auto share = sampler_share(tube);
  if (!share) return share;
  share->emptied = !c.right && tube.members.size() == 1;
  const auto move = [&](const RoundPerson& person, RosterState to) {
    share->moves.push_back({person.id.raw, person.person, person.township, person.building, person.added,
                            person.state, to, share->tally});
  };
  const RoundPerson* wrong = of_round(tube, c.wrong, view);
  if (wrong != nullptr && wrong->tube == tube.id) move(*wrong, RosterState::rostered);
  if (!c.right || settles) return share;  // who is held stands on the list as sampled already
  if (const RoundPerson* right = of_round(tube, *c.right, view))
    move(*right, RosterState::sampled);
  else
    share->moves.push_back({round_person_id(*tube.round, *c.right).raw,
                            *c.right,
                            wrong != nullptr ? wrong->township : 0,
                            {},
                            true,
                            std::nullopt,
                            RosterState::sampled,
                            share->tally});
  std::ranges::sort(share->moves, {}, &RosterMove::row);
  return share;
}

void judge_right(const CorrectLink& c, const Tube& tube, bool settles, const View& view,
                 const Context& context, Refusals& no) {
  if (!c.right) return;
  const RoundPerson* right = of_round(tube, *c.right, view);
  const bool sampled = right != nullptr && right->state == RosterState::sampled;
  if (linked(tube, *c.right) || (sampled && !settles)) no.add("R-TUB-4", "/right");
  const auto* known = view.find<TestedPerson>(*c.right);
  const bool alone = known != nullptr && (!known->held_in.empty() ||
                                          std::ranges::any_of(known->controls, [&](const Control& control) {
                                            return single_only(context, control.class_);
                                          }));
  if (!tube.single() && alone) no.add("R-TUB-2", "/right");
}

void more_keys(const CorrectLink& c, const View& view, const Context& context, KeySet& keys) {
  own_surroundings(c, view, context, keys);
  const Tube* tube = view.find<Tube>(c.tube);
  if (c.right) own_holding_pools(tube, view.find<TestedPerson>(*c.right), keys);
  if (tube == nullptr || !tube->round) return;
  own_sampler_share(*tube, keys);
  keys.own<RoundPerson>(round_person_id(*tube->round, c.wrong));
  if (c.right) keys.own<RoundPerson>(round_person_id(*tube->round, *c.right));
}

Result<Decision> decide(const CorrectLink& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  Refusals no;
  if (!tube->unsealed()) no.add(wrong_state(tube->state, {TubeState::open}));
  if (!linked(*tube, c.wrong)) no.add(unknown("/wrong"));
  const Tube* pool = pool_of(c, *tube, view, context);
  judge_right(c, *tube, pool != nullptr, view, context, no);
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{LinkCorrected{
      tube->id, c.wrong, c.right, c.encounter, tube->sender, tube->resample_of, c.reason.ref,
      share_of(c, *tube, pool != nullptr, view),
      released_without_answer(*tube, tube->resample_of ? view.find<Tube>(*tube->resample_of) : nullptr),
      pool != nullptr ? std::optional(pool->id) : std::nullopt}}};
}

}  // namespace

void correct_link(Desk& desk) {
  desk.operation<CorrectLink>("correct_link", {"更正受检者关联", "Correct a link"})
      .by({Role::SMP})
      .keys([](const CorrectLink& c, const Context&, KeySet& keys) {
        keys.own<Tube>(c.tube).own<Sample>(sample_id(c.tube, c.wrong)).own<TestedPerson>(c.wrong);
        if (c.right) keys.own<Sample>(sample_id(c.tube, *c.right)).read<TestedPerson>(*c.right);
        if (c.encounter) keys.subject(c.encounter->raw);
      })
      .more_keys(more_keys)
      .place(place_of_sender<CorrectLink>)
      .decide(decide);
}

}  // namespace fx::screening
