// Without these, people would stand in line for tubes no laboratory can test in time, and nobody would say so.
#include <gtest/gtest.h>

#include <numeric>

#include "engines/scheduling/steps.hpp"

namespace fx::scheduling {
namespace {

/// SC-03: a county of 270,000, 720 samplers from 06:00 to 20:00, three laboratories; settled by noon of the next day.
Question county() {
  Question q{.townships = 20};
  for (std::uint32_t township = 0; township < 20; ++township)
    for (int street = 0; street < 45; ++street) q.places.push_back({township, 300});
  q.shifts = {{720, {0, 14 * 60}}};
  for (const std::int32_t per_day : {9'000, 12'000, 8'000})
    q.labs.push_back({.tubes_per_day = per_day, .open = {{0, horizon}}, .turnaround = 240});
  for (std::uint32_t township = 0; township < 20; ++township)
    for (const Minutes base : {20, 35, 50}) q.road.push_back(base + static_cast<Minutes>(township) * 2);
  q.couriers = {.vehicles = 60, .intervals = {30, 60, 120}, .stop = 5};
  q.pools = {{1, 1.001, 0, 1.001},
             {5, 0.2015, 0.0015, 0.2015},
             {10, 0.102, 0.002, 0.102},
             {20, 0.053, 0.003, 0.053}};
  q.limits = {.people_per_point_max = 3'000,
              .people_per_sampler = 360,
              .setup = 60,
              .transport_max = 240,
              .resample_within = 240};
  q.people_per_hour = 40;
  q.deadline = 30 * 60;
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
  EXPECT_EQ(out.chosen->pool_size, 20);  // least work of those in time
  EXPECT_EQ(out.settled_at, out.chosen->settled);
  EXPECT_LE(*out.settled_at, county().deadline);
  EXPECT_EQ(out.points.size(), 100U);  // 13,500 people a township: five points of 2,700
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

/// A township pair of 5,400 with a tube size of ten: the same question, quickly searched through.
Question pair() {
  Question q = county();
  q.townships = 2;
  q.places.resize(18);
  for (std::size_t i = 9; i < 18; ++i) q.places[i].township = 1;
  q.shifts = {{20, {0, 14 * 60}}};
  q.labs = {{.tubes_per_day = 540, .open = {{0, horizon}}, .turnaround = 240}};
  q.road = {20, 40};
  q.couriers.vehicles = 6;
  q.pools = {{10, 0.102, 0.002, 0.102}};
  return q;
}

// OB-E5 asks for the round closed: the members of positive pools have their results, too.
TEST(Scheduling, ARoundIsDoneWhenThePositivePoolsAreSettled) {
  Question q = county();
  q.deadline = *plan(q).chosen->finish;
  const Plan out = plan(q);
  ASSERT_TRUE(out.settled_at);
  EXPECT_GE(*out.settled_at, *out.chosen->finish + q.limits.resample_within + 240);
  EXPECT_FALSE(out.meets);
  EXPECT_EQ(out.earliest, out.settled_at);
  for (PoolOption& pool : q.pools) pool.resampled = 0;
  EXPECT_TRUE(plan(q).meets);
}

// A twentieth positive: more singles than samplers and laboratories can take in the hours of the rule.
TEST(Scheduling, ManySinglesTakeLongerThanTheRuleAllows) {
  Question q = county();
  const Minutes few = *plan(q).settled_at;
  for (PoolOption& pool : q.pools) pool.resampled = pool.size == 1 ? 0 : 0.6;
  q.pools.erase(q.pools.begin());
  const Plan out = plan(q);
  EXPECT_EQ(out.singles, 162'000);
  EXPECT_FALSE(out.meets);
  EXPECT_GT(out.settled_at.value_or(horizon), few + 24 * 60);
}

// What is lost by dilution calls nobody back; that must not make the largest tube the cheapest.
TEST(Scheduling, LostSensitivityIsNoMerit) {
  Question q = county();
  q.labs[0].tubes_per_day = 1'000'000;
  q.pools = {{1, 1, 0, 1}, {20, 0.93, 0.88, 1.05}};
  q.deadline = 4 * 24 * 60;
  ASSERT_TRUE(plan(q).meets);
  EXPECT_EQ(plan(q).chosen->pool_size, 1);
}

TEST(Scheduling, ALaboratoryOfTwentyTubesADayIsOne) {
  Question q = county();
  for (Place& place : q.places) place.people = 0;
  q.labs = {{.tubes_per_day = 20, .open = {{0, horizon}}, .turnaround = 60, .waiting = 5}};
  q.road.assign(20, 10);
  EXPECT_EQ(plan(q).earliest, 6 * 60 + 60);  // five tubes: a quarter of its day
}

// Ten in a tube: 540 tubes at 22 an hour leave no time for the singles.
TEST(Scheduling, SaysWhatIsMissing) {
  const Question q = pair();
  const Plan out = plan(q);
  ASSERT_TRUE(out.chosen);
  EXPECT_FALSE(out.meets);
  EXPECT_FALSE(out.together);
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

// Samplers and laboratories both short: neither alone would do, and the answer names both.
TEST(Scheduling, NamesWhatIsMissingTogether) {
  Question q = pair();
  q.shifts[0].samplers = 4;
  q.labs[0].tubes_per_day = 100;
  const Plan out = plan(q);
  EXPECT_FALSE(out.meets);
  EXPECT_TRUE(out.together);
  ASSERT_EQ(out.missing.size(), 2U);
  EXPECT_EQ(out.missing[0].resource, Resource::samplers);
  EXPECT_EQ(out.missing[1].resource, Resource::tubes_per_hour);
  for (const Missing& one : out.missing) {
    q = with_more(q, one.resource, *one.more);
    EXPECT_GT(*one.more, 0);
  }
  EXPECT_TRUE(plan(q).meets);
}

TEST(Scheduling, NamesWhatNoNumberMends) {
  Question q = pair();
  q.pools.clear();
  q.labs.clear();
  q.road.clear();
  EXPECT_EQ(plan(q).missing,
            (std::vector<Missing>{{Resource::tube_size, 1, {}}, {Resource::laboratory, 1, {}}}));
  q = pair();
  q.road[1] = 290;  // 30 of waiting, 5 of stop: 85 beyond the four hours
  EXPECT_EQ(plan(q).missing, (std::vector<Missing>{{Resource::road_minutes, 85, 1}}));
  q.road = {-1, -1};
  EXPECT_EQ(plan(q).missing, (std::vector<Missing>{{Resource::road_minutes, {}, 0}}));
  q = pair();
  q.deadline = 2 * 60;
  const std::vector<Missing> missing = plan(q).missing;
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].resource, Resource::minutes);
  q.deadline += static_cast<Minutes>(*missing[0].more);
  EXPECT_NE(plan(q).missing[0].resource, Resource::minutes);
}

TEST(Scheduling, WithoutAShiftSamplersAreMissing) {
  Question q = pair();
  q.shifts.clear();
  q.labs[0].tubes_per_day = 5'400;
  const Plan out = plan(q);
  EXPECT_FALSE(out.chosen);
  ASSERT_FALSE(out.missing.empty());
  EXPECT_EQ(out.missing[0].resource, Resource::samplers);
  ASSERT_TRUE(out.missing[0].more);
  EXPECT_TRUE(plan(with_more(q, Resource::samplers, *out.missing[0].more)).meets);
}

TEST(Scheduling, FewerSamplersThanPointsNeverEnds) {
  Question q = pair();
  q.shifts = {{1, {0, 14 * 60}}};
  q.labs[0].tubes_per_day = 5'400;
  const Plan out = plan(q);
  EXPECT_FALSE(out.chosen);
  EXPECT_FALSE(out.earliest);
  ASSERT_EQ(out.missing.size(), 3U);
  EXPECT_TRUE(out.missing[0].more);
  EXPECT_FALSE(out.missing[1].more);
  EXPECT_TRUE(gains(q, 1, 1, 1).empty());
}

TEST(Scheduling, WithoutPeople) {
  Question q = county();
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
