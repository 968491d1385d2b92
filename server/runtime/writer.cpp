#include "runtime/writer.hpp"

#include <algorithm>

namespace fx::runtime {

Writer::Writer(Engine& engine, KeyStore& keys, const Clock& clock, Limits limits)
    : keys_(keys), clock_(clock), limits_(limits), reference_(engine.reference()) {
  hands_.emplace_back(engine);
  time_.start(clock_.wall(), clock_.monotonic(), engine.head().decided_at);
  held_ = time_.holds();
}

Writer::~Writer() { stop(); }

void Writer::add(Engine& engine) { hands_.emplace_back(engine); }

void Writer::start() {
  for (Hand& hand : hands_) hand.thread = std::thread([this, &hand] { loop(hand); });
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  for (Hand& hand : hands_) hand.wake.notify_all();
  for (Hand& hand : hands_)
    if (hand.thread.joinable()) hand.thread.join();
}

// ---- what comes in -----------------------------------------------------------------------------------------------

/// Caller holds the mutex.
Writer::Hand& Writer::hand_for(std::optional<std::uint64_t> sequence) {
  if (sequence) return hands_[*sequence % hands_.size()];
  return *std::ranges::min_element(hands_, {}, [](const Hand& hand) { return hand.waiting + hand.running; });
}

/// Caller holds the mutex. Time until a command that came now would be answered.
void Writer::foresee() {
  std::size_t ahead = 0;
  for (const Hand& hand : hands_) ahead = std::max(ahead, hand.waiting + hand.running);
  waiting_.store(counters_.waiting, std::memory_order_relaxed);
  wait_us_.store(static_cast<std::int64_t>(pace_.seconds_for(ahead, limits_.batch) * 1e6),
                 std::memory_order_relaxed);
}

bool Writer::admits(Lane lane) const {
  if (waiting_.load(std::memory_order_relaxed) >= limits_.queue) return false;
  return lane == Lane::life || limits_.longest_wait.count() == 0 || expected_wait() <= limits_.longest_wait;
}

bool Writer::turns_away(Lane lane) {
  if (admits(lane)) return false;
  turned_away_.fetch_add(1, std::memory_order_relaxed);
  return true;
}

bool Writer::behind() const {
  return waiting_.load(std::memory_order_relaxed) * 2 > limits_.queue ||
         (limits_.longest_wait.count() > 0 && expected_wait() * 2 > limits_.longest_wait);
}

bool Writer::submit(Command command, Lane lane, Answer answer, std::optional<std::uint64_t> sequence) {
  Hand* hand = nullptr;
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    if (turns_away(lane)) return false;
    hand = &hand_for(sequence);
    first = hand->waiting == 0;
    ++counters_.waiting;
    ++hand->waiting;
    hand->lanes[static_cast<std::size_t>(lane)].push_back({std::move(command), std::move(answer)});
    foresee();
  }
  if (first) hand->wake.notify_one();
  return true;
}

bool Writer::audit(AuditLine line, std::function<void(bool)> written) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || audit_.size() >= limits_.queue) return false;
    audit_.push_back(std::move(line));
    if (written) audit_written_.push_back(std::move(written));
  }
  hands_.front().wake.notify_one();
  return true;
}

void Writer::post(std::function<void(Engine&)> job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  hands_.front().wake.notify_one();
}

Writer::Counters Writer::counters() const {
  const std::lock_guard lock(mutex_);
  Counters out = counters_;
  out.turned_away = turned_away_.load(std::memory_order_relaxed);
  return out;
}

ReferencePtr Writer::reference() const {
  const std::lock_guard lock(mutex_);
  return reference_;
}

// ---- rounds ------------------------------------------------------------------------------------------------------

Instant Writer::now() {
  const std::lock_guard lock(mutex_);
  const Instant at = time_.now(clock_.wall(), clock_.monotonic());
  held_ = time_.holds();
  return at;
}

void Writer::confirm_time() {
  const std::lock_guard lock(mutex_);
  time_.confirm(clock_.wall(), clock_.monotonic());
}

void Writer::loop(Hand& hand) {
  try {
    while (wait(hand)) round(hand, limits_.batch);
  } catch (const std::exception& error) {
    // The store failed in a way that must not be retried (kernel-notes §1): answer nobody, stop, recover by restart.
    if (broken_) broken_(error.what());
  }
}

/// Waits for work, for the next ladder step, or a moment (rhythms). False: stopped and nothing left.
bool Writer::wait(Hand& hand) {
  std::unique_lock lock(mutex_);
  const bool first = &hand == &hands_.front();
  const auto work = [&] { return hand.waiting > 0 || (first && (!audit_.empty() || !jobs_.empty())); };
  hand.wake.wait_for(lock, std::chrono::milliseconds(200), [&] { return work() || stopping_ || hand.busy; });
  return !stopping_ || work();
}

bool Writer::step(std::size_t hand, std::size_t most) {
  Hand& own = hands_.at(hand);
  const std::size_t before = own.waiting;
  round(own, most);
  return before > 0 || own.busy;
}

void Writer::round(Hand& hand, std::size_t most) {
  const auto began = std::chrono::steady_clock::now();
  Round work = take(hand, most);
  for (auto& job : work.jobs) job(hand.engine);
  if (!work.jobs.empty()) confirm_time();
  const std::size_t commands = work.taken.size();
  if (!work.taken.empty() || !work.audit.empty()) run(hand, std::move(work));
  background(hand);
  publish(hand);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const std::lock_guard lock(mutex_);
  hand.running = 0;
  if (commands > 0) pace_.note(commands, took.count());
  foresee();
}

