// SEALED | IN_TRANSIT → LOST, after a search: all members are recalled and keep no result.
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const DeclareLost& c, const View& view, const Context&) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  using enum TubeState;
  Refusals no;
  if (!is_one_of(tube->state, {sealed, in_transit})) no.add(wrong_state(tube->state, {sealed, in_transit}));
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{TubeLost{.tube = tube->id,
                            .sender = tube->sender,
                            .lab = tube->lab,
                            .class_ = tube->class_,
                            .pathogen = tube->pathogen,
                            .persons = persons_of(*tube),
                            .person = tube->person,
                            .encounter = tube->encounter,
                            .box = tube->box,
                            .resample_of = tube->resample_of,
                            .note = c.note.ref}}};
}

}  // namespace

void declare_lost(Desk& desk) {
  desk.operation<DeclareLost>("declare_lost", {"登记样本遗失", "Declare a tube lost"})
      .by({Role::SMP, Role::COU, Role::NUR, Role::FRP})
      .keys([](const DeclareLost& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys(own_surroundings<DeclareLost>)
      .place(place_of_sender<DeclareLost>)
      .decide(decide);
}

}  // namespace fx::screening
