// A version of a report is signed: a named officer stands for it, and the first and the full report are thereby in.

#include "desks/investigation/reports/draft.hpp"
#include "desks/investigation/sources/operations.hpp"

namespace fx::investigation {
namespace {

std::string version_text(std::int32_t version) { return "version " + std::to_string(version); }

Result<Decision> sign_report(const SignReport& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  const ReportId id = report_of(c.case_id, c.kind);
  const Report* report = view.find<Report>(id);
  if (report == nullptr) return wrong_state("not saved", {"saved"});
  Refusals no;
  if (report->version != c.version)
    no.add(wrong_state(version_text(report->version), {version_text(c.version)}));
  if (report->signed_version == report->version) no.add(wrong_state("signed", {"saved"}));
  if (report->basic.hash.empty()) no.add(missing("/basic"));
  if (c.kind == ReportKind::first) first_report_refusals(*file, no);
  if (c.kind == ReportKind::full) full_report_refusals(*file, view, no);
  if (!no.empty()) return no;
  Decision decision{{ReportSigned{id, c.case_id, c.kind, c.version, context.actor.account}}};
  if (c.kind == ReportKind::first) submit_first(c.case_id, report->basic, context, decision);
  if (c.kind == ReportKind::full) submit_full(*file, report->basic, context, decision);
  return decision;
}

}  // namespace

void add_sign_report(Desk& desk) {
  desk.event<ReportSigned>();
  desk.evolves<ReportSigned, Report>(&ReportSigned::report,
                                     [](Report& row, const ReportSigned& e, const Stamp& at) {
                                       row.signed_version = e.version;
                                       row.signed_by = e.by;
                                       row.signed_at = at.occurred_at;
                                     });
  desk.operation<SignReport>("sign_report", {"签发报告", "Sign a report"})
      .by({Role::INV, Role::CDC})
      .keys([](const SignReport& c, const Context&, KeySet& keys) {
        keys.own<Report>(report_of(c.case_id, c.kind))
            .own<Case>(c.case_id)
            .read<Trajectory>(trajectory_of(c.case_id));
      })
      .more_keys([](const SignReport& c, const View& view, const Context&, KeySet& keys) {
        if (c.kind == ReportKind::full) read_trajectory(c.case_id, view, keys);
      })
      .place(cdc_of_case<SignReport>)
      .decide(sign_report);
}

}  // namespace fx::investigation
