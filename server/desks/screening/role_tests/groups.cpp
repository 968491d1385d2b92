// Groups of tested posts and who belongs to them. A newcomer's first sample is due the day they join, and they begin
// with its negative result.
#include "desks/screening/role_tests/operations.hpp"
#include "desks/screening/role_tests/steps.hpp"

namespace fx::screening {
namespace {

Result<Decision> form(const FormPostGroup& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<PostGroup>(c.group) != nullptr) no.add(wrong_state("formed", {"new"}, "/group"));
  if (context.reference.unit(c.unit) == nullptr) no.add(unknown("/unit"));
  if (c.title.empty()) no.add(missing("/title"));
  if (!no.empty()) return no;
  return Decision{{PostGroupFormed{c.group, c.unit, c.title, c.role_class}}};
}

/// When the next sample of a person who joins is due.
std::optional<Day> first_due(const EnrolRoleMember& c, const PostGroup& group, const Context& context) {
  const auto frequency = frequency_of(group.role_class, context);
  if (!frequency) return std::nullopt;
  SampledDays sampled;
  if (c.last_sampled_at) sampled.push_back(day_of(*c.last_sampled_at));
  return due_day(*frequency, sampled, day_of(context.occurred_at));
}

Result<Decision> enrol(const EnrolRoleMember& c, const View& view, const Context& context) {
  const auto* group = view.find<PostGroup>(c.group);
  if (group == nullptr) return unknown("/group");
  Refusals no;
  const auto* member = view.find<RoleMember>(c.person);
  if (member != nullptr && member->on_list) no.add(wrong_state("on_list", {"left"}, "/person"));
  if (group->members.size() >= 1000) no.add(malformed("/group", "最多1000人", "at most 1,000 persons"));
  if (c.last_sampled_at && *c.last_sampled_at > context.occurred_at)
    no.add(malformed("/last_sampled_at", "在未来", "lies in the future"));
  if (!no.empty()) return no;
  Decision out{{RoleMemberEnrolled{c.person, group->id, group->unit, group->role_class, c.last_sampled_at}}};
  if (const auto due = first_due(c, *group, context))
    out.events.emplace_back(RoleTestDue{c.person, group->id, group->unit, group->role_class, *due,
                                        start_of(*due) + std::chrono::hours(12), false});
  return out;
}

Result<Decision> leave(const LeaveRoleGroup& c, const View& view, const Context&) {
  const auto* member = view.find<RoleMember>(c.person);
  if (member == nullptr || !member->on_list) return unknown("/person");
  return Decision{{RoleMemberLeft{member->id, member->group, member->unit, member->due_day}}};
}

std::optional<UnitId> unit_of_group(PostGroupId id, const View& view) {
  const auto* group = view.find<PostGroup>(id);
  return group != nullptr ? std::optional(group->unit) : std::nullopt;
}

}  // namespace

void role_groups(Desk& desk) {
  desk.operation<FormPostGroup>("form_post_group", {"建立应检岗位组", "Form a group of tested posts"})
      .by({Role::FRP, Role::CDC, Role::HA})
      .keys([](const FormPostGroup& c, const Context&, KeySet& keys) { keys.own<PostGroup>(c.group); })
      .place([](const FormPostGroup& c, const View&, const Context&) { return std::optional(c.unit); })
      .decide(form);
  desk.operation<EnrolRoleMember>("enrol_role_member", {"纳入应检岗位", "Enrol somebody at a tested post"})
      .by({Role::FRP, Role::CDC, Role::HA})
      .keys([](const EnrolRoleMember& c, const Context&, KeySet& keys) {
        keys.own<PostGroup>(c.group).own<RoleMember>(c.person).own<TestedPerson>(c.person);
      })
      .more_keys([](const EnrolRoleMember& c, const View& view, const Context& context, KeySet& keys) {
        const auto* group = view.find<PostGroup>(c.group);
        if (group == nullptr) return;
        if (const auto due = first_due(c, *group, context)) keys.own<RoleDay>(role_day_id(group->id, *due));
      })
      .place([](const EnrolRoleMember& c, const View& view, const Context&) {
        return unit_of_group(c.group, view);
      })
      .decide(enrol);
  desk.operation<LeaveRoleGroup>("leave_role_group", {"移出应检岗位", "Take somebody off the list of a post"})
      .by({Role::FRP, Role::CDC, Role::HA})
      .keys([](const LeaveRoleGroup& c, const Context&, KeySet& keys) {
        keys.own<RoleMember>(c.person).own<TestedPerson>(c.person);
      })
      .more_keys([](const LeaveRoleGroup& c, const View& view, const Context&, KeySet& keys) {
        const auto* member = view.find<RoleMember>(c.person);
        if (member == nullptr) return;
        keys.own<PostGroup>(member->group);
        if (member->due_day) keys.own<RoleDay>(role_day_id(member->group, *member->due_day));
      })
      .place([](const LeaveRoleGroup& c, const View& view, const Context&) {
        const auto* member = view.find<RoleMember>(c.person);
        return member != nullptr ? std::optional(member->unit) : std::nullopt;
      })
      .decide(leave);
}

}  // namespace fx::screening
