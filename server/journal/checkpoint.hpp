#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace fx::journal {

/// How long the write-ahead log is, shared by the writer, the copying thread and the readers.
class LogGauge {
 public:
  void set(std::int64_t bytes);
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }
  /// Waits until the log is shorter than this. False: patience ran out.
  bool wait_below(std::int64_t bytes, std::chrono::milliseconds patience);

 private:
  std::atomic<std::int64_t> bytes_{0};
  std::mutex mutex_;
  std::condition_variable shorter_;
};

/// Copies the log into the database while the writer goes on (kernel-notes §10). It never blocks the writer; only the
/// writer itself restarts the log. A failed copy or fsync is remembered and told: the process must stop.
class Checkpointer {
 public:
  Checkpointer(std::string path, std::function<void(const std::string&)> broken);
  ~Checkpointer();
  /// The writer has committed: something may be there to copy.
  void poke();
  /// Why copying failed; empty when it did not.
  [[nodiscard]] std::string failure() const;

 private:
  void work(const std::stop_token& stop);

  std::string path_;
  std::function<void(const std::string&)> broken_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  bool poked_ = false;
  std::string failure_;
  std::atomic<bool> failed_{false};
  std::jthread thread_;  // last: it starts when all else is there
};

}  // namespace fx::journal
