#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

RowFault fault_of(const ImportItem& item, const PlannedCommand& command, const fx::Outcome& outcome) {
  if (outcome.kind == fx::Outcome::Kind::conflict)
    return {item.row,
            command.operation,
            {},
            "F-KEY",
            {"同一编号以前以不同内容导入过", "this number was imported before with other content"}};
  if (outcome.kind == fx::Outcome::Kind::unavailable)
    return {item.row,
            command.operation,
            {},
            "F-BUSY",
            {"系统暂时不能写入，请稍后继续", "nothing could be written just now: go on later"}};
  if (outcome.refusals.empty())
    return {item.row, command.operation, {}, "F-DEFECT", {"系统缺陷", "a defect of the system"}};
  const Refusal& first = outcome.refusals.list().front();
  return {item.row, command.operation, first.path, first.code, first.say};
}

}  // namespace

ItemPlan CommandSink::plan(const ImportItem& item) const {
  const PlanContext context{place_, ledger_, made_};
  if (const auto* report = std::get_if<LabReport>(&item.body)) return plan_lab_report(item, *report, context);
  if (const auto* row = std::get_if<CaseRow>(&item.body)) return plan_case_row(item, *row, context);
  if (const auto* row = std::get_if<LabRow>(&item.body)) return plan_lab_result(item, *row, context);
  if (const auto* row = std::get_if<ReturneeRow>(&item.body)) return plan_returnee(item, *row, context);
  if (const auto* row = std::get_if<ResidentRow>(&item.body)) return plan_resident(item, *row, context);
  if (const auto* row = std::get_if<ContactRow>(&item.body)) return plan_contact(item, *row, context);
  if (const auto* row = std::get_if<LinkRow>(&item.body)) return plan_link(item, *row, context);
  if (const auto* reading = std::get_if<SpecimenReading>(&item.body))
    return plan_reading(item, *reading, context);
  if (const auto* line = std::get_if<TrajectoryLine>(&item.body))
    return plan_trajectory(item, *line, context);
  ItemPlan none;
  none.faults.push_back(
      {item.row, {}, {}, "F-REF", {"这类文件尚不能导入", "rows of this kind cannot be imported yet"}});
  return none;
}

/// The plan, if the realm has all its operations.
ItemPlan CommandSink::possible(const ImportItem& item) const {
  ItemPlan planned = plan(item);
  for (const PlannedCommand& command : planned.commands) {
    if (ledger_.can(command.operation)) continue;
    planned.faults.push_back(
        {item.row, command.operation, {}, "F-REF", {"系统没有这个操作", "the realm has no such operation"}});
    break;
  }
  return planned;
}

/// It was refused because what it makes is there already.
bool CommandSink::is_there(const PlannedCommand& command, const fx::Outcome& outcome) const {
  return !command.exists_code.empty() && outcome.kind == fx::Outcome::Kind::refused &&
         outcome.refusals.has(std::string(command.exists_code)) &&
         ledger_.exists(command.makes_table, command.makes);
}

/// What rows after this one may refer to.
void CommandSink::note_made(const ItemPlan& plan) {
  for (const PlannedCommand& command : plan.commands)
    if (!command.makes.is_nil()) made_.insert(command.makes);
}

void CommandSink::prepare(std::span<const ImportItem> items, bool dry_run) {
  plans_.clear();
  outcomes_.clear();
  std::vector<PlannedCommand> commands;
  std::unordered_set<RawId> asked;
  for (const ImportItem& item : items) {
    if (!item.faults.empty() || item.same_as != 0) continue;
    ItemPlan planned = possible(item);
    if (planned.faults.empty()) {
      note_made(planned);
      for (const PlannedCommand& command : planned.commands)
        if (asked.insert(command.id).second) commands.push_back(command);
    }
    plans_.emplace(item.key, std::move(planned));
  }
  if (dry_run) return;
  std::vector<fx::Outcome> outcomes = issue_(commands);
  for (std::size_t i = 0; i < commands.size(); ++i) outcomes_.emplace(commands[i].id, std::move(outcomes[i]));
}

SinkAnswer CommandSink::take(const ImportItem& item, bool dry_run) {
  if (item.same_as != 0) return {Outcome::unchanged, {}, {}};
  const ItemPlan& planned = plans_.at(item.key);
  if (!planned.faults.empty()) return {Outcome::refused, planned.faults, {}};
  if (!dry_run) return answer(item, planned);
  return {stands(planned) ? Outcome::unchanged : Outcome::accepted, {}, planned.note};
}

/// Everything it makes is there: made by whomever, from whichever file.
bool CommandSink::stands(const ItemPlan& plan) const {
  if (plan.recorded) return *plan.recorded;
  return std::ranges::all_of(plan.commands, [&](const PlannedCommand& one) {
    return one.makes.is_nil() || ledger_.exists(one.makes_table, one.makes);
  });
}

/// Unchanged when every command had been answered before; refused by the first that is.
SinkAnswer CommandSink::answer(const ImportItem& item, const ItemPlan& plan) {
  if (plan.recorded == true) return {Outcome::unchanged, {}, plan.note};
  bool changed = false;
  for (const PlannedCommand& command : plan.commands) {
    const fx::Outcome& outcome = outcomes_.at(command.id);
    const bool accepted = outcome.kind == fx::Outcome::Kind::accepted;
    if (!accepted && !is_there(command, outcome))
      return {Outcome::refused, {fault_of(item, command, outcome)}, {}};
    changed = changed || (accepted && !outcome.replayed);
  }
  return {changed ? Outcome::accepted : Outcome::unchanged, {}, plan.note};
}

}  // namespace fx::importing
