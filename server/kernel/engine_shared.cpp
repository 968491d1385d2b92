#include "kernel/engine_work.hpp"

// What the engine does besides when several servers write to one ledger (kernel-notes §1–3, §5, §6): transactions that
// are run again, the arrows read from the ledger under one cursor, beats that one server at a time takes.
namespace fx {

/// The head as it stands, whoever moved it; the reference follows when it was changed elsewhere.
void Engine::refresh() {
  const Instant rhythms = head_.rhythm_cursor;
  head_ = shared_->refresh();
  head_is_fresh_ = true;
  if (head_.rhythm_cursor == Instant{})
    head_.rhythm_cursor = rhythms;  // a new ledger: written with its first batch
  if (head_.reference_generation != reference_generation_) load_reference();
  if (rules_changed_) ++head_.reference_generation;
}

template <class F>
bool Engine::alone(std::string_view name, F work) {
  return transact([&] {
    if (!shared_->try_lock(name)) return false;
    refresh();
    return work();
  });
}

void Engine::set_fences(bool arrows_start) {
  shared_->expect({.reference_generation = reference_generation_,
                   .followed = followed_,
                   .handoffs_from = handoffs_from_,
                   .arrows_start = arrows_start});
}

// ---- arrows ------------------------------------------------------------------------------------------------------

/// Handed-over commands count their hops by the events that caused them: the chain is in the ledger, on every server.
int Engine::hops_to(const EventRow& row) {
  constexpr int enough = 20;
  int hops = 0;
  for (No cause = row.caused_by; cause != 0 && hops < enough; ++hops) {
    const auto events = store_.events(cause, 1);
    if (events.empty() || events.front().no != cause) break;
    cause = events.front().caused_by;
  }
  return hops;
}

/// Fills what waits with events after the cursor, in whole batches; gives the batch up to which it read.
std::int64_t Engine::read_waiting(std::size_t most) {
  constexpr std::size_t page_size = 1000;
  waiting_.clear();
  std::int64_t until = std::max(head_.handoff_cursor, followed_);
  for (;;) {
    const auto page = store_.events_after(until, page_size);
    for (const StoredEvent& event : page) {
      if (waiting_.size() >= most && event.batch != until) return until;
      until = event.batch;
      if (registry_.arrows_from(event.row.type).empty()) continue;
      if (auto commands = handed_over(event.row, hops_to(event.row)); !commands.empty())
        waiting_.push_back({event.batch, std::move(commands)});
    }
    if (page.size() < page_size) return std::max(until, head_.batch);
  }
}

/// One transaction of handed-over commands. The cursor is compared and moved by its seal, so that each event's arrows
/// are followed once, whichever server does it.
bool Engine::follow_ledger(Instant wall) {
  if (!std::exchange(head_is_fresh_, false)) refresh();
  head_is_fresh_ = false;
  if (std::max(head_.handoff_cursor, followed_) >= head_.batch) return false;
  return alone("handoffs", [&] {
    const std::int64_t from = head_.handoff_cursor;
    const std::int64_t until = read_waiting(most_handed_over);
    std::vector<Command> commands;
    for (Waiting& waiting : waiting_) std::ranges::move(waiting.commands, std::back_inserter(commands));
    waiting_.clear();
    Work work(store_, ledger_time(wall), head_);
    run_handed_over(work, commands);
    work.batch.handoff_cursor = until;
    handoffs_from_ = from;
    if (commit(work)) return true;
    followed_ = until;  // nobody waited: written by the next batch of whoever comes
    return until < head_.batch;
  });
}

// ---- timer -------------------------------------------------------------------------------------------------------

/// Duties as they stand when what they are about is locked; those that were met or stepped meanwhile drop out.
std::vector<Duty> Engine::due_under_lock(const std::vector<Duty>& due, Instant now) {
  KeySet keys;
  std::vector<RawId> subjects;
  std::vector<No> numbers;
  for (const Duty& duty : due) {
    keys.subject(duty.about);
    subjects.push_back(duty.about);
    numbers.push_back(duty.no);
  }
  std::ranges::sort(numbers);
  std::ranges::sort(subjects);
  subjects.erase(std::ranges::unique(subjects).begin(), subjects.end());
  shared_->lock(keys, {});
  std::vector<Duty> out;
  store_.load_open_duties(subjects, [&](Duty duty) {
    if (duty.step_at && *duty.step_at <= now && std::ranges::binary_search(numbers, duty.no))
      out.push_back(std::move(duty));
  });
  std::ranges::sort(out, [](const Duty& a, const Duty& b) {
    return std::tie(*a.step_at, a.no) < std::tie(*b.step_at, b.no);
  });
  return out;
}

bool Engine::shared_beat(Instant wall, std::size_t limit) {
  const auto step = store_.next_step_at();
  const bool steps = step && *step <= ledger_time(wall);
  const bool periods = rhythms_are_due(ledger_time(wall)) &&
                       !rules_->periods(head_.rhythm_cursor, ledger_time(wall), *reference_).empty();
  const bool opened = periods && alone("timer", [&] { return open_periods(ledger_time(wall)); });
  return (steps && alone("timer", [&] { return take_steps(ledger_time(wall), limit); })) || opened;
}

}  // namespace fx
