#pragma once

// A plan for a mass round: where points stand, who works there, how many share a tube, how often the courier comes and
// where the tubes go, so that everybody has a result by the deadline, members of positive pools too; or what is missing.

#include <optional>

#include "engines/scheduling/question.hpp"

namespace fx::scheduling {

struct Share {
  std::uint32_t place = 0;
  std::int64_t people = 0;
};

struct Point {
  std::uint32_t township = 0;
  std::vector<Share> serves;
  std::int64_t people = 0;
  std::vector<std::int32_t> samplers;  ///< by shift
  Span open;                           ///< first to last sample; `until` is the horizon when it never ends
};

/// Tubes of one township to one laboratory.
struct Delivery {
  std::uint32_t township = 0;
  std::uint32_t lab = 0;
  std::int64_t tubes = 0;
};

/// One combination of pool size and courier interval, worked out.
struct Variant {
  std::int32_t pool_size = 1;
  Minutes interval = 0;
  std::int64_t tubes = 0;          ///< first stage
  double tests = 0;                ///< both stages, mean
  std::int32_t vehicles = 0;       ///< needed for this interval
  Minutes sampled_at = 0;          ///< last sample
  Minutes delivered_at = 0;        ///< last tube at a laboratory it may be brought to
  std::optional<Minutes> finish;   ///< last result of the first stage; none: not within the horizon
  std::optional<Minutes> settled;  ///< last result of the singles after positive pools: the round can close
};

/// The first three can be added by number. The others are named when nothing added to those helps: no laboratory at all,
/// minutes of road beyond what a tube may wait, no pool size allowed, minutes by which the deadline is too early.
enum class Resource { samplers, tubes_per_hour, vehicles, laboratory, road_minutes, tube_size, minutes };

/// What would have to be added for the deadline to be met.
struct Missing {
  Resource resource{};
  std::optional<std::int64_t> more;       ///< none: no amount of this alone suffices, or nobody can say
  std::optional<std::uint32_t> township;  ///< whose road it is
  friend bool operator==(const Missing&, const Missing&) = default;
};

struct Plan {
  std::vector<Point> points;  ///< by township, in the order of the places
  std::vector<Variant> variants;
  std::optional<Variant> chosen;      ///< what is proposed; meets the deadline if anything does
  std::optional<Minutes> earliest;    ///< the soonest any variant is settled
  std::vector<Delivery> deliveries;   ///< of the chosen
  std::vector<Minutes> rounds;        ///< when couriers set out from the points, of the chosen
  std::int64_t singles = 0;           ///< to expect after positive pools, of the chosen
  std::optional<Minutes> settled_at;  ///< last result of these
  bool meets = false;                 ///< chosen and settled by the deadline
  std::int64_t samplers_owed = 0;  ///< by E.sampler.ratio, beyond the most that any two shifts together bring
  std::vector<Missing> missing;    ///< empty when it meets
  bool together = false;           ///< all of `missing` are needed; else each would do alone
};

/// Takes    any question with townships x labs road times; indices within range (else a defect of the caller)
/// Gives    among the variants settled by the deadline the one with the least work, then the longest interval; if none
///          is, the one settled soonest, and what is missing: what would do alone; else the least that does together,
///          all three raised in proportion and then each lowered as far as it goes; else what stands in the way
/// Keeps    the same question, the same plan; `earliest` is never later with one more sampler, vehicle, tube an hour or
///          laboratory; for a given staffing `finish` is the earliest possible (maximum flow, test: brute force);
///          the staffing has the last sample as early as possible (test: brute force)
/// Cost     points are cut once; each variant is some ten maximum flows over townships x rounds x labs
Plan plan(const Question& question);

/// How much sooner all results are there with a little more of one thing.
struct Gain {
  Resource resource{};
  std::int64_t more = 0;
  Minutes sooner = 0;
};
/// Source   marginal value: the plan worked out again with `more` of it; 0 where something else holds the round up.
/// Largest first; equal ones in the order of `Resource`. Empty when nothing ends within the horizon.
std::vector<Gain> gains(const Question& question, std::int64_t samplers, std::int64_t tubes_per_hour,
                        std::int64_t vehicles);

/// The question with more of one resource: samplers join the largest shift (without any they work until the deadline),
/// tubes an hour go to the largest laboratory. What cannot be added by number changes nothing.
Question with_more(Question question, Resource resource, std::int64_t more);

constexpr Minutes horizon = 7 * 24 * 60;

}  // namespace fx::scheduling
