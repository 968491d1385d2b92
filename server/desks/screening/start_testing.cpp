// RECEIVED → TESTING. PROVISIONAL → TESTING repeats a run from the same specimen before anybody has signed.
#include "desks/screening/laboratories/operations.hpp"
#include "desks/screening/lookups.hpp"
#include "desks/screening/operations.hpp"

namespace fx::screening {
namespace {

bool lab_may_test(const Tube& tube, const View& view, const Context& context) {
  const auto* file = tube.lab ? view.find<Laboratory>(*tube.lab) : nullptr;
  if (file != nullptr && !may_test(*file, tube, context)) return false;
  const Unit* lab = tube.lab ? context.reference.unit(*tube.lab) : nullptr;
  return lab != nullptr && lab->active && context.actor.has(Role::LAB);
}

Refusal no_pooling_again(const Context& context) {
  Refusal no = refuse("R-TUB-7", "/mixed_with");
  const RuleValue rule =
      context.rules.value("E.pool.restack", context.occurred_at, context.actor.jurisdiction);
  no.rule = "E.pool.restack";
  no.source = rule.source;
  return no;
}

Result<Decision> decide(const StartTest& c, const View& view, const Context& context) {
  const Tube* tube = view.find<Tube>(c.tube);
  if (tube == nullptr) return unknown("/tube");
  using enum TubeState;
  if (!is_one_of(tube->state, {received, provisional}))
    return wrong_state(tube->state, {received, provisional});
  Refusals no;
  if (!lab_may_test(*tube, view, context)) no.add("R-TUB-6");
  if (!c.mixed_with.empty()) no.add(no_pooling_again(context));
  judge_lot(c.reagent_lot, tube->lab.value_or(context.actor.unit), view, context, no);
  if (!no.empty()) return no;
  return Decision{{TestStarted{.tube = tube->id,
                               .lab = *tube->lab,
                               .sender = tube->sender,
                               .tester = context.actor.account,
                               .plate = c.plate.value_or(""),
                               .well = c.well.value_or(""),
                               .reagent_lot = c.reagent_lot}}};
}

}  // namespace

void start_test(Desk& desk) {
  desk.operation<StartTest>("start_test", {"开始检测", "Start a test"})
      .by({Role::LAB, Role::LAA})
      .keys([](const StartTest& c, const Context&, KeySet& keys) { keys.own<Tube>(c.tube); })
      .more_keys([](const StartTest& c, const View& view, const Context& context, KeySet& keys) {
        const Tube* tube = view.find<Tube>(c.tube);
        if (tube == nullptr) return;
        const UnitId lab = tube->lab.value_or(context.actor.unit);
        keys.read<Laboratory>(lab).read<ReagentLot>(reagent_lot_id(lab, c.reagent_lot));
      })
      .place(place_of_lab<StartTest>)
      .decide(decide);
}

}  // namespace fx::screening
