// Emergency event: institution → county health authority → county government → city → province → nation
// [L1 art. 19–20]. Each level's clock runs from its own receipt.

#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

std::optional<UnitId> unit_at(const Context& context, UnitKind kind, std::int32_t place) {
  const Unit* unit = context.reference.unit_of(kind, place);
  return unit != nullptr ? std::optional(unit->id) : std::nullopt;
}

/// Government of a level; a place that registered none is represented by its command post.
std::optional<UnitId> government(const Context& context, std::int32_t place) {
  const auto gov = unit_at(context, UnitKind::government, place);
  return gov ? gov : unit_at(context, UnitKind::command_post, place);
}

/// The unit that receives at a level, for an event at home in a county.
std::optional<UnitId> receiver(const Context& context, ChainLevel level, std::int32_t county) {
  switch (level) {
    case ChainLevel::county_ha: return unit_at(context, UnitKind::health_authority, county);
    case ChainLevel::county_gov: return government(context, county);
    case ChainLevel::city: return government(context, city_of(county));
    case ChainLevel::province: return government(context, province_of(county));
    case ChainLevel::nation: return government(context, 0);
    case ChainLevel::none: break;
  }
  return std::nullopt;
}

ChainLevel next(ChainLevel level) { return static_cast<ChainLevel>(static_cast<int>(level) + 1); }

Result<Decision> expect_event_report(const ExpectEventReport& c, const View& view, const Context& context) {
  const EventReport* report = view.find<EventReport>(event_report_of(c.case_id));
  if (report != nullptr && !report->cancelled) return Decision{};
  const Unit* hospital = context.reference.unit(c.hospital);
  if (hospital == nullptr) return unknown("/hospital");
  return Decision{{EventReportExpected{event_report_of(c.case_id), c.case_id, c.hospital,
                                       unit_at(context, UnitKind::command_post, hospital->jurisdiction)}}};
}

Result<Decision> cancel_event_report(const CancelEventReport& c, const View& view, const Context&) {
  const EventReport* report = view.find<EventReport>(event_report_of(c.case_id));
  // Whoever has received it goes on telling the next level: they hear of the amendment the same way.
  if (report == nullptr || report->cancelled || report->reached != ChainLevel::none) return Decision{};
  return Decision{{EventReportCancelled{report->id, c.case_id}}};
}

Result<Decision> report_event(const ReportEvent& c, const View& view, const Context& context) {
  const EventReport* report = view.find<EventReport>(event_report_of(c.case_id));
  if (report == nullptr) return unknown("/case_id");
  Refusals no;
  if (report->cancelled)
    no.add(wrong_state("cancelled", {"expected"}));
  else if (report->reported_at)
    no.add(wrong_state("reported", {"expected"}));
  if (c.report.empty()) no.add(missing("/report"));
  if (!no.empty()) return no;
  return Decision{{EventReported{report->id, c.case_id, report->hospital,
                                 receiver(context, ChainLevel::county_ha, c.case_id.home()), c.report.ref}}};
}

Result<Decision> receive_event_report(const ReceiveEventReport& c, const View& view, const Context& context) {
  const EventReport* report = view.find<EventReport>(event_report_of(c.case_id));
  if (report == nullptr) return unknown("/case_id");
  if (report->reached == ChainLevel::nation)
    return wrong_state("nation", {"none", "county_ha", "county_gov", "city", "province"});
  if (report->cancelled) return wrong_state("cancelled", {"expected", "reported"});
  const ChainLevel level = next(report->reached);
  const std::int32_t county = c.case_id.home();
  const auto expected = receiver(context, level, county);
  Refusals no;
  if (!expected)
    no.add(unknown("/case_id"));
  else if (*expected != context.actor.unit)
    no.add("R-CHN-1", "/case_id");
  if (!no.empty()) return no;
  return Decision{
      {EventReceived{report->id, c.case_id, level, context.actor.unit,
                     level == ChainLevel::nation ? std::nullopt : receiver(context, next(level), county),
                     context.actor.account}}};
}

template <class C>
void own_report(const C& c, const Context&, KeySet& keys) {
  keys.own<EventReport>(event_report_of(c.case_id)).subject(c.case_id.raw);
}

}  // namespace

void add_event_chain(Desk& desk) {
  desk.operation<ExpectEventReport>("expect_event_report", {"应报突发事件", "An event report is owed"})
      .internal()
      .keys(own_report<ExpectEventReport>)
      .decide(expect_event_report);
  desk.operation<CancelEventReport>("cancel_event_report", {"不再上报突发事件", "No event report is owed"})
      .internal()
      .keys(own_report<CancelEventReport>)
      .decide(cancel_event_report);
  desk.operation<ReportEvent>("report_event", {"报告突发事件", "Report the emergency event"})
      .by({Role::DOC, Role::NUR, Role::FRP})
      .keys(own_report<ReportEvent>)
      .place([](const ReportEvent& c, const View& view, const Context&) -> std::optional<UnitId> {
        const EventReport* report = view.find<EventReport>(event_report_of(c.case_id));
        return report != nullptr ? std::optional(report->hospital) : std::nullopt;
      })
      .decide(report_event);
  desk.operation<ReceiveEventReport>("receive_event_report", {"接收突发事件报告", "Receive the event report"})
      .by({Role::HA, Role::CMD, Role::DO, Role::DL})
      .deed()
      .keys(own_report<ReceiveEventReport>)
      .decide(receive_event_report);
}

}  // namespace fx::reporting
