#include "runtime/writer.hpp"

#include <algorithm>

namespace fx::runtime {

Writer::Writer(Engine& engine, KeyStore& keys, SystemClock& clock, Limits limits)
    : engine_(engine), keys_(keys), clock_(clock), limits_(limits), reference_(engine.reference()) {
  time_.start(clock_.wall(), clock_.monotonic(), engine_.head().decided_at);
  held_ = time_.holds();
}

Writer::~Writer() { stop(); }

void Writer::start() {
  busy_ = true;  // handoffs and steps of before the restart
  thread_ = std::thread([this] { loop(); });
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Writer::submit(Command command, Lane lane, Answer answer) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || counters_.waiting >= limits_.queue) return false;
    ++counters_.waiting;
    lanes_[static_cast<std::size_t>(lane)].push_back({std::move(command), std::move(answer)});
  }
  wake_.notify_one();
  return true;
}

bool Writer::audit(AuditLine line, std::function<void(bool)> written) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || audit_.size() >= limits_.queue) return false;
    audit_.push_back(std::move(line));
    if (written) audit_written_.push_back(std::move(written));
  }
  wake_.notify_one();
  return true;
}

void Writer::post(std::function<void(Engine&)> job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

Writer::Counters Writer::counters() const {
  const std::lock_guard lock(mutex_);
  return counters_;
}

ReferencePtr Writer::reference() const {
  const std::lock_guard lock(mutex_);
  return reference_;
}

Instant Writer::now() {
  const Instant at = time_.now(clock_.wall(), clock_.monotonic());
  held_ = time_.holds();
  return at;
}

void Writer::loop() {
  try {
    while (wait()) round();
  } catch (const std::exception& error) {
    // The store failed in a way that must not be retried (kernel-notes §1): answer nobody, stop, recover by restart.
    if (broken_) broken_(error.what());
  }
}

/// Waits for work, for the next ladder step, or for half a second (rhythms). False: stopped and nothing left.
bool Writer::wait() {
  std::unique_lock lock(mutex_);
  const auto work = [&] {
    return counters_.waiting > 0 || !audit_.empty() || !jobs_.empty() || stopping_ || busy_;
  };
  wake_.wait_for(lock, std::chrono::milliseconds(200), work);
  return !(stopping_ && counters_.waiting == 0 && audit_.empty() && jobs_.empty());
}

void Writer::round() {
  std::vector<std::function<void(Engine&)>> jobs;
  std::vector<AuditLine> audit;
  std::vector<std::function<void(bool)>> written;
  std::vector<Waiting> taken;
  {
    const std::lock_guard lock(mutex_);
    jobs.swap(jobs_);
    audit.swap(audit_);
    written.swap(audit_written_);
    taken = take();
  }
  for (auto& job : jobs) job(engine_);
  if (!jobs.empty()) time_.confirm(clock_.wall(), clock_.monotonic());
  if (!taken.empty() || !audit.empty()) run(std::move(taken), std::move(audit), written);
  background();
  publish();
}

/// Caller holds the mutex.
std::vector<Writer::Waiting> Writer::take() {
  std::vector<Waiting> taken;
  for (std::size_t lane = 0; lane < 3; ++lane) {
    const std::size_t most =
        lane == 2 ? std::min(limits_.batch, taken.size() + limits_.bulk_share) : limits_.batch;
    while (!lanes_[lane].empty() && taken.size() < most) {
      taken.push_back(std::move(lanes_[lane].front()));
      lanes_[lane].pop_front();
    }
  }
  counters_.waiting -= taken.size();
  return taken;
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

void Writer::run(std::vector<Waiting> taken, std::vector<AuditLine> audit,
                 const std::vector<std::function<void(bool)>>& written) {
  std::vector<Command> commands;
  commands.reserve(taken.size());
  for (Waiting& waiting : taken) commands.push_back(std::move(waiting.command));
  std::vector<Outcome> outcomes;
  bool stored = true;
  try {
    store_keys(commands);
    outcomes = engine_.run(commands, now(), std::move(audit));
    full_ = false;
  } catch (const StoreFull&) {
    stored = false;
    full_ = true;
    outcomes.resize(commands.size());
    for (Outcome& outcome : outcomes) outcome.kind = Outcome::Kind::unavailable;
  }
  busy_ = true;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::uint64_t defects = 0;
  for (const Outcome& outcome : outcomes) {
    accepted += outcome.kind == Outcome::Kind::accepted ? 1 : 0;
    refused += outcome.kind == Outcome::Kind::refused ? 1 : 0;
    if (outcome.kind != Outcome::Kind::defect) continue;
    ++defects;
    if (defect_) defect_(outcome.defect);
  }
  {
    const std::lock_guard lock(mutex_);
    ++counters_.batches;
    counters_.accepted += accepted;
    counters_.refused += refused;
    counters_.defects += defects;
    counters_.store_full += stored ? 0 : 1;
    reference_ = engine_.reference();
  }
  for (std::size_t i = 0; i < taken.size(); ++i)
    if (taken[i].answer) taken[i].answer(std::move(outcomes[i]));
  for (const auto& done : written) done(stored);
}

/// One transaction of handoffs and one of the timer between two batches of commands.
void Writer::background() {
  try {
    const Instant at = now();
    const bool handed = engine_.hand_over(at);
    const bool stepped = !time_.holds() && engine_.beat(at);
    busy_ = handed || stepped;
    if (busy_) full_ = false;
    const std::lock_guard lock(mutex_);
    counters_.handed_over += handed ? 1 : 0;
    counters_.stepped += stepped ? 1 : 0;
    reference_ = engine_.reference();
  } catch (const StoreFull&) {
    full_ = true;
    busy_ = false;
  }
}

void Writer::publish() {
  const auto committed = engine_.take_committed();
  if (committed.empty()) return;
  const bool confirmed = std::ranges::any_of(
      committed, [](const StoredEvent& event) { return event.row.type == "command.time_confirmed"; });
  if (confirmed) time_.confirm(clock_.wall(), clock_.monotonic());
  if (listener_) listener_(committed);
}

}  // namespace fx::runtime
