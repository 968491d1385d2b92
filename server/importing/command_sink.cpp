#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

RowFault fault_of(const ImportItem& item, const PlannedCommand& command, const fx::Outcome& outcome) {
  if (outcome.refusals.empty()) return {item.row, {}, command.operation, "F-DEFECT", {"系统缺陷", "a defect of the system"}};
  const Refusal& first = outcome.refusals.list().front();
  return {item.row, command.operation, first.path, first.code, first.say};
}

}  // namespace

SinkAnswer CommandSink::take(const ImportItem& item, bool dry_run) {
  ItemPlan plan;
  if (const auto* report = std::get_if<LabReport>(&item.body)) plan = plan_lab_report(item, *report, place_);
  else if (const auto* row = std::get_if<CaseRow>(&item.body)) plan = plan_case_row(item, *row, place_, in_force_);
  if (!plan.faults.empty()) return {Outcome::refused, std::move(plan.faults), {}};
  if (!dry_run) return carry_out(item, plan);
  const bool known = !plan.commands.empty() && known_(plan.commands.back().id);
  return {known ? Outcome::unchanged : Outcome::accepted, {}, plan.note};
}

/// Unchanged when every command had been answered before; refused by the first that is.
SinkAnswer CommandSink::carry_out(const ImportItem& item, const ItemPlan& plan) {
  bool changed = false;
  for (const PlannedCommand& command : plan.commands) {
    const fx::Outcome outcome = issue_(command);
    const bool accepted = outcome.kind == fx::Outcome::Kind::accepted;
    if (!accepted && !command.may_exist) return {Outcome::refused, {fault_of(item, command, outcome)}, {}};
    changed = changed || (accepted && !outcome.replayed);
  }
  return {changed ? Outcome::accepted : Outcome::unchanged, {}, plan.note};
}

}  // namespace fx::importing
