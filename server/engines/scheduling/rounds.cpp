#include <algorithm>
#include <map>

#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

/// Tubes sealed at a point: full ones, and the last when everybody is sampled.
std::int64_t sealed_until(const Question& q, const Point& point, std::int32_t size, Minutes at) {
  const std::int64_t people = sampled_until(q, point, at);
  return people >= point.people ? (people + size - 1) / size : people / size;
}

std::optional<Minutes> nearest(const Question& q, std::size_t township, Minutes interval) {
  std::optional<Minutes> least;
  for (std::size_t lab = 0; lab < q.labs.size(); ++lab)
    if (may_go(q, township, lab, interval))
      least = std::min(least.value_or(horizon), q.road_to(township, lab));
  return least;
}

}  // namespace

bool may_go(const Question& question, std::size_t township, std::size_t lab, Minutes interval) {
  const Minutes road = question.road_to(township, lab);
  return road >= 0 && interval + question.couriers.stop + road <= question.limits.transport_max;
}

std::vector<Load> loads(const Question& question, const std::vector<Point>& points, std::int32_t pool_size,
                        Minutes interval) {
  std::map<std::pair<std::uint32_t, Minutes>, std::int64_t> sums;  // by township and time: one order
  for (const Point& point : points) {
    std::int64_t taken = 0;
    const std::int64_t all = (point.people + pool_size - 1) / pool_size;
    for (Minutes at = interval; taken < all && at < horizon + interval; at += interval) {
      const std::int64_t now = sealed_until(question, point, pool_size, at);
      if (now > taken) sums[{point.township, at}] += now - taken;
      taken = now;
    }
  }
  std::vector<Load> out;
  out.reserve(sums.size());
  for (const auto& [key, tubes] : sums) out.push_back({key.first, key.second, tubes});
  return out;
}

std::int32_t vehicles_needed(const Question& question, const std::vector<Point>& points, Minutes interval) {
  std::vector<std::int64_t> stops(question.townships, 0);
  for (const Point& point : points) ++stops[point.township];
  std::int64_t busy = 0;
  for (std::size_t township = 0; township < stops.size(); ++township)
    if (stops[township] > 0)
      busy +=
          2 * nearest(question, township, interval).value_or(0) + stops[township] * question.couriers.stop;
  return static_cast<std::int32_t>((busy + interval - 1) / interval);
}

std::int64_t worked_off(const Lab& lab, Minutes at) {
  std::int64_t open = 0;
  for (const Span& span : lab.open)
    if (const Minutes until = std::min(span.until, at); until > span.from) open += until - span.from;
  return open * lab.tubes_per_day;
}

}  // namespace fx::scheduling
