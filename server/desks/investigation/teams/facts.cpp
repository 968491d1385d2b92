#include "desks/investigation/facts.hpp"

#include "kernel/derive.hpp"

namespace fx::investigation {
namespace {

template <class T>
void take(T& into, const std::optional<T>& said) {
  if (said) into = *said;
}
void take(std::optional<std::int32_t>& into, const std::optional<std::int32_t>& said) {
  if (said) into = said;
}
void take(std::optional<Day>& into, const std::optional<Day>& said) {
  if (said) into = said;
}
void take(TextRef& into, const TextRef& said) {
  if (!said.hash.empty()) into = said;
}

void amend(Interview& row, const InterviewAmended& e, const Stamp& at) {
  row.id = e.interview;
  row.case_id = e.case_id;
  row.person = e.person;
  row.cdc = e.cdc;
  ++row.version;
  take(row.symptoms, e.symptoms);
  row.symptoms_asked = row.symptoms_asked || e.symptoms.has_value();
  take(row.onset_day, e.onset_day);
  take(row.occupation, e.occupation);
  take(row.doses, e.doses);
  take(row.last_dose_day, e.last_dose_day);
  take(row.household_size, e.household_size);
  take(row.illnesses, e.illnesses);
  take(row.household, e.household);
  take(row.workplaces, e.workplaces);
  take(row.remarks, e.remarks);
  row.last_by = e.by;
  row.last_at = at.occurred_at;
}

}  // namespace

InterviewId interview_of(CaseId case_id) { return derive<InterviewTag>(case_id.raw, "interview"); }

void add_team_facts(Desk& desk) {
  desk.table<Team>({.indexes = {"cdc"}}).table<Interview>({.indexes = {"case_id"}});
  desk.event<TeamFormed>().event<TeamDissolved>().event<CaseAssigned>().event<InterviewAmended>();
  desk.evolves<TeamFormed, Team>(&TeamFormed::team, [](Team& row, const TeamFormed& e, const Stamp&) {
    row = {e.team, e.title, e.cdc, e.tier, e.lead, e.members, true, row.cases};
  });
  desk.evolves<TeamDissolved, Team>(
      &TeamDissolved::team, [](Team& row, const TeamDissolved&, const Stamp&) { row.active = false; });
  desk.evolves<CaseAssigned, Team>(&CaseAssigned::team,
                                   [](Team& row, const CaseAssigned&, const Stamp&) { ++row.cases; });
  desk.evolves<CaseAssigned, Case>(
      &CaseAssigned::case_id, [](Case& row, const CaseAssigned& e, const Stamp&) {
        if (e.joins) {
          if (std::ranges::find(row.joined_teams, e.team) == row.joined_teams.end())
            row.joined_teams.push_back(e.team);
          return;
        }
        row.team = e.team;
        row.lead = e.lead;
      });
  desk.evolves<InterviewAmended, Interview>(&InterviewAmended::interview, amend);
}

}  // namespace fx::investigation
