// → OBSERVING: in a room of the site, or at home. From here the checks and the days of the tests are owed.
#include "desks/isolation/operations.hpp"
#include "desks/isolation/site_events.hpp"

namespace fx::isolation {
namespace {

/// Days of tests the admission still allows; those that are over are not sampled back.
Tests tests_from(const Stay& stay, Instant admitted) {
  return tests_due(stay, stay.site,
                   days_to_test(stay.day0, stay.protocol_days, day_of(admitted), stay.test_on_admission));
}

StayAdmitted admitted(const Stay& stay, const Context& context) {
  return {.stay = stay.id,
          .person = stay.person,
          .contact = stay.contact,
          .site = stay.site,
          .cdc = stay.cdc,
          .regime = stay.regime,
          .room = {},
          .with = {},
          .next_check = check_after(context.occurred_at, context, stay.id.home()),
          .ends_at = stay.ends_at,
          .tests = {}};
}

void may_enter(const Stay& stay, Refusals& no) {
  if (!is_one_of(stay.state, {StayState::ordered, StayState::in_transfer}))
    no.add(wrong_state(stay.state, {StayState::ordered, StayState::in_transfer}));
}

/// Whoever takes somebody into a room has received him: the admission signs, unless the carrier itself would.
void judge_arrival(const Leg* leg, const Context& context, Refusals& no) {
  if (leg != nullptr && is_carrier(*leg, context)) no.add("R-JRN-1", "/stay");
}

/// The first that nobody has.
std::optional<std::int32_t> free_place(const QuarantineRoom& room, const View& view) {
  for (const std::int32_t place : places_of_a_room) {
    const Claim* claim = view.find<Claim>(place_in_room(room.id, place));
    if (claim == nullptr || claim->holder.is_nil()) return place;
  }
  return std::nullopt;
}

/// Alone, or with the one whom an approved co-stay names.
bool may_share(const Stay& stay, const QuarantineRoom& room) {
  return stay.with && room.stays.size() == 1 && room.stays.front() == *stay.with;
}

Result<Decision> admit(const AdmitToRoom& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  const QuarantineRoom* room = view.find<QuarantineRoom>(c.room);
  if (stay == nullptr) return unknown("/stay");
  if (room == nullptr || room->site != stay->site) return unknown("/room");
  Refusals no;
  may_enter(*stay, no);
  if (stay->regime != Regime::central) no.add("R-STY-12", "/stay");
  const Leg* leg = open_leg(*stay, view);
  judge_arrival(leg, context, no);
  const bool shared = room->state == RoomState::occupied;
  const auto place = free_place(*room, view);
  if (shared ? !may_share(*stay, *room) || !place : place != 1) no.add("R-STY-4", "/room");
  if (!shared && room->state != RoomState::clean) no.add("R-STY-3", "/room");
  if (!no.empty()) return no;
  StayAdmitted event = admitted(*stay, context);
  event.room = c.room;
  if (shared) event.with = stay->with;
  Tests tests = tests_from(*stay, context.occurred_at);
  event.tests = std::move(tests.ids);
  Decision decision;
  if (leg != nullptr) decision.events.emplace_back(ended(*leg, stay->site, context));
  decision.events.emplace_back(std::move(event));
  decision.events.emplace_back(RoomTaken{c.room, stay->site, stay->id, !shared, place});
  std::ranges::move(tests.events, std::back_inserter(decision.events));
  return decision;
}

Result<Decision> settle(const SettleAtHome& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  Refusals no;
  may_enter(*stay, no);
  if (stay->regime == Regime::central) no.add("R-STY-12", "/stay");
  const bool apart = stay->regime == Regime::home_isolation;
  if (apart && (!c.own_room || !c.own_toilet)) no.add("R-HOM-1", c.own_room ? "/own_toilet" : "/own_room");
  if (apart && c.co_residents > 0) no.add("R-HOM-2", "/co_residents");
  if (!no.empty()) return no;
  StayAdmitted event = admitted(*stay, context);
  Tests tests = tests_from(*stay, context.occurred_at);
  event.tests = std::move(tests.ids);
  Decision decision{{std::move(event)}};
  std::ranges::move(tests.events, std::back_inserter(decision.events));
  return decision;
}

template <class C>
void tests_of_person(const C& c, const View& view, const Context& context, KeySet& keys) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return;
  keys.subject(stay->person.raw);
  for (const Day day :
       days_to_test(stay->day0, stay->protocol_days, day_of(context.occurred_at), stay->test_on_admission))
    keys.own<StayTest>(derive<StayTestTag>(stay->id.raw, "test:" + format(day)));
}

}  // namespace

void add_admit(Desk& desk) {
  desk.operation<AdmitToRoom>("admit_to_room", {"入住房间", "Admit to a room"})
      .by({Role::QM, Role::QD})
      .keys([](const AdmitToRoom& c, const Context&, KeySet& keys) {
        keys.own<Stay>(c.stay).own<QuarantineRoom>(c.room);
        for (const std::int32_t place : places_of_a_room) keys.own<Claim>(place_in_room(c.room, place));
      })
      .more_keys([](const AdmitToRoom& c, const View& view, const Context& context, KeySet& keys) {
        tests_of_person(c, view, context, keys);
        const Stay* stay = view.find<Stay>(c.stay);
        if (stay == nullptr) return;
        keys.own<Site>(stay->site.raw);
        own_leg(*stay, view, keys);
      })
      .place(site_of<AdmitToRoom>)
      .decide(admit);
}

void add_settle_at_home(Desk& desk) {
  desk.operation<SettleAtHome>("settle_at_home", {"居家落位", "Settle at home"})
      .by({Role::GRID})
      .keys(own_stay<SettleAtHome>)
      .more_keys(tests_of_person<SettleAtHome>)
      .place(site_of<SettleAtHome>)
      .decide(settle);
}

}  // namespace fx::isolation
