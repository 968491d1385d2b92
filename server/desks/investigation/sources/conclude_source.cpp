// How an investigation ends: everything asked, the source found, or signed as unknown. Never left blank.

#include "desks/investigation/sources/operations.hpp"
#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

/// A link is what makes a source known.
bool agrees(const StateSource& c, const Case& file) {
  switch (c.source) {
    case SourceState::unsaid: return false;
    case SourceState::unknown: return !file.infector;
    case SourceState::presumed:
    case SourceState::proven: break;
  }
  // Imported, or from a place without a known case: a source without a link is known by words.
  return !file.infector || c.source == SourceState::presumed || file.link == LinkStrength::proven;
}

Result<Decision> state_source(const StateSource& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  if (!is_open_case(file->state)) no.add(not_open(*file));
  if (!agrees(c, *file)) no.add("R-CAS-12", "/source");
  if (c.origin == Origin::unsaid) no.add("R-CAS-12", "/origin");
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  Decision decision{{SourceStated{c.case_id, c.source, c.origin, context.actor.account, c.note.ref}}};
  if (file->stage >= InvestigationStage::full)
    decision.events.emplace_back(SourceConcluded{c.case_id, c.source, context.actor.account});
  return decision;
}

/// What is still open, said in the refusal: stops unsettled, contacts unjudged, questions unanswered.
std::optional<Refusal> still_open(const Trajectory* trajectory, const View& view) {
  if (trajectory == nullptr) return refuse_because("R-CAS-9", "/case_id", "尚无行程", "no stop is recorded");
  std::size_t stops = 0;
  std::size_t gaps = 0;
  for (const StopId id : trajectory->stops) stops += is_done(view.get<Stop>(id)) ? 0 : 1;
  for (const GapId id : trajectory->gaps) gaps += is_done(view.get<Gap>(id)) ? 0 : 1;
  if (stops + gaps == 0) return std::nullopt;
  return refuse_because(
      "R-CAS-9", "/case_id",
      fmt::format("传染期内还有 {} 个行程点未排查完、{} 段轨迹空白未回答", stops, gaps),
      fmt::format("{} stops of the window are not settled, {} gaps not answered", stops, gaps));
}

Result<Decision> submit_full_report(const SubmitFullReport& c, const View& view, const Context& context) {
  const Case* file = view.find<Case>(c.case_id);
  if (file == nullptr) return unknown("/case_id");
  Refusals no;
  full_report_refusals(*file, view, no);
  if (c.report.empty()) no.add(missing("/report"));
  if (!no.empty()) return no;
  Decision decision;
  submit_full(*file, c.report.ref, context, decision);
  return decision;
}

}  // namespace

void full_report_refusals(const Case& file, const View& view, Refusals& no) {
  if (file.stage < InvestigationStage::first_report || file.history)
    no.add(wrong_state(enum_text(file.stage), {"first_report", "full"}));
  if (auto open = still_open(view.find<Trajectory>(trajectory_of(file.id)), view)) no.add(std::move(*open));
  if (file.source == SourceState::unsaid || file.origin == Origin::unsaid) no.add("R-CAS-12", "/case_id");
}

void read_trajectory(CaseId case_id, const View& view, KeySet& keys) {
  const auto* trajectory = view.find<Trajectory>(trajectory_of(case_id));
  if (trajectory == nullptr) return;
  for (const StopId stop : trajectory->stops) keys.read<Stop>(stop);
  for (const GapId gap : trajectory->gaps) keys.read<Gap>(gap);
}

void submit_full(const Case& file, const TextRef& report, const Context& context, Decision& decision) {
  decision.events.emplace_back(FullReportSubmitted{file.id, context.actor.account, report});
  decision.events.emplace_back(SourceConcluded{file.id, file.source, context.actor.account});
}

void add_conclude_source(Desk& desk) {
  desk.operation<StateSource>("state_source", {"签认来源", "State the source"})
      .by({Role::INV, Role::CDC})
      .keys(own_case<StateSource>)
      .place(cdc_of_case<StateSource>)
      .decide(state_source);
  desk.operation<SubmitFullReport>("submit_full_report", {"完整流调报告", "Full investigation report"})
      .by({Role::INV, Role::CDC})
      .keys([](const SubmitFullReport& c, const Context&, KeySet& keys) {
        keys.own<Case>(c.case_id).read<Trajectory>(trajectory_of(c.case_id));
      })
      .more_keys([](const SubmitFullReport& c, const View& view, const Context&, KeySet& keys) {
        read_trajectory(c.case_id, view, keys);
      })
      .place(cdc_of_case<SubmitFullReport>)
      .decide(submit_full_report);
}

}  // namespace fx::investigation
