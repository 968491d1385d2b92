#pragma once

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <mutex>

#include "api/http/tls.hpp"
#include "api/http/wire.hpp"

/// Inside the HTTP layer: one thread with its event loop, its connections and what they share.
namespace fx::http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
template <class T>
using Task = asio::awaitable<T, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
using Instant = std::chrono::steady_clock::time_point;
inline constexpr auto as_result = asio::as_tuple(asio::deferred);
/// For coroutines that catch what can be thrown themselves.
inline constexpr auto unheard = [](const std::exception_ptr&) {};

/// What all workers see. Counters that limits are checked against are here; the rest is each worker's own.
struct Shared {
  Shared(Options the_options, Handler the_handler)
      : options(std::move(the_options)), handler(std::move(the_handler)), common(options.headers) {}

  const Options options;
  const Handler handler;
  const CommonHeaders common;
  std::unique_ptr<TlsContext> tls;
  std::atomic<std::size_t> open{0}, turned_away_open{0}, in_flight{0}, streams{0}, body_bytes{0};
  std::atomic<bool> stopping{false};  ///< each answer from now on is the last of its connection
};

/// Holds one unit of a shared count while it lives.
class Share {
 public:
  Share() = default;
  explicit Share(std::atomic<std::size_t>& count) : count_(&count) {
    count.fetch_add(1, std::memory_order_relaxed);
  }
  Share(Share&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  Share& operator=(Share&& other) noexcept {
    std::swap(count_, other.count_);
    return *this;
  }
  ~Share() {
    if (count_ != nullptr) count_->fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::size_t>* count_ = nullptr;
};

/// Written by one thread, read by any.
class Tally {
 public:
  void add(std::uint64_t n = 1) { n_.store(value() + n, std::memory_order_relaxed); }
  std::uint64_t value() const { return n_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> n_{0};
};

struct Tallies {
  Tally accepted, turned_away, requests, streams_too_slow, refused, timed_out, shed, late_replies, defects,
      bytes_in, bytes_out;
};

/// Something another thread has for a connection.
struct Mail {
  virtual ~Mail() = default;
  /// Runs on the worker's thread.
  virtual void arrive() = 0;
};

/// Where other threads leave mail for a worker. Outlives it: a handler may answer long after the server is
/// gone.
class Inbox : public std::enable_shared_from_this<Inbox> {
 public:
  explicit Inbox(asio::io_context& io) : io_(&io) {}
  void drop(std::shared_ptr<Mail> mail);
  void close();
  bool on_own_thread() const { return current_ == this; }
  void claim_thread() const { current_ = this; }

 private:
  void deliver();

  static thread_local const Inbox* current_;
  std::mutex mutex_;
  asio::io_context* io_;  // guarded by mutex_; null once closed
  std::vector<std::shared_ptr<Mail>> waiting_;
};

class Connection;

class Worker {
 public:
  explicit Worker(Shared& shared);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// The thread's body: until drained.
  void run();
  /// Any thread: takes over an accepted socket. `turn_away`: only to be told that the house is full.
  void adopt(int descriptor, bool v6, std::string peer, bool turn_away);
  /// Any thread: finish what is under way within the grace, then run() returns.
  void drain();

  asio::io_context& io() { return io_; }
  std::size_t load() const { return load_.load(std::memory_order_relaxed); }

  // For connections, on the worker's thread.
  void leave();
  bool draining() const { return shared.stopping.load(std::memory_order_relaxed); }
  std::string_view date();

  Shared& shared;
  const std::shared_ptr<Inbox> inbox;
  Tallies tallies;
  std::vector<char> scratch;  ///< what a read gave; valid until the next wait
  std::string out;            ///< what is being written; valid until the next wait

 private:
  struct List;
  Task<void> beat();
  template <class Visit>
  void each_connection(Visit visit);

  std::unique_ptr<List>
      connections_;  // before io_: connections still in the loop leave the list when it goes
  std::atomic<std::size_t> load_{0};
  asio::io_context io_;
  asio::executor_work_guard<Executor> stay_;
  Timer beat_timer_;
  bool draining_ = false;
  Instant stop_by_ = Instant::max();
  std::int64_t date_second_ = -1;
  std::string date_;
};

}  // namespace fx::http
