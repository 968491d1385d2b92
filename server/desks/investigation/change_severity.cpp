#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> change_severity(const ChangeSeverity& c, const View& view, const Context&) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (file->state != CaseState::confirmed)
    no.add(wrong_state(enum_text(file->state), {"confirmed"}));
  else if (file->severity == c.severity)
    no.add("R-CAS-7", "/severity");
  if (c.decision_note.empty()) no.add("R-CAS-3", "/decision_note");
  if (!no.empty()) return no;
  return Decision{{SeverityChanged{c.case_id, c.severity, file->severity.value_or(Severity::mild),
                                   file->hospital, file->cdc, c.decision_note.ref}}};
}

}  // namespace

void add_change_severity(Desk& desk) {
  desk.operation<ChangeSeverity>("change_severity", {"变更临床分型", "Change the severity"})
      .by({Role::DOC, Role::CDC})
      .keys(own_case<ChangeSeverity>)
      .place(hospital_or_cdc<ChangeSeverity>)
      .decide(change_severity);
}

}  // namespace fx::investigation
