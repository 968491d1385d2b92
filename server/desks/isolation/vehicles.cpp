// Vehicles of the transfer desk: no mixing of classes, disinfected before the next task.
#include "desks/isolation/operations.hpp"
#include "desks/isolation/site_events.hpp"

namespace fx::isolation {
namespace {

Result<Decision> enter(const RegisterVehicle& c, const View& view, const Context& context) {
  Refusals no;
  if (c.plate.empty()) no.add(missing("/plate"));
  if (c.seats < 1) no.add(malformed("/seats", "至少一座", "at least one seat"));
  const Claim* claim = view.find<Claim>(plate_of_vehicle(c.plate));
  const bool taken = claim != nullptr && !claim->holder.is_nil();
  if (taken || view.find<Vehicle>(c.vehicle) != nullptr) no.add("R-TRF-4", "/plate");
  if (!no.empty()) return no;
  return Decision{{VehicleRegistered{c.vehicle, context.actor.unit, c.plate, c.seats}}};
}

Result<Decision> disinfect(const DisinfectVehicle& c, const View& view, const Context&) {
  const Vehicle* vehicle = view.find<Vehicle>(c.vehicle);
  if (vehicle == nullptr) return unknown("/vehicle");
  Refusals no;
  if (vehicle->state != VehicleState::to_disinfect)
    no.add(wrong_state(vehicle->state, {VehicleState::to_disinfect}));
  if (c.agent.empty()) no.add(missing("/agent"));
  if (!no.empty()) return no;
  return Decision{{VehicleDisinfected{c.vehicle, vehicle->carrier, c.agent}}};
}

}  // namespace

void add_vehicles(Desk& desk) {
  desk.operation<RegisterVehicle>("register_vehicle", {"登记车辆", "Register a vehicle"})
      .by({Role::TRN})
      .keys([](const RegisterVehicle& c, const Context&, KeySet& keys) {
        keys.own<Vehicle>(c.vehicle).own<Claim>(plate_of_vehicle(c.plate));
      })
      .decide(enter);
  desk.operation<DisinfectVehicle>("disinfect_vehicle", {"车辆消毒", "Disinfect a vehicle"})
      .by({Role::TRN})
      .deed()
      .keys([](const DisinfectVehicle& c, const Context&, KeySet& keys) { keys.own<Vehicle>(c.vehicle); })
      .place([](const DisinfectVehicle& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Vehicle* vehicle = view.find<Vehicle>(c.vehicle);
        return vehicle != nullptr ? std::optional(vehicle->carrier) : std::nullopt;
      })
      .decide(disinfect);
}

}  // namespace fx::isolation
