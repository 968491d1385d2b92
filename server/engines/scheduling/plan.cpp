#include "engines/scheduling/plan.hpp"

#include <algorithm>
#include <tuple>

#include "base/assert.hpp"
#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

constexpr Minutes never = 2 * horizon;
constexpr std::int64_t hours_a_day = 24;

Variant work_out(const Question& q, const std::vector<Point>& points, const PoolOption& pool,
                 Minutes interval) {
  const std::vector<Load> carried = loads(q, points, pool.size, interval);
  Variant out{.pool_size = pool.size, .interval = interval};
  out.vehicles = vehicles_needed(q, points, interval);
  out.tests = pool.tests * static_cast<double>(people_of(q));
  for (const Point& point : points) {
    out.tubes += (point.people + pool.size - 1) / pool.size;
    out.sampled_at = std::max(out.sampled_at, point.open.until);
  }
  for (const Load& load : carried) {
    Minutes least = horizon;
    for (std::size_t lab = 0; lab < q.labs.size(); ++lab)
      if (may_go(q, load.township, lab, interval)) least = std::min(least, q.road_to(load.township, lab));
    out.delivered_at = std::max(out.delivered_at, load.at + q.couriers.stop + least);
  }
  if (out.sampled_at < horizon && out.vehicles <= q.couriers.vehicles)
    out.finish = earliest_finish(q, carried, interval);
  if (out.finish) out.settled = settled_after(q, pool, interval, *out.finish);
  return out;
}

/// Of those settled in time the one with the least work, then the fewest rounds; else the soonest.
const Variant* best(const Question& q, const std::vector<Variant>& variants) {
  const auto key = [&](const Variant& v) {
    const Minutes settled = v.settled.value_or(never);
    const bool late = settled > q.deadline;
    const auto pool = std::ranges::find(q.pools, v.pool_size, &PoolOption::size);
    return std::tuple(late, late ? settled : 0, pool->work, -v.interval, *v.finish, v.pool_size);
  };
  const Variant* found = nullptr;
  for (const Variant& v : variants)
    if (v.finish && (found == nullptr || key(v) < key(*found))) found = &v;
  return found;
}

bool in_time(const Question& q, const std::vector<Point>& points, const PoolOption& pool, Minutes interval) {
  if (vehicles_needed(q, points, interval) > q.couriers.vehicles) return false;
  const auto latest = latest_finish(q, pool, interval);
  return latest && finishes_by(q, loads(q, points, pool.size, interval), interval, *latest);
}

/// Samplers at work at once, at most: who works two shifts counts once only if these overlap.
std::int64_t most_samplers(const Question& q) {
  std::int64_t sum = 0;
  for (const Shift& shift : q.shifts) sum += shift.samplers;
  return sum;
}

std::optional<Minutes> earliest_for(const Question& q) {
  return earliest_of(work_out_all(q, make_points(q)));
}

void fill_in(const Question& q, Plan& out) {
  const Variant& v = *out.chosen;
  out.deliveries = deliver(q, loads(q, out.points, v.pool_size, v.interval), v.interval, *v.finish);
  for (Minutes at = v.interval; at < v.sampled_at + v.interval; at += v.interval) out.rounds.push_back(at);
  out.singles = singles_of(q, *std::ranges::find(q.pools, v.pool_size, &PoolOption::size));
  out.settled_at = v.settled;
  out.meets = v.settled && *v.settled <= q.deadline;
}

void check(const Question& q) {
  FX_ASSERT(q.road.size() == static_cast<std::size_t>(q.townships) * q.labs.size(), "road: townships x labs");
  for (const OnTheWay& one : q.on_the_way) FX_ASSERT(one.lab < q.labs.size(), "tubes go to a laboratory");
  FX_ASSERT(!q.couriers.intervals.empty(), "a courier comes now and then");
  for (const Minutes interval : q.couriers.intervals) FX_ASSERT(interval > 0, "an interval lasts");
}

}  // namespace

