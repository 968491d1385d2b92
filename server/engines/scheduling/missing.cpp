// What is missing for the deadline: one thing alone, several together, or what no number of anything mends.
#include <algorithm>
#include <array>

#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

constexpr std::int64_t most_added = 65'536;
constexpr std::array addable{Resource::samplers, Resource::tubes_per_hour, Resource::vehicles};
using Added = std::array<std::int64_t, addable.size()>;

/// The least number above `low` and up to `high` that does; `high` does, and with more it never fails.
template <class F>
std::int64_t least(std::int64_t low, std::int64_t high, F does) {
  while (low + 1 < high) {
    const std::int64_t middle = low + (high - low) / 2;
    (does(middle) ? high : low) = middle;
  }
  return high;
}

/// By steps of four, then halving: most questions miss little, or what no number mends.
template <class F>
std::optional<std::int64_t> least_of(F does) {
  if (!does(most_added)) return std::nullopt;
  std::int64_t high = 1;
  while (high < most_added && !does(high)) high *= 4;
  return least(high / 4, high, does);
}

Missing alone(const Question& q, Resource resource) {
  return {
      resource, least_of([&](std::int64_t more) { return would_meet(with_more(q, resource, more)); }), {}};
}

Question with_all(Question q, const Added& added) {
  for (std::size_t i = 0; i < addable.size(); ++i) q = with_more(std::move(q), addable[i], added[i]);
  return q;
}

/// `hundredths` of what there is of each, at least one for each.
Added in_proportion(const Question& q, std::int64_t hundredths) {
  Added present{};
  for (const Shift& shift : q.shifts) present[0] = std::max<std::int64_t>(present[0], shift.samplers);
  for (const Lab& lab : q.labs) present[1] += lab.tubes_per_day / 24;
  present[2] = q.couriers.vehicles;
  Added out{};
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = std::min(most_added, hundredths * std::max<std::int64_t>(1, present[i] / 100));
  return out;
}

/// All three raised in proportion until it does; what can be left out is, and the others lowered as far as they go.
std::optional<Shortfall> together(const Question& q) {
  const auto does = [&](const Added& added) { return would_meet(with_all(q, added)); };
  const auto scale = least_of([&](std::int64_t hundredths) { return does(in_proportion(q, hundredths)); });
  if (!scale) return std::nullopt;
  Added added = in_proportion(q, *scale);
  for (std::size_t i = added.size(); i-- > 0;) {
    Added without = added;
    without[i] = 0;
    if (does(without)) added = without;
  }
  Shortfall out{.missing = {}, .together = true};
  for (std::size_t i = 0; i < added.size(); ++i) {
    if (added[i] == 0) continue;
    added[i] = least(0, added[i], [&](std::int64_t more) {
      Added tried = added;
      tried[i] = more;
      return does(tried);
    });
    out.missing.push_back({addable[i], added[i], {}});
  }
  return out;
}

/// By how much the nearest laboratory is too far from a township, with the most frequent courier; none: no road at all.
std::optional<std::int64_t> road_over(const Question& q, std::uint32_t township) {
  const Minutes waits = std::ranges::min(q.couriers.intervals) + q.couriers.stop;
  std::optional<std::int64_t> over;
  for (std::size_t lab = 0; lab < q.labs.size(); ++lab)
    if (const Minutes road = q.road_to(township, lab); road >= 0)
      over = std::min<std::int64_t>(over.value_or(horizon), waits + road - q.limits.transport_max);
  return over;
}

/// The township whose tubes would wait longest beyond the limit.
std::optional<Missing> road_too_long(const Question& q) {
  std::optional<Missing> worst;
  for (const Place& place : q.places) {
    if (place.people == 0) continue;
    const auto over = road_over(q, place.township);
    if (!over) return Missing{Resource::road_minutes, std::nullopt, place.township};
    if (*over > 0 && (!worst || *over > *worst->more))
      worst = Missing{Resource::road_minutes, over, place.township};
  }
  return worst;
}

std::vector<Missing> obstacles(const Question& q) {
  std::vector<Missing> out;
  if (q.pools.empty()) out.push_back({Resource::tube_size, 1, {}});
  if (q.labs.empty())
    out.push_back({Resource::laboratory, 1, {}});
  else if (const auto road = road_too_long(q))
    out.push_back(*road);
  return out;
}

/// By how much the deadline is too early, whatever is added.
Missing time_missing(const Question& q) {
  Added all{};
  all.fill(most_added);
  const Question most = with_all(q, all);
  const auto earliest = earliest_of(work_out_all(most, make_points(most)));
  Missing out{.resource = Resource::minutes, .more = {}, .township = {}};
  if (earliest && *earliest > q.deadline) out.more = *earliest - q.deadline;
  return out;
}

}  // namespace

Shortfall shortfall_of(const Question& question) {
  Shortfall out{.missing = obstacles(question), .together = true};
  if (!out.missing.empty()) return out;
  out.together = false;
  for (const Resource resource : addable) out.missing.push_back(alone(question, resource));
  if (std::ranges::any_of(out.missing, [](const Missing& one) { return one.more.has_value(); })) return out;
  if (auto several = together(question)) return *std::move(several);
  return {{time_missing(question)}, true};
}

}  // namespace fx::scheduling
