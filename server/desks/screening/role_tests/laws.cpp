#include <map>

#include "desks/screening/role_tests/operations.hpp"

namespace fx::screening {
namespace {

/// A group lists exactly the members that name it.
std::vector<std::string> groups_list_their_members(const Tables& tables) {
  std::map<PostGroupId, std::size_t> members;
  for (const RoleMember& member : tables.all<RoleMember>())
    if (member.on_list) ++members[member.group];
  std::vector<std::string> breaches;
  for (const PostGroup& group : tables.all<PostGroup>())
    if (members[group.id] != group.members.size())
      breaches.push_back(group.title + " does not list its members");
  return breaches;
}

std::string days_add_up(const RoleDay& day) {
  return day.on_time + day.late <= day.due ? "" : "more came than were due";
}

}  // namespace

void role_laws(Desk& desk) {
  desk.law("a group lists its members", groups_list_their_members)
      .row_law<RoleDay>("a day of a group adds up", days_add_up);
}

}  // namespace fx::screening
