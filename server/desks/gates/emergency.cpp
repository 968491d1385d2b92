// Any state → EMERGENCY, to the buffer zone at once. Life first: nothing in here refuses; a receiver and the papers are
// owed afterwards.
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

/// The gate named; when there is no such unit, where the actor works.
UnitId gate_of(const DeclareGateEmergency& c, const Context& context) {
  return context.reference.unit(c.gate) != nullptr ? c.gate : context.actor.unit;
}

void more_keys(const DeclareGateEmergency& c, const View& view, const Context& context, KeySet& keys) {
  const Gate* gate = view.find<Gate>(gate_of(c, context).raw);
  if (gate != nullptr && gate->shift) keys.own<GateShift>(*gate->shift);
  const Check* check = view.find<Check>(c.check);
  if (check != nullptr && check->shift) keys.own<GateShift>(*check->shift);
}

Result<Decision> declare_emergency(const DeclareGateEmergency& c, const View& view, const Context& context) {
  const UnitId where = gate_of(c, context);
  const Gate* gate = view.find<Gate>(where.raw);
  const Check* check = view.find<Check>(c.check);
  GateEmergency e{.check = c.check,
                  .gate = where,
                  .shift = gate != nullptr ? gate->shift : std::nullopt,
                  .person = c.person,
                  .keeper = context.actor.account,
                  .from = {},
                  .reason = c.reason ? c.reason->ref : TextRef{}};
  if (check != nullptr) {
    if (check->outcome == CheckOutcome::emergency) return Decision{};
    e.gate = check->gate;
    e.shift = check->shift;
    e.person = check->person;
    e.from = check->outcome;
  }
  Decision out{{std::move(e)}};
  if (gate != nullptr) watch(out, *gate, context.occurred_at);
  return out;
}

}  // namespace

void add_emergency(Desk& desk) {
  desk.operation<DeclareGateEmergency>("declare_emergency", {"急救放行", "Emergency: to the buffer zone"})
      .by({Role::GK, Role::NUR, Role::DOC, Role::FRP})
      .deed()
      .life_saving()
      .keys([](const DeclareGateEmergency& c, const Context& context, KeySet& keys) {
        keys.own<Check>(c.check).own<Gate>(gate_of(c, context).raw);
      })
      .more_keys(more_keys)
      .place([](const DeclareGateEmergency& c, const View&, const Context& context) {
        return std::optional(gate_of(c, context));
      })
      .decide(declare_emergency);
}

}  // namespace fx::gates
