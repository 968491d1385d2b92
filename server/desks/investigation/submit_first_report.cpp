#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> submit_first_report(const SubmitFirstReport& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  first_report_refusals(*file, no);
  if (c.report.empty()) no.add(missing("/report"));
  if (!no.empty()) return no;
  Decision decision;
  submit_first(c.case_id, c.report.ref, context, decision);
  return decision;
}

}  // namespace

void first_report_refusals(const Case& file, Refusals& no) {
  if (file.stage < InvestigationStage::core_facts)
    no.add(wrong_state(enum_text(file.stage), {"core_facts", "first_report"}));
}

void submit_first(CaseId case_id, const TextRef& report, const Context& context, Decision& decision) {
  decision.events.emplace_back(FirstReportSubmitted{case_id, context.actor.account, report});
}

void add_submit_first_report(Desk& desk) {
  desk.operation<SubmitFirstReport>("submit_first_report", {"初次流调报告", "First investigation report"})
      .by({Role::INV, Role::CDC})
      .keys(own_case<SubmitFirstReport>)
      .place(cdc_of_case<SubmitFirstReport>)
      .decide(submit_first_report);
}

}  // namespace fx::investigation
