#pragma once

// What is known before a round is planned. All times are whole minutes since the order was given.

#include <cstdint>
#include <vector>

namespace fx::scheduling {

using Minutes = std::int32_t;

struct Span {
  Minutes from = 0;
  Minutes until = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

/// A building, street or village: people who come to one point together. In the order people would walk.
struct Place {
  std::uint32_t township = 0;  ///< index, 0 .. townships - 1
  std::int64_t people = 0;     ///< still to be sampled
};

/// Samplers who work at the same hours. They are spread over the points in proportion to what there is to do.
struct Shift {
  std::int32_t samplers = 0;
  Span hours;
};

struct Lab {
  std::int64_t tubes_per_day = 0;  ///< in 24 hours, while it is open
  std::vector<Span> open;          ///< apart and in order; a tube is begun only then
  Minutes turnaround = 0;          ///< from the beginning of a test to the authorised result
  std::int64_t waiting = 0;        ///< tubes that lie there already
};

/// Tubes already with a courier.
struct OnTheWay {
  std::uint32_t lab = 0;
  Minutes arrives = 0;
  std::int64_t tubes = 0;
};

struct Couriers {
  std::int32_t vehicles = 0;
  std::vector<Minutes> intervals;  ///< how often a point may be visited: those considered, > 0
  Minutes stop = 0;                ///< at each point
};

/// A pool size with what the pooling engine expects of it.
struct PoolOption {
  std::int32_t size = 1;
  double tests = 1;      ///< tubes a person in both stages, mean
  double resampled = 0;  ///< singles a person after positive pools, mean
  double work = 1;       ///< as `tests`, were a pool as sensitive as a single: what is missed saves nothing
};

/// The rulebook's numbers.
struct Limits {
  std::int64_t people_per_point_max = 1;  ///< E.point.people.max
  std::int64_t people_per_sampler = 0;    ///< E.sampler.ratio; 0: no such rule
  Minutes setup = 0;            ///< E.point.setup_h: a point opens so long after the order at the latest
  Minutes transport_max = 0;    ///< E.transport.max_h: sealed to received
  Minutes resample_within = 0;  ///< E.pool.hold: members of a positive pool are sampled again
};

struct Question {
  std::uint32_t townships = 0;
  std::vector<Place> places;
  std::vector<Shift> shifts;
  std::vector<Lab> labs;
  std::vector<Minutes> road;  ///< townships x labs, row by row; negative: not reached
  std::vector<OnTheWay> on_the_way;
  Couriers couriers;
  std::vector<PoolOption> pools;  ///< allowed sizes
  Limits limits;
  std::int32_t people_per_hour = 0;  ///< one sampler at work
  Minutes deadline = 0;

  [[nodiscard]] Minutes road_to(std::size_t township, std::size_t lab) const {
    return road[township * labs.size() + lab];
  }
};

}  // namespace fx::scheduling
