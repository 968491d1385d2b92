#pragma once

#include "desks/screening/role_tests/events.hpp"

namespace fx::screening {

struct FormPostGroup {
  PostGroupId group;
  UnitId unit;
  std::string title;
  RoleClass role_class = RoleClass::other_frontline;
};
BOOST_DESCRIBE_STRUCT(FormPostGroup, (), (group, unit, title, role_class))

struct EnrolRoleMember {
  PersonId person;
  PostGroupId group;
  std::optional<Instant> last_sampled_at;
};
BOOST_DESCRIBE_STRUCT(EnrolRoleMember, (), (person, group, last_sampled_at))

struct LeaveRoleGroup {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(LeaveRoleGroup, (), (person))

/// Absent tests: the program plans. Given ones are taken as they are; days without a test are reported.
struct PlanRoleTests {
  PostGroupId group;
  Day from;
  std::int32_t days = 7;
  std::vector<RoleDayPlan> tests;
};
BOOST_DESCRIBE_STRUCT(PlanRoleTests, (), (group, from, days, tests))

struct CheckInAtPost {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(CheckInAtPost, (), (person))

struct TakeOffPost {
  PersonId person;
  bool substitute_asked = true;
};
BOOST_DESCRIBE_STRUCT(TakeOffPost, (), (person, substitute_asked))

}  // namespace fx::screening
