#include "desks/screening/arrival.hpp"

#include "desks/screening/role_tests/steps.hpp"

namespace fx::screening {

void own_arrival(const Tube& tube, std::optional<UnitId> lab, bool fails, const Loaded& loaded,
                 KeySet& keys) {
  own_tube_surroundings(tube, keys);
  own_lab_share(tube, lab, loaded, keys);
  if (!fails) return;
  own_members(tube, keys);
  for (const PersonId person : called_back(tube)) keys.own<TestedPerson>(person);
  if (tube.resample_of && tube.person) keys.own<TestedPerson>(*tube.person);
  own_role_result(tube, keys);
}

namespace {

/// What it means for its people that the tube gives no result.
template <class E>
void fail(E& event, const Tube& tube, const View& view) {
  const Tube* pool = tube.resample_of ? view.find<Tube>(*tube.resample_of) : nullptr;
  call_back(event.share, tube, view);
  event.released = released_without_answer(tube, pool);
  event.held_again = held_without_answer(tube, pool);
  event.called_back = called_back(tube);
}

}  // namespace

TubeReceived received(const Tube& tube, UnitId lab, const TextRef& condition, const View& view) {
  return {.tube = tube.id,
          .lab = lab,
          .sender = tube.sender,
          .class_ = tube.class_,
          .pathogen = tube.pathogen,
          .size = tube.size,
          .person = tube.person,
          .encounter = tube.encounter,
          .box = tube.box,
          .sealed_at = tube.sealed_at,
          .condition = condition,
          .share = lab_share(tube, lab, view)};
}

TubeRejected rejected(const Tube& tube, UnitId lab, RejectReason reason, const TextRef& note,
                      const View& view) {
  TubeRejected event{.tube = tube.id,
                     .reason = reason,
                     .lab = lab,
                     .sender = tube.sender,
                     .class_ = tube.class_,
                     .pathogen = tube.pathogen,
                     .persons = persons_of(tube),
                     .person = tube.person,
                     .encounter = tube.encounter,
                     .box = tube.box,
                     .resample_of = tube.resample_of,
                     .note = note,
                     .share = lab_share(tube, lab, view)};
  fail(event, tube, view);
  return event;
}

TubeLost lost(const Tube& tube, const TextRef& note, const View& view) {
  TubeLost event{.tube = tube.id,
                 .sender = tube.sender,
                 .lab = tube.lab,
                 .class_ = tube.class_,
                 .pathogen = tube.pathogen,
                 .persons = persons_of(tube),
                 .person = tube.person,
                 .encounter = tube.encounter,
                 .box = tube.box,
                 .resample_of = tube.resample_of,
                 .note = note,
                 .share = lab_share(tube, tube.lab, view)};
  fail(event, tube, view);
  return event;
}

}  // namespace fx::screening
