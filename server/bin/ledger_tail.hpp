#pragma once

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "journal/reader.hpp"

namespace fx::bin {

/// What other servers commit, for this one's live updates and masked names: the head is looked at ten times a second
/// (kernel-notes §2). Events of this server's own batches come by themselves and are left out.
class LedgerTail {
 public:
  using Listener = std::function<void(const std::vector<StoredEvent>&)>;
  LedgerTail(journal::Readers& readers, Listener listener);
  LedgerTail(const LedgerTail&) = delete;
  LedgerTail& operator=(const LedgerTail&) = delete;
  ~LedgerTail();

  void start();
  void stop();
  /// These need not be told again.
  void known(const std::vector<StoredEvent>& events);
  /// One look; for tests. Gives how many events were told.
  std::size_t look();

 private:
  void loop();

  journal::Readers& readers_;
  Listener listener_;
  std::int64_t seen_ = -1;  ///< batch; -1: the first look only takes note of where the ledger stands
  std::mutex mutex_;
  std::condition_variable wake_;
  std::set<std::int64_t> own_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fx::bin
