// Without these, a post could go untested for a day, or somebody be asked for a swab twice too often.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "desks/screening/role_tests/frequency.hpp"

namespace fx::screening {
namespace {

PersonId who(std::uint64_t n) { return {RawId::make(1, 990121, n, 0)}; }
Day day(std::string_view text) { return *parse_day(text); }

TEST(Frequency, IsReadFromTheWordsOfTheRulebook) {
  EXPECT_EQ(parse_frequency("1 per day")->kind, Frequency::Kind::per_day);
  EXPECT_EQ(parse_frequency("every 2nd day")->times, 2);
  EXPECT_EQ(parse_frequency("2 per week at least 2 days apart")->gap_d, 2);
  EXPECT_EQ(parse_frequency("3 per week")->times, 3);
  for (const auto* text : {"", "0 per day", "every day", "2 per month", "4 per week at least 3 days apart"})
    EXPECT_FALSE(parse_frequency(text)) << text;
}

TEST(DueDay, FollowsTheCalendar) {
  const auto second = *parse_frequency("every 2nd day");
  EXPECT_EQ(due_day(second, {day("2021-08-03")}, day("2021-08-03")), day("2021-08-05"));
  EXPECT_EQ(due_day(*parse_frequency("1 per day"), {day("2021-08-03")}, day("2021-08-03")),
            day("2021-08-04"));
  EXPECT_EQ(due_day(second, {}, day("2021-08-03")), day("2021-08-03"));
  const auto week = *parse_frequency("2 per week at least 2 days apart");  // Mon 2 Aug 2021
  EXPECT_EQ(due_day(week, {day("2021-08-02")}, day("2021-08-02")), day("2021-08-08"));
  EXPECT_EQ(due_day(week, {day("2021-08-02"), day("2021-08-05")}, day("2021-08-05")), day("2021-08-13"));
  EXPECT_EQ(due_day(week, {day("2021-08-08")}, day("2021-08-08")), day("2021-08-13"));  // no day left
}

TEST(DueDay, CountsOnlyDaysThatAreFarEnoughApart) {
  const auto week = *parse_frequency("2 per week at least 2 days apart");
  const SampledDays both{day("2021-08-02"), day("2021-08-03")};  // Monday and Tuesday
  EXPECT_EQ(counting_days(week, both), SampledDays{day("2021-08-02")});
  EXPECT_EQ(due_day(week, both, both.back()), day("2021-08-08"));
  EXPECT_EQ(earliest_day(week, both, both.back()), day("2021-08-04"));
}

const std::vector<std::string> rhythms{"1 per day", "every 2nd day", "every 3rd day",
                                       "2 per week at least 2 days apart", "3 per week"};

std::vector<PlannedMember> any_members(Day from) {
  std::vector<PlannedMember> members;
  const auto n = *rc::gen::inRange(1, 12);
  for (int i = 0; i < n; ++i) {
    PlannedMember member{who(static_cast<std::uint64_t>(i)), {}};
    if (const int ago = *rc::gen::inRange(0, 3); ago > 0) member.sampled = {from + -ago};
    members.push_back(member);
  }
  return members;
}

RC_GTEST_PROP(PlanTests, KeepsEveryRhythmAndSpreadsTheGroup, ()) {
  const Day from = day("2021-08-02");
  const auto frequency = *parse_frequency(*rc::gen::elementOf(rhythms));
  const auto members = any_members(from);
  const auto plan = plan_tests(members, frequency, from, 14, 1);
  auto turned = members;
  std::ranges::reverse(turned);
  RC_ASSERT(plan == plan_tests(turned, frequency, from, 14, 1));  // same members, same history, same plan

  std::map<PersonId, SampledDays> history;
  for (const auto& member : members) history[member.person] = member.sampled;
  for (const PlannedTest& test : plan) {
    SampledDays& sampled = history[test.person];
    RC_ASSERT(test.day >= earliest_day(frequency, sampled, from));
    RC_ASSERT(test.day <= std::max(from, due_day(frequency, sampled, from)));
    sampled.push_back(test.day);
  }
  for (const auto& [person, sampled] : history)
    RC_ASSERT(due_day(frequency, sampled, from) >= from + 14);  // nobody is left out
  // A day is short only when nobody may be tested on it.
  std::map<PersonId, SampledDays> so_far;
  for (const auto& member : members) so_far[member.person] = member.sampled;
  for (Day d = from; d < from + 14; d = d + 1) {
    const bool anybody = std::ranges::any_of(
        so_far, [&](const auto& each) { return earliest_day(frequency, each.second, from) <= d; });
    const auto tests = std::ranges::count(plan, d, &PlannedTest::day);
    if (members.size() > 1 && anybody) RC_ASSERT(tests >= 1);
    for (const PlannedTest& test : plan)
      if (test.day == d) so_far[test.person].push_back(d);
  }
}

TEST(PlanTests, MovesNobodyWhoNeedNotMove) {
  // Two halves of a group, every second day: their own rhythm covers every day already.
  std::vector<PlannedMember> members;
  for (std::uint64_t i = 0; i < 8; ++i)
    members.push_back({who(i), {day(i < 4 ? "2021-08-03" : "2021-08-04")}});
  const auto plan = plan_tests(members, *parse_frequency("every 2nd day"), day("2021-08-05"), 4, 1);
  EXPECT_EQ(plan.size(), 16U);
  for (const PlannedTest& test : plan) {
    const bool first_half =
        std::ranges::find(members, test.person, &PlannedMember::person) < members.begin() + 4;
    EXPECT_EQ((test.day - day("2021-08-05")) % 2 == 0, first_half);
  }
  EXPECT_TRUE(short_days(plan, 8, day("2021-08-05"), 4, 1).empty());
}

}  // namespace
}  // namespace fx::screening
