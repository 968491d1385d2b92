#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

Result<Decision> submit_phe_report(const SubmitPheReport& c, const View& view, const Context& context) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr) return unknown("/case_id");
  const EventReport* report = view.find<EventReport>(event_report_of(c.case_id));
  Refusals no;
  if (report != nullptr && report->phe_reported_at) no.add(wrong_state("reported", {"owed"}));
  if (c.report.empty()) no.add(missing("/report"));
  if (!no.empty()) return no;
  return Decision{{PheReported{c.case_id, card->cdc, context.actor.account, c.report.ref}}};
}

}  // namespace

void add_phe_report(Desk& desk) {
  desk.operation<SubmitPheReport>("submit_phe_report",
                                  {"突发公共卫生事件网络报告", "Report to the public-health-event system"})
      .by({Role::CDC})
      .keys([](const SubmitPheReport& c, const Context&, KeySet& keys) {
        keys.read<Card>(card_of(c.case_id))
            .own<EventReport>(event_report_of(c.case_id))
            .subject(c.case_id.raw);
      })
      .place(cdc_of_card<SubmitPheReport>)
      .decide(submit_phe_report);
}

}  // namespace fx::reporting
