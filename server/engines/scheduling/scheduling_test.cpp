// Without these, people would stand in line for tubes no laboratory can test in time, and nobody would say so.
#include <gtest/gtest.h>

#include <numeric>

#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

/// SC-03: a county of 270,000, 720 samplers from 06:00 to 20:00, three laboratories, results by 06:00 of the next day.
Question county() {
  Question q{.townships = 20};
  for (std::uint32_t township = 0; township < 20; ++township)
    for (int street = 0; street < 45; ++street) q.places.push_back({township, 300});
  q.shifts = {{720, {0, 14 * 60}}};
  for (const std::int32_t per_day : {9'000, 12'000, 8'000})
    q.labs.push_back({.tubes_per_hour = per_day / 24, .open = {{0, horizon}}, .turnaround = 240});
  for (std::uint32_t township = 0; township < 20; ++township)
    for (const Minutes base : {20, 35, 50}) q.road.push_back(base + static_cast<Minutes>(township) * 2);
  q.couriers = {.vehicles = 60, .intervals = {30, 60, 120}, .stop = 5};
  q.pools = {{1, 1.001, 0}, {5, 0.2015, 0.0015}, {10, 0.102, 0.002}, {20, 0.053, 0.003}};
  q.limits = {.people_per_point_max = 3'000,
              .people_per_sampler = 360,
              .setup = 60,
              .transport_max = 240,
              .resample_within = 240};
  q.people_per_hour = 40;
  q.deadline = 24 * 60;
  return q;
}

std::int64_t all_tubes(const Plan& plan) {
  return std::accumulate(plan.deliveries.begin(), plan.deliveries.end(), std::int64_t{0},
                         [](std::int64_t sum, const Delivery& one) { return sum + one.tubes; });
}

TEST(Scheduling, CountyOfOneDay) {
  const Plan out = plan(county());
  ASSERT_TRUE(out.chosen);
  EXPECT_TRUE(out.meets);
  EXPECT_EQ(out.chosen->pool_size, 20);  // fewest tests of those in time
  EXPECT_EQ(out.points.size(), 100U);    // 13,500 people a township: five points of 2,700
  for (const Point& point : out.points) {
    EXPECT_LE(point.people, 3'000);
    EXPECT_GE(point.people, 2'000);
    EXPECT_EQ(point.open.from, 60);
    EXPECT_GE(point.samplers[0], 1);
  }
  EXPECT_EQ(all_tubes(out), out.chosen->tubes);
  EXPECT_EQ(out.samplers_owed, 30);  // 270,000 / 360 = 750
  EXPECT_TRUE(out.missing.empty());
}

// Ten in a tube: 27,000 tubes at 1,208 an hour do not end by 06:00 when the last is sampled in the afternoon.
TEST(Scheduling, SaysWhatIsMissing) {
  Question q = county();
  q.pools = {{10, 0.102, 0.002}};
  const Plan out = plan(q);
  ASSERT_TRUE(out.chosen);
  EXPECT_FALSE(out.meets);
  EXPECT_GT(*out.chosen->finish, q.deadline);
  ASSERT_EQ(out.missing.size(), 3U);
  EXPECT_EQ(out.missing[0].resource, Resource::samplers);
  ASSERT_TRUE(out.missing[1].more);  // tubes an hour
  const Missing labs = out.missing[1];
  EXPECT_TRUE(plan(with_more(q, labs.resource, *labs.more)).meets);
  EXPECT_FALSE(plan(with_more(q, labs.resource, *labs.more - 1)).meets);
  EXPECT_FALSE(out.missing[2].more);
  const std::vector<Gain> sooner = gains(q, 10, 100, 5);
  ASSERT_EQ(sooner.size(), 3U);
  EXPECT_EQ(sooner[0].resource, Resource::tubes_per_hour);
  EXPECT_GT(sooner[0].sooner, 0);
}

TEST(Scheduling, FewerSamplersThanPointsNeverEnds) {
  Question q = county();
  q.shifts = {{99, {0, 14 * 60}}};
  const Plan out = plan(q);
  EXPECT_FALSE(out.chosen);
  EXPECT_FALSE(out.earliest);
  ASSERT_EQ(out.missing.size(), 3U);
  EXPECT_TRUE(out.missing[0].more);
  EXPECT_FALSE(out.missing[1].more);
  EXPECT_TRUE(gains(q, 1, 1, 1).empty());
}

TEST(Scheduling, WithoutLaboratoryOrRoadOrPeople) {
  Question q = county();
  q.labs.clear();
  q.road.clear();
  EXPECT_FALSE(plan(q).chosen);
  q = county();
  q.road.assign(q.road.size(), -1);
  EXPECT_FALSE(plan(q).chosen);
  q = county();
  q.places.clear();
  const Plan nobody = plan(q);
  EXPECT_TRUE(nobody.meets);
  EXPECT_TRUE(nobody.points.empty());
}

/// What lies in laboratories and cars comes first in the forecast.
TEST(Scheduling, ForecastAsItRuns) {
  Question q = county();
  for (Place& place : q.places) place.people = 0;
  q.labs[0].waiting = 3'000;  // 375 an hour: eight hours
  q.on_the_way = {{.lab = 2, .arrives = 60, .tubes = 10}};
  const Plan out = plan(q);
  EXPECT_EQ(out.earliest, 8 * 60 + 240);
}

TEST(Scheduling, PointsKeepNeighboursTogether) {
  Question q{.townships = 1};
  q.places = {{0, 10}, {0, 500}, {0, 90}};
  q.limits.people_per_point_max = 300;
  const std::vector<Point> points = cut_points(q);
  ASSERT_EQ(points.size(), 2U);
  ASSERT_EQ(points[0].serves.size(), 2U);
  EXPECT_EQ(points[0].serves[1].people, 290);
  EXPECT_EQ(points[1].serves[0].people, 210);
  EXPECT_EQ(points[1].serves[1].people, 90);
}

}  // namespace
}  // namespace fx::scheduling
