#pragma once

#include <string>

#include "desks/gates/verdict.hpp"
#include "kernel/rules.hpp"

namespace fx::gates {

/// The values in force for a gate of this kind at that moment. `county`: GB/T 2260 code of the gate.
GateRules gate_rules(const Rules& rules, GateKind kind, Instant at, std::int32_t county);

/// Classes of places that count as key regions there and then [G.history.classes].
std::vector<RegionClass> key_classes(const Rules& rules, Instant at, std::int32_t county);

/// The number of a value, when there is one there and then.
std::optional<double> number_of(const Rules& rules, std::string_view id, Instant at, std::int32_t county);

}  // namespace fx::gates
