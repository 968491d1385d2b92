// Laws, on small worlds made by chance: plans against trying everything, and never later with more.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>

#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

std::vector<Span> opening() {
  std::vector<Span> spans;
  Minutes at = 0;
  const int count = *rc::gen::inRange(1, 4);
  for (int i = 0; i < count; ++i) {
    const Minutes from = at + *rc::gen::inRange(0, 200);
    at = from + *rc::gen::inRange(1, 900);
    spans.push_back({from, i + 1 == count ? horizon : at});
  }
  return spans;
}

Question some_question() {
  Question q;
  q.townships = *rc::gen::inRange(1U, 4U);
  const int places = *rc::gen::inRange(1, 6);
  for (int i = 0; i < places; ++i)
    q.places.push_back({*rc::gen::inRange(0U, q.townships), *rc::gen::inRange<std::int64_t>(0, 400)});
  const int shifts = *rc::gen::inRange(1, 3);
  for (int i = 0; i < shifts; ++i) {
    const Minutes from = *rc::gen::inRange(0, 600);
    q.shifts.push_back({*rc::gen::inRange(1, 12), {from, from + *rc::gen::inRange(1, 900)}});
  }
  const int labs = *rc::gen::inRange(1, 4);
  for (int i = 0; i < labs; ++i)
    q.labs.push_back({.tubes_per_day = *rc::gen::inRange<std::int64_t>(0, 1'000),
                      .open = opening(),
                      .turnaround = *rc::gen::inRange(0, 300),
                      .waiting = *rc::gen::inRange<std::int64_t>(0, 30)});
  for (std::uint32_t i = 0; i < q.townships * q.labs.size(); ++i)
    q.road.push_back(*rc::gen::inRange(-10, 120));
  if (*rc::gen::arbitrary<bool>())
    q.on_the_way = {{0, *rc::gen::inRange(0, 300), *rc::gen::inRange<std::int64_t>(0, 20)}};
  q.couriers = {
      .vehicles = *rc::gen::inRange(0, 6), .intervals = {30, 60, 120}, .stop = *rc::gen::inRange(0, 10)};
  q.pools = {{1, 1, 0, 1}, {5, 0.21, 0.01, 0.21}, {10, 0.12, 0.02, 0.12}};
  q.limits = {.people_per_point_max = *rc::gen::inRange<std::int64_t>(50, 500),
              .setup = *rc::gen::inRange(0, 120),
              .transport_max = 240,
              .resample_within = *rc::gen::inRange(0, 240)};
  q.people_per_hour = *rc::gen::inRange(1, 80);
  q.deadline = *rc::gen::inRange(60, 2'000);
  return q;
}

bool no_later(const std::optional<Minutes>& with, const std::optional<Minutes>& without) {
  return !without || (with && *with <= *without);
}

RC_GTEST_PROP(SchedulingLaws, NeverLaterWithMore, ()) {
  const Question q = some_question();
  const Plan before = plan(q);
  for (const Resource resource : {Resource::samplers, Resource::tubes_per_hour, Resource::vehicles}) {
    const Plan after = plan(with_more(q, resource, *rc::gen::inRange<std::int64_t>(1, 5)));
    RC_ASSERT(no_later(after.earliest, before.earliest));
    RC_ASSERT(!before.meets || after.meets);
  }
  Question more = q;  // one more laboratory
  more.labs.push_back(
      {.tubes_per_day = *rc::gen::inRange<std::int64_t>(0, 1'000), .open = opening(), .turnaround = 60});
  more.road.clear();
  for (std::uint32_t township = 0; township < q.townships; ++township) {
    for (std::size_t lab = 0; lab < q.labs.size(); ++lab) more.road.push_back(q.road_to(township, lab));
    more.road.push_back(*rc::gen::inRange(-10, 120));
  }
  RC_ASSERT(no_later(plan(more).earliest, before.earliest));
}

RC_GTEST_PROP(SchedulingLaws, WhatIsMissingIsTheLeast, ()) {
  const Question q = some_question();
  const Plan out = plan(q);
  RC_ASSERT(out.meets == out.missing.empty());
  RC_ASSERT(out.meets == (out.earliest && *out.earliest <= q.deadline));
  if (out.together) return;
  for (const Missing& one : out.missing) {
    if (!one.more) continue;
    RC_ASSERT(plan(with_more(q, one.resource, *one.more)).meets);
    RC_ASSERT(!plan(with_more(q, one.resource, *one.more - 1)).meets);
  }
}

RC_GTEST_PROP(SchedulingLaws, WhatIsMissingTogetherIsEnoughAndAllNeeded, ()) {
  const Question q = some_question();
  const Plan out = plan(q);
  if (!out.together || out.missing.front().resource > Resource::vehicles) return;
  const auto with = [&](const Missing* less) {
    Question more = q;
    for (const Missing& one : out.missing)
      more = with_more(std::move(more), one.resource, *one.more - (&one == less ? 1 : 0));
    return plan(more).meets;
  };
  RC_ASSERT(with(nullptr));
  for (const Missing& one : out.missing) RC_ASSERT(!with(&one));
}

RC_GTEST_PROP(SchedulingLaws, EverybodyHasAPointAndEveryTubeALaboratory, ()) {
  const Question q = some_question();
  const Plan out = plan(q);
  std::vector<std::int64_t> served(q.places.size(), 0);
  for (const Point& point : out.points) {
    std::int64_t people = 0;
    for (const Share& share : point.serves) {
      RC_ASSERT(q.places[share.place].township == point.township && share.people > 0);
      served[share.place] += share.people;
      people += share.people;
    }
    RC_ASSERT(people == point.people && people <= q.limits.people_per_point_max);
  }
  for (std::size_t i = 0; i < served.size(); ++i) RC_ASSERT(served[i] == q.places[i].people);
  if (!out.chosen) return;
  std::int64_t tubes = 0;
  for (const Delivery& one : out.deliveries) {
    RC_ASSERT(may_go(q, one.township, one.lab, out.chosen->interval));
    tubes += one.tubes;
  }
  RC_ASSERT(tubes == out.chosen->tubes);
}

// ---- trying everything -------------------------------------------------------------------------------------------

/// Every way to put `left` samplers on the points from `i` on; the least last sample.
Minutes try_staffing(const Question& q, std::vector<Point>& points, std::size_t i, std::int32_t left) {
  if (i + 1 == points.size()) {
    points[i].samplers = {left};
    Minutes last = 0;
    for (const Point& point : points) last = std::max(last, sampled_at(q, point));
    return last;
  }
  Minutes least = horizon;
  for (std::int32_t some = 0; some <= left; ++some) {
    points[i].samplers = {some};
    least = std::min(least, try_staffing(q, points, i + 1, left - some));
  }
  return least;
}

RC_GTEST_PROP(SchedulingLaws, StaffingHasTheEarliestLastSample, ()) {
  Question q = some_question();
  q.shifts.resize(1);
  q.limits.people_per_point_max = 400;
  q.places.resize(std::min<std::size_t>(q.places.size(), 4));
  std::vector<Point> points = cut_points(q);
  if (points.empty() || points.size() > 4) return;
  staff_points(q, points);
  Minutes last = 0;
  for (const Point& point : points) last = std::max(last, sampled_at(q, point));
  RC_ASSERT(last == try_staffing(q, points, 0, q.shifts[0].samplers));
}

/// A laboratory works off, in order of arrival, what comes: when the last result is there, in minutes (rounded up).
std::optional<Minutes> queue_ends(const Lab& lab, std::vector<std::pair<Minutes, std::int64_t>> arrivals) {
  arrivals.emplace_back(0, lab.waiting);
  std::ranges::sort(arrivals);
  std::int64_t left = 0;
  std::size_t next = 0;
  for (Minutes at = 0; at <= horizon; ++at) {
    for (; next < arrivals.size() && arrivals[next].first == at; ++next)
      left += parts * arrivals[next].second;
    if (left == 0 && next == arrivals.size()) return at + lab.turnaround;
    left -= std::min(left, worked_off(lab, at + 1) - worked_off(lab, at));
  }
  return std::nullopt;
}

/// Every way to send each single tube to one of two laboratories.
std::optional<Minutes> try_sending(const Question& q, const std::vector<Load>& tubes, std::size_t i,
                                   std::vector<std::vector<std::pair<Minutes, std::int64_t>>>& sent) {
  if (i == tubes.size()) {
    Minutes last = 0;
    for (std::size_t lab = 0; lab < q.labs.size(); ++lab) {
      if (sent[lab].empty() && q.labs[lab].waiting == 0) continue;
      const auto ends = queue_ends(q.labs[lab], sent[lab]);
      if (!ends) return std::nullopt;
      last = std::max(last, *ends);
    }
    return last;
  }
  std::optional<Minutes> least;
  for (std::size_t lab = 0; lab < q.labs.size(); ++lab) {
    if (!may_go(q, tubes[i].township, lab, 30)) continue;
    sent[lab].emplace_back(tubes[i].at + q.couriers.stop + q.road_to(tubes[i].township, lab), 1);
    const auto ends = try_sending(q, tubes, i + 1, sent);
    if (ends && (!least || *ends < *least)) least = ends;
    sent[lab].pop_back();
  }
  return least;
}

/// The flow may split a tube between laboratories: never later than whole tubes, and sooner by less than one tube's time.
RC_GTEST_PROP(SchedulingLaws, SendingIsTheBestThereIs, ()) {
  Question q = some_question();
  q.townships = 2;
  q.labs.resize(2, {.tubes_per_day = 24 * 3, .open = {{0, horizon}}, .turnaround = 30});
  q.on_the_way.clear();
  q.road = {*rc::gen::inRange(-5, 100), *rc::gen::inRange(-5, 100), *rc::gen::inRange(-5, 100),
            *rc::gen::inRange(-5, 100)};
  for (Lab& lab : q.labs) {
    lab.tubes_per_day = 24 * *rc::gen::inRange<std::int64_t>(1, 6);
    lab.waiting = *rc::gen::inRange<std::int64_t>(0, 4);
    lab.open = {{*rc::gen::inRange(0, 200), horizon}};
  }
  std::vector<Load> whole;
  std::vector<Load> tubes;
  for (std::uint32_t i = 0; i < 3; ++i) {
    const Load load{*rc::gen::inRange(0U, 2U), 30 * *rc::gen::inRange(1, 6),
                    *rc::gen::inRange<std::int64_t>(0, 4)};
    whole.push_back(load);
    for (std::int64_t k = 0; k < load.tubes; ++k) tubes.push_back({load.township, load.at, 1});
  }
  std::vector<std::vector<std::pair<Minutes, std::int64_t>>> sent(2);
  const auto tried = try_sending(q, tubes, 0, sent);
  const auto found = earliest_finish(q, whole, 30);
  RC_ASSERT(found.has_value() == tried.has_value());
  if (!found) return;
  const std::int64_t slowest = parts / std::min(q.labs[0].tubes_per_day, q.labs[1].tubes_per_day);
  RC_ASSERT(*found <= *tried);
  RC_ASSERT(*found + slowest + 1 >= *tried);
}

}  // namespace
}  // namespace fx::scheduling
