#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engines/exposure/run.hpp"

namespace fx::exposure {

/// Hands out visits in pieces of any size, the same ones each time it is called.
using Replay = std::function<void(const std::function<void(std::span<const Visit>)>&)>;

/// Builds runs.
/// Takes  visits without fault (fault_of), in any order; equal ones are kept as often as they come
/// Keeps  the order in which visits come changes nothing in the run
/// Cost   sorting; memory beside the run itself: 4 bytes for each place and person
std::vector<Run> build_runs(const Replay& replay);
/// For few visits (an append buffer).
std::vector<Run> build_runs(std::span<const Visit> visits);

/// One run with the visits of all of them, which are of one epoch. At least one.
Run merge_runs(std::span<const Run* const> runs);

}  // namespace fx::exposure
