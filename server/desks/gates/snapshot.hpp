#pragma once

#include <string>

#include "desks/gates/facts.hpp"
#include "desks/gates/gate_rules.hpp"
#include "desks/gates/regions/facts.hpp"

namespace fx::gates {

/// What a gate takes along to judge by when the server is out of reach: values, places, versions. The control list goes
/// with it as tokens that the front door makes; no name, no number stands here.
struct Snapshot {
  UnitId gate;
  GateKind kind = GateKind::traffic;
  std::optional<GateShiftId> shift;
  std::int32_t county = 0;
  Instant issued_at;
  std::optional<Instant> valid_until;  ///< then "check by phone"; absent: the rulebook sets no limit
  std::string rulebook;                ///< version it follows
  GateRules rules;
  std::int32_t history_d = 0;  ///< days looked back; 0: history is not asked
  std::vector<RegionClass> key_classes;
  std::int32_t list_version = 0;
  std::vector<RegionEntry> places;
};
BOOST_DESCRIBE_STRUCT(Snapshot, (),
                      (gate, kind, shift, county, issued_at, valid_until, rulebook, rules, history_d,
                       key_classes, list_version, places))

/// `list` may be null: none is in force.
Snapshot snapshot_of(const Gate& gate, const ListNow* list, const Rules& rules, Instant now,
                     std::int32_t county);

}  // namespace fx::gates
