#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

RowFault fault_of(const ImportItem& item, const PlannedCommand& command, const fx::Outcome& outcome) {
  if (outcome.refusals.empty())
    return {item.row, {}, command.operation, "F-DEFECT", {"系统缺陷", "a defect of the system"}};
  const Refusal& first = outcome.refusals.list().front();
  return {item.row, command.operation, first.path, first.code, first.say};
}

}  // namespace

ItemPlan CommandSink::plan(const ImportItem& item) const {
  if (const auto* report = std::get_if<LabReport>(&item.body)) return plan_lab_report(item, *report, place_);
  if (const auto* row = std::get_if<CaseRow>(&item.body)) return plan_case_row(item, *row, place_, in_force_);
  return {};
}

void CommandSink::prepare(std::span<const ImportItem> items, bool dry_run) {
  outcomes_.clear();
  if (dry_run) return;
  std::vector<PlannedCommand> commands;
  for (const ImportItem& item : items) {
    if (!item.faults.empty()) continue;
    ItemPlan planned = plan(item);
    if (!planned.faults.empty()) continue;
    for (PlannedCommand& command : planned.commands) commands.push_back(std::move(command));
  }
  std::vector<fx::Outcome> outcomes = issue_(commands);
  for (std::size_t i = 0; i < commands.size(); ++i) outcomes_.emplace(commands[i].id, std::move(outcomes[i]));
}

SinkAnswer CommandSink::take(const ImportItem& item, bool dry_run) {
  ItemPlan planned = plan(item);
  if (!planned.faults.empty()) return {Outcome::refused, std::move(planned.faults), {}};
  if (!dry_run) return answer(item, planned);
  const bool known = !planned.commands.empty() && known_(planned.commands.back().id);
  return {known ? Outcome::unchanged : Outcome::accepted, {}, planned.note};
}

/// Unchanged when every command had been answered before; refused by the first that is.
SinkAnswer CommandSink::answer(const ImportItem& item, const ItemPlan& plan) {
  bool changed = false;
  for (const PlannedCommand& command : plan.commands) {
    const fx::Outcome& outcome = outcomes_.at(command.id);
    const bool accepted = outcome.kind == fx::Outcome::Kind::accepted;
    if (!accepted && !command.may_exist) return {Outcome::refused, {fault_of(item, command, outcome)}, {}};
    changed = changed || (accepted && !outcome.replayed);
  }
  return {changed ? Outcome::accepted : Outcome::unchanged, {}, plan.note};
}

}  // namespace fx::importing
