#pragma once

// Role-based testing (E1): posts whose people are tested in a rhythm. First member of each: the person, or the group.

#include "desks/screening/events.hpp"

namespace fx::screening {

FX_TAG(PostGroup, "post_group");

/// Names the rhythm, E.freq.* of the rulebook.
enum class RoleClass {
  isolation_ward,
  direct_exposure,
  other_frontline,
  fever_clinic_post,
  community,
  inpatient_post
};
BOOST_DESCRIBE_ENUM(RoleClass, isolation_ward, direct_exposure, other_frontline, fever_clinic_post, community,
                    inpatient_post)

struct PostGroupFormed {
  static constexpr std::string_view name = "screening.post_group_formed";
  PostGroupId group;
  UnitId unit;
  std::string title;
  RoleClass role_class = RoleClass::other_frontline;
};
BOOST_DESCRIBE_STRUCT(PostGroupFormed, (), (group, unit, title, role_class))

struct RoleMemberEnrolled {
  static constexpr std::string_view name = "screening.role_member_enrolled";
  PersonId person;
  PostGroupId group;
  UnitId unit;
  RoleClass role_class = RoleClass::other_frontline;
  std::optional<Instant>
      last_sampled_at;  ///< of a test that is known; absent: a newcomer, first negative before post
};
BOOST_DESCRIBE_STRUCT(RoleMemberEnrolled, (), (person, group, unit, role_class, last_sampled_at))

struct RoleMemberLeft {
  static constexpr std::string_view name = "screening.role_member_left";
  PersonId person;
  PostGroupId group;
  UnitId unit;
  std::optional<Day> due_day;
};
BOOST_DESCRIBE_STRUCT(RoleMemberLeft, (), (person, group, unit, due_day))

/// The next sample is owed by the end of that day.
struct RoleTestDue {
  static constexpr std::string_view name = "screening.role_test_due";
  PersonId person;
  PostGroupId group;
  UnitId unit;
  RoleClass role_class = RoleClass::other_frontline;
  Day due_day;
  Instant due_from;    ///< a moment of that day, from which the rulebook counts to its end
  bool again = false;  ///< the last sample gave no result
};
BOOST_DESCRIBE_STRUCT(RoleTestDue, (), (person, group, unit, role_class, due_day, due_from, again))

struct RoleTestSampled {
  static constexpr std::string_view name = "screening.role_test_sampled";
  PersonId person;
  PostGroupId group;
  UnitId unit;
  RoleClass role_class = RoleClass::other_frontline;
  TubeId tube;
  Day day;
  std::optional<Day> due_day;  ///< that it answers
  bool on_time = true;
  std::optional<Day>
      counts_from;  ///< too soon after the last one: answers nothing, another counts from that day
};
BOOST_DESCRIBE_STRUCT(RoleTestSampled, (),
                      (person, group, unit, role_class, tube, day, due_day, on_time, counts_from))

/// OVERDUE → OFF_POST, by the head or with the sample that came late; a result other than negative does the same. The unit
/// looks for somebody else.
struct TakenOffPost {
  static constexpr std::string_view name = "screening.taken_off_post";
  PersonId person;
  PostGroupId group;
  UnitId unit;
  AccountId by;
  bool substitute_asked = true;
};
BOOST_DESCRIBE_STRUCT(TakenOffPost, (), (person, group, unit, by, substitute_asked))

/// The negative result that ends OFF_POST, or lets a newcomer begin.
struct BackOnPost {
  static constexpr std::string_view name = "screening.back_on_post";
  PersonId person;
  PostGroupId group;
  UnitId unit;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(BackOnPost, (), (person, group, unit, tube))

struct PostCheckedIn {
  static constexpr std::string_view name = "screening.post_checked_in";
  PersonId person;
  PostGroupId group;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(PostCheckedIn, (), (person, group, unit))

struct RoleDayPlan {
  PersonId person;
  Day day;
};
BOOST_DESCRIBE_STRUCT(RoleDayPlan, (), (person, day))

struct RoleTestsPlanned {
  static constexpr std::string_view name = "screening.role_tests_planned";
  PostGroupId group;
  UnitId unit;
  Day from;
  std::int32_t days = 0;
  std::vector<RoleDayPlan> tests;
  std::vector<Day> short_days;  ///< with fewer tests than E.spread.min_daily
  bool spread = true;           ///< no day is short
};
BOOST_DESCRIBE_STRUCT(RoleTestsPlanned, (), (group, unit, from, days, tests, short_days, spread))

/// A day on which nobody of the group would be tested.
struct SpreadBreached {
  static constexpr std::string_view name = "screening.spread_breached";
  PostGroupId group;
  UnitId unit;
  Day day;
};
BOOST_DESCRIBE_STRUCT(SpreadBreached, (), (group, unit, day))

}  // namespace fx::screening
