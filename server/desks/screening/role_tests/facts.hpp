#pragma once

#include "desks/screening/role_tests/events.hpp"
#include "desks/screening/role_tests/frequency.hpp"
#include "kernel/desk.hpp"

namespace fx::screening {

struct PostGroup {
  static constexpr std::string_view table = "post_group";
  PostGroupId id;
  UnitId unit;
  std::string title;
  RoleClass role_class = RoleClass::other_frontline;
  std::vector<PersonId> members;
  std::vector<Day> short_days;  ///< of the last plan
  std::optional<Day> planned_until;
};
BOOST_DESCRIBE_STRUCT(PostGroup, (), (id, unit, title, role_class, members, short_days, planned_until))

/// One person at a tested post. OVERDUE is computed: the day is over and no sample was taken.
struct RoleMember {
  static constexpr std::string_view table = "role_member";
  PersonId id;
  PostGroupId group;
  UnitId unit;
  RoleClass role_class = RoleClass::other_frontline;
  bool on_list = true;            ///< has not left the group
  bool newcomer = false;          ///< no negative yet
  bool off_post = false;          ///< until a negative result
  std::vector<Day> sampled;       ///< the last fortnight's that count, ascending
  std::optional<TubeId> pending;  ///< the last of them, no result yet
  std::optional<Day> planned_day;
  std::optional<Day> due_day;
  std::optional<Instant> last_sampled_at;
  std::optional<Instant> checked_in_at;
};
BOOST_DESCRIBE_STRUCT(RoleMember, (),
                      (id, group, unit, role_class, on_list, newcomer, off_post, sampled, pending,
                       planned_day, due_day, last_sampled_at, checked_in_at))

/// One day of one group: who was due by its end, and who of them came in time; who was tested on it.
struct RoleDay {
  static constexpr std::string_view table = "role_day";
  static constexpr bool subject = false;
  RawId id;  ///< role_day_id(group, day)
  PostGroupId group;
  UnitId unit;
  Day day;
  std::int32_t due = 0;
  std::int32_t on_time = 0;
  std::int32_t late = 0;
  std::int32_t tested = 0;
};
BOOST_DESCRIBE_STRUCT(RoleDay, (), (id, group, unit, day, due, on_time, late, tested))

RawId role_day_id(PostGroupId group, Day day);

/// Not sampled by the end of the day it was due.
bool overdue(const RoleMember& member, Instant at);

void evolve_role_tests(Desk& desk);

}  // namespace fx::screening
