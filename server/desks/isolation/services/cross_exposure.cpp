// A positive at a site, or a visit that was seen: the same floor and the same staff are assessed [F2, F7].
#include "desks/isolation/services/operations.hpp"

namespace fx::isolation {
namespace {

/// Nobody visits, nobody walks between rooms: the rulebook refuses it where it is not allowed, the desk where it is silent.
Result<Decision> visit(const RecordVisit& c, const View& view, const Context&) {
  if (view.find<Stay>(c.stay) == nullptr) return unknown("/stay");
  return refuse("R-STY-8", "/stay");
}

Result<Decision> seen(const ReportVisit& c, const View& view, const Context& context) {
  const Stay* stay = view.find<Stay>(c.stay);
  if (stay == nullptr) return unknown("/stay");
  const auto id = context.new_id<CrossExposureTag>("visit", c.stay.home());
  return Decision{{VisitSeen{id, stay->id, stay->site, context.actor.account, c.seen.ref},
                   CrossExposureOpened{id, stay->id, stay->site, stay->cdc, CrossCause::visit}}};
}

CrossExposureId of_tube(const OpenCrossExposure& c) {
  return derive<CrossExposureTag>(c.stay.raw, "cross:" + c.tube.text());
}

Result<Decision> open(const OpenCrossExposure& c, const View& view, const Context&) {
  if (view.find<CrossExposure>(of_tube(c)) != nullptr) return Decision{};
  return Decision{{CrossExposureOpened{of_tube(c), c.stay, c.site, c.cdc, CrossCause::positive}}};
}

Result<Decision> assess(const AssessCrossExposure& c, const View& view, const Context& context) {
  const CrossExposure* row = view.find<CrossExposure>(c.assessment);
  if (row == nullptr) return unknown("/assessment");
  Refusals no;
  if (!row->open) no.add(wrong_state("assessed", {"open"}, "/assessment"));
  if (c.residents_exposed < 0) no.add(malformed("/residents_exposed", "人数不能为负", "a number of people"));
  if (c.staff_exposed < 0) no.add(malformed("/staff_exposed", "人数不能为负", "a number of people"));
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{CrossExposureAssessed{c.assessment, c.residents_exposed, c.staff_exposed,
                                         context.actor.account, c.note.ref}}};
}

}  // namespace

void add_cross_exposure(Desk& desk) {
  desk.operation<RecordVisit>("record_visit", {"探视、串门", "Let in a visitor"})
      .by({Role::QM, Role::QD})
      .keys([](const RecordVisit& c, const Context&, KeySet& keys) { keys.read<Stay>(c.stay); })
      .place(site_of<RecordVisit>)
      .decide(visit);
  desk.operation<ReportVisit>("report_visit", {"报告发现探视或串门", "Report a visit that was seen"})
      .by({Role::QM, Role::QD, Role::NUR})
      .deed()
      .keys([](const ReportVisit& c, const Context& context, KeySet& keys) {
        keys.read<Stay>(c.stay).own<CrossExposure>(context.new_id<CrossExposureTag>("visit", c.stay.home()));
      })
      .place(site_of<ReportVisit>)
      .decide(seen);
  desk.operation<OpenCrossExposure>("open_cross_exposure", {"发起交叉感染评估", "Open an assessment"})
      .internal()
      .keys([](const OpenCrossExposure& c, const Context&, KeySet& keys) {
        keys.own<CrossExposure>(of_tube(c));
      })
      .decide(open);
  desk.operation<AssessCrossExposure>("assess_cross_exposure", {"登记交叉感染评估", "Record the assessment"})
      .by({Role::QD, Role::CDC, Role::INV})
      .keys([](const AssessCrossExposure& c, const Context&, KeySet& keys) {
        keys.own<CrossExposure>(c.assessment);
      })
      .place([](const AssessCrossExposure& c, const View& view, const Context&) -> std::optional<UnitId> {
        const CrossExposure* row = view.find<CrossExposure>(c.assessment);
        return row != nullptr ? std::optional(row->site) : std::nullopt;
      })
      .decide(assess);
}

}  // namespace fx::isolation
