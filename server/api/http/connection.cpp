#include "api/http/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <cerrno>

#include "api/http/exchange.hpp"
#include "api/http/live_stream.hpp"

namespace fx::http {
namespace {

/// A closing connection is read for the client's sake only this far.
constexpr std::size_t linger_bytes = 16 * 1024 * 1024;
/// So many requests of one connection may be served before others get their turn.
constexpr unsigned in_a_row = 32;

Instant now() { return std::chrono::steady_clock::now(); }

}  // namespace

bool BodyLease::grow_to(std::size_t bytes) {
  if (bytes <= held_) return true;
  const std::size_t more = bytes - held_;
  held_ = bytes;
  return total_.fetch_add(more, std::memory_order_relaxed) + more <= limit_;
}

Connection::Connection(Worker& worker, Socket socket, std::string peer, bool turn_away)
    : worker_(worker),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      turn_away_(turn_away),
      open_(turn_away ? worker.shared.turned_away_open : worker.shared.open) {
  if (worker_.shared.tls) tls_ = worker_.shared.tls->session(socket_.native_handle());
}

Connection::~Connection() { worker_.leave(); }

Task<void> Connection::serve(std::shared_ptr<Connection> self) {
  try {
    co_await self->converse();
    if (self->heard_ && !self->dropped_) co_await self->linger();
  } catch (...) {
    // Out of memory or descriptors: this connection ends, the others go on.
    self->worker_.tallies.defects.add();
  }
  boost::system::error_code ignored;
  std::ignore = self->socket_.close(ignored);
}

Task<void> Connection::converse() {
  if (tls_) {
    const bool greeted = co_await handshake();
    if (!greeted) co_return;
  }
  if (turn_away_) {
    co_await say(FaultKind::full);
    co_return;
  }
  for (unsigned turn = 1;; ++turn) {
    // Somebody who sends without pause would otherwise never let the others have their turn.
    if (turn % in_a_row == 0) co_await asio::post(worker_.io().get_executor(), asio::deferred);
    RequestParser parser(limits());
    BodyLease lease(worker_.shared.body_bytes, limits().body_bytes_total);
    FaultKind why = FaultKind::syntax;
    const Read read = co_await read_request(parser, lease, why);
    if (read == Read::gone) co_return;
    if (read == Read::refused) {
      co_await say(why);
      co_return;
    }
    const bool goes_on = co_await handle(parser);
    if (!goes_on) co_return;
  }
}

// ---- waiting
// ------------------------------------------------------------------------------------------------------

void Connection::wait_until(Instant deadline) {
  deadline_ = deadline;
  expired_ = false;
}

void Connection::expire() {
  expired_ = true;
  boost::system::error_code ignored;
  std::ignore = socket_.cancel(ignored);
}

void Connection::check(Instant at) {
  if (at < deadline_) return;
  deadline_ = Instant::max();
  switch (phase_) {
    case Phase::idle:
    case Phase::busy: return expire();
    case Phase::handling:
      // An answer that is already on its way wins.
      if (!exchange_->take()) return;
      expired_ = true;
      return wake();
    case Phase::streaming: beat_due_ = true; return wake();
  }
}

void Connection::drain(bool at_once) {
  if (!at_once && phase_ != Phase::idle) {
    if (stream_) stream_->close();
    return;
  }
  dropped_ = true;
  expire();
  wake();
}

void Connection::wake() {
  if (!resume_) return;
  auto resume = std::exchange(resume_, nullptr);
  resume();
}

Task<void> Connection::suspend() {
  co_await asio::async_initiate<const asio::deferred_t, void()>(
      [this](auto handler) { resume_ = std::move(handler); }, asio::deferred);
}

/// False: too late, or the connection is to end.
Task<bool> Connection::ready(Socket::wait_type what) {
  if (dropped_) co_return false;
  const auto result = co_await socket_.async_wait(what, as_result);
  co_return !std::get<0>(result) && !expired_ && !dropped_;
}

// ---- bytes in and out
// ---------------------------------------------------------------------------------------------

Io Connection::try_read(char* to, std::size_t size) {
  if (tls_) return tls_->read(to, size);
  const ssize_t count = ::recv(socket_.native_handle(), to, size, MSG_DONTWAIT);
  if (count > 0) return {Io::moved, static_cast<std::size_t>(count)};
  if (count == 0) return {Io::closed};
  return {errno == EAGAIN || errno == EINTR ? Io::want_read : Io::failed};
}

Io Connection::try_write(std::string_view head, std::string_view body) {
  if (tls_) {
    const std::string_view part = head.empty() ? body : head;
    return tls_->write(part.data(), part.size());
  }
  iovec parts[2] = {{const_cast<char*>(head.data()), head.size()},
                    {const_cast<char*>(body.data()), body.size()}};
  msghdr message{};
  message.msg_iov = head.empty() ? parts + 1 : parts;
  message.msg_iovlen = head.empty() || body.empty() ? 1 : 2;
  const ssize_t count = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count >= 0) return {Io::moved, static_cast<std::size_t>(count)};
  return {errno == EAGAIN || errno == EINTR ? Io::want_write : Io::failed};
}

