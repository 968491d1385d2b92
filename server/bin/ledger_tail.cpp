#include "bin/ledger_tail.hpp"

namespace fx::bin {

LedgerTail::LedgerTail(journal::Readers& readers, Listener listener)
    : readers_(readers), listener_(std::move(listener)) {}

LedgerTail::~LedgerTail() { stop(); }

void LedgerTail::start() {
  thread_ = std::thread([this] { loop(); });
}

void LedgerTail::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LedgerTail::known(const std::vector<StoredEvent>& events) {
  const std::lock_guard lock(mutex_);
  for (const StoredEvent& event : events) own_.insert(event.batch);
}

std::size_t LedgerTail::look() {
  constexpr std::size_t page = 1000;
  auto reader = readers_.open();
  if (seen_ < 0) {
    seen_ = reader.as_of();
    return 0;
  }
  if (reader.as_of() <= seen_) return 0;
  std::vector<StoredEvent> events = reader.events_after(seen_, page);
  seen_ = events.size() < page ? reader.as_of() : events.back().batch;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(events, [&](const StoredEvent& event) { return own_.contains(event.batch); });
    own_.erase(own_.begin(), own_.upper_bound(seen_));
  }
  if (!events.empty()) listener_(events);
  return events.size();
}

void LedgerTail::loop() {
  constexpr auto pause = std::chrono::milliseconds(100);
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, pause, [&] { return stopping_; })) return;
    }
    try {
      (void)look();
    } catch (const std::exception&) {  // busy, or the database is away: the next look catches up
    }
  }
}

}  // namespace fx::bin
