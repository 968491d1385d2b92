#pragma once

#include "desks/gates/commands.hpp"
#include "desks/gates/facts.hpp"
#include "desks/gates/gate_rules.hpp"
#include "desks/gates/regions/facts.hpp"
#include "desks/places.hpp"
#include "desks/readings.hpp"
#include "kernel/guards.hpp"

namespace fx::gates {

// One file adds each operation, or a few that belong together, to the card.
void add_gates(Desk& desk);
void add_shifts(Desk& desk);
void add_check_person(Desk& desk);
void add_record_passage(Desk& desk);
void add_second_look(Desk& desk);
void add_outcomes(Desk& desk);
void add_red_channel(Desk& desk);
void add_emergency(Desk& desk);
void add_codes(Desk& desk);
void add_control(Desk& desk);

void add_laws(Desk& desk);

// ---- what several operations share -------------------------------------------------------------------------------

/// GB/T 2260 code of a unit's place.
std::int32_t county_of(const Reference& reference, UnitId unit);

template <class C>
std::optional<UnitId> the_gate(const C& c, const View&, const Context&) {
  return c.gate;
}
template <class C>
std::optional<UnitId> gate_of_check(const C& c, const View& view, const Context&) {
  const Check* check = view.find<Check>(c.check);
  return check != nullptr ? std::optional(check->gate) : std::nullopt;
}

template <class C>
void own_check(const C& c, const Context&, KeySet& keys) {
  keys.own<Check>(c.check);
}
/// Gate and shift of a check: totals move with its outcome.
template <class C>
void own_surroundings(const C& c, const View& view, const Context&, KeySet& keys) {
  const Check* check = view.find<Check>(c.check);
  if (check == nullptr) return;
  keys.own<Gate>(check->gate.raw);
  if (check->shift) keys.own<GateShift>(*check->shift);
}

/// R-GAT-1: the gate is open and the actor keeps it.
bool keeps(const Gate* gate, AccountId keeper);

/// The first full minute at or after the moment.
Instant full_minute(Instant at);
/// Silence is counted anew, once a minute.
void watch(Decision& decision, const Gate& gate, Instant at);

// ---- the facts a verdict rests on: from the command and from rows that `read_facts` named ------------------------

/// What was seen at the gate.
struct Seen {
  PersonId person;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  std::optional<double> temperature;
  std::optional<Instant> certificate_at;
  std::vector<std::int32_t> places;
  bool history_settled = false;
};
template <class C>
Seen seen_in(const C& c, PersonId person) {
  return {person,
          c.health,
          c.travel,
          c.temperature,
          c.certificate_at,
          c.places,
          c.history_settled.value_or(false)};
}

void read_facts(PersonId person, const std::vector<std::int32_t>& places, std::int32_t county, KeySet& keys);

/// The verdict with all it rests on besides what was seen.
struct Weighed {
  Judged judged;
  std::int32_t list_version = 0;
  std::optional<HealthCode> service_health;
  std::optional<Instant> service_at;
};
Weighed weigh(const Seen& seen, GateKind kind, std::int32_t county, const View& view, const Context& context);

/// What speaks against PASSED: R-GAT-2, R-GAT-5, R-JRN-2 in this order.
Refusals against_passing(const std::vector<Reason>& reasons);

/// What is seen must be possible at all.
void judge_shape(const Seen& seen, const Context& context, Refusals& no);

/// From the verdict to where the person goes when nobody decides: grave ones at once.
CheckOutcome outcome_of(Verdict verdict);

}  // namespace fx::gates
