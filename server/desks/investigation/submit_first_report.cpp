#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> submit_first_report(const SubmitFirstReport& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (file->stage < InvestigationStage::core_facts)
    no.add(wrong_state(enum_text(file->stage), {"core_facts", "first_report"}));
  if (c.report.empty()) no.add(missing("/report"));
  if (!no.empty()) return no;
  return Decision{{FirstReportSubmitted{c.case_id, context.actor.account, c.report.ref}}};
}

}  // namespace

void add_submit_first_report(Desk& desk) {
  desk.operation<SubmitFirstReport>("submit_first_report", {"初次流调报告", "First investigation report"})
      .by({Role::INV, Role::CDC})
      .keys(own_case<SubmitFirstReport>)
      .place(cdc_of_case<SubmitFirstReport>)
      .decide(submit_first_report);
}

}  // namespace fx::investigation
