// Without these, somebody who is overdue, held or positive would go back to work before anybody knows better.
#include "desks/screening/role_tests/commands.hpp"
#include "desks/screening/role_tests/facts.hpp"
#include "desks/screening/testing/point.hpp"

namespace fx::screening::testing {
namespace {

const PostGroupId group = id<PostGroupId>(9'000);

/// A post group with two people, sampled on Tuesday, 3 August 2021.
struct Posts : Point {
  AccountId head = bench.holder(clinic, Role::FRP);

  Posts() {
    bench.rules.set("E.freq.direct_exposure", "every 2nd day");
    bench.rules.set("E.freq.other_frontline", "2 per week at least 2 days apart");
    bench.now("2021-08-03 09:00");
  }
  template <class C>
  Answer as_head(std::string_view operation, C c) {
    return bench.as(head, clinic, {Role::FRP}).ask(operation, std::move(c));
  }
  void form(RoleClass role_class) {
    as_head("form_post_group", FormPostGroup{group, clinic, "cleaners", role_class});
    for (std::uint64_t n = 1; n <= 2; ++n)
      as_head("enrol_role_member", EnrolRoleMember{person(n), group, fx::testing::at("2021-08-03 08:00")});
  }
  Answer sample(std::uint64_t n, std::uint64_t who) {
    print(n, 1, SpecimenClass::key_group);
    auto linked = link(n, person(who));
    seal(n);
    return linked;
  }
  Answer check_in(std::uint64_t who) { return as_head("check_in_at_post", CheckInAtPost{person(who)}); }
  Answer plan(std::vector<RoleDayPlan> tests) {
    return as_head("plan_role_tests", PlanRoleTests{group, *parse_day("2021-08-03"), 14, std::move(tests)});
  }
};

TEST(CheckIn, WaitsForTheResultOfALateSample) {
  Posts p;
  p.form(RoleClass::direct_exposure);
  p.bench.now("2021-08-06 06:50");  // due by the end of the 5th
  EXPECT_THAT(p.check_in(1), refused("R-RTE-1"));
  EXPECT_THAT(p.sample(1, 1), happened("screening.person_linked screening.taken_off_post "
                                       "screening.role_test_sampled screening.role_test_due"));
  EXPECT_THAT(p.check_in(1), refused("R-RTE-1"));
  p.read_as(1, TestResult::negative);
  EXPECT_THAT(p.authorise(1, TestResult::negative),
              happened("screening.result_authorised screening.back_on_post"));
  EXPECT_THAT(p.check_in(1), happened("screening.post_checked_in"));
}

TEST(CheckIn, IsRefusedAfterAPositiveOrAGreyResult) {
  Posts p;
  p.form(RoleClass::direct_exposure);
  std::uint64_t n = 0;
  for (const TestResult result : {TestResult::positive, TestResult::grey}) {
    ++n;
    p.sample(n, n);
    p.read_as(n, result);
    EXPECT_THAT(p.authorise(n, result), happened("screening.result_authorised screening.taken_off_post"));
    EXPECT_THAT(p.check_in(n), refused("R-RTE-1"));
  }
  EXPECT_THAT(p.amend(1, TestResult::negative), happened("screening.result_amended screening.back_on_post"));
  EXPECT_THAT(p.check_in(1), happened("screening.post_checked_in"));
}

TEST(CheckIn, IsRefusedToWhoeverIsHeldByAPool) {
  Posts p;
  p.print(1, 5, SpecimenClass::voluntary);
  p.link(1, person(1));
  p.seal(1);
  p.form(RoleClass::direct_exposure);
  p.authorised(1, TestResult::positive);
  EXPECT_THAT(p.check_in(1), refused("R-RTE-1"));
}

TEST(RoleSample, TooSoonAfterTheLastAnswersNothing) {
  Posts p;
  p.form(RoleClass::other_frontline);
  const Day due = *p.bench.get<RoleMember>(person(1)).due_day;
  p.bench.now("2021-08-04 09:00");
  const auto soon = p.sample(1, 1);
  ASSERT_THAT(soon, happened("screening.person_linked screening.role_test_sampled"));
  EXPECT_EQ(soon.get<RoleTestSampled>().counts_from, parse_day("2021-08-05"));
  EXPECT_EQ(p.bench.get<RoleMember>(person(1)).due_day, due);
  EXPECT_THAT(p.as_tester("reject_tube", RejectTube{tube(1), RejectReason::empty, {}}),
              happened("screening.tube_rejected"));  // nor is it owed again
  p.bench.now("2021-08-05 09:00");
  EXPECT_THAT(p.sample(2, 1), happened("screening.person_linked screening.role_test_sampled "
                                       "screening.role_test_due"));
}

// Without this, whoever is tested more often than asked would be overdue for ever.
TEST(RoleSample, TakenDailyKeepsThePost) {
  Posts p;
  p.form(RoleClass::other_frontline);
  for (std::uint64_t n = 1; n <= 27; ++n) {
    const Day today = *parse_day("2021-08-03") + static_cast<std::int32_t>(n);
    p.bench.now(format(today) + " 09:00");
    p.sample(n, 1);
    const auto& member = p.bench.get<RoleMember>(person(1));
    EXPECT_GE(*member.due_day, today);
    EXPECT_FALSE(member.off_post) << format(today);
  }
  EXPECT_THAT(p.check_in(1), happened("screening.post_checked_in"));
}

TEST(RoleSample, ASecondTubeTooSoonHidesNoRejection) {
  Posts p;
  p.form(RoleClass::other_frontline);
  p.bench.now("2021-08-06 09:00");
  p.sample(1, 1);
  p.bench.now("2021-08-07 09:00");
  p.sample(2, 1);
  EXPECT_THAT(p.as_tester("reject_tube", RejectTube{tube(2), RejectReason::empty, {}}),
              happened("screening.tube_rejected"));
  const auto rejected = p.as_tester("reject_tube", RejectTube{tube(1), RejectReason::empty, {}});
  ASSERT_THAT(rejected, happened("screening.tube_rejected screening.role_test_due"));
  EXPECT_EQ(rejected.get<RoleTestDue>().due_day, parse_day("2021-08-07"));
}

TEST(PlanRoleTests, TakesNoTestThatWouldNotCount) {
  Posts p;
  p.form(RoleClass::other_frontline);
  const auto no = p.plan({{person(1), *parse_day("2021-08-09")}, {person(1), *parse_day("2021-08-10")}});
  ASSERT_THAT(no, refused("F-SHAPE"));
  EXPECT_EQ(no.refusals.list().front().path, "/tests/1/day");
  EXPECT_THAT(p.plan({{person(1), *parse_day("2021-08-04")}}), refused("F-SHAPE"));
  EXPECT_FALSE(
      p.plan({{person(1), *parse_day("2021-08-05")}, {person(1), *parse_day("2021-08-03")}}).events.empty());
}

}  // namespace
}  // namespace fx::screening::testing
