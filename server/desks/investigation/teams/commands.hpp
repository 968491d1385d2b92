#pragma once

// What people may ask about teams and interviews.

#include "desks/investigation/teams/events.hpp"

namespace fx::investigation {

struct FormTeam {
  TeamId team;
  std::string title;
  AccountId lead;
  std::vector<AccountId> members;
};
BOOST_DESCRIBE_STRUCT(FormTeam, (), (team, title, lead, members))

struct DissolveTeam {
  TeamId team;
};
BOOST_DESCRIBE_STRUCT(DissolveTeam, (), (team))

struct AssignCase {
  CaseId case_id;
  TeamId team;
};
BOOST_DESCRIBE_STRUCT(AssignCase, (), (case_id, team))

/// One sitting: everything but the case may be absent and follow later.
struct RecordInterview {
  CaseId case_id;
  std::optional<std::vector<Symptom>> symptoms;
  std::optional<Day> onset_day;
  std::optional<std::string> occupation;
  std::optional<std::int32_t> doses;
  std::optional<Day> last_dose_day;
  std::optional<std::int32_t> household_size;
  std::optional<std::vector<Illness>> illnesses;
  std::optional<FreeText> household;
  std::optional<FreeText> workplaces;
  std::optional<FreeText> remarks;
};
BOOST_DESCRIBE_STRUCT(RecordInterview, (),
                      (case_id, symptoms, onset_day, occupation, doses, last_dose_day, household_size,
                       illnesses, household, workplaces, remarks))

}  // namespace fx::investigation
