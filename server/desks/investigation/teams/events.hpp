#pragma once

// Who investigates a case, and what the interview brought. First member of each: the thing it is about.

#include "kernel/event.hpp"
#include "kernel/roles.hpp"

namespace fx::investigation {

FX_TAG(Team, "team");
FX_TAG(Interview, "interview");

enum class Symptom {
  fever,
  cough,
  sore_throat,
  fatigue,
  loss_of_smell,
  loss_of_taste,
  runny_nose,
  headache,
  muscle_pain,
  diarrhoea,
  vomiting,
  shortness_of_breath,
  conjunctivitis,
  rash,
  bleeding,
  other
};
BOOST_DESCRIBE_ENUM(Symptom, fever, cough, sore_throat, fatigue, loss_of_smell, loss_of_taste, runny_nose,
                    headache, muscle_pain, diarrhoea, vomiting, shortness_of_breath, conjunctivitis, rash,
                    bleeding, other)

enum class Illness {
  none,
  hypertension,
  diabetes,
  heart,
  lung,
  kidney,
  liver,
  cancer,
  immune,
  pregnancy,
  other
};
BOOST_DESCRIBE_ENUM(Illness, none, hypertension, diabetes, heart, lung, kidney, liver, cancer, immune,
                    pregnancy, other)

/// A team of the county, city or province: its tier is that of the CDC that formed it.
struct TeamFormed {
  static constexpr std::string_view name = "investigation.team_formed";
  TeamId team;
  std::string title;
  UnitId cdc;
  Level tier = Level::county;
  AccountId lead;
  std::vector<AccountId> members;
};
BOOST_DESCRIBE_STRUCT(TeamFormed, (), (team, title, cdc, tier, lead, members))

struct TeamDissolved {
  static constexpr std::string_view name = "investigation.team_dissolved";
  TeamId team;
};
BOOST_DESCRIBE_STRUCT(TeamDissolved, (), (team))

/// A case is given to a team; `joins`: a team of the city or province comes beside the county's, which stays.
struct CaseAssigned {
  static constexpr std::string_view name = "investigation.case_assigned";
  CaseId case_id;
  TeamId team;
  UnitId cdc;
  Level tier = Level::county;
  AccountId lead;
  bool joins = false;
};
BOOST_DESCRIBE_STRUCT(CaseAssigned, (), (case_id, team, cdc, tier, lead, joins))

/// What one sitting of an interview brought: what is absent stays as it was.
struct InterviewAmended {
  static constexpr std::string_view name = "investigation.interview_amended";
  InterviewId interview;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  AccountId by;
  std::optional<std::vector<Symptom>> symptoms;
  std::optional<Day> onset_day;
  std::optional<std::string> occupation;
  std::optional<std::int32_t> doses;
  std::optional<Day> last_dose_day;
  std::optional<std::int32_t> household_size;
  std::optional<std::vector<Illness>> illnesses;
  TextRef household;
  TextRef workplaces;
  TextRef remarks;
};
BOOST_DESCRIBE_STRUCT(InterviewAmended, (),
                      (interview, case_id, person, cdc, by, symptoms, onset_day, occupation, doses,
                       last_dose_day, household_size, illnesses, household, workplaces, remarks))

}  // namespace fx::investigation
