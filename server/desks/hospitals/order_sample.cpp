// IN_ROOM → SAMPLED, when the sampler scans the tube; before that, the doctor's order. In a fever clinic a tube is one
// person's.
#include "base/code.hpp"
#include "desks/hospitals/operations.hpp"

namespace fx::hospitals {
namespace {

Result<Decision> decide(const OrderSample& c, const View& view, const Context&) {
  const Encounter* e = view.find<Encounter>(c.encounter);
  if (e == nullptr) return unknown("/encounter");
  using enum EncounterState;
  const auto code = c.tube_code ? normal_code(*c.tube_code, 'T') : std::nullopt;
  Refusals no;
  if (!is_one_of(e->state, {in_room, sampled, awaiting, emergency}))
    no.add(wrong_state(e->state, {in_room, sampled, awaiting, emergency}));
  if (c.pool_size.value_or(1) != 1) no.add("R-FEV-3", "/pool_size");
  if (c.tube_code && !code) no.add(unknown("/tube_code"));
  if (!no.empty()) return no;
  const EncounterState after = e->state == in_room && code ? sampled : e->state;
  return Decision{{SampleOrdered{e->id, e->clinic, e->hospital, e->person, code.value_or(""), after}}};
}

}  // namespace

void order_sample(Desk& desk) {
  desk.operation<OrderSample>("order_sample", {"开单采样", "Order a sample"})
      .by({Role::DOC, Role::SMP})
      .keys(own_encounter<OrderSample>)
      .place(place_of_clinic<OrderSample>)
      .decide(decide);
}

}  // namespace fx::hospitals
