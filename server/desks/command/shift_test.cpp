// Without these, a post could stand empty, or one person be officer and leader at once, and nobody would see it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/command/testing/post.hpp"

namespace fx::command::testing {
namespace {

TEST(PlanShift, IsForTheDutyPostsAndTheirHolders) {
  County c;
  ASSERT_THAT(c.plan(1, c.officer), happened("command.shift_planned"));
  EXPECT_THAT(c.plan(1, c.officer), refused("R-DUT-4"));
  EXPECT_THAT(c.as_admin("plan_shift", PlanShift{shift(2), id<UnitId>(77), Role::NUR, c.officer,
                                                 at("2022-07-18 08:00"), at("2022-07-18 08:00")}),
              refused("R-DUT-5 F-REF R-DUT-6 R-DUT-7"));
  EXPECT_THAT(c.plan(3, c.leader), refused("R-DUT-7 R-DUT-1"));
}

TEST(PlanShift, LeavesAnotherForTheOtherPost) {
  County c;
  c.bench.holder(c.hospital, Role::DL);
  const AccountId both = c.bench.holder(c.authority, Role::DO);
  c.bench.reference().add(Holding{holding(50), both, c.authority, Role::DL, Instant{}, {}});
  EXPECT_THAT(c.as_admin("plan_shift", PlanShift{shift(1), c.authority, Role::DO, both,
                                                 at("2022-07-17 20:00"), at("2022-07-18 08:00")}),
              refused("R-DUT-1"));
}

TEST(ConfirmShift, IsTheWordOfWhoseItIs) {
  County c;
  EXPECT_THAT(c.as_holder(c.officer, Role::DO, "confirm_shift", ConfirmShift{shift(1)}), refused("F-REF"));
  c.plan(1, c.officer);
  EXPECT_THAT(c.as_holder(c.relief, Role::DO, "confirm_shift", ConfirmShift{shift(1)}), refused("R-DUT-8"));
  EXPECT_THAT(c.as_holder(c.officer, Role::DO, "confirm_shift", ConfirmShift{shift(1)}),
              happened("command.shift_confirmed"));
  EXPECT_EQ(c.bench.place(), c.post);
  EXPECT_THAT(c.as_holder(c.officer, Role::DO, "confirm_shift", ConfirmShift{shift(1)}), refused("R-STATE"));
}

TEST(CheckIn, MansThePostAndMeetsWhatIsOwedAboutIt) {
  County c;
  c.plan(1, c.officer);
  const auto answer = c.check_in(c.officer, Role::DO, shift(1));
  ASSERT_THAT(answer, happened("command.shift_checked_in"));
  EXPECT_TRUE(c.bench.was_subject(post_id(c.post, Role::DO)));
  EXPECT_EQ(c.now_at(Role::DO).account, c.officer);
  EXPECT_EQ(c.row(1).state, ShiftState::on_duty);
  EXPECT_THAT(c.check_in(c.officer, Role::DO, shift(1)), refused("R-STATE"));
  EXPECT_THAT(c.check_in(c.officer, Role::DO, shift(9)), refused("F-REF"));
}

TEST(CheckIn, NeedsNoPlan) {
  County c;
  ASSERT_THAT(c.check_in(c.leader, Role::DL), happened("command.shift_checked_in"));
  EXPECT_EQ(c.now_at(Role::DL).account, c.leader);
  EXPECT_EQ(c.bench.rows().all<Shift>().size(), 1U);
}

TEST(CheckIn, OfTwoPostsIsByTwoPersons) {
  County c;
  c.check_in(c.officer, Role::DO);
  EXPECT_THAT(c.check_in(c.officer, Role::DL), refused("R-DUT-1"));
  EXPECT_THAT(c.bench.as(c.officer, c.hospital, {Role::DO}).ask("check_in", CheckIn{c.post, Role::DO, {}}),
              refused("R-DUT-7"));
}

TEST(CheckIn, IsIntoOnesOwnShiftOrAMissedOne) {
  County c;
  c.plan(1, c.officer);
  c.plan(2, c.leader, Role::DL);
  EXPECT_THAT(c.check_in(c.relief, Role::DO, shift(1)), refused("R-DUT-8"));
  EXPECT_THAT(c.check_in(c.officer, Role::DO, shift(2)), refused("R-DUT-8"));  // another post's
  c.bench.now("2022-07-17 20:10");
  ASSERT_THAT(c.as_holder(c.leader, Role::DL, "report_no_show", ReportNoShow{shift(1)}),
              happened("command.shift_missed"));
  ASSERT_THAT(c.check_in(c.relief, Role::DO, shift(1)), happened("command.shift_checked_in"));
  EXPECT_EQ(c.row(1).account, c.relief);
}

TEST(CheckIn, EndsAShiftThatNobodyHandedOver) {
  County c;
  c.plan(1, c.officer);
  c.check_in(c.officer, Role::DO, shift(1));
  c.bench.now("2022-07-18 08:05");
  const auto answer = c.check_in(c.relief, Role::DO);
  EXPECT_EQ(answer.get<ShiftCheckedIn>().relieves, shift(1));
  EXPECT_EQ(c.row(1).state, ShiftState::closed);
  EXPECT_EQ(c.row(1).successor, c.relief);
  EXPECT_EQ(c.now_at(Role::DO).account, c.relief);
}

TEST(ReportNoShow, WaitsForTheBeginning) {
  County c;
  c.plan(1, c.officer);
  const auto report = [&] {
    return c.as_holder(c.leader, Role::DL, "report_no_show", ReportNoShow{shift(1)});
  };
  c.bench.now("2022-07-17 19:59");
  EXPECT_THAT(report(), refused("R-DUT-9"));
  c.bench.now("2022-07-17 20:00");
  EXPECT_THAT(report(), happened("command.shift_missed"));
  EXPECT_THAT(report(), refused("R-STATE"));
}

TEST(HandOver, IsSignedByThoseTwoAndAcceptsWhatIsOpen) {
  County c;
  c.plan(1, c.officer);
  EXPECT_THAT(c.hand_over(1, c.officer, c.relief), refused("R-STATE"));
  c.check_in(c.officer, Role::DO, shift(1));
  c.check_in(c.leader, Role::DL);
  EXPECT_THAT(c.hand_over(1, c.officer, c.relief, false), refused("R-DUT-2"));
  EXPECT_THAT(c.hand_over(1, c.officer, c.leader), refused("R-DUT-7 R-DUT-1"));
  EXPECT_THAT(c.hand_over(1, c.officer, c.officer), refused("R-DUT-10"));
  EXPECT_THAT(c.hand_over(1, c.admin, c.relief), refused("R-DUT-8"));
  ASSERT_THAT(c.hand_over(1, c.officer, c.relief), happened("command.shift_handed_over"));
  EXPECT_EQ(c.now_at(Role::DO).account, c.relief);
  EXPECT_EQ(c.row(1).state, ShiftState::handed_over);
  const auto answer = c.check_in(c.relief, Role::DO);
  EXPECT_EQ(answer.get<ShiftCheckedIn>().relieves, std::nullopt);  // it was signed
}

TEST(DutyPosts, AreOwedByEveryCommandPostAndByWhoeverNamedSomebody) {
  County c;
  const auto* posts = c.bench.registry().population("command.duty_posts");
  ASSERT_NE(posts, nullptr);
  std::set<std::pair<UnitId, Role>> owed;
  c.bench.holder(c.hospital, Role::DO);
  for (const Member& member : posts->members(c.bench.reference(), at("2022-07-17 20:00"))) {
    EXPECT_EQ(member.id, post_id(member.unit, member.role));
    owed.insert({member.unit, member.role});
  }
  EXPECT_TRUE(owed.contains({c.post, Role::DL}));
  EXPECT_TRUE(owed.contains({c.city, Role::DO}));  // vacant, and owed all the same
  EXPECT_TRUE(owed.contains({c.hospital, Role::DO}));
  EXPECT_FALSE(owed.contains({c.hospital, Role::DL}));
  EXPECT_FALSE(owed.contains({c.authority, Role::DO}));
}

/// The laws (two persons; one shift on duty a post) hold whatever order people come and go in.
RC_GTEST_PROP(ShiftMachine, KeepsItsLawsUnderAnySteps, ()) {
  County c;
  c.bench.reference().add(Holding{holding(1), c.officer, c.post, Role::DL, Instant{}, {}});
  const std::vector<AccountId> people{c.officer, c.relief, c.leader};
  for (int i = *rc::gen::inRange(1, 40); i > 0; --i) {
    const AccountId who = *rc::gen::elementOf(people);
    const Role role = *rc::gen::element(Role::DO, Role::DL);
    const auto n = *rc::gen::inRange<std::uint64_t>(1, 4);
    switch (*rc::gen::inRange(0, 5)) {
      case 0: c.plan(n, who, role); break;
      case 1: c.check_in(who, role); break;
      case 2: c.check_in(who, role, shift(n)); break;
      case 3: c.as_holder(who, role, "report_no_show", ReportNoShow{shift(n)}); break;
      default: c.hand_over(n, who, *rc::gen::elementOf(people)); break;
    }
  }
}

}  // namespace
}  // namespace fx::command::testing
