// A report as its author left it. Each saving is a version; the draft beside it is made anew from the data.

#include "desks/investigation/operations.hpp"
#include "desks/investigation/reports/draft.hpp"

namespace fx::investigation {
namespace {

TextRef ref_of(const std::optional<FreeText>& text) { return text ? text->ref : TextRef{}; }

void take(TextRef& into, const TextRef& said) {
  if (!said.hash.empty()) into = said;
}

Result<Decision> save_report(const SaveReport& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  const auto said = [](const std::optional<FreeText>& text) { return text && !text->empty(); };
  if (!said(c.basic) && !said(c.trajectory) && !said(c.contacts) && !said(c.source) && !said(c.measures))
    return missing("/basic");
  return Decision{{ReportSaved{report_of(c.case_id, c.kind), c.case_id, c.kind, file->cdc,
                               context.actor.account, ref_of(c.basic), ref_of(c.trajectory),
                               ref_of(c.contacts), ref_of(c.source), ref_of(c.measures)}}};
}

}  // namespace

ReportId report_of(CaseId case_id, ReportKind kind) {
  return derive<ReportTag>(case_id.raw, "report " + std::string(enum_text(kind)));
}

void add_reports(Desk& desk) {
  desk.table<Report>({.indexes = {"case_id"}});
  desk.event<ReportSaved>();
  desk.evolves<ReportSaved, Report>(&ReportSaved::report,
                                    [](Report& row, const ReportSaved& e, const Stamp& at) {
                                      row.id = e.report;
                                      row.case_id = e.case_id;
                                      row.kind = e.kind;
                                      row.cdc = e.cdc;
                                      ++row.version;
                                      take(row.basic, e.basic);
                                      take(row.trajectory, e.trajectory);
                                      take(row.contacts, e.contacts);
                                      take(row.source, e.source);
                                      take(row.measures, e.measures);
                                      row.by = e.by;
                                      row.at = at.occurred_at;
                                    });
  desk.operation<SaveReport>("save_report", {"保存报告", "Save a report"})
      .by({Role::INV, Role::CDC})
      .keys([](const SaveReport& c, const Context&, KeySet& keys) {
        keys.own<Report>(report_of(c.case_id, c.kind)).read<Case>(c.case_id);
      })
      .place(cdc_of_case<SaveReport>)
      .decide(save_report);
  add_sign_report(desk);
  desk.list<Report>({.desk = {},
                     .name = "reports",
                     .title = {"流调报告", "Reports"},
                     .table = nullptr,
                     .readers = {Role::INV, Role::CDC},
                     .filters = {"case_id", "kind"},
                     .order_by = "at",
                     .descending = true,
                     .unit_fields = {"cdc"}});
}

}  // namespace fx::investigation
