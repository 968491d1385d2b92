// The engine's handoffs: what the arrows make of what happened, run in the order it happened.
#include <fmt/format.h>

#include "kernel/engine.hpp"
#include "kernel/engine_work.hpp"
#include "kernel/runtime_events.hpp"

namespace fx {

namespace {

/// The idempotency key of what an arrow makes of an event: the same whoever follows it. It carries the event's time, so
/// that answers of one hour lie together and old ones can be dropped by their keys.
RawId handed_id(const Arrow& arrow, const EventRow& row, int index) {
  RawId id = named_id(arrow.name, fmt::format("{}:{}", row.no, index), row.jurisdiction);
  const RawId dated = RawId::make(row.recorded_at.ms, 0, 0, 0);
  std::copy_n(dated.bytes.begin(), 6, id.bytes.begin());
  return id;
}

}  // namespace

std::vector<Command> Engine::handed_over(const EventRow& row, int hops) const {
  if (registry_.arrows_from(row.type).empty()) return {};
  const EventType* type = registry_.event(row.type);
  FX_ASSERT(type != nullptr, "unknown event " + row.type);
  Faults faults;
  const Event event(*type, type->read(parse_own_json(row.body), faults));
  FX_ASSERT(faults.empty(), "event " + std::to_string(row.no) + " cannot be read");
  return handed_over(row, event, hops);
}

std::vector<Command> Engine::handed_over(const EventRow& row, const Event& event, int hops) const {
  const Happened happened{event, row.no, row.occurred_at, row.recorded_at, row.jurisdiction};
  std::vector<Command> commands;
  for (const Arrow* arrow : registry_.arrows_from(row.type)) {
    int index = 0;
    for (HandedOver& handed : arrow->make(happened)) {
      Command command;
      command.operation = registry_.operation(handed.operation);
      FX_ASSERT(command.operation != nullptr, arrow->name + " leads to an unknown operation");
      command.body = std::move(handed.body);
      command.id = handed_id(*arrow, row, index++);
      command.system = true;
      command.jurisdiction = row.jurisdiction;
      command.occurred_at = row.occurred_at;
      command.caused_by = row.no;
      command.hops = hops + 1;
      command.arrow = arrow->name;
      commands.push_back(std::move(command));
    }
  }
  return commands;
}

void Engine::refused_handoff(Work& work, const Command& command, const Outcome& outcome) {
  const Unit* command_post = reference_->unit_of(UnitKind::command_post, command.jurisdiction);
  HandoffRefused event{named_id("handoff", command.id.text(), command.jurisdiction),
                       command_post != nullptr ? command_post->id : UnitId{},
                       command.arrow,
                       command.operation->full_name(),
                       outcome.refusals.list().front().code,
                       outcome.defect,
                       command.caused_by};
  Outcome recorded;
  KeySet keys;
  keys.own<Dispute>(event.about).subject(event.about);
  if (shared_ != nullptr) shared_->lock(keys, {});
  work.overlay.load(keys);
  work.overlay.declare(keys);
  accept(work, command, context_of(command, work.now), {.events = {Event(std::move(event))}}, recorded);
}

void Engine::run_handed_over(Work& work, const std::vector<Command>& commands) {
  constexpr int most_hops = 16;
  preload(work, commands);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const Command& command = commands[i];
    Outcome outcome;
    if (command.hops > most_hops) {
      outcome.kind = Outcome::Kind::refused;
      outcome.refusals.add("R-HOPS");
    } else {
      run_one(work, command, std::move(work.named[i]), outcome);
    }
    if (outcome.kind == Outcome::Kind::refused || outcome.kind == Outcome::Kind::defect) {
      if (!outcome.replayed) refused_handoff(work, command, outcome);
    }
    for (const EventRow& row : outcome.events) hops_[row.no] = command.hops;
  }
}

bool Engine::hand_over(Instant wall) {
  if (shared_ != nullptr) return follow_ledger(wall);
  if (waiting_.empty()) return false;
  std::vector<Waiting> taken;
  while (!waiting_.empty() &&
         (taken.size() < most_handed_over || waiting_.front().batch == taken.back().batch)) {
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  Work work(store_, ledger_time(wall), head_);
  std::vector<Command> commands;
  for (const Waiting& waiting : taken)
    commands.insert(commands.end(), waiting.commands.begin(), waiting.commands.end());
  try {
    run_handed_over(work, commands);
    commit(work);
  } catch (const StoreFull&) {
    waiting_.insert(waiting_.begin(), std::make_move_iterator(taken.begin()),
                    std::make_move_iterator(taken.end()));
    throw;
  }
  return true;
}

/// What the arrows make of the events of this transaction, before it is committed: only what somebody waits for.
std::vector<Engine::Waiting> Engine::started_by(const Work& work) const {
  std::vector<Waiting> out;
  for (std::size_t i = 0; i < work.batch.events.size(); ++i) {
    const EventRow& row = work.batch.events[i];
    if (registry_.arrows_from(row.type).empty()) continue;
    const auto hops = hops_.find(row.no);
    auto commands = handed_over(row, work.decided[i], hops == hops_.end() ? 0 : hops->second);
    if (!commands.empty()) out.push_back({0, std::move(commands)});
  }
  return out;
}

/// The batch up to which all arrows will have been followed when this one is committed.
std::int64_t Engine::cursor_after(const std::vector<Waiting>& started) const {
  if (waiting_.empty() && started.empty()) return head_.batch + 1;
  return waiting_.empty() ? head_.batch : waiting_.front().batch - 1;
}

}  // namespace fx