std::int64_t people_of(const Question& question) {
  std::int64_t sum = 0;
  for (const Place& place : question.places) sum += place.people;
  return sum;
}

std::vector<Point> make_points(const Question& q) {
  std::vector<Point> points = cut_points(q);
  staff_points(q, points);
  for (Point& point : points) {
    Minutes first = horizon;
    for (std::size_t i = 0; i < q.shifts.size(); ++i)
      if (point.samplers[i] > 0) first = std::min(first, std::max(q.shifts[i].hours.from, q.limits.setup));
    point.open = {first, sampled_at(q, point)};
  }
  return points;
}

std::vector<Variant> work_out_all(const Question& q, const std::vector<Point>& points) {
  std::vector<Variant> out;
  for (const PoolOption& pool : q.pools)
    for (const Minutes interval : q.couriers.intervals) out.push_back(work_out(q, points, pool, interval));
  std::ranges::sort(out, {}, [](const Variant& v) { return std::pair(v.pool_size, v.interval); });
  return out;
}

std::optional<Minutes> earliest_of(const std::vector<Variant>& variants) {
  std::optional<Minutes> least;
  for (const Variant& v : variants)
    if (v.settled) least = std::min(least.value_or(*v.settled), *v.settled);
  return least;
}

bool would_meet(const Question& question) {
  const std::vector<Point> points = make_points(question);
  for (const Point& point : points)
    if (point.open.until >= question.deadline) return false;
  for (const PoolOption& pool : question.pools)
    for (const Minutes interval : question.couriers.intervals)
      if (in_time(question, points, pool, interval)) return true;
  return false;
}

Plan plan(const Question& question) {
  check(question);
  Plan out;
  out.points = make_points(question);
  out.variants = work_out_all(question, out.points);
  out.earliest = earliest_of(out.variants);
  if (const Variant* found = best(question, out.variants)) {
    out.chosen = *found;
    fill_in(question, out);
  }
  if (question.limits.people_per_sampler > 0) {
    const std::int64_t ratio = question.limits.people_per_sampler;
    out.samplers_owed =
        std::max<std::int64_t>(0, (people_of(question) + ratio - 1) / ratio - most_samplers(question));
  }
  if (!out.meets) {
    Shortfall shortfall = shortfall_of(question);
    out.missing = std::move(shortfall.missing);
    out.together = shortfall.together;
  }
  return out;
}

Question with_more(Question question, Resource resource, std::int64_t more) {
  switch (resource) {
    case Resource::samplers:
      if (const auto most = std::ranges::max_element(question.shifts, {}, &Shift::samplers);
          most != question.shifts.end())
        most->samplers += static_cast<std::int32_t>(more);
      else
        question.shifts.push_back({static_cast<std::int32_t>(more), {0, question.deadline}});
      break;
    case Resource::tubes_per_hour:
      if (const auto most = std::ranges::max_element(question.labs, {}, &Lab::tubes_per_day);
          most != question.labs.end())
        most->tubes_per_day += hours_a_day * more;
      break;
    case Resource::vehicles: question.couriers.vehicles += static_cast<std::int32_t>(more); break;
    case Resource::laboratory:
    case Resource::road_minutes:
    case Resource::tube_size:
    case Resource::minutes: break;
  }
  return question;
}

std::vector<Gain> gains(const Question& question, std::int64_t samplers, std::int64_t tubes_per_hour,
                        std::int64_t vehicles) {
  check(question);
  const auto now = earliest_for(question);
  if (!now) return {};
  std::vector<Gain> out;
  for (const auto& [resource, more] :
       {std::pair(Resource::samplers, samplers), std::pair(Resource::tubes_per_hour, tubes_per_hour),
        std::pair(Resource::vehicles, vehicles)})
    out.push_back({resource, more, *now - earliest_for(with_more(question, resource, more)).value_or(*now)});
  std::ranges::stable_sort(out, std::ranges::greater{}, &Gain::sooner);
  return out;
}

}  // namespace fx::scheduling
