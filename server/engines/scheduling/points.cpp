#include <algorithm>
#include <limits>
#include <queue>

#include "base/assert.hpp"
#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

/// The places of one township, one after the other into points of nearly the same size.
void cut_township(const Question& q, std::uint32_t township, std::int64_t people,
                  std::vector<Point>& points) {
  const std::int64_t most = q.limits.people_per_point_max;
  const std::int64_t count = (people + most - 1) / most;
  std::size_t place = 0;
  std::int64_t taken = 0;  // of that place
  for (std::int64_t i = 0; i < count; ++i) {
    Point point{.township = township};
    const std::int64_t wanted = people * (i + 1) / count - people * i / count;
    while (point.people < wanted) {
      const Place& here = q.places[place];
      const std::int64_t left = here.township == township ? here.people - taken : 0;
      const std::int64_t some = std::min(left, wanted - point.people);
      if (some > 0) point.serves.push_back({static_cast<std::uint32_t>(place), some});
      point.people += some;
      taken += some;
      if (some == left) {
        ++place;
        taken = 0;
      }
    }
    points.push_back(std::move(point));
  }
}

struct Need {
  std::int64_t lasts;  // 1/1000 min; who has nobody yet comes first
  std::int64_t people;
  std::size_t point;
  friend bool operator<(const Need& a, const Need& b) {
    if (a.lasts != b.lasts) return a.lasts < b.lasts;
    if (a.people != b.people) return a.people < b.people;
    return a.point > b.point;
  }
};

Need need_of(const Question& q, const std::vector<Point>& points, std::size_t i, std::int32_t samplers) {
  const Point& point = points[i];
  if (samplers == 0) return {std::numeric_limits<std::int64_t>::max(), point.people, i};
  return {point.people * 60'000 / (static_cast<std::int64_t>(samplers) * q.people_per_hour), point.people, i};
}

void spread(const Question& q, std::size_t shift, std::vector<Point>& points) {
  std::vector<Need> needs;
  needs.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) needs.push_back(need_of(q, points, i, 0));
  std::priority_queue<Need> queue(std::less<Need>{}, std::move(needs));
  for (std::int32_t left = q.shifts[shift].samplers; left > 0; --left) {
    const std::size_t i = queue.top().point;
    queue.pop();
    queue.push(need_of(q, points, i, ++points[i].samplers[shift]));
  }
}

}  // namespace

std::vector<Point> cut_points(const Question& question) {
  FX_ASSERT(question.limits.people_per_point_max > 0, "a point serves somebody");
  std::vector<std::int64_t> people(question.townships, 0);
  for (const Place& place : question.places) {
    FX_ASSERT(place.township < question.townships && place.people >= 0, "a place lies in a township");
    people[place.township] += place.people;
  }
  std::vector<Point> points;
  for (std::uint32_t township = 0; township < question.townships; ++township)
    cut_township(question, township, people[township], points);
  return points;
}

void staff_points(const Question& question, std::vector<Point>& points) {
  for (Point& point : points) point.samplers.assign(question.shifts.size(), 0);
  if (points.empty() || question.people_per_hour <= 0) return;
  for (std::size_t shift = 0; shift < question.shifts.size(); ++shift) spread(question, shift, points);
}

namespace {

/// Sampler-minutes at a point until `at`.
std::int64_t worked(const Question& q, const Point& point, Minutes at) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < q.shifts.size(); ++i) {
    const Minutes from = std::max(q.shifts[i].hours.from, q.limits.setup);
    const Minutes until = std::min(q.shifts[i].hours.until, at);
    if (until > from) sum += static_cast<std::int64_t>(until - from) * point.samplers[i];
  }
  return sum;
}

}  // namespace

std::int64_t sampled_until(const Question& question, const Point& point, Minutes at) {
  return std::min(point.people, worked(question, point, at) * question.people_per_hour / 60);
}

Minutes sampled_at(const Question& question, const Point& point) {
  if (sampled_until(question, point, horizon) < point.people) return horizon;
  Minutes low = 0;
  Minutes high = horizon;
  while (low < high) {
    const Minutes middle = (low + high) / 2;
    if (sampled_until(question, point, middle) >= point.people)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

}  // namespace fx::scheduling
