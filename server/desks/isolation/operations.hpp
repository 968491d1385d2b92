#pragma once

#include "desks/isolation/commands.hpp"
#include "desks/isolation/facts.hpp"
#include "desks/isolation/schedule.hpp"
#include "desks/places.hpp"
#include "desks/readings.hpp"
#include "kernel/guards.hpp"

namespace fx::isolation {

// One file adds each operation, or a few that belong together, to the card.
void add_ask_control(Desk& desk);
void add_order_stay(Desk& desk);
void add_cancel_stay(Desk& desk);
void add_transfer(Desk& desk);
void add_admit(Desk& desk);
void add_settle_at_home(Desk& desk);
void add_co_stay(Desk& desk);
void add_checks(Desk& desk);
void add_tests(Desk& desk);
void add_release(Desk& desk);
void add_extend_stay(Desk& desk);
void add_homes(Desk& desk);
void add_absence(Desk& desk);
void add_hospital_visits(Desk& desk);
void add_sites(Desk& desk);
void add_room_hygiene(Desk& desk);
void add_vehicles(Desk& desk);

void add_laws(Desk& desk);

/// Whether the keys of an earlier hop name this row: then it is loaded, and its own references can be followed.
template <class Row>
bool is_named(const KeySet& keys, const RawId& id) {
  const RowKey key{&table_type<Row>(), id};
  return std::ranges::any_of(keys.entries(), [&](const auto& entry) { return entry.key == key; });
}

// ---- what several operations share -------------------------------------------------------------------------------

template <class C>
void own_stay(const C& c, const Context&, KeySet& keys) {
  keys.own<Stay>(c.stay);
}
/// The room a stay lies in, and the site that counts it.
void own_room(const Stay& stay, KeySet& keys);
void own_tests(const Stay& stay, KeySet& keys);
/// The count of open stays that a stay leaves when it is over.
inline RawId count_key(const Stay& stay) { return open_stays_of(stay.id.home(), stay.pathogen, stay.class_); }

/// Keys of what ends or moves a stay: its tests, its room, the claim of its person.
template <class C>
void own_surroundings(const C& c, const View& view, const Context&, KeySet& keys) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return;
  keys.own<Claim>(control_of_person(stay->person)).own<OpenStays>(count_key(*stay));
  keys.subject(stay->person.raw);
  own_room(*stay, keys);
  own_tests(*stay, keys);
}

template <class C>
std::optional<UnitId> site_of(const C& c, const View& view, const Context&) {
  const Stay* stay = view.find<Stay>(c.stay);
  return stay != nullptr ? std::optional(stay->site) : std::nullopt;
}
template <class C>
std::optional<UnitId> cdc_of(const C& c, const View& view, const Context&) {
  const Stay* stay = view.find<Stay>(c.stay);
  return stay != nullptr ? std::optional(stay->cdc) : std::nullopt;
}

/// A day's tests, one event each, and their ids.
struct Tests {
  std::vector<StayTestId> ids;
  std::vector<Event> events;
};
Tests tests_due(const Stay& stay, UnitId site, const std::vector<Day>& days);

/// The tests that are not answered yet.
std::vector<StayTestId> open_tests(const Stay& stay, const View& view);

/// The stay leaves its room, when it lies in one.
void leave_room(Decision& decision, const Stay& stay, const View& view);

// ---- legs, in journeys.cpp

/// Turned positive, and still in the room.
bool is_waiting_case(const Stay& stay);
/// May the person of this stay go in it? Disinfected, with its own kind, and a seat free [domain model I4].
void judge_vehicle(const Vehicle& vehicle, const Stay& stay, Refusals& no);
/// The leg the stay is on: nobody has signed for its arrival yet.
const Leg* open_leg(const Stay& stay, const View& view);
/// Keys of open_leg and of its vehicle, in two hops.
void own_leg(const Stay& stay, const View& view, KeySet& keys);
/// Would the actor sign twice: as who left and as who received?
bool is_carrier(const Leg& leg, const Context& context);
/// The arrival, as the actor signs for it.
LegEnded ended(const Leg& leg, UnitId receiver, const Context& context);

/// The regime of the phase the stay is in.
Regime regime_now(const Stay& stay);

/// When the next health check is owed; never where the rulebook asks for none.
std::optional<Instant> check_after(Instant at, const Context& context, std::int32_t county);

}  // namespace fx::isolation
