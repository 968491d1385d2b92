#pragma once

// What a sample and a result mean for somebody at a tested post. Used where samples are taken and results signed.

#include "desks/screening/facts.hpp"
#include "desks/screening/loaded.hpp"
#include "desks/screening/role_tests/facts.hpp"
#include "kernel/operation.hpp"

namespace fx::screening {

/// The rhythm of a post in force when and where it happened; nothing where the rulebook has none.
std::optional<Frequency> frequency_of(RoleClass role_class, const Context& context);

/// Keys of a sample: the person's row is loaded; if they are at a tested post, their membership and its days.
void own_role_sample(PersonId person, const Loaded& loaded, const Context& context, KeySet& keys);
/// A sample answers what was due, and the next one falls due; one too soon after the last answers nothing. One that comes late
/// takes its person off the post until its result.
void role_sampled(PersonId person, TubeId tube, const View& view, const Context& context,
                  std::vector<Event>& events);

/// Keys of a result, a rejection or a loss of a single.
void own_role_result(const Tube& tube, KeySet& keys);
/// A negative lets people back to their post, a positive or grey one takes them off it; no result at all makes a sample due
/// again, the same day.
void role_answered(const Tube& tube, std::optional<TestResult> result, const View& view,
                   const Context& context, std::vector<Event>& events);

}  // namespace fx::screening
