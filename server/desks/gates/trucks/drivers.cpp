// The driver at the gate. A certificate in date: on, without a repeat test. An older one: nucleic acid and antigen; a
// negative antigen, and he goes, tracked. Holding him for the result is a bar of the rulebook (R-GAT-3).
#include <algorithm>

#include "desks/gates/operations.hpp"
#include "desks/gates/trucks/commands.hpp"
#include "desks/gates/trucks/facts.hpp"

namespace fx::gates {
namespace {

using enum DriverState;

Result<Decision> receive_driver(const ReceiveDriver& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  if (check == nullptr || !check->person) return unknown("/check");
  Refusals no;
  if (view.find<TruckRun>(c.truck_run) != nullptr) no.add(wrong_state("arrived", {"new"}, "/truck_run"));
  // Who checked him tells of it when the network is back, and that may be after the shift.
  const AccountId by = context.actor.account;
  if (check->keeper != by && !keeps(view.find<Gate>(check->gate.raw), by)) no.add("R-GAT-1", "/check");
  if (c.plate.empty()) no.add(missing("/plate"));
  if (c.destination && context.reference.unit(*c.destination) == nullptr) no.add(unknown("/destination"));
  if (!no.empty()) return no;
  const auto limit = number_of(context.rules, "G.truck.cert_h", context.occurred_at,
                               county_of(context.reference, check->gate));
  const bool in_date =
      limit && check->certificate_at &&
      context.occurred_at - *check->certificate_at <= std::chrono::hours(static_cast<std::int64_t>(*limit));
  return Decision{{DriverArrived{c.truck_run, c.check, check->gate, check->shift, *check->person, c.plate,
                                 c.cargo.value_or(""), c.destination, check->certificate_at, in_date}}};
}

Result<Decision> read_antigen(const ReadAntigen& c, const View& view, const Context&) {
  const TruckRun* run = view.find<TruckRun>(c.truck_run);
  if (run == nullptr) return unknown("/truck_run");
  if (!is_one_of(run->state, {arrived, sampled})) return wrong_state(run->state, {arrived, sampled});
  return Decision{{AntigenRead{run->id, run->person, c.result}}};
}

Result<Decision> hold_driver(const HoldDriver& c, const View& view, const Context&) {
  const TruckRun* run = view.find<TruckRun>(c.truck_run);
  if (run == nullptr) return unknown("/truck_run");
  if (!is_one_of(run->state, {arrived, sampled})) return wrong_state(run->state, {arrived, sampled});
  return Decision{{DriverHeld{run->id, run->gate, run->person}}};
}

/// An older certificate asks for both tests, where the profile knows them at all.
bool owes_tests(const TruckRun& run, const Context& context) {
  const auto state =
      context.rules.value("G.truck.expired", context.occurred_at, county_of(context.reference, run.gate))
          .state;
  return !run.in_date && state == RuleValue::State::value;
}

Result<Decision> release_driver(const ReleaseDriver& c, const View& view, const Context& context) {
  const TruckRun* run = view.find<TruckRun>(c.truck_run);
  if (run == nullptr) return unknown("/truck_run");
  const Check& check = view.get<Check>(run->check);
  if (auto no = against_passing(check.reasons); !no.empty()) return no;
  Refusals no;
  const auto holder = c.holder ? c.holder : run->destination;
  if (!keeps(view.find<Gate>(run->gate.raw), context.actor.account)) no.add("R-GAT-1", "/truck_run");
  const bool owing =
      owes_tests(*run, context) && (run->state != sampled || run->antigen != AntigenResult::negative);
  if (!is_one_of(run->state, {arrived, sampled}))
    no.add(wrong_state(run->state, {arrived, sampled}, "/truck_run"));
  else if (owing || run->antigen == AntigenResult::positive)
    no.add("R-GAT-11", "/truck_run");
  if (!holder || context.reference.unit(*holder) == nullptr) no.add(missing("/holder"));
  if (!no.empty()) return no;
  const bool tracked = !run->open_tubes.empty() || run->landing_test;
  Decision out{
      {DriverReleased{run->id, run->gate, run->person, tracked ? released_tracked : cleared, *holder}}};
  if (is_one_of(check.outcome, {CheckOutcome::checked, CheckOutcome::second_check}))
    out.events.emplace_back(CheckDecided{
        check.id, check.gate, check.shift, *check.person, check.outcome, CheckOutcome::passed, {}});
  return out;
}

Result<Decision> record_presence(const RecordPresence& c, const View& view, const Context& context) {
  const TruckRun* run = view.find<TruckRun>(c.truck_run);
  if (run == nullptr) return unknown("/truck_run");
  Refusals no;
  if (c.near.empty()) no.add(missing("/near"));
  for (std::size_t i = 0; i < c.near.size(); ++i) {
    const std::string path = "/near/" + std::to_string(i);
    if (c.near[i].until < c.near[i].from)
      no.add(malformed(path + "/until", "结束早于开始", "it ends before it starts"));
    if (c.near[i].from > context.now) no.add("F-FUTURE", path + "/from");
    if (c.near[i].person == run->person)
      no.add(malformed(path + "/person", "是司机本人", "that is the driver himself"));
  }
  if (!no.empty()) return no;
  return Decision{{PresenceRecorded{run->id, run->person, c.near, run->case_id}}};
}

Result<Decision> fetch_driver(const FetchDriver& c, const View& view, const Context& context) {
  const TruckRun* run = view.find<TruckRun>(c.truck_run);
  if (run == nullptr) return unknown("/truck_run");
  Refusals no;
  if (run->state != stopped) no.add(wrong_state(run->state, {stopped}, "/truck_run"));
  if (!run->vehicle.empty()) no.add(wrong_state("fetched", {"stopped"}, "/truck_run"));
  if (context.reference.unit(c.destination) == nullptr) no.add(unknown("/destination"));
  if (c.vehicle.empty()) no.add(missing("/vehicle"));
  // R-TRF-2: case and non-case never share a vehicle; who is a case the control list knows.
  for (std::size_t i = 0; i < c.aboard.size(); ++i) {
    const auto* other = view.find<Controlled>(c.aboard[i]);
    const bool a_case = other != nullptr && std::ranges::any_of(other->grounds, [](const Ground& ground) {
                          return ground.kind == ControlKind::positive;
                        });
    if (!a_case) no.add("R-TRF-2", "/aboard/" + std::to_string(i));
  }
  if (!no.empty()) return no;
  return Decision{{DriverFetched{run->id, run->person, context.actor.unit, c.destination, c.vehicle}}};
}

template <class C>
void own_run(const C& c, const Context&, KeySet& keys) {
  keys.own<TruckRun>(c.truck_run);
}
template <class C>
void own_check_of_run(const C& c, const View& view, const Context&, KeySet& keys) {
  const TruckRun* run = view.find<TruckRun>(c.truck_run);
  if (run == nullptr) return;
  keys.own<Check>(run->check).own<Gate>(run->gate.raw).subject(run->person.raw);
  if (run->shift) keys.own<GateShift>(*run->shift);
}
template <class C>
std::optional<UnitId> gate_of_run(const C& c, const View& view, const Context&) {
  const TruckRun* run = view.find<TruckRun>(c.truck_run);
  return run != nullptr ? std::optional(run->gate) : std::nullopt;
}
/// Who holds the driver records who was with him; the gate may, too.
std::optional<UnitId> holder_of_run(const RecordPresence& c, const View& view, const Context& context) {
  const TruckRun* run = view.find<TruckRun>(c.truck_run);
  if (run == nullptr) return std::nullopt;
  return context.actor.unit == run->gate ? run->gate : run->holder;
}

const std::vector<Role> keepers{Role::GK};

}  // namespace

void add_trucks(Desk& desk) {
  desk.operation<ReceiveDriver>("receive_driver", {"登记货车司机", "Record a truck driver"})
      .by(keepers)
      .keys([](const ReceiveDriver& c, const Context&, KeySet& keys) {
        keys.own<TruckRun>(c.truck_run).read<Check>(c.check);
      })
      .more_keys([](const ReceiveDriver& c, const View& view, const Context&, KeySet& keys) {
        const Check* check = view.find<Check>(c.check);
        if (check == nullptr) return;
        keys.read<Gate>(check->gate.raw);
        if (check->person) keys.own<DriverNow>(*check->person).subject(check->person->raw);
      })
      .place(gate_of_check<ReceiveDriver>)
      .decide(receive_driver);
  desk.operation<ReadAntigen>("read_antigen", {"登记抗原结果", "Read the antigen test"})
      .by({Role::GK, Role::SMP, Role::NUR})
      .keys(own_run<ReadAntigen>)
      .place(gate_of_run<ReadAntigen>)
      .decide(read_antigen);
  desk.operation<HoldDriver>("hold_driver", {"留置司机等待结果", "Hold the driver for the result"})
      .by(keepers)
      .keys(own_run<HoldDriver>)
      .place(gate_of_run<HoldDriver>)
      .decide(hold_driver);
  desk.operation<ReleaseDriver>("release_driver", {"放行司机并追踪", "Release the driver, tracked"})
      .by(keepers)
      .keys(own_run<ReleaseDriver>)
      .more_keys(own_check_of_run<ReleaseDriver>)
      .place(gate_of_run<ReleaseDriver>)
      .decide(release_driver);
  desk.operation<RecordPresence>("record_presence", {"登记接触司机人员", "Record who was near the driver"})
      .by({Role::GK, Role::FRP, Role::WH, Role::MKT, Role::GRID, Role::INV, Role::CDC})
      .deed()
      .keys(own_run<RecordPresence>)
      .place(holder_of_run)
      .decide(record_presence);
  desk.operation<FetchDriver>("fetch_driver", {"转运阳性司机", "Fetch a driver who is a case"})
      .by({Role::TRN})
      .keys([](const FetchDriver& c, const Context&, KeySet& keys) {
        keys.own<TruckRun>(c.truck_run);
        for (const PersonId other : c.aboard) keys.read<Controlled>(other);
      })
      .decide(fetch_driver);
}

}  // namespace fx::gates
