#pragma once

// What the planner of mass rounds is asked and answers, as it goes over the wire. Worked out by the program (bin), which
// sees the engines; the API only knows the shapes.

#include <optional>
#include <vector>

#include "base/described.hpp"
#include "kernel/context.hpp"
#include "kernel/registry.hpp"

namespace fx::api {

enum class PlanResource { samplers, tubes_per_hour, vehicles, laboratory, road_minutes, tube_size, minutes };
BOOST_DESCRIBE_ENUM(PlanResource, samplers, tubes_per_hour, vehicles, laboratory, road_minutes, tube_size,
                    minutes)

// ---- what is asked -----------------------------------------------------------------------------------------------

struct AskedTownship {
  std::int64_t township = 0;
  std::int64_t people = 0;             ///< still to be sampled
  std::vector<std::int32_t> road_min;  ///< to each laboratory, in their order
};
BOOST_DESCRIBE_STRUCT(AskedTownship, (), (township, people, road_min))

struct AskedShift {
  std::int32_t samplers = 0;
  Instant from;
  Instant until;
};
BOOST_DESCRIBE_STRUCT(AskedShift, (), (samplers, from, until))

struct AskedLab {
  UnitId lab;
  std::int64_t per_day = 0;
  std::optional<std::int32_t> turnaround_min;  ///< absent: E.plan.turnaround_min
  std::optional<std::int64_t> waiting;         ///< tubes that lie there already
};
BOOST_DESCRIBE_STRUCT(AskedLab, (), (lab, per_day, turnaround_min, waiting))

struct AskedPlan {
  Instant start;  ///< when the order is given
  Instant deadline;
  std::vector<AskedTownship> townships;
  std::vector<AskedShift> shifts;
  std::vector<AskedLab> labs;
  std::int32_t vehicles = 0;
  std::optional<double> prevalence;                ///< 0 … 1, expected; absent: E.plan.prevalence
  std::optional<double> prevalence_high;           ///< absent: E.plan.prevalence.high_times
  std::optional<std::int32_t> people_per_hour;     ///< one sampler; absent: E.plan.sampled_per_h
  std::optional<std::vector<std::int32_t>> sizes;  ///< absent: all of E.pool.sizes
  std::optional<bool> gains;                       ///< also what would bring the end forward
  std::optional<std::int32_t> setup_min;  ///< until points open; 0: they stand. Absent: E.point.setup_h
  std::optional<std::int32_t>
      resample_min;  ///< members of a positive pool sampled again; absent: E.pool.hold
};
BOOST_DESCRIBE_STRUCT(AskedPlan, (),
                      (start, deadline, townships, shifts, labs, vehicles, prevalence, prevalence_high,
                       people_per_hour, sizes, gains, setup_min, resample_min))

/// Why no plan is made: what bars the order of a round on that day and at that place, and laboratories that are none.
Refusals plan_refusals(const AskedPlan& asked, const Registry& registry, const Rules& rules,
                       const Actor& actor, const Reference& reference);

// ---- what comes out ----------------------------------------------------------------------------------------------

struct ProposedPoint {
  std::int64_t township = 0;
  std::int64_t people = 0;
  std::int32_t samplers = 0;
  Instant opens_at;
  std::optional<Instant> ends_at;
};
BOOST_DESCRIBE_STRUCT(ProposedPoint, (), (township, people, samplers, opens_at, ends_at))

struct ProposedVariant {
  std::int32_t tube_size = 1;
  std::int32_t every_min = 0;
  std::int64_t tubes = 0;
  std::int64_t tests = 0;
  std::int32_t vehicles = 0;
  std::optional<Instant> sampled_at;
  std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(ProposedVariant, (),
                      (tube_size, every_min, tubes, tests, vehicles, sampled_at, finished_at))

struct ProposedDelivery {
  std::int64_t township = 0;
  UnitId lab;
  std::int64_t tubes = 0;
};
BOOST_DESCRIBE_STRUCT(ProposedDelivery, (), (township, lab, tubes))

struct PoolSize {
  std::int32_t tube_size = 1;
  double tests_per_person = 1;
  double missed_ratio = 0;
  double resampled_ratio = 0;
  bool within_capacity = true;  ///< of the laboratories, at the high prevalence
  bool within_missed = true;    ///< E.plan.missed.max
};
BOOST_DESCRIBE_STRUCT(PoolSize, (),
                      (tube_size, tests_per_person, missed_ratio, resampled_ratio, within_capacity,
                       within_missed))

struct MissingResource {
  PlanResource resource{};
  std::optional<std::int64_t> more;
  std::optional<std::int64_t> township;  ///< whose road it is
};
BOOST_DESCRIBE_STRUCT(MissingResource, (), (resource, more, township))

struct SoonerBy {
  PlanResource resource{};
  std::int64_t more = 0;
  std::int32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(SoonerBy, (), (resource, more, minutes))

struct Proposal {
  bool meets = false;
  std::optional<ProposedVariant> chosen;
  std::vector<ProposedVariant> variants;
  std::vector<PoolSize> sizes;
  std::vector<ProposedPoint> points;
  std::vector<ProposedDelivery> deliveries;
  std::vector<Instant> rounds;
  std::int64_t singles = 0;
  std::optional<Instant> settled_at;
  std::int64_t samplers_owed = 0;
  std::vector<MissingResource> missing;
  std::vector<SoonerBy> gains;
  std::string rulebook;
  bool together = false;  ///< all that is missing is needed; else each would do alone
};
BOOST_DESCRIBE_STRUCT(Proposal, (),
                      (meets, chosen, variants, sizes, points, deliveries, rounds, singles, settled_at,
                       samplers_owed, missing, gains, rulebook, together))

}  // namespace fx::api