/// Caller holds the mutex.
std::size_t Writer::bulk_share(bool alone) const {
  if (!alone) return limits_.bulk_share;
  const std::chrono::duration<double> time = limits_.bulk_time;
  return std::max(limits_.bulk_share, pace_.commands_within(time.count()));
}

Writer::Round Writer::take(Hand& hand, std::size_t most) {
  Round out;
  const std::lock_guard lock(mutex_);
  if (&hand == &hands_.front()) {
    out.jobs.swap(jobs_);
    out.audit.swap(audit_);
    out.written.swap(audit_written_);
  }
  most = std::min(most, limits_.batch);
  for (std::size_t lane = 0; lane < 3; ++lane) {
    auto& waiting = hand.lanes[lane];
    const std::size_t until =
        lane == 2 ? std::min(most, out.taken.size() + bulk_share(out.taken.empty())) : most;
    while (!waiting.empty() && out.taken.size() < until) {
      out.taken.push_back(std::move(waiting.front()));
      waiting.pop_front();
    }
  }
  hand.waiting -= out.taken.size();
  hand.running = out.taken.size();
  counters_.waiting -= out.taken.size();
  foresee();
  return out;
}

void Writer::store_keys(const std::vector<Command>& commands) {
  std::vector<KeyStore::Entry> entries;
  for (const Command& command : commands)
    for (const auto& [person, bytes] : command.new_keys) {
      WrappedKey wrapped;
      std::copy_n(bytes.begin(), std::min(bytes.size(), wrapped.size()), wrapped.begin());
      entries.emplace_back(person, wrapped);
    }
  if (!entries.empty()) keys_.put(entries);
}

/// Nothing: the disk is full.
std::optional<std::vector<Outcome>> Writer::commit(Hand& hand, std::vector<Command>& commands,
                                                   std::vector<AuditLine> audit) {
  try {
    store_keys(commands);
    auto outcomes = hand.engine.run(commands, now(), std::move(audit));
    full_ = false;
    return outcomes;
  } catch (const StoreFull&) {
    full_ = true;
    return std::nullopt;
  }
}

void Writer::run(Hand& hand, Round round) {
  std::vector<Command> commands;
  commands.reserve(round.taken.size());
  for (Waiting& waiting : round.taken) commands.push_back(std::move(waiting.command));
  auto decided = commit(hand, commands, std::move(round.audit));
  const bool stored = decided.has_value();
  std::vector<Outcome> outcomes = stored ? std::move(*decided) : std::vector<Outcome>(round.taken.size());
  if (!stored)
    for (Outcome& outcome : outcomes) outcome.kind = Outcome::Kind::unavailable;
  count(outcomes, stored);
  Hand& first = hands_.front();
  {
    const std::lock_guard lock(mutex_);
    first.busy = true;
    tell_reference(hand.engine);
  }
  if (&hand != &first) first.wake.notify_one();
  for (std::size_t i = 0; i < round.taken.size(); ++i)
    if (round.taken[i].answer) round.taken[i].answer(std::move(outcomes[i]));
  for (const auto& done : round.written) done(stored);
}

void Writer::count(const std::vector<Outcome>& outcomes, bool stored) {
  Counters sum;
  for (const Outcome& outcome : outcomes) {
    sum.accepted += outcome.kind == Outcome::Kind::accepted ? 1 : 0;
    sum.refused += outcome.kind == Outcome::Kind::refused ? 1 : 0;
    if (outcome.kind != Outcome::Kind::defect) continue;
    ++sum.defects;
    if (defect_) defect_(outcome.defect);
  }
  const std::lock_guard lock(mutex_);
  ++counters_.batches;
  counters_.accepted += sum.accepted;
  counters_.refused += sum.refused;
  counters_.defects += sum.defects;
  counters_.store_full += stored ? 0 : 1;
}

/// Caller holds the mutex. One engine may not know yet what another has changed.
void Writer::tell_reference(const Engine& engine) {
  if (engine.head().reference_generation < reference_generation_) return;
  reference_generation_ = engine.head().reference_generation;
  reference_ = engine.reference();
}

/// One transaction of handoffs and one of the timer between two batches of commands: the first hand's work.
void Writer::background(Hand& hand) {
  if (&hand != &hands_.front()) {
    hand.busy = false;
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    hand.busy = false;
  }
  bool handed = false;
  bool stepped = false;
  try {
    const Instant at = now();
    handed = hand.engine.hand_over(at);
    stepped = !held_ && hand.engine.beat(at);
    if (handed || stepped) full_ = false;
  } catch (const StoreFull&) {
    handed = stepped = false;
    full_ = true;
  }
  const std::lock_guard lock(mutex_);
  hand.busy = hand.busy || handed || stepped;
  counters_.handed_over += handed ? 1 : 0;
  counters_.stepped += stepped ? 1 : 0;
  tell_reference(hand.engine);
}

void Writer::publish(Hand& hand) {
  const auto committed = hand.engine.take_committed();
  if (committed.empty()) return;
  const bool confirmed = std::ranges::any_of(
      committed, [](const StoredEvent& event) { return event.row.type == "command.time_confirmed"; });
  if (confirmed) confirm_time();
  const std::lock_guard one_at_a_time(telling_);
  if (listener_) listener_(committed);
}

}  // namespace fx::runtime
