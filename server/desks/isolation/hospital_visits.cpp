// To a hospital in a closed loop and back: room and stay go on, and each leg has two signatures by different parties
// [domain model F2, F3]. Going out protects life and is never refused, for no paper and for no vehicle: what is missing is
// owed by the leg's duty. The way back is like any transfer.
#include "desks/isolation/operations.hpp"

namespace fx::isolation {
namespace {

/// Each visit has one leg each way.
LegId leg_of(StayId stay, std::string_view way, Instant at) {
  return derive<LegTag>(stay.raw, std::string(way) + ":" + format(at));
}

Instant expected(std::optional<Instant> said, const Context& context, std::int32_t county) {
  const auto minutes = context.number("F.leg.hospital_min", county);
  return said.value_or(context.occurred_at + std::chrono::minutes(static_cast<int>(minutes.value_or(0))));
}

template <class C>
LegStarted leg(const C& c, const Stay& stay, LegPurpose purpose, UnitId escort, UnitId receiver,
               const Vehicle* vehicle, const Context& context) {
  return {.leg = leg_of(stay.id, enum_text(purpose), context.occurred_at),
          .stay = stay.id,
          .person = stay.person,
          .class_ = stay.class_,
          .vehicle = c.vehicle.value_or(VehicleId{}),
          .carrier = vehicle != nullptr ? vehicle->carrier : escort,
          .receiver = receiver,
          .left_by = context.actor.account,
          .expected_at = expected(c.expected_at, context, stay.id.home()),
          .purpose = purpose,
          .escort = vehicle == nullptr ? std::optional(escort) : std::nullopt};
}

/// None, when whoever escorts brings the person.
template <class C>
const Vehicle* named_vehicle(const C& c, const View& view, Refusals& no) {
  const Vehicle* vehicle = c.vehicle ? view.find<Vehicle>(*c.vehicle) : nullptr;
  if (c.vehicle && vehicle == nullptr) no.add(unknown("/vehicle"));
  return vehicle;
}

Result<Decision> send_out(const SendOut& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::observing) no.add(wrong_state(stay->state, {StayState::observing}));
  const Unit* hospital = context.reference.unit(c.hospital);
  if (hospital == nullptr || hospital->kind != UnitKind::hospital) no.add(unknown("/hospital"));
  const Vehicle* vehicle = named_vehicle(c, view, no);
  if (!no.empty()) return no;
  return Decision{{SentOut{stay->id, stay->person, c.hospital, c.reason.ref},
                   leg(c, *stay, LegPurpose::out, stay->site, c.hospital, vehicle, context)}};
}

Result<Decision> send_back(const SendBack& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::out_closed_loop)
    no.add(wrong_state(stay->state, {StayState::out_closed_loop}));
  if (stay->leg)
    no.add(refuse_because("R-JRN-1", "/stay", "上一程到达尚未签字", "the last arrival is not signed"));
  const Vehicle* vehicle = named_vehicle(c, view, no);
  if (vehicle != nullptr) judge_vehicle(*vehicle, *stay, no);
  if (!no.empty()) return no;
  return Decision{{leg(c, *stay, LegPurpose::back, stay->holder, stay->site, vehicle, context)}};
}

/// Would one party sign for both ends? Who never arrived at the hospital may come back with the site's own people: there it
/// is only whoever sent him out that does not sign.
bool signs_twice(const Leg& leg, const Context& context) {
  return leg.purpose == LegPurpose::out ? context.actor.account == leg.left_by : is_carrier(leg, context);
}

/// Somebody else receives than who handed over; a hospital that has the person has to hand over first.
void judge_return(const Stay& stay, const Leg* leg, const Context& context, Refusals& no) {
  const Unit* holder = context.reference.unit(stay.holder);
  const bool at_hospital = holder != nullptr && holder->kind == UnitKind::hospital;
  if (leg != nullptr ? signs_twice(*leg, context) : at_hospital) no.add("R-JRN-1", "/stay");
}

Result<Decision> take_back(const TakeBack& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  if (stay->state != StayState::out_closed_loop)
    return wrong_state(stay->state, {StayState::out_closed_loop});
  const Leg* leg = open_leg(*stay, view);
  judge_return(*stay, leg, context, no);
  if (!no.empty()) return no;
  Decision decision;
  if (leg != nullptr) decision.events.emplace_back(ended(*leg, stay->site, context));
  decision.events.emplace_back(TakenBack{stay->id, stay->person, stay->site, stay->cdc, stay->regime,
                                         check_after(context.occurred_at, context, stay->id.home())});
  return decision;
}

template <class C>
void visit_keys(const C& c, const Context& context, KeySet& keys) {
  constexpr auto way = std::is_same_v<C, SendOut> ? LegPurpose::out : LegPurpose::back;
  keys.own<Stay>(c.stay).template own<Leg>(leg_of(c.stay, enum_text(way), context.occurred_at));
  if (c.vehicle) keys.own<Vehicle>(*c.vehicle);
}

}  // namespace

void add_hospital_visits(Desk& desk) {
  desk.operation<SendOut>("send_out", {"闭环送医", "Send to hospital in a closed loop"})
      .by({Role::QD, Role::QM})
      .life_saving()
      .keys(visit_keys<SendOut>)
      .place(site_of<SendOut>)
      .decide(send_out);
  desk.operation<SendBack>("send_back", {"送医交回", "Hand back from hospital"})
      .by({Role::DOC, Role::NUR})
      .deed()
      .keys(visit_keys<SendBack>)
      .place([](const SendBack& c, const View& view, const Context&) -> std::optional<UnitId> {
        const Stay* stay = view.find<Stay>(c.stay);
        return stay != nullptr ? std::optional(stay->holder) : std::nullopt;
      })
      .decide(send_back);
  desk.operation<TakeBack>("take_back", {"送医返回", "Take back from hospital"})
      .by({Role::QD, Role::QM})
      .keys(own_stay<TakeBack>)
      .more_keys([](const TakeBack& c, const View& view, const Context&, KeySet& keys) {
        if (const Stay* stay = view.find<Stay>(c.stay)) own_leg(*stay, view, keys);
      })
      .place(site_of<TakeBack>)
      .decide(take_back);
}

}  // namespace fx::isolation
