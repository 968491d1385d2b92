// ORDERED → IN_TRANSFER, and the arrival: two signatures by different parties [domain model F3]. A patient is fetched from
// the room the same way, to a hospital, and never shares a vehicle with who is none [domain model I4].
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

/// Whoever is to be under a measure goes where the order says; a patient to a hospital.
void judge_destination(const StartTransfer& c, const Stay& stay, const Context& context, Refusals& no) {
  if (!is_waiting_case(stay)) {
    if (stay.state != StayState::ordered) no.add(wrong_state(stay.state, {StayState::ordered}));
    if (stay.regime != Regime::central) no.add("R-STY-12", "/stay");
    if (c.to && *c.to != stay.site) no.add("R-STY-12", "/to");
    return;
  }
  const Unit* to = c.to ? context.reference.unit(*c.to) : nullptr;
  if (!c.to)
    no.add(missing("/to"));
  else if (to == nullptr || to->kind != UnitKind::hospital)
    no.add(unknown("/to"));
}

Result<Decision> start(const StartTransfer& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  const Vehicle* vehicle = view.find<Vehicle>(c.vehicle);
  if (stay == nullptr) return unknown("/stay");
  if (vehicle == nullptr) return unknown("/vehicle");
  Refusals no;
  judge_destination(c, *stay, context, no);
  if (view.find<Leg>(c.leg) != nullptr) no.add(wrong_state("started", {"new"}, "/leg"));
  if (c.expected_at < context.occurred_at)
    no.add(malformed("/expected_at", "预计到达不能早于出发", "expected before it leaves"));
  judge_vehicle(*vehicle, *stay, no);
  if (!no.empty()) return no;
  const auto purpose = is_waiting_case(*stay) ? LegPurpose::case_to_hospital : LegPurpose::to_site;
  Decision decision{{LegStarted{c.leg,
                                stay->id,
                                stay->person,
                                stay->class_,
                                c.vehicle,
                                vehicle->carrier,
                                c.to.value_or(stay->site),
                                context.actor.account,
                                c.expected_at,
                                purpose,
                                {}}}};
  if (purpose == LegPurpose::case_to_hospital) leave_room(decision, *stay, view);
  return decision;
}

/// Who turned positive on the way to a site may be driven to a hospital instead.
bool may_receive(const Unit& unit, const Leg& leg, const Stay& stay) {
  if (is_one_of(leg.purpose, {LegPurpose::case_to_hospital, LegPurpose::out}))
    return unit.kind == UnitKind::hospital;
  return unit.kind == UnitKind::quarantine_site ||
         (stay.state == StayState::converted && unit.kind == UnitKind::hospital);
}

Result<Decision> arrive(const EndTransfer& c, const View& view, const Context& context) {
  const Leg* leg = view.find<Leg>(c.leg);
  if (leg == nullptr) return unknown("/leg");
  const Stay& stay = view.get<Stay>(leg->stay);
  Refusals no;
  if (leg->arrived_at) no.add(wrong_state("arrived", {"under_way"}));
  if (is_carrier(*leg, context)) no.add("R-JRN-1");
  const UnitId receiver = c.at.value_or(leg->receiver);
  const Unit* at = context.reference.unit(receiver);
  if (at == nullptr || !may_receive(*at, *leg, stay)) no.add(unknown("/at"));
  if (!no.empty()) return no;
  // Back in the room is more than arrived: take_back signs, as long as there is a stay to go on with.
  if (leg->purpose == LegPurpose::back && is_open(stay.state)) return refuse("R-STY-12", "/leg");
  Decision decision{{ended(*leg, receiver, context)}};
  if (leg->purpose == LegPurpose::case_to_hospital)
    decision.events.emplace_back(
        CaseHandedOver{leg->stay, leg->person, stay.site, receiver, context.actor.account});
  return decision;
}

Result<Decision> hand_over(const HandOverCase& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (!is_waiting_case(*stay)) no.add(wrong_state(stay->state, {StayState::converted}));
  const Unit* to = context.reference.unit(c.to);
  if (to == nullptr || c.to == stay->site) no.add(unknown("/to"));
  if (!no.empty()) return no;
  Decision decision;
  leave_room(decision, *stay, view);
  decision.events.emplace_back(
      CaseHandedOver{stay->id, stay->person, stay->site, c.to, context.actor.account});
  return decision;
}

}  // namespace

void add_transfer(Desk& desk) {
  desk.operation<StartTransfer>("start_transfer", {"接走转运", "Start the transfer"})
      .by({Role::TRN})
      .keys([](const StartTransfer& c, const Context&, KeySet& keys) {
        keys.own<Stay>(c.stay).own<Leg>(c.leg).own<Vehicle>(c.vehicle);
      })
      .more_keys([](const StartTransfer& c, const View& view, const Context&, KeySet& keys) {
        if (const Stay* stay = view.find<Stay>(c.stay)) own_room(*stay, keys);
      })
      .place([](const StartTransfer& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Vehicle* vehicle = view.find<Vehicle>(c.vehicle);
        return vehicle != nullptr ? std::optional(vehicle->carrier) : std::nullopt;
      })
      .decide(start);
  desk.operation<EndTransfer>("end_transfer", {"接收签字", "Sign for the arrival"})
      .by({Role::QM, Role::QD, Role::DOC, Role::NUR})
      .deed()
      .keys([](const EndTransfer& c, const Context&, KeySet& keys) { keys.own<Leg>(c.leg); })
      .more_keys([](const EndTransfer& c, const View& view, const Context&, KeySet& keys) {
        const Leg* leg = view.find<Leg>(c.leg);
        if (leg == nullptr) return;
        keys.own<Stay>(leg->stay);
        if (!leg->vehicle.raw.is_nil()) keys.own<Vehicle>(leg->vehicle);
        keys.own<Claim>(control_of_person(leg->person)).subject(leg->person.raw);
      })
      .place([](const EndTransfer& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Leg* leg = view.find<Leg>(c.leg);
        if (leg == nullptr) return std::nullopt;
        return c.at ? c.at : std::optional(leg->receiver);  // who received signs, whoever was expected to
      })
      .decide(arrive);
  desk.operation<HandOverCase>("hand_over_case", {"移交转阳人员", "Hand a patient over"})
      .by({Role::QM, Role::QD, Role::CDC})
      .deed()
      .keys(own_stay<HandOverCase>)
      .more_keys(own_surroundings<HandOverCase>)
      .place(site_of<HandOverCase>)
      .decide(hand_over);
}

}  // namespace fx::isolation
