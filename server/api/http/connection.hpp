#pragma once

#include "api/http/parser.hpp"
#include "api/http/worker.hpp"

namespace fx::http {

class LiveStream;
struct Exchange;

/// Bytes of bodies held against Limits::body_bytes_total, while it lives.
class BodyLease {
 public:
  BodyLease(std::atomic<std::size_t>& total, std::size_t limit) : total_(total), limit_(limit) {}
  BodyLease(const BodyLease&) = delete;
  BodyLease& operator=(const BodyLease&) = delete;
  ~BodyLease() { total_.fetch_sub(held_, std::memory_order_relaxed); }
  /// False: all bodies together would be too much.
  bool grow_to(std::size_t bytes);

 private:
  std::atomic<std::size_t>& total_;
  const std::size_t limit_;
  std::size_t held_ = 0;
};

/// One connection: a coroutine on its worker's thread that reads a request, hands it over, waits for the
/// answer, writes it, and so on. It holds no buffer while idle: bytes are read into the worker's scratch,
/// only when there are some.
class Connection final
    : public std::enable_shared_from_this<Connection>,
      public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
  Connection(Worker& worker, Socket socket, std::string peer, bool turn_away);
  ~Connection();

  /// The coroutine; it keeps the connection alive.
  static Task<void> serve(std::shared_ptr<Connection> self);
  /// The worker's beat: cuts what took too long.
  void check(Instant now);
  /// The server stops: an idle one ends, others after their answer; `at_once` cuts all.
  void drain(bool at_once);
  /// An answer or an event is there for it.
  void wake();
  /// Ends the present wait as if its deadline had passed.
  void expire();

 private:
  enum class Phase { idle, busy, handling, streaming };
  enum class Read { complete, refused, gone };

  Task<void> converse();
  Task<bool> handshake();
  Task<Read> read_request(RequestParser& parser, BodyLease& lease, FaultKind& why);
  std::optional<FaultKind> judge_head(RequestParser& parser, bool more_input);
  Task<bool> handle(RequestParser& parser);
  Task<bool> answer(Response& response, bool head_only, bool keep_alive);
  Task<void> stream_events(Response& response);
  static Task<void> watch(std::shared_ptr<Connection> self, std::shared_ptr<LiveStream> stream);
  Task<bool> say(FaultKind kind, bool keep_alive = false);
  Task<void> linger();

  void call_handler(const std::shared_ptr<Exchange>& exchange, Request&& request);
  Task<bool> fill(std::size_t size);
  Task<bool> ready(Socket::wait_type what);
  Task<void> suspend();
  Task<bool> transmit(std::string_view head, std::string_view body);
  /// Writes what the system takes now and removes it from the front of both; false: the connection is broken.
  bool push(std::string_view& head, std::string_view& body);
  Io try_read(char* to, std::size_t size);
  Io try_write(std::string_view head, std::string_view body);
  void wait_until(Instant deadline);

  const Limits& limits() const { return worker_.shared.options.limits; }

  Worker& worker_;
  Socket socket_;
  const std::string peer_;
  const bool turn_away_;
  Share open_;
  std::unique_ptr<TlsSession> tls_;
  Phase phase_ = Phase::idle;
  bool expired_ = false;    // the deadline of the present wait has passed
  bool dropped_ = false;    // end without a word
  bool heard_ = false;      // the other end may still be sending: linger after the last answer
  bool try_first_ = false;  // there may be bytes to read without waiting
  bool beat_due_ = false;   // a silent stream owes its reader a sign of life
  Socket::wait_type blocked_on_ = Socket::wait_write;
  Instant deadline_ = Instant::max();
  std::string pending_;   // read and not yet used: half a head, or the next request
  std::string_view got_;  // in the worker's scratch
  std::shared_ptr<Exchange> exchange_;
  std::shared_ptr<LiveStream> stream_;
  std::move_only_function<void()> resume_;
};

}  // namespace fx::http
