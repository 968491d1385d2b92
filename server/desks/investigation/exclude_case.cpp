#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> exclude_case(const ExcludeCase& c, const View& view, const Context&) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  const bool may = file->state == CaseState::screen_positive || file->state == CaseState::suspected || file->exclusion_proposed;
  if (!may) no.add(wrong_state(enum_text(file->state), {"screen_positive", "suspected"}));
  if (!c.second_negative && !file->exclusion_proposed) no.add("R-CAS-2", "/second_negative");
  if (c.second_tube && c.second_tube == file->tube) no.add("R-CAS-2", "/second_tube");
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{CaseExcluded{c.case_id, file->person, c.by, c.second_tube, file->hospital, file->cdc, c.note.ref}}};
}

}  // namespace

void add_exclude_case(Desk& desk) {
  desk.operation<ExcludeCase>("exclude_case", {"排除", "Exclude"})
      .by({Role::CDC})
      .keys(own_case<ExcludeCase>)
      .place(cdc_of_case<ExcludeCase>)
      .decide(exclude_case);
}

}  // namespace fx::investigation
