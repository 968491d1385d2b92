#pragma once

#include <span>

#include "desks/isolation/facts.hpp"
#include "desks/isolation/redating/commands.hpp"
#include "desks/isolation/transition/conversion.hpp"

namespace fx::isolation {

/// How a running stay goes on from another Day 0: by its own schedule, or that of another class, counted anew.
/// Keeps    days served; answered tests; an end that an officer moved further; a later Day 0 never brings the end forward
Conversion redated(const Stay& stay, std::span<const StayTest* const> tests, Day day0, Instant now);
Conversion redated(const Stay& stay, std::span<const StayTest* const> tests, Day day0,
                   const Schedule& schedule, Instant now);

/// The end of the phase a stay is in.
Instant end_now(const Stay& stay);

/// What another Day 0 or class of the ground means for the stay that rests on it: proposed, or not any more.
void propose_redating(const Stay* stay, ControlClass class_, std::optional<Day> day0, const Context& context,
                      Decision& decision);

void add_redating(Desk& desk);

}  // namespace fx::isolation