/// Some bytes into got_; false: the connection ended or the deadline passed.
Task<bool> Connection::fill(std::size_t size) {
  auto what = Socket::wait_read;
  for (;;) {
    if (try_first_) {
      const std::size_t wanted = std::min(size, worker_.scratch.size());
      const Io io = try_read(worker_.scratch.data(), wanted);
      if (io.kind == Io::moved) {
        got_ = {worker_.scratch.data(), io.count};
        worker_.tallies.bytes_in.add(io.count);
        // A short read emptied the socket; TLS may hold more than the socket shows.
        try_first_ = tls_ || io.count == wanted;
        co_return true;
      }
      if (io.kind == Io::closed || io.kind == Io::failed) co_return false;
      what = io.kind == Io::want_write ? Socket::wait_write : Socket::wait_read;
    }
    const bool may_go_on = co_await ready(what);
    if (!may_go_on) co_return false;
    try_first_ = true;
  }
}

bool Connection::push(std::string_view& head, std::string_view& body) {
  while (!head.empty() || !body.empty()) {
    const Io io = try_write(head, body);
    if (io.kind == Io::closed || io.kind == Io::failed) return false;
    if (io.kind != Io::moved) {
      blocked_on_ = io.kind == Io::want_read ? Socket::wait_read : Socket::wait_write;
      return true;
    }
    worker_.tallies.bytes_out.add(io.count);
    const std::size_t of_head = std::min(io.count, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(io.count - of_head);
  }
  return true;
}

/// Both must stay where they are until this ends. False: the reader is gone or too slow.
Task<bool> Connection::transmit(std::string_view head, std::string_view body) {
  const Instant begin = now();
  const std::size_t size = head.size() + body.size();
  for (;;) {
    if (!push(head, body)) co_return false;
    const std::size_t left = head.size() + body.size();
    if (left == 0) co_return true;
    const std::chrono::milliseconds earned{(size - left) * 1000 / limits().min_bytes_per_second};
    const Instant latest = begin + limits().write_timeout + earned;
    wait_until(latest);
    const bool may_go_on = co_await ready(blocked_on_);
    if (!may_go_on) {
      if (expired_ && now() >= latest) worker_.tallies.timed_out.add();
      co_return false;
    }
  }
}

Task<bool> Connection::handshake() {
  wait_until(now() + limits().header_timeout);
  for (;;) {
    const Io io = tls_->handshake();
    if (io.kind == Io::moved) {
      try_first_ = true;
      co_return true;
    }
    if (io.kind == Io::closed || io.kind == Io::failed) co_return false;
    const bool may_go_on = co_await ready(io.kind == Io::want_write ? Socket::wait_write : Socket::wait_read);
    if (!may_go_on) co_return false;
  }
}

/// Closing at once would throw away an answer the client has not read while its bytes still arrive (TCP
/// reset); so say that nothing more comes, and wait until it closes too, within reason.
Task<void> Connection::linger() {
  phase_ = Phase::busy;
  if (tls_) tls_->shut();
  ::shutdown(socket_.native_handle(), SHUT_WR);
  wait_until(now() + limits().linger_timeout);
  for (std::size_t heard = 0; heard < linger_bytes;) {
    const ssize_t count =
        ::recv(socket_.native_handle(), worker_.scratch.data(), worker_.scratch.size(), MSG_DONTWAIT);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) co_return;
    if (count > 0) {
      heard += static_cast<std::size_t>(count);
      continue;
    }
    const bool may_go_on = co_await ready(Socket::wait_read);
    if (!may_go_on) co_return;
  }
}

