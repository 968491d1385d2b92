#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "kernel/engine.hpp"
#include "runtime/keystore.hpp"
#include "runtime/pace.hpp"
#include "runtime/system_clock.hpp"  // most who write have it
#include "runtime/time_keeper.hpp"

namespace fx::runtime {

/// Which queue a command waits in (kernel-notes §1): results, holds and exits before all others, bulk last.
enum class Lane { life, normal, bulk };

/// What writes: takes what waits, runs it as one transaction, answers, follows the arrows and beats the timer. One hand
/// for each engine, each with a thread: one on a file, two where the store is shared (kernel-notes §2). All calls are
/// safe from any thread. Without `start` it is driven by `step`, and has no thread.
class Writer {
 public:
  using Answer = std::function<void(Outcome)>;
  struct Limits {
    std::size_t queue = 8192;  ///< commands waiting in all lanes; beyond it submit says no, whatever they are
    std::size_t batch = 512;
    std::size_t bulk_share = 100;  ///< most bulk commands in one transaction beside others
    /// Bulk commands that nobody else waits with make transactions of so long: who comes then waits no longer for them.
    std::chrono::milliseconds bulk_time{50};
    /// A command that would wait longer is turned away; what saves life is not. Zero: only the queue's length counts.
    std::chrono::milliseconds longest_wait{1000};
  };
  struct Counters {
    std::uint64_t batches = 0, accepted = 0, refused = 0, defects = 0, handed_over = 0, stepped = 0,
                  store_full = 0, turned_away = 0;
    std::size_t waiting = 0;
  };

  Writer(Engine& engine, KeyStore& keys, const Clock& clock, Limits limits);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  /// Another engine on the same, shared store; before `start`.
  void add(Engine& engine);
  void start();
  /// Finishes what waits, then ends.
  void stop();
  /// One round of the hand `hand` in the caller's thread: a transaction of what waits, at most `most` commands, then one
  /// of arrows and one of the timer. False: there was nothing to do. Throws what broke the store.
  bool step(std::size_t hand = 0, std::size_t most = SIZE_MAX);

  /// False: it would wait too long (503 with Retry-After). `answer` is called on a writer's thread. Commands of one
  /// `sequence` are run in the order they came.
  bool submit(Command command, Lane lane, Answer answer, std::optional<std::uint64_t> sequence = {});
  /// Would `submit` take a command now? Costs nothing, so that turning away is cheap.
  [[nodiscard]] bool admits(Lane lane) const;
  /// As `admits`, of a command that is here: one that is turned away is counted.
  bool turns_away(Lane lane);
  /// Time that a command of the normal lane would wait now.
  [[nodiscard]] std::chrono::microseconds expected_wait() const {
    return std::chrono::microseconds(wait_us_.load(std::memory_order_relaxed));
  }
  /// Writing is behind: reads that can wait stay outside first.
  [[nodiscard]] bool behind() const;
  /// Queues an audit line for the next transaction; `written` is called when it is durable, or with false when not.
  bool audit(AuditLine line, std::function<void(bool)> written = {});
  /// Runs something on a writer's thread between transactions.
  void post(std::function<void(Engine&)> job);
  /// Called on a writer's thread after each commit that recorded events.
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
  /// An engine with what waits for it.
  struct Hand {
    explicit Hand(Engine& the_engine) : engine(the_engine) {}
    Engine& engine;
    std::deque<Waiting> lanes[3];
    std::size_t waiting = 0;
    std::size_t running = 0;  ///< in the transaction under way
    bool busy = true;         ///< handoffs or steps may still wait, also those of before the restart
    std::condition_variable wake;
    std::thread thread;
  };
  struct Round {
    std::vector<std::function<void(Engine&)>> jobs;
    std::vector<AuditLine> audit;
    std::vector<std::function<void(bool)>> written;
    std::vector<Waiting> taken;
  };
  void loop(Hand& hand);
  void round(Hand& hand, std::size_t most);
  bool wait(Hand& hand);
  Round take(Hand& hand, std::size_t most);
  void run(Hand& hand, Round round);
  std::optional<std::vector<Outcome>> commit(Hand& hand, std::vector<Command>& commands,
                                             std::vector<AuditLine> audit);
  void tell_reference(const Engine& engine);
  void count(const std::vector<Outcome>& outcomes, bool stored);
  void store_keys(const std::vector<Command>& commands);
  void background(Hand& hand);
  void publish(Hand& hand);
  Hand& hand_for(std::optional<std::uint64_t> sequence);
  void foresee();
  [[nodiscard]] std::size_t bulk_share(bool alone) const;
  void confirm_time();
  Instant now();

  KeyStore& keys_;
  const Clock& clock_;
  const Limits limits_;

  mutable std::mutex mutex_;
  TimeKeeper time_;
  std::deque<Hand> hands_;
  std::vector<AuditLine> audit_;
  std::vector<std::function<void(bool)>> audit_written_;
  std::vector<std::function<void(Engine&)>> jobs_;
  bool stopping_ = false;
  Counters counters_;
  std::atomic<std::uint64_t> turned_away_{0};
  ReferencePtr reference_;
  std::int64_t reference_generation_ = 0;
  Pace pace_;
  std::mutex telling_;

  std::atomic<std::size_t> waiting_{0};
  std::atomic<std::int64_t> wait_us_{0};
  std::atomic<bool> full_{false};
  std::atomic<bool> held_{false};
  std::function<void(const std::vector<StoredEvent>&)> listener_;
  std::function<void(const std::string&)> broken_;
  std::function<void(const std::string&)> defect_;
};

}  // namespace fx::runtime
