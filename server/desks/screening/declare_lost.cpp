// SEALED | IN_TRANSIT → LOST, after a search: all members are recalled and keep no result.
#include "desks/screening/arrival.hpp"
#include "desks/screening/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"

namespace fx::screening {
namespace {

Result<Decision> decide(const DeclareLost& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  using enum TubeState;
  Refusals no;
  if (!is_one_of(tube->state, {sealed, in_transit})) no.add(wrong_state(tube->state, {sealed, in_transit}));
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  Decision out{{screening::lost(*tube, c.note.ref, view)}};
  role_answered(*tube, std::nullopt, view, context, out.events);
  return out;
}

}  // namespace

void declare_lost(Desk& desk) {
  desk.operation<DeclareLost>("declare_lost", {"登记样本遗失", "Declare a tube lost"})
      .by({Role::SMP, Role::COU, Role::NUR, Role::FRP})
      .keys([](const DeclareLost& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys([](const DeclareLost& c, const View& view, const Context&, KeySet& keys) {
        if (const Tube* tube = view.find<Tube>(c.tube))
          own_arrival(*tube, tube->lab, true, Loaded(view, keys), keys);
      })
      .place(place_of_sender<DeclareLost>)
      .decide(decide);
}

}  // namespace fx::screening
