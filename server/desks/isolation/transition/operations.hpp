#pragma once

#include "desks/isolation/operations.hpp"
#include "desks/isolation/transition/commands.hpp"
#include "desks/isolation/transition/conversion.hpp"
#include "desks/isolation/transition/facts.hpp"

namespace fx::isolation {

/// A command changes at most so many stays: one transaction stays short, the job goes on with the next.
constexpr std::size_t most_stays = 1'000;

inline TransitionLineId line_of(TransitionId transition, StayId stay) {
  return derive<TransitionLineTag>(stay.raw, "transition:" + transition.text());
}

/// What the order makes of one stay. Nothing: it is not concerned, for it is over, of another class, follows the new
/// edition already, or was ordered after the instant.
struct Converted {
  const Stay* stay;
  Ruled ruled;
  Conversion conversion;
};
std::optional<Converted> convert_stay(StayId stay, const Transition& order, const View& view,
                                      const Context& context);

/// Stays named must be of the order's county, at most `most_stays`.
void judge_stays(const std::vector<StayId>& stays, const Transition& order, const View& view, Refusals& no);

template <class C>
std::optional<UnitId> issuer_of(const C& c, const View& view, const Context&) {
  const Transition* order = view.find<Transition>(c.transition);
  return order != nullptr ? std::optional(order->issuer) : std::nullopt;
}

/// How many open stays of the order's classes follow an earlier edition than the one in force at its instant.
std::int32_t still_to_change(const Transition& order, const View& view, const Context& context);

/// Every day on which the new edition may ask for a sample of this stay.
std::vector<Day> days_asked(const Stay& stay, const Transition& order, const Context& context);

/// Keys of still_to_change.
void count_keys(const Transition& order, KeySet& keys);

}  // namespace fx::isolation
