#include <fmt/format.h>

#include <queue>

#include "kernel/engine_work.hpp"
#include "kernel/runtime_events.hpp"

namespace fx {
namespace {

constexpr std::size_t most_in_one_event =
    24;  // with the notices of its ladder an event stays under 63 consequences

/// Earliest step first, then the lowest number: due order, on every server the same.
struct LaterStep {
  bool operator()(const Duty& a, const Duty& b) const {
    return std::tie(*a.step_at, a.no) > std::tie(*b.step_at, b.no);
  }
};

Command system_command(const Operation& operation, std::string_view kind, const std::string& key,
                       std::int32_t home) {
  Command command;
  command.operation = &operation;
  command.id = named_id(kind, key, home);
  command.system = true;
  command.jurisdiction = home;
  return command;
}

const Operation& timer_operation() {
  static const Operation operation = [] {
    Operation o;
    o.desk = "runtime";
    o.name = "timer";
    o.internal = true;
    o.actors = {Role::SYS};
    return o;
  }();
  return operation;
}

}  // namespace

const std::string& Engine::frozen(const std::string& key) {
  auto found = frozen_.find(key);
  if (found == frozen_.end()) found = frozen_.emplace(key, store_.frozen(key)).first;
  return found->second;
}

/// Steps the duties due by now in due order; a duty with several missed steps comes up again until it has none.
bool Engine::take_steps(Instant now, std::size_t limit) {
  std::vector<Duty> due = store_.due_duties(now, limit);
  if (due.empty()) return false;
  // Beyond the last one loaded others may come first: they wait for the next beat.
  const Instant horizon = due.size() < limit ? now : *due.back().step_at;
  if (shared_ != nullptr) due = due_under_lock(due, now);
  if (due.empty()) return true;  // somebody met them meanwhile: there may be others
  Work work(store_, now, head_);
  std::priority_queue<Duty, std::vector<Duty>, LaterStep> queue(LaterStep{}, {});
  for (Duty& duty : due) {
    work.overlay.adopt(duty);
    queue.push(std::move(duty));
  }
  DutiesStepped event;
  Effects effects;
  Instant at;
  const auto flush = [&] {
    if (event.steps.empty()) return;
    event.about = due.front().about;
    const auto& first = event.steps.front();
    Command command =
        system_command(timer_operation(), "step", fmt::format("{}:{}", first.duty, first.step), 0);
    command.occurred_at = at;
    const RowPtr row = work.overlay.find({&table_type<Duty>(), key_of_no(first.duty)});
    event.about = static_cast<const Duty*>(row.get())->about;
    const Event recorded(std::move(event));
    EventRow stored = record(work, command, context_of(command, now), recorded);
    const Stamp stamp = stamp_of(stored);
    number(effects, stored.no);
    apply_event(registry_, recorded, stamp, work.overlay);
    apply_effects(effects, stamp, work.overlay);
    if (!effects.empty()) stored.effects = to_json(effects);
    work.add(std::move(stored), recorded);
    work.overlay.merge();
    event = {};
    effects = {};
  };
  while (!queue.empty()) {
    Duty duty = queue.top();
    queue.pop();
    if (event.steps.size() >= most_in_one_event || (!event.steps.empty() && at != *duty.step_at)) flush();
    at = *duty.step_at;
    Step step = rules_->step(duty, frozen(duty.frozen), now, *reference_);
    if (effects.notices.size() + step.notices.size() > most_effects) flush();
    step.step.duty = duty.no;
    for (Notice& notice : step.notices) {
      notice.duty = duty.no;
      effects.notices.push_back(std::move(notice));
    }
    event.steps.push_back(step.step);
    duty.step = step.step.step;
    duty.state = step.step.state;
    duty.step_at = step.step.next;
    if (duty.step_at && *duty.step_at <= horizon) queue.push(std::move(duty));
  }
  flush();
  commit(work);
  return true;
}

/// False, too, on a new ledger: it starts with the present period, not with 1970.
bool Engine::rhythms_are_due(Instant now) {
  if (now <= head_.rhythm_cursor) return false;
  if (head_.rhythm_cursor == Instant{}) {
    head_.rhythm_cursor = now;
    return false;
  }
  return true;
}

/// Opens each period once: the cursor moves in the transaction that opens it.
bool Engine::open_periods(Instant now) {
  if (!rhythms_are_due(now)) return false;
  auto periods = rules_->periods(head_.rhythm_cursor, now, *reference_);
  if (periods.empty()) return false;
  if (shared_ != nullptr) {
    KeySet keys;
    for (const Period& period : periods)
      for (const Duty& duty : period.duties) keys.subject(duty.about);
    shared_->lock(keys, {});
  }
  Work work(store_, now, head_);
  for (Period& period : periods) {
    for (std::size_t from = 0; from < period.duties.size(); from += most_in_one_event) {
      const std::size_t until = std::min(period.duties.size(), from + most_in_one_event);
      const std::int32_t home = period.duties[from].jurisdiction;
      Command command = system_command(timer_operation(), "period",
                                       fmt::format("{}:{}:{}", period.rhythm, period.period, from), home);
      command.occurred_at = period.starts;
      PeriodOpened body{named_id("rhythm", period.rhythm, home), period.rhythm, period.period, period.starts};
      const Event event(std::move(body));
      EventRow stored = record(work, command, context_of(command, now), event);
      Effects effects;
      effects.opened.assign(period.duties.begin() + static_cast<std::ptrdiff_t>(from),
                            period.duties.begin() + static_cast<std::ptrdiff_t>(until));
      number(effects, stored.no);
      const Stamp stamp = stamp_of(stored);
      apply_effects(effects, stamp, work.overlay);
      count(work, effects, stamp);
      stored.effects = to_json(effects);
      work.add(std::move(stored), event);
    }
    for (Frozen& text : period.frozen) work.freeze(frozen_, std::move(text));
  }
  work.overlay.merge();
  work.rhythm_cursor = now;
  commit(work);
  return true;
}

}  // namespace fx
