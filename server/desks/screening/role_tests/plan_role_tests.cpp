// The due list of a group, spread so that somebody is tested each day; or a list somebody wrote, with the days on which
// nobody would be.
#include <map>

#include "desks/screening/role_tests/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"

namespace fx::screening {
namespace {

constexpr std::int32_t longest_plan = 31;  // days

std::vector<PlannedTest> written(const PlanRoleTests& c) {
  std::vector<PlannedTest> out;
  for (const RoleDayPlan& test : c.tests) out.push_back({test.person, test.day});
  return out;
}

void judge(const PlanRoleTests& c, const PostGroup& group, Refusals& no) {
  if (c.days < 1 || c.days > longest_plan) no.add(malformed("/days", "1至31天", "1 to 31 days"));
  if (c.tests.size() > 1000) no.add(malformed("/tests", "最多1000项", "at most 1,000 tests"));
  for (std::size_t i = 0; i < c.tests.size() && i < 1000; ++i) {
    const bool member = std::ranges::find(group.members, c.tests[i].person) != group.members.end();
    if (!member) no.add(unknown(fmt::format("/tests/{}/person", i)));
    if (c.tests[i].day < c.from || c.tests[i].day >= c.from + c.days)
      no.add(malformed(fmt::format("/tests/{}/day", i), "不在计划期内", "outside of the plan's days"));
  }
}

/// A test too soon after the one before would not count.
void judge_gaps(const PlanRoleTests& c, const Frequency& frequency, const View& view, Refusals& no) {
  std::vector<std::size_t> by_day;
  for (std::size_t i = 0; i < c.tests.size(); ++i) by_day.push_back(i);
  std::ranges::stable_sort(by_day, {}, [&](std::size_t i) { return c.tests[i].day; });
  std::map<PersonId, SampledDays> sampled;
  for (const std::size_t i : by_day) {
    const RoleDayPlan& test = c.tests[i];
    const auto [days, fresh] = sampled.try_emplace(test.person);
    const SampledDays& taken = view.get<RoleMember>(test.person).sampled;
    if (fresh) days->second = taken;
    if (std::ranges::find(taken, test.day) != taken.end()) continue;  // it was kept already
    const Day earliest = earliest_day(frequency, days->second, test.day);
    if (test.day < earliest)
      no.add(malformed(fmt::format("/tests/{}/day", i),
                       fmt::format("距上次采样过近，最早 {}", format(earliest)),
                       fmt::format("too soon after the test before: it counts from {}", format(earliest))));
    else
      days->second.push_back(test.day);
  }
}

Result<Decision> decide(const PlanRoleTests& c, const View& view, const Context& context) {
  const auto* group = view.find<PostGroup>(c.group);
  if (group == nullptr) return unknown("/group");
  Refusals no;
  judge(c, *group, no);
  const auto frequency = frequency_of(group->role_class, context);
  if (!frequency) no.add("R-RTE-2");
  if (no.empty()) judge_gaps(c, *frequency, view, no);
  if (!no.empty()) return no;

  const auto least =
      static_cast<std::int32_t>(context.number("E.spread.min_daily", context.actor.jurisdiction).value_or(0));
  std::vector<PlannedMember> members;
  for (const PersonId person : group->members)
    members.push_back({person, view.get<RoleMember>(person).sampled});
  const auto tests = c.tests.empty() ? plan_tests(members, *frequency, c.from, c.days, least) : written(c);
  const auto bare = short_days(tests, members.size(), c.from, c.days, least);
  RoleTestsPlanned planned{group->id, group->unit, c.from, c.days, {}, bare, bare.empty()};
  for (const PlannedTest& test : tests) planned.tests.push_back({test.person, test.day});
  Decision out{{std::move(planned)}};
  for (const Day day : bare) out.events.emplace_back(SpreadBreached{group->id, group->unit, day});
  return out;
}

}  // namespace

void plan_role_tests(Desk& desk) {
  desk.operation<PlanRoleTests>("plan_role_tests", {"排应检日程", "Plan role tests"})
      .by({Role::FRP, Role::CDC, Role::NUR, Role::SMP})
      .keys([](const PlanRoleTests& c, const Context&, KeySet& keys) { keys.own<PostGroup>(c.group); })
      .more_keys([](const PlanRoleTests& c, const View& view, const Context&, KeySet& keys) {
        const auto* group = view.find<PostGroup>(c.group);
        if (group == nullptr) return;
        for (const PersonId person : group->members) keys.own<RoleMember>(person);
      })
      .place([](const PlanRoleTests& c, const View& view, const Context&) {
        const auto* group = view.find<PostGroup>(c.group);
        return group != nullptr ? std::optional(group->unit) : std::nullopt;
      })
      .decide(decide);
}

}  // namespace fx::screening
