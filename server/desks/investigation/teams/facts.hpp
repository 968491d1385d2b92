#pragma once

#include "desks/investigation/teams/commands.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

struct Team {
  static constexpr std::string_view table = "investigation_team";
  TeamId id;
  std::string title;
  UnitId cdc;
  Level tier = Level::county;
  AccountId lead;
  std::vector<AccountId> members;
  bool active = true;
  std::int32_t cases = 0;  ///< ever given to it
};
BOOST_DESCRIBE_STRUCT(Team, (), (id, title, cdc, tier, lead, members, active, cases))

/// The structured interview of a case, as far as it has come.
struct Interview {
  static constexpr std::string_view table = "interview";
  InterviewId id;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  std::int32_t version = 0;  ///< sittings so far
  std::vector<Symptom> symptoms;
  bool symptoms_asked = false;
  std::optional<Day> onset_day;
  std::string occupation;
  std::optional<std::int32_t> doses;
  std::optional<Day> last_dose_day;
  std::optional<std::int32_t> household_size;
  std::vector<Illness> illnesses;
  TextRef household;
  TextRef workplaces;
  TextRef remarks;
  AccountId last_by;
  Instant last_at;
};
BOOST_DESCRIBE_STRUCT(Interview, (),
                      (id, case_id, person, cdc, version, symptoms, symptoms_asked, onset_day, occupation,
                       doses, last_dose_day, household_size, illnesses, household, workplaces, remarks,
                       last_by, last_at))

InterviewId interview_of(CaseId case_id);

void add_team_facts(Desk& desk);
void add_teams(Desk& desk);
void add_record_interview(Desk& desk);

}  // namespace fx::investigation
