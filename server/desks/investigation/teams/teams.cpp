// Teams of county, city and province; which of them a case is given to.

#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> form_team(const FormTeam& c, const View& view, const Context& context) {
  const Unit* unit = context.reference.unit(context.actor.unit);
  const Team* team = view.find<Team>(c.team);
  Refusals no;
  if (unit == nullptr) no.add(unknown("/team"));
  if (team != nullptr && team->cdc != context.actor.unit) no.add("R-CAS-16", "/team");
  if (c.title.empty()) no.add(missing("/title"));
  if (!no.empty()) return no;
  auto members = c.members;
  if (std::ranges::find(members, c.lead) == members.end()) members.insert(members.begin(), c.lead);
  return Decision{{TeamFormed{c.team, c.title, unit->id, level_of(unit->jurisdiction), c.lead, members}}};
}

Result<Decision> dissolve_team(const DissolveTeam& c, const View& view, const Context&) {
  const Team* team = view.find<Team>(c.team);
  if (team == nullptr) return unknown("/team");
  if (!team->active) return wrong_state("dissolved", {"active"});
  return Decision{{TeamDissolved{c.team}}};
}

/// The county's team answers for the case; one of the city or the province comes beside it [OB-D1].
Result<Decision> assign_case(const AssignCase& c, const View& view, const Context&) {
  const Case* file = view.find<Case>(c.case_id);
  const Team* team = view.find<Team>(c.team);
  if (file == nullptr) return unknown("/case_id");
  if (team == nullptr) return unknown("/team");
  Refusals no;
  if (!is_open_case(file->state)) no.add(not_open(*file));
  if (!team->active) no.add("R-CAS-15", "/team");
  const bool joins = team->tier != Level::county;
  if (!joins && team->cdc != file->cdc) no.add("R-CAS-16", "/team");
  if (!no.empty()) return no;
  return Decision{{CaseAssigned{c.case_id, c.team, team->cdc, team->tier, team->lead, joins}}};
}

std::optional<UnitId> cdc_of_team(const DissolveTeam& c, const View& view, const Context&) {
  const Team* team = view.find<Team>(c.team);
  return team != nullptr ? std::optional(team->cdc) : std::nullopt;
}

}  // namespace

void add_teams(Desk& desk) {
  desk.operation<FormTeam>("form_team", {"组建流调队", "Form a team"})
      .by({Role::CDC})
      .keys([](const FormTeam& c, const Context&, KeySet& keys) { keys.own<Team>(c.team); })
      .decide(form_team);
  desk.operation<DissolveTeam>("dissolve_team", {"解散流调队", "Dissolve a team"})
      .by({Role::CDC})
      .keys([](const DissolveTeam& c, const Context&, KeySet& keys) { keys.own<Team>(c.team); })
      .place(cdc_of_team)
      .decide(dissolve_team);
  desk.operation<AssignCase>("assign_case", {"指派流调队", "Assign a team"})
      .by({Role::CDC, Role::INV})
      .keys([](const AssignCase& c, const Context&, KeySet& keys) {
        keys.own<Case>(c.case_id).own<Team>(c.team);
      })
      .place(cdc_of_case<AssignCase>)
      .decide(assign_case);
}

}  // namespace fx::investigation
