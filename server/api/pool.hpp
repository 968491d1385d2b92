#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace fx::api {

/// A few threads for what may block: reads, passwords. What waits is bounded; a full pool says no.
class Pool {
 public:
  using Job = std::move_only_function<void()>;

  Pool(unsigned threads, std::size_t most_waiting);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  /// Finishes what it is doing; what still waits is dropped.
  ~Pool();

  /// False: too much waits already. A job must not throw.
  bool post(Job job);
  [[nodiscard]] std::size_t waiting() const;

 private:
  void loop();

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace fx::api
