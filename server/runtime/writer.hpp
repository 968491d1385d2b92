#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "kernel/engine.hpp"
#include "runtime/keystore.hpp"
#include "runtime/system_clock.hpp"
#include "runtime/time_keeper.hpp"

namespace fx::runtime {

/// Which queue a command waits in (kernel-notes §1): results, holds and exits before all others, bulk last.
enum class Lane { life, normal, bulk };

/// The one writer: a thread that takes what waits, runs it as one transaction, answers, follows the arrows and beats
/// the timer. All calls are safe from any thread.
class Writer {
 public:
  using Answer = std::function<void(Outcome)>;
  struct Limits {
    std::size_t queue = 8192;  ///< commands waiting in all lanes; beyond it submit says no
    std::size_t batch = 512;
    std::size_t bulk_share = 100;  ///< most bulk commands in one transaction
  };
  struct Counters {
    std::uint64_t batches = 0, accepted = 0, refused = 0, defects = 0, handed_over = 0, stepped = 0,
                  store_full = 0;
    std::size_t waiting = 0;
  };

  Writer(Engine& engine, KeyStore& keys, SystemClock& clock, Limits limits);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  void start();
  /// Finishes what waits, then ends.
  void stop();
  /// False: the queue is full (503 with Retry-After). `answer` is called on the writer's thread.
  bool submit(Command command, Lane lane, Answer answer);
  /// Queues an audit line for the next transaction; `written` is called when it is durable, or with false when not.
  bool audit(AuditLine line, std::function<void(bool)> written = {});
  /// Runs something on the writer's thread between transactions.
  void post(std::function<void(Engine&)> job);
  /// Called on the writer's thread after each commit that recorded events.
  void on_committed(std::function<void(const std::vector<StoredEvent>&)> listener) {
    listener_ = std::move(listener);
  }
  /// Called when the store broke: the process has to end.
  void on_broken(std::function<void(const std::string&)> listener) { broken_ = std::move(listener); }
  /// Called for each defect, for the log.
  void on_defect(std::function<void(const std::string&)> listener) { defect_ = std::move(listener); }

  [[nodiscard]] Counters counters() const;
  [[nodiscard]] bool writable() const { return !full_.load(); }
  [[nodiscard]] bool time_held() const { return held_.load(); }
  [[nodiscard]] ReferencePtr reference() const;

 private:
  struct Waiting {
    Command command;
    Answer answer;
  };
  void loop();
  void round();
  bool wait();
  std::vector<Waiting> take();
  void run(std::vector<Waiting> taken, std::vector<AuditLine> audit,
           const std::vector<std::function<void(bool)>>& written);
  void store_keys(const std::vector<Command>& commands);
  void background();
  void publish();
  Instant now();

  Engine& engine_;
  KeyStore& keys_;
  SystemClock& clock_;
  Limits limits_;
  TimeKeeper time_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> lanes_[3];
  std::vector<AuditLine> audit_;
  std::vector<std::function<void(bool)>> audit_written_;
  std::vector<std::function<void(Engine&)>> jobs_;
  bool stopping_ = false;
  Counters counters_;
  ReferencePtr reference_;

  std::atomic<bool> full_{false};
  std::atomic<bool> held_{false};
  bool busy_ = false;  ///< handoffs or steps may still wait
  std::function<void(const std::vector<StoredEvent>&)> listener_;
  std::function<void(const std::string&)> broken_;
  std::function<void(const std::string&)> defect_;
  std::thread thread_;
};

}  // namespace fx::runtime
