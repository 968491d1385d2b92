#pragma once

// The steps of a plan, each by itself.

#include "engines/scheduling/plan.hpp"

namespace fx::scheduling {

/// Cuts each township into as few points as the limit allows, evenly, neighbours together. No samplers yet.
std::vector<Point> cut_points(const Question& question);

/// Spreads each shift over the points, one sampler after the other to the point that would last longest.
/// Keeps   with one more sampler no point has fewer: every point is done at least as soon
/// Source  greedy is exact for the least maximum of falling functions (Fox 1966)
void staff_points(const Question& question, std::vector<Point>& points);

/// People sampled at a point until `at`.
std::int64_t sampled_until(const Question& question, const Point& point, Minutes at);
/// When the last one is sampled; `horizon` when never.
Minutes sampled_at(const Question& question, const Point& point);

/// Sealed tubes of one township that a courier takes along at one time.
struct Load {
  std::uint32_t township = 0;
  Minutes at = 0;
  std::int64_t tubes = 0;
};
std::vector<Load> loads(const Question& question, const std::vector<Point>& points, std::int32_t pool_size,
                        Minutes interval);

/// May a tube of this township go there, when the courier comes so often? Waiting and road together keep the limit.
bool may_go(const Question& question, std::size_t township, std::size_t lab, Minutes interval);

/// Vehicles busy all the time when each township is toured once an interval, to its nearest laboratory and back.
std::int32_t vehicles_needed(const Question& question, const std::vector<Point>& points, Minutes interval);

/// Amounts of the flow are such parts of a tube: what a laboratory of one tube a day works off in a minute.
constexpr std::int64_t parts = 24 * 60;

/// What a laboratory can work off before `at`, in parts of a tube.
std::int64_t worked_off(const Lab& lab, Minutes at);

/// Can every tube have its result by `finish`?
bool finishes_by(const Question& question, const std::vector<Load>& loads, Minutes interval, Minutes finish);
/// The least such `finish`; none: not within the horizon.
std::optional<Minutes> earliest_finish(const Question& question, const std::vector<Load>& loads,
                                       Minutes interval);
/// Of all ways to finish by `finish` the one with the least road; parts of tubes are rounded, none is lost.
std::vector<Delivery> deliver(const Question& question, const std::vector<Load>& loads, Minutes interval,
                              Minutes finish);

// ---- the second stage: one last wave of singles, sampled, brought and tested after the last result of the first

/// Singles to expect after positive pools, whole ones.
std::int64_t singles_of(const Question& question, const PoolOption& pool);
/// The last result of these when the first stage ends at `finish`; none: not within the horizon.
/// Keeps   never later for an earlier `finish`, nor with more of anything
std::optional<Minutes> settled_after(const Question& question, const PoolOption& pool, Minutes interval,
                                     Minutes finish);
/// The latest end of the first stage with which all is settled by the deadline; none: too late whenever it ends.
std::optional<Minutes> latest_finish(const Question& question, const PoolOption& pool, Minutes interval);

// ---- the whole

std::int64_t people_of(const Question& question);
std::vector<Point> make_points(const Question& question);
std::vector<Variant> work_out_all(const Question& question, const std::vector<Point>& points);
std::optional<Minutes> earliest_of(const std::vector<Variant>& variants);
bool would_meet(const Question& question);

struct Shortfall {
  std::vector<Missing> missing;
  bool together = false;
};
/// For a question that does not meet its deadline.
Shortfall shortfall_of(const Question& question);

}  // namespace fx::scheduling
