// The other answer to a proposed exclusion: the case stays, and what was not done yet is owed again.

#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> keep_case(const KeepCase& c, const View& view, const Context&) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!file->exclusion_proposed) no.add("R-CAS-8", "/case_id");
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{
      {ExclusionDismissed{c.case_id, file->pathogen, file->hospital, file->cdc, file->stage, c.note.ref}}};
}

}  // namespace

void add_keep_case(Desk& desk) {
  desk.operation<KeepCase>("keep_case", {"不予排除", "Keep the case"})
      .by({Role::CDC})
      .keys(own_case<KeepCase>)
      .place(cdc_of_case<KeepCase>)
      .decide(keep_case);
}

}  // namespace fx::investigation
