// OPEN → SEALED. From here transport is owed, and a fever patient is held until the result. Whose sample it is can no
// longer be corrected: who had been called back for a new one has given it.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {
namespace {

std::vector<PersonId> recall_ended(const Tube& tube, const View& view) {
  std::vector<PersonId> out = persons_of(tube);
  std::erase_if(out, [&](PersonId id) {
    const auto* person = view.find<TestedPerson>(id);
    return person == nullptr || person->called_back_from.empty();
  });
  return out;
}

void more_keys(const SealTube& c, const View& view, const Context& context, KeySet& keys) {
  own_surroundings(c, view, context, keys);
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return;
  own_sampler_share(*tube, keys);
  for (const Member& member : tube->members) keys.own<TestedPerson>(member.person);
}

Result<Decision> decide(const SealTube& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  Refusals no;
  // A seal told after the receipt is accepted: couriers' devices sync first (kernel-notes §8).
  if (!tube->unsealed() || tube->members.empty()) no.add(wrong_state(tube->state, {TubeState::open}));
  if (c.lab && context.reference.unit(*c.lab) == nullptr) no.add(unknown("/lab"));
  if (!no.empty()) return no;
  return Decision{{TubeSealed{.tube = tube->id,
                              .persons = persons_of(*tube),
                              .person = tube->person,
                              .encounter = tube->encounter,
                              .sender = tube->sender,
                              .county = desks::command_of(context.reference, tube->sender),
                              .class_ = tube->class_,
                              .pathogen = tube->pathogen,
                              .size = tube->size,
                              .lab = c.lab       ? c.lab
                                     : tube->lab ? tube->lab
                                                 : own_laboratory(context.reference, tube->sender),
                              .sampler = context.actor.account,
                              .sealed_at = context.occurred_at,
                              .resample_of = tube->resample_of,
                              .share = sampler_share(*tube),
                              .recall_ended = recall_ended(*tube, view)}}};
}

}  // namespace

void seal_tube(Desk& desk) {
  desk.operation<SealTube>("seal_tube", {"封管", "Seal a tube"})
      .by({Role::SMP})
      .deed()
      .keys([](const SealTube& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys(more_keys)
      .place(place_of_sender<SealTube>)
      .decide(decide);
}

}  // namespace fx::screening
