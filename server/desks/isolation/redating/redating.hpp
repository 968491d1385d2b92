#pragma once

#include <span>

#include "desks/isolation/facts.hpp"
#include "desks/isolation/redating/commands.hpp"
#include "desks/isolation/transition/conversion.hpp"

namespace fx::isolation {

/// How a running stay goes on from another Day 0: its own schedule, counted anew.
/// Keeps    days served; answered tests; an end that an officer moved further; a later Day 0 never brings the end forward
Conversion redated(const Stay& stay, std::span<const StayTest* const> tests, Day day0, Instant now);

/// The end of the phase a stay is in.
Instant end_now(const Stay& stay);

/// What another Day 0 of the ground means for the stay that rests on it: proposed, or not any more.
void propose_redating(const Stay* stay, std::optional<Day> day0, Decision& decision);

void add_redating(Desk& desk);

}  // namespace fx::isolation
