// ORDERED → IN_TRANSFER, and the arrival: two signatures by different parties [domain model F3].
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

void judge_vehicle(const Vehicle& vehicle, const Stay& stay, Refusals& no) {
  if (vehicle.state == VehicleState::to_disinfect) no.add("R-TRF-1", "/vehicle");
  if (vehicle.state == VehicleState::under_way && vehicle.carries != stay.class_)
    no.add("R-TRF-2", "/vehicle");
  if (vehicle.aboard >= vehicle.seats) no.add("R-TRF-3", "/vehicle");
}

Result<Decision> start(const StartTransfer& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  const Vehicle* vehicle = view.find<Vehicle>(c.vehicle);
  if (stay == nullptr) return unknown("/stay");
  if (vehicle == nullptr) return unknown("/vehicle");
  Refusals no;
  if (stay->state != StayState::ordered) no.add(wrong_state(stay->state, {StayState::ordered}));
  if (stay->regime != Regime::central) no.add("R-STY-12", "/stay");
  if (view.find<Leg>(c.leg) != nullptr) no.add(wrong_state("started", {"new"}, "/leg"));
  if (c.expected_at < context.occurred_at)
    no.add(malformed("/expected_at", "预计到达不能早于出发", "expected before it leaves"));
  judge_vehicle(*vehicle, *stay, no);
  if (!no.empty()) return no;
  return Decision{{LegStarted{c.leg, stay->id, stay->person, stay->class_, c.vehicle, vehicle->carrier,
                              stay->site, context.actor.account, c.expected_at}}};
}

Result<Decision> arrive(const EndTransfer& c, const View& view, const Context& context) {
  const Leg* leg = view.find<Leg>(c.leg);
  if (leg == nullptr) return unknown("/leg");
  Refusals no;
  if (leg->arrived_at) no.add(wrong_state("arrived", {"under_way"}));
  if (context.actor.account == leg->left_by || context.actor.unit == leg->carrier) no.add("R-JRN-1");
  const Unit* at = context.reference.unit(c.at.value_or(leg->receiver));
  if (at == nullptr || at->kind != UnitKind::quarantine_site) no.add(unknown("/at"));
  if (!no.empty()) return no;
  return Decision{{LegEnded{leg->id, leg->stay, leg->person, leg->vehicle, c.at.value_or(leg->receiver),
                            context.actor.account}}};
}

}  // namespace

void add_transfer(Desk& desk) {
  desk.operation<StartTransfer>("start_transfer", {"接走转运", "Start the transfer"})
      .by({Role::TRN})
      .keys([](const StartTransfer& c, const Context&, KeySet& keys) {
        keys.own<Stay>(c.stay).own<Leg>(c.leg).own<Vehicle>(c.vehicle);
      })
      .place([](const StartTransfer& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Vehicle* vehicle = view.find<Vehicle>(c.vehicle);
        return vehicle != nullptr ? std::optional(vehicle->carrier) : std::nullopt;
      })
      .decide(start);
  desk.operation<EndTransfer>("end_transfer", {"接收签字", "Sign for the arrival"})
      .by({Role::QM, Role::QD})
      .deed()
      .keys([](const EndTransfer& c, const Context&, KeySet& keys) { keys.own<Leg>(c.leg); })
      .more_keys([](const EndTransfer& c, const View& view, const Context&, KeySet& keys) {
        if (const Leg* leg = view.find<Leg>(c.leg)) keys.own<Vehicle>(leg->vehicle).own<Stay>(leg->stay);
      })
      .place([](const EndTransfer& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Leg* leg = view.find<Leg>(c.leg);
        if (leg == nullptr) return std::nullopt;
        return c.at ? c.at : std::optional(leg->receiver);  // who received signs, whoever was expected to
      })
      .decide(arrive);
}

}  // namespace fx::isolation
