// Without these, a planner would promise a round by morning that ends a day later, or say no and not why.
#include <gmock/gmock.h>
#include <boost/json/parse.hpp>

#include "api/round_plan.hpp"
#include "api/testing/world.hpp"
#include "bin/round_plan.hpp"

namespace fx::bin {
namespace {

using namespace api;
using api::testing::World;

constexpr std::int64_t township = 990121100;

Instant at(std::string_view text) { return *parse_instant(text); }

struct RoundPlan : ::testing::Test {
  RoundPlan() {
    asked.start = at("2022-08-13T06:00:00+08:00");
    asked.deadline = at("2022-08-14T18:00:00+08:00");
    asked.townships = {{township, 270'000, {30}}};
    asked.shifts = {{750, asked.start, at("2022-08-13T20:00:00+08:00")}};
    asked.labs = {{lab(), 29'000, {}, {}}};
    asked.vehicles = 200;
    asked.setup_min = 0;
  }

  UnitId lab() { return {*RawId::parse(world.units.at("lab"))}; }
  Proposal plan() {
    Faults faults;
    const auto told = round_plan(boost::json::parse(to_json(asked)), *world.book, World::county, faults);
    EXPECT_TRUE(told) << (faults.empty() ? "" : faults.front().path + faults.front().say.en);
    return told ? from_own_json<Proposal>(*told) : Proposal{};
  }
  Refusals refusals() {
    return plan_refusals(asked, *world.registry, *world.book,
                         {.account = {}, .unit = {}, .jurisdiction = World::county, .roles = {Role::CMD}},
                         *world.writer->reference());
  }
  static std::vector<PlanResource> named(const Proposal& told) {
    std::vector<PlanResource> out;
    for (const MissingResource& one : told.missing)
      if (one.more) out.push_back(one.resource);
    return out;
  }

  World world;
  AskedPlan asked;
};

// OB-E5 wants the round closed: with the positive pools' members, not with the last pool.
TEST_F(RoundPlan, MeetsWhenThePositivePoolsAreSettled) {
  const Proposal in_time = plan();
  EXPECT_TRUE(in_time.meets);
  ASSERT_TRUE(in_time.settled_at);
  EXPECT_LE(*in_time.settled_at, asked.deadline);
  EXPECT_TRUE(in_time.missing.empty());
  asked.deadline = *in_time.chosen->finished_at;
  const Proposal late = plan();
  EXPECT_FALSE(late.meets);
  EXPECT_FALSE(named(late).empty());
}

TEST_F(RoundPlan, PointsOpenWhenTheRuleSaysThatTheyMustStand) {
  EXPECT_EQ(plan().points.front().opens_at, asked.start);
  asked.setup_min.reset();
  EXPECT_EQ(plan().points.front().opens_at, asked.start + std::chrono::hours(6));
}

TEST_F(RoundPlan, ProposesSinglesWhereEverySecondIsPositive) {
  asked.prevalence = 0.5;
  asked.townships = {{township, 2'000, {30}}};
  const Proposal told = plan();
  EXPECT_TRUE(told.meets);
  EXPECT_EQ(told.chosen->tube_size, 1);
}

TEST_F(RoundPlan, HoldsCapacityAtTheHighPrevalence) {
  asked.prevalence = 0.05;
  const Proposal told = plan();
  EXPECT_FALSE(told.meets);
  for (const PoolSize& one : told.sizes) EXPECT_FALSE(one.within_capacity) << one.tube_size;
  EXPECT_THAT(named(told), ::testing::Contains(PlanResource::tubes_per_hour));
}

// Without this, a planner would send for samplers alone, and the laboratories would choke.
TEST_F(RoundPlan, NamesSamplersAndLaboratoriesWhereBothAreShort) {
  using enum PlanResource;
  asked.prevalence = 0.001;
  asked.prevalence_high = 0.08;
  asked.shifts[0].samplers = 60;
  const Proposal told = plan();
  EXPECT_FALSE(told.meets);
  EXPECT_TRUE(told.together);
  EXPECT_EQ(named(told), (std::vector{samplers, tubes_per_hour}));
  EXPECT_EQ(told.missing.size(), 2U) << "what does nothing is not named";
}

TEST_F(RoundPlan, BearsNoMoreMissesThanTheRulebookDoes) {
  for (const PoolSize& one : plan().sizes) {
    EXPECT_TRUE(one.within_missed) << "what the guide allows stays possible";
    EXPECT_LE(one.missed_ratio, 0.15);
  }
}

TEST_F(RoundPlan, NamesWhatIsMissing) {
  using enum PlanResource;
  asked.sizes = {7};
  EXPECT_EQ(named(plan()), std::vector{tube_size});
  asked.sizes.reset();
  asked.labs[0].per_day = 5'000;
  asked.shifts[0].samplers = 60;
  Proposal told = plan();
  EXPECT_TRUE(told.together);
  EXPECT_EQ(named(told), (std::vector{samplers, tubes_per_hour}));
  asked.labs.clear();
  asked.townships[0].road_min.clear();
  EXPECT_EQ(named(plan()), std::vector{laboratory});
}

TEST_F(RoundPlan, NamesTheRoadThatIsTooLong) {
  asked.townships = {{township, 2'700, {30}}, {township + 1, 2'700, {300}}};
  const Proposal told = plan();
  ASSERT_EQ(told.missing.size(), 1U);
  EXPECT_EQ(told.missing[0].resource, PlanResource::road_minutes);
  EXPECT_EQ(told.missing[0].township, township + 1);
  EXPECT_EQ(told.missing[0].more, 300 + 30 + 5 - 240);
}

TEST_F(RoundPlan, NamesSamplersWhereNobodyWorksAndTimeWhereNoneIs) {
  asked.shifts.clear();
  EXPECT_THAT(named(plan()), ::testing::Contains(PlanResource::samplers));
  asked.deadline = at("2022-08-13T08:00:00+08:00");
  EXPECT_EQ(named(plan()), std::vector{PlanResource::minutes});
}

TEST_F(RoundPlan, ALaboratoryOfTwentyADayTestsTwenty) {
  asked.townships = {{township, 20, {30}}};
  asked.labs[0].per_day = 20;
  EXPECT_TRUE(plan().meets);
}

TEST_F(RoundPlan, RefusesWhereTheRulebookAllowsNoRound) {
  EXPECT_TRUE(refusals().empty());
  asked.start = at("2023-08-13T06:00:00+08:00");
  ASSERT_FALSE(refusals().empty());
  EXPECT_EQ(refusals().list().front().code, "R-RND-1");
  EXPECT_EQ(refusals().list().front().rule, "E6.no_mass_round");
}

TEST_F(RoundPlan, RefusesALaboratoryThatIsNone) {
  asked.labs[0].lab = {*RawId::parse(World::id())};
  ASSERT_EQ(refusals().list().size(), 1U);
  EXPECT_EQ(refusals().list().front().code, "F-REF");
  EXPECT_EQ(refusals().list().front().path, "/labs/0/lab");
  asked.labs[0].lab = {*RawId::parse(world.units.at("hospital"))};
  EXPECT_TRUE(refusals().has("F-REF"));
}

}  // namespace
}  // namespace fx::bin
