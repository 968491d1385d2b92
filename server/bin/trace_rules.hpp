#pragma once

#include <optional>

#include "engines/exposure/rules.hpp"
#include "kernel/rules.hpp"

namespace fx::bin {

/// A number of the rulebook there and then; nothing where it states none.
std::optional<double> rule_number(const Rules& rules, std::string_view id, Instant at, std::int32_t county);

/// What counts as a meeting: so long together, and in a vehicle near each other as far as seats are known.
exposure::MeetingRules meeting_rules(const Rules& rules, Instant at, std::int32_t county,
                                     double min_overlap_min);

}  // namespace fx::bin