// ---- a request
// ----------------------------------------------------------------------------------------------------

Task<Connection::Read> Connection::read_request(RequestParser& parser, BodyLease& lease, FaultKind& why) {
  using State = RequestParser::State;
  const std::size_t read_size = std::min(limits().header_bytes, worker_.scratch.size());
  std::string_view input = pending_;
  bool from_pending = true;
  bool in_body = false;
  phase_ = pending_.empty() ? Phase::idle : Phase::busy;
  Instant begin = now();
  for (;;) {
    const State state = parser.feed(input);
    if (state == State::refused) {
      why = parser.fault();
      co_return Read::refused;
    }
    if (state == State::head) {
      if (const auto no = judge_head(parser, !input.empty())) {
        why = *no;
        co_return Read::refused;
      }
      in_body = true;
      begin = now();
      continue;
    }
    const std::size_t body = parser.request().body.size();
    if (!lease.grow_to(body)) {
      worker_.tallies.shed.add();
      why = FaultKind::busy;
      co_return Read::refused;
    }
    // What is left waits for more bytes, or for its turn as the next request.
    if (from_pending) {
      pending_.erase(0, pending_.size() - input.size());
    } else {
      pending_.assign(input);
    }
    if (pending_.empty() && pending_.capacity() > 64) std::string().swap(pending_);
    if (state == State::complete) {
      deadline_ = Instant::max();
      co_return Read::complete;
    }

    if (in_body) {
      const std::chrono::milliseconds earned{body * 1000 / limits().min_bytes_per_second};
      wait_until(begin + limits().body_timeout + earned);
    } else {
      if (phase_ == Phase::idle && worker_.draining()) co_return Read::gone;
      wait_until(begin + (phase_ == Phase::idle ? limits().idle_timeout : limits().header_timeout));
    }
    const auto announced = parser.announced();
    const bool filled = co_await fill(in_body && announced ? std::size_t(*announced - body) : read_size);
    if (!filled) {
      if (!expired_ || dropped_ || phase_ == Phase::idle) co_return Read::gone;
      worker_.tallies.timed_out.add();
      why = FaultKind::slow;
      co_return Read::refused;
    }
    if (phase_ == Phase::idle) {
      phase_ = Phase::busy;
      begin = now();
    }
    from_pending = !pending_.empty();
    if (from_pending) pending_ += got_;
    input = from_pending ? std::string_view{pending_} : got_;
  }
}

std::optional<FaultKind> Connection::judge_head(RequestParser& parser, bool more_input) {
  const Options& options = worker_.shared.options;
  const Request& request = parser.request();
  const std::size_t limit =
      options.body_limit ? options.body_limit(request.method, request.path) : options.limits.body_bytes;
  const auto announced = parser.announced();
  if (announced && *announced > limit) return FaultKind::body_too_large;
  parser.body_limit(limit);
  const bool body_follows = !announced || *announced > 0;
  if (parser.expects_continue() && body_follows && !more_input) {
    // 25 bytes into an empty send buffer; a client that does not get them sends its body after a moment
    // anyway.
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    try_write(go_on, {});
  }
  return std::nullopt;
}

}  // namespace fx::http
