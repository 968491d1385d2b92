#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "base/time.hpp"

namespace fx::api {

/// Gives answers a fixed time after their questions came, so that how long it took tells nothing of what was found.
/// Bounded: who finds no place is told so before anything is looked for.
class EvenAnswers {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  using Job = std::move_only_function<void()>;

  EvenAnswers(Duration takes, std::size_t most_waiting);
  EvenAnswers(const EvenAnswers&) = delete;
  EvenAnswers& operator=(const EvenAnswers&) = delete;
  /// What still waits is dropped.
  ~EvenAnswers();

  /// One question more is on its way; false: too many are. Every true is followed by one `give`.
  bool enter();
  /// Answers when the time of a question that came at `asked` is over; a job must not throw.
  void give(Moment asked, Job job);

 private:
  struct Due {
    Moment at;
    Job job;
  };
  void loop();

  const Duration takes_;
  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Due> due_;  ///< in order
  std::size_t inside_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fx::api
