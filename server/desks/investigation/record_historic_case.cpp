#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

CaseState state_of(const RecordHistoricCase& c) {
  return c.outcome == CaseOutcome::died ? CaseState::died : CaseState::closed;
}

Result<Decision> record_historic_case(const RecordHistoricCase& c, const View& view, const Context& context) {
  Refusals no;
  if (view.find<Case>(c.case_id) != nullptr) no.add("R-CAS-5", "/case_id");
  const Day today = day_of(context.now);
  if (c.onset_day && *c.onset_day > today) no.add("F-FUTURE", "/onset_day");
  if (c.confirm_day && *c.confirm_day > today) no.add("F-FUTURE", "/confirm_day");
  if (!no.empty()) return no;
  return Decision{{CaseRecorded{c.case_id, c.person, c.pathogen, state_of(c), context.actor.unit, c.onset_day,
                                c.confirm_day, c.severity, c.outcome.value_or(CaseOutcome::unknown),
                                c.source_note ? c.source_note->ref : TextRef{}}}};
}

}  // namespace

void add_record_historic_case(Desk& desk) {
  desk.operation<RecordHistoricCase>("record_historic_case", {"补录历史病例", "Record an old case"})
      .by({Role::CDC})
      .keys(own_case<RecordHistoricCase>)
      .decide(record_historic_case);
}

}  // namespace fx::investigation
