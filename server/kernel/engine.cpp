#include "kernel/engine.hpp"

#include "kernel/engine_work.hpp"
#include "kernel/runtime_events.hpp"

namespace fx {

Engine::Engine(Parts parts)
    : registry_(parts.registry),
      rules_(parts.rules),
      access_(parts.access),
      store_(parts.store),
      shared_(dynamic_cast<SharedStore*>(&parts.store)),
      head_(store_.head()) {
  load_reference();
  if (shared_ != nullptr) return;  // it is read from the ledger each time
  // What was committed but not yet followed before the process ended.
  for (std::int64_t after = head_.handoff_cursor; after < head_.batch;) {
    const auto page = store_.events_after(after, 10'000);
    if (page.empty()) break;
    for (const StoredEvent& event : page)
      if (auto commands = handed_over(event.row, 0); !commands.empty())
        waiting_.push_back({event.batch, std::move(commands)});
    after = page.back().batch;
  }
}

void Engine::use_rules(const Rules& rules) {
  rules_ = &rules;
  rules_changed_ = true;
  ++head_.reference_generation;
}

std::vector<StoredEvent> Engine::take_committed() { return std::exchange(committed_, {}); }

// ---- reference ---------------------------------------------------------------------------------------------------

void Engine::load_reference() {
  reference_generation_ =
      head_.reference_generation;  // rows read after it are at least as new: the seal compares it
  auto reference = std::make_shared<Reference>();
  if (registry_.table(Unit::table) != nullptr)
    store_.each_row(table_type<Unit>(),
                    [&](const void* row) { reference->add(*static_cast<const Unit*>(row)); });
  if (registry_.table(Holding::table) != nullptr)
    store_.each_row(table_type<Holding>(),
                    [&](const void* row) { reference->add(*static_cast<const Holding*>(row)); });
  reference_ = std::move(reference);
}

void Engine::rebuild_reference(const std::vector<RowWrite>& writes) {
  std::shared_ptr<Reference> next;
  for (const RowWrite& write : writes) {
    if (!write.table->reference) continue;
    if (!next) next = std::make_shared<Reference>(*reference_);
    if (write.table == &table_type<Unit>()) next->add(*static_cast<const Unit*>(write.row.get()));
    if (write.table == &table_type<Holding>()) next->add(*static_cast<const Holding*>(write.row.get()));
  }
  if (next) reference_ = std::move(next);
  reference_generation_ = head_.reference_generation;
}

// ---- one transaction of commands ---------------------------------------------------------------------------------

Context Engine::context_of(const Command& command, Instant now) const {
  Actor actor{command.account, command.unit, command.jurisdiction, {}};
  if (command.system) {
    actor.roles.push_back(Role::SYS);
  } else {
    for (const Holding* holding : reference_->holdings_of(command.account, now))
      if (holding->unit == command.unit) actor.roles.push_back(holding->role);
    if (const Unit* unit = reference_->unit(command.unit)) actor.jurisdiction = unit->jurisdiction;
  }
  return {
      now,           command.occurred_at.value_or(now), std::move(actor), command.id, *reference_, *rules_,
      command.queued};
}

void Engine::preload(Work& work, const std::vector<Command>& commands) {
  KeySet all;
  std::vector<AnswerKey> answers;
  work.named.assign(commands.size(), {});
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const Command& command = commands[i];
    command.operation->keys(command.body.get(), context_of(command, work.now), work.named[i]);
    all.append(work.named[i]);
    answers.push_back({command.account, command.id});
  }
  if (shared_ != nullptr) shared_->lock(all, answers);
  work.overlay.load(all);
  store_.load_answers(answers, [&](AnswerRow row) { work.answers.emplace(row.key, std::move(row)); });
}

void Engine::name_keys(Work& work, const Command& command, const Context& context, KeySet keys) {
  std::optional<std::size_t> loaded;  // revision of the keys that the overlay has
  const auto load = [&] {
    if (loaded == keys.revision()) return false;
    if (shared_ != nullptr) shared_->lock(keys, {});
    work.overlay.load(keys);
    work.overlay.declare(keys);
    loaded = keys.revision();
    return true;
  };
  load();
  for (int hop = 0; hop < 2 && command.operation->more_keys; ++hop) {
    command.operation->more_keys(command.body.get(), work.overlay, context, keys);
    if (!load()) break;
  }
  // A bar's fact may lie two rows away: the second is known once the first is loaded.
  for (int hop = 0; hop < 2; ++hop) {
    rules_->bar_keys(*command.operation, command.body.get(), work.overlay, context, keys);
    if (!load()) break;
  }
}

std::vector<Outcome> Engine::run(std::vector<Command>& commands, Instant wall, std::vector<AuditLine> audit) {
  try {
    return transact([&] { return run_batch(commands, wall, audit); });
  } catch (const TooManyLocks&) {
    if (commands.size() < 2) throw;
    return run_halves(commands, wall, std::move(audit));
  }
}

/// Two transactions instead of one. When there is no room for the second any more, what is stored stays stored.
std::vector<Outcome> Engine::run_halves(std::vector<Command>& commands, Instant wall,
                                        std::vector<AuditLine> audit) {
  const auto middle = commands.begin() + static_cast<std::ptrdiff_t>(commands.size() / 2);
  std::vector<Command> rest(std::make_move_iterator(middle), std::make_move_iterator(commands.end()));
  commands.erase(middle, commands.end());
  std::vector<Outcome> outcomes = run(commands, wall, std::move(audit));
  std::vector<Outcome> others(rest.size());
  try {
    others = run(rest, wall, {});
  } catch (const StoreFull&) {
    for (Outcome& outcome : others) outcome.kind = Outcome::Kind::unavailable;
  }
  std::ranges::move(others, std::back_inserter(outcomes));
  return outcomes;
}

std::vector<Outcome> Engine::run_batch(const std::vector<Command>& commands, Instant wall,
                                       const std::vector<AuditLine>& audit) {
  Work work(store_, ledger_time(wall), head_);
  work.batch.audit = audit;
  preload(work, commands);
  std::vector<Outcome> outcomes(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i)
    run_one(work, commands[i], std::move(work.named[i]), outcomes[i]);
  commit(work);
  for (Outcome& outcome : outcomes)
    if (outcome.batch == 0) outcome.batch = head_.batch;
  return outcomes;
}

bool Engine::answer_known(Work& work, const Command& command, Outcome& outcome) {
  const auto known = work.answers.find({command.account, command.id});
  if (known == work.answers.end()) return false;
  const AnswerRow& answer = known->second;
  if (answer.body_hash != command.body_hash) {
    outcome.kind = Outcome::Kind::conflict;
    outcome.refusals.add("F-KEY");
    speak(outcome.refusals);
    return true;
  }
  outcome.replayed = true;
  outcome.batch = answer.batch;
  if (!answer.refusals.empty()) {
    outcome.kind = Outcome::Kind::refused;
    outcome.refusals = refusals_from_json(answer.refusals);
  } else {
    outcome.kind = Outcome::Kind::accepted;
    outcome.events = answer.batch == 0 ? work.events(answer.first, answer.count)
                                       : store_.events(answer.first, answer.count);
  }
  return true;
}

void Engine::run_one(Work& work, const Command& command, KeySet keys, Outcome& outcome) {
  if (answer_known(work, command, outcome)) return;
  const Context context = context_of(command, work.now);
  const auto before = work.mark();
  try {
    auto decision = judge(work, command, context, std::move(keys));
    if (decision) {
      if (!decision->disputed.empty())
        decision->events.push_back(disputed(work, command, context, decision->disputed, true));
      accept(work, command, context, *decision, outcome);
      // What an arrow handed over and nobody waited for leaves no trace: the cursor of the arrows says that it was done.
      if (command.arrow.empty() || !outcome.events.empty()) work.answer(command, outcome);
    } else {
      Refusals no = std::move(decision).error();
      if (is_disputed(command, no)) dispute(work, command, context, no);
      refuse(work, command, context, std::move(no), outcome);
    }
  } catch (const Defect& defect) {
    // Pure code cannot have damaged anything: this command fails, the next ones go on (kernel-notes §1).
    work.overlay.drop();
    work.restore(before);
    outcome = {};
    outcome.kind = Outcome::Kind::defect;
    outcome.defect = command.operation->full_name() + ": " + defect.what();
    outcome.refusals.add("F-DEFECT");
    speak(outcome.refusals);
  }
}

Result<Decision> Engine::judge(Work& work, const Command& command, const Context& context, KeySet keys) {
  constexpr Duration skew = std::chrono::minutes(5);  // settled.md 8: beyond it a time lies in the future
  const Operation& operation = *command.operation;
  if (context.occurred_at > work.now + skew) return fx::refuse("F-FUTURE", "/occurred_at");
  // The system (handoffs, timer, the making of a realm) holds no role and needs none; the door never lets it in.
  if (!command.system &&
      !std::ranges::any_of(operation.actors, [&](Role role) { return context.actor.has(role); }))
    return fx::refuse("R-ROLE");
  name_keys(work, command, context, std::move(keys));
  if (operation.place && !context.actor.system()) {
    const auto place = operation.place(command.body.get(), work.overlay, context);
    const Unit* unit = place ? reference_->unit(*place) : nullptr;
    if (place && (unit == nullptr || !access_.in_scope(context.actor, *unit, *reference_)))
      return fx::refuse("R-SCOPE");
  }
  if (!operation.life_saving) {
    auto barred = rules_->bars(operation, command.body.get(), work.overlay, context);
    if (!barred.empty()) return barred;
  }
  return operation.decide(command.body.get(), work.overlay, context);
}

void Engine::accept(Work& work, const Command& command, const Context& context, const Decision& decision,
                    Outcome& outcome) {
  outcome.kind = Outcome::Kind::accepted;
  for (const Event& event : decision.events) {
    EventRow row = record(work, command, context, event);
    const Stamp stamp = stamp_of(row);
    std::vector<RowChange> changes;
    apply_event(registry_, event, stamp, work.overlay, &changes);
    const Happened happened{event, row.no, row.occurred_at, row.recorded_at, row.jurisdiction};
    Consequences consequences = rules_->on(happened, work.overlay, changes, context);
    if (const auto* cancelled = event.as<DutyCancelled>())
      consequences.effects.ended.push_back({cancelled->duty, DutyState::cancelled, "cancelled by authority"});
    number(consequences.effects, row.no);
    for (const Duty& duty : consequences.effects.opened)
      FX_ASSERT(work.overlay.is_subject(duty.about), duty.rule + " opens about a subject that " +
                                                         command.operation->full_name() + " did not name");
    apply_effects(consequences.effects, stamp, work.overlay);
    count(work, consequences.effects, stamp);
    for (Frozen& text : consequences.frozen) work.freeze(frozen_, std::move(text));
    if (!consequences.effects.empty()) row.effects = to_json(consequences.effects);
    work.add(row, event);
    outcome.events.push_back(std::move(row));
  }
  work.overlay.merge();
  if (decision.events.empty()) return;  // nothing happened: what was sealed for it replaces nothing
  work.batch.identities.insert(work.batch.identities.end(), command.identities.begin(),
                               command.identities.end());
  work.batch.tokens.insert(work.batch.tokens.end(), command.tokens.begin(), command.tokens.end());
}

EventRow Engine::record(Work& work, const Command& command, const Context& context, const Event& event) {
  EventRow row;
  row.no = make_no(head_.slot, work.next_n++);
  row.about = event.about();
  row.jurisdiction = row.about.home();
  row.type = event.name();
  row.occurred_at = context.occurred_at;
  row.recorded_at = work.now;
  row.command = command.id;
  row.actor = command.account;
  row.unit = command.unit;
  row.operation = command.operation->full_name();
  row.device = command.device;
  row.device_seq = command.device_seq;
  row.device_time = command.device_time;
  row.caused_by = command.caused_by;
  row.reference_generation = head_.reference_generation;
  row.body = event.json();
  return row;
}

void Engine::number(Effects& effects, No event_no) const {
  int ordinal = 0;
  const auto next = [&] {
    FX_ASSERT(++ordinal <= most_effects, "an event with more than 63 consequences must be split");
    return event_no + ordinal;
  };
  // A notice names its duty by position until both have numbers: -1 is the first duty opened here, -2 the second …
  for (Duty& duty : effects.opened) {
    duty.no = next();
    duty.opened_by = event_no;
  }
  const auto numbered = [&](No duty) {
    return duty < 0 ? effects.opened.at(static_cast<std::size_t>(-duty - 1)).no : duty;
  };
  for (Notice& notice : effects.notices) {
    notice.no = next();
    notice.duty = numbered(notice.duty);
  }
  for (DutyMet& met : effects.met) met.duty = numbered(met.duty);  // met at once: it had happened before
}

void Engine::refuse(Work& work, const Command& command, const Context& context, Refusals refusals,
                    Outcome& outcome) {
  work.overlay.drop();
  outcome.kind = Outcome::Kind::refused;
  speak(refusals);
  outcome.refusals = std::move(refusals);
  work.answer(command, outcome);
  work.batch.audit.push_back({.at = work.now,
                              .actor = command.account,
                              .unit = command.unit,
                              .kind = "refused",
                              .operation = command.operation->full_name(),
                              .code = outcome.refusals.list().front().code,
                              .purpose = {},
                              .detail = refusal_detail(outcome.refusals, context),
                              .peer = command.peer});
}

void Engine::speak(Refusals& refusals) const {
  for (Refusal& refusal : refusals.list())
    if (refusal.say.zh.empty()) refusal.say = registry_.sentence(refusal.code);
}

void Engine::count(Work& work, const Effects& effects, const Stamp& stamp) {
  for (CounterMove& move : counter_moves(effects, stamp, work.overlay))
    work.batch.counters.push_back({move.jurisdiction, std::move(move.measure), move.day, move.by});
}

/// False: there was nothing to write.
bool Engine::commit(Work& work) {
  work.batch.rows = work.overlay.writes();
  if (work.batch.empty()) {
    // Arrows were followed and led nowhere: remembered here, written with the next batch.
    if (shared_ == nullptr && waiting_.empty()) head_.handoff_cursor = head_.batch;
    return false;
  }
  const bool reference_changed =
      std::ranges::any_of(work.batch.rows, [](const RowWrite& write) { return write.table->reference; });
  work.batch.decided_at = work.now;
  work.batch.reference_generation = head_.reference_generation + (reference_changed ? 1 : 0);
  work.batch.rhythm_cursor = work.rhythm_cursor;
  std::vector<Waiting> started = started_by(work);
  if (shared_ != nullptr)
    set_fences(!started.empty());
  else
    work.batch.handoff_cursor = cursor_after(started);
  head_ = store_.commit(work.batch);
  head_is_fresh_ = true;
  rules_changed_ = false;
  for (const Frozen& text : work.batch.frozen) frozen_.emplace(text.key, text.json);
  rebuild_reference(work.batch.rows);
  hops_.clear();
  if (shared_ == nullptr)
    for (Waiting& waiting : started) {
      waiting.batch = head_.batch;
      waiting_.push_back(std::move(waiting));
    }
  for (EventRow& row : work.batch.events) committed_.push_back({head_.batch, std::move(row)});
  return true;
}

// ---- timer -------------------------------------------------------------------------------------------------------

std::optional<Instant> Engine::next_beat() { return store_.next_step_at(); }

bool Engine::beat(Instant wall, std::size_t limit) {
  if (shared_ != nullptr) return shared_beat(wall, limit);
  const Instant now = ledger_time(wall);
  const bool opened = open_periods(now);
  return take_steps(now, limit) || opened;
}

void Engine::settle(Instant wall) {
  while (hand_over(wall) || beat(wall)) {
  }
}

}  // namespace fx
