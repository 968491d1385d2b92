#pragma once

// The equation of a round, and the arithmetic of its plan. Pure.

#include "desks/screening/loaded.hpp"
#include "desks/screening/rounds/facts.hpp"
#include "kernel/operation.hpp"

namespace fx::screening {

/// Keys of a step that prints the equation: the round's own lock makes the sums exact.
void own_equation(RoundId round, const Loaded& loaded, KeySet& keys);
/// Sums of all rows of counts of the round.
RoundEquation equation_of(const Round& round, const View& view);

/// What a plan needs, by the rulebook of that day and place; absent where the rulebook is silent.
struct PlanNeeds {
  std::optional<std::int64_t> least_points;  ///< people ÷ E.point.people.max, rounded up
  std::optional<std::int64_t> most_points;   ///< people ÷ E.point.people.min, rounded down
  std::optional<std::int64_t> samplers;      ///< people ÷ E.sampler.ratio, rounded up
  std::int64_t tubes = 0;                    ///< people ÷ tube size, rounded up
  std::int64_t days = 1;                     ///< E.mass.deadline in days, at least one
  std::int64_t tubes_a_day = 0;              ///< tubes ÷ days, rounded up
};
PlanNeeds needs_of(const RoundPlan& plan, std::int32_t jurisdiction, const Context& context);

/// R-RND-1, once for each thing that is short.
Refusals judge_plan(const RoundPlan& plan, std::int64_t support, std::int64_t lab_tubes,
                    const PlanNeeds& needs);

}  // namespace fx::screening
