#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> start_investigation(const StartInvestigation& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state)) no.add(not_open(*file));
  if (file->stage != InvestigationStage::assigned) no.add(wrong_state(enum_text(file->stage), {"assigned"}));
  if (!no.empty()) return no;
  return Decision{{TeamStarted{c.case_id, c.lead.value_or(context.actor.account), file->cdc}}};
}

}  // namespace

void add_start_investigation(Desk& desk) {
  desk.operation<StartInvestigation>("start_investigation", {"流调队到位", "Team on the case"})
      .by({Role::INV, Role::CDC})
      .deed()
      .keys(own_case<StartInvestigation>)
      .place(cdc_of_case<StartInvestigation>)
      .decide(start_investigation);
}

}  // namespace fx::investigation
