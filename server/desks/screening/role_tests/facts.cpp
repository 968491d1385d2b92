#include "desks/screening/role_tests/facts.hpp"

#include <algorithm>

#include "desks/screening/facts.hpp"
#include "kernel/derive.hpp"

namespace fx::screening {
namespace {

constexpr int kept_days = 14;  // two weeks tell every rhythm of days and weeks

void enrol(RoleMember& row, const RoleMemberEnrolled& e, const Stamp&) {
  row = {};
  row.id = e.person;
  row.group = e.group;
  row.unit = e.unit;
  row.role_class = e.role_class;
  row.newcomer = !e.last_sampled_at;
  row.last_sampled_at = e.last_sampled_at;
  if (e.last_sampled_at) row.sampled = {day_of(*e.last_sampled_at)};
}

/// A sample that was taken too soon answers nothing: what was due, and what is on its way, stays so.
void sample(RoleMember& row, const RoleTestSampled& e, const Stamp& stamp) {
  row.last_sampled_at = std::max(row.last_sampled_at.value_or(stamp.occurred_at), stamp.occurred_at);
  if (e.counts_from) return;
  row.sampled.insert(std::ranges::upper_bound(row.sampled, e.day), e.day);
  std::erase_if(row.sampled, [&](Day day) { return day + kept_days < row.sampled.back(); });
  row.pending = e.tube;
  if (row.planned_day && *row.planned_day <= e.day) row.planned_day.reset();
}

/// The next one is due; when the last gave no result, its day counts no more.
void fall_due(RoleMember& row, const RoleTestDue& e, const Stamp&) {
  row.due_day = e.due_day;
  if (!e.again) return;
  row.pending.reset();
  if (!row.sampled.empty()) row.sampled.pop_back();
}

void back(RoleMember& row, const BackOnPost& e, const Stamp&) {
  row.off_post = false;
  row.newcomer = false;
  if (row.pending == e.tube) row.pending.reset();
}

void control_as(TestedPerson& row, const RoleMemberEnrolled& e, const Stamp&) {
  std::erase_if(row.controls, [&](const Control& control) { return control.source == e.group.raw; });
  row.controls.push_back({e.group.raw, SpecimenClass::key_group});
}

template <class E>
void about_day(RoleDay& row, const E& e, Day day) {
  row.group = e.group;
  row.unit = e.unit;
  row.day = day;
}

std::vector<RawId> days_of(const RoleTestSampled& e) {
  std::vector<RawId> out{role_day_id(e.group, e.day)};
  if (e.due_day && *e.due_day != e.day) out.push_back(role_day_id(e.group, *e.due_day));
  return out;
}

void count_sample(RoleDay& row, const RoleTestSampled& e, const Stamp&) {
  if (row.id == role_day_id(e.group, e.day)) {
    about_day(row, e, e.day);
    ++row.tested;
  }
  if (!e.due_day || row.id != role_day_id(e.group, *e.due_day)) return;
  about_day(row, e, *e.due_day);
  ++(e.on_time ? row.on_time : row.late);
}

void evolve_members(Desk& desk) {
  desk.evolves<RoleMemberEnrolled, RoleMember>(&RoleMemberEnrolled::person, enrol)
      .evolves<RoleMemberLeft, RoleMember>(&RoleMemberLeft::person,
                                           [](RoleMember& row, auto&, const Stamp&) {
                                             row.on_list = false;
                                             row.due_day.reset();
                                             row.planned_day.reset();
                                           })
      .evolves<RoleTestDue, RoleMember>(&RoleTestDue::person, fall_due)
      .evolves<RoleTestSampled, RoleMember>(&RoleTestSampled::person, sample)
      .evolves<TakenOffPost, RoleMember>(&TakenOffPost::person,
                                         [](RoleMember& row, auto&, const Stamp&) { row.off_post = true; })
      .evolves<BackOnPost, RoleMember>(&BackOnPost::person, back)
      .evolves<PostCheckedIn, RoleMember>(
          &PostCheckedIn::person,
          [](RoleMember& row, auto&, const Stamp& stamp) { row.checked_in_at = stamp.occurred_at; });
  desk.evolves<RoleTestsPlanned, RoleMember>(
      [](const RoleTestsPlanned& e) {
        std::vector<PersonId> out;
        for (const RoleDayPlan& test : e.tests)
          if (std::ranges::find(out, test.person) == out.end()) out.push_back(test.person);
        return out;
      },
      [](RoleMember& row, const RoleTestsPlanned& e, const Stamp&) {
        row.planned_day = std::ranges::find(e.tests, row.id, &RoleDayPlan::person)->day;
      });
}

void evolve_groups(Desk& desk) {
  desk.evolves<PostGroupFormed, PostGroup>(&PostGroupFormed::group,
                                           [](PostGroup& row, const PostGroupFormed& e, const Stamp&) {
                                             row.unit = e.unit;
                                             row.title = e.title;
                                             row.role_class = e.role_class;
                                           })
      .evolves<RoleMemberEnrolled, PostGroup>(
          &RoleMemberEnrolled::group,
          [](PostGroup& row, const RoleMemberEnrolled& e, const Stamp&) { row.members.push_back(e.person); })
      .evolves<RoleMemberLeft, PostGroup>(
          &RoleMemberLeft::group,
          [](PostGroup& row, const RoleMemberLeft& e, const Stamp&) { std::erase(row.members, e.person); })
      .evolves<RoleTestsPlanned, PostGroup>(&RoleTestsPlanned::group,
                                            [](PostGroup& row, const RoleTestsPlanned& e, const Stamp&) {
                                              row.short_days = e.short_days;
                                              row.planned_until = e.from + (e.days - 1);
                                            });
}

}  // namespace

RawId role_day_id(PostGroupId group, Day day) { return derive_id(group.raw, format(day)); }

bool overdue(const RoleMember& member, Instant at) {
  return member.due_day && at >= start_of(*member.due_day + 1);
}

void evolve_role_tests(Desk& desk) {
  evolve_members(desk);
  evolve_groups(desk);
  desk.evolves<RoleMemberEnrolled, TestedPerson>(&RoleMemberEnrolled::person, control_as)
      .evolves<RoleMemberLeft, TestedPerson>(
          &RoleMemberLeft::person, [](TestedPerson& row, const RoleMemberLeft& e, const Stamp&) {
            std::erase_if(row.controls,
                          [&](const Control& control) { return control.source == e.group.raw; });
          });
  desk.evolves<RoleTestDue, RoleDay>(
          [](const RoleTestDue& e) {
            return e.again ? std::nullopt : std::optional(role_day_id(e.group, e.due_day));
          },
          [](RoleDay& row, const RoleTestDue& e, const Stamp&) {
            about_day(row, e, e.due_day);
            ++row.due;
          })
      .evolves<RoleMemberLeft, RoleDay>(
          [](const RoleMemberLeft& e) {
            return e.due_day ? std::optional(role_day_id(e.group, *e.due_day)) : std::nullopt;
          },
          [](RoleDay& row, const RoleMemberLeft&, const Stamp&) { --row.due; })
      .evolves<RoleTestSampled, RoleDay>(days_of, count_sample);
}

}  // namespace fx::screening
