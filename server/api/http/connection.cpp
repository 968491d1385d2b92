#include "api/http/connection.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <cerrno>

#include "api/http/exchange.hpp"
#include "api/http/live_stream.hpp"

namespace fx::http {
namespace {

/// Answers up to this size travel in one buffer with their head; copying them is cheaper than a second system call.
constexpr std::size_t copied_body = 8 * 1024;
/// A closing connection is read for the client's sake only this far.
constexpr std::size_t linger_bytes = 64 * 1024 * 1024;

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
  self->socket_.close(ignored);
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
  for (;;) {
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

// ---- waiting ------------------------------------------------------------------------------------------------------

void Connection::wait_until(Instant deadline) {
  deadline_ = deadline;
  expired_ = false;
}

void Connection::expire() {
  expired_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
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

// ---- bytes in and out ---------------------------------------------------------------------------------------------

Io Connection::try_read(char* to, std::size_t size) {
  if (tls_) return tls_->read(to, size);
  const ssize_t count = ::recv(socket_.native_handle(), to, size, MSG_DONTWAIT);
  if (count > 0) return {Io::bytes, static_cast<std::size_t>(count)};
  if (count == 0) return {Io::closed};
  return {errno == EAGAIN || errno == EINTR ? Io::want_read : Io::failed};
}

Io Connection::try_write(std::string_view head, std::string_view body) {
  if (tls_) {
    const std::string_view part = head.empty() ? body : head;
    return tls_->write(part.data(), part.size());
  }
  iovec parts[2] = {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}};
  msghdr message{};
  message.msg_iov = head.empty() ? parts + 1 : parts;
  message.msg_iovlen = head.empty() || body.empty() ? 1 : 2;
  const ssize_t count = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count >= 0) return {Io::bytes, static_cast<std::size_t>(count)};
  return {errno == EAGAIN || errno == EINTR ? Io::want_write : Io::failed};
}

/// Some bytes into got_; false: the connection ended or the deadline passed.
Task<bool> Connection::fill(std::size_t size) {
  auto what = Socket::wait_read;
  for (;;) {
    if (try_first_) {
      const std::size_t wanted = std::min(size, worker_.scratch.size());
      const Io io = try_read(worker_.scratch.data(), wanted);
      if (io.kind == Io::bytes) {
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
    if (io.kind != Io::bytes) {
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
    wait_until(begin + limits().write_timeout + earned);
    const bool may_go_on = co_await ready(blocked_on_);
    if (!may_go_on) {
      if (expired_) worker_.tallies.timed_out.add();
      co_return false;
    }
  }
}

Task<bool> Connection::handshake() {
  wait_until(now() + limits().header_timeout);
  for (;;) {
    const Io io = tls_->handshake();
    if (io.kind == Io::bytes) {
      try_first_ = true;
      co_return true;
    }
    if (io.kind == Io::closed || io.kind == Io::failed) co_return false;
    const bool may_go_on = co_await ready(io.kind == Io::want_write ? Socket::wait_write : Socket::wait_read);
    if (!may_go_on) co_return false;
  }
}

/// Closing at once would throw away an answer the client has not read while its bytes still arrive (TCP reset); so
/// say that nothing more comes, and wait until it closes too, within reason.
Task<void> Connection::linger() {
  phase_ = Phase::busy;
  if (tls_) tls_->shut();
  ::shutdown(socket_.native_handle(), SHUT_WR);
  wait_until(now() + limits().linger_timeout);
  for (std::size_t heard = 0; heard < linger_bytes;) {
    const ssize_t count = ::recv(socket_.native_handle(), worker_.scratch.data(), worker_.scratch.size(), MSG_DONTWAIT);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) co_return;
    if (count > 0) {
      heard += static_cast<std::size_t>(count);
      continue;
    }
    const bool may_go_on = co_await ready(Socket::wait_read);
    if (!may_go_on) co_return;
  }
}

// ---- a request ----------------------------------------------------------------------------------------------------

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
    // 25 bytes into an empty send buffer; a client that does not get them sends its body after a moment anyway.
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    try_write(go_on, {});
  }
  return std::nullopt;
}

Task<bool> Connection::handle(RequestParser& parser) {
  Request& request = parser.request();
  const bool keep_alive = parser.keep_alive();
  const bool head_only = request.method == "HEAD";
  if (request.path == "*") {
    Response about;
    about.status = 204;
    about.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    co_return co_await answer(about, false, keep_alive);
  }
  if (worker_.shared.in_flight.load(std::memory_order_relaxed) >= limits().max_in_flight) {
    worker_.tallies.shed.add();
    co_return co_await say(FaultKind::busy, keep_alive);
  }
  const Share in_flight(worker_.shared.in_flight);
  const auto exchange = std::make_shared<Exchange>(worker_.inbox, this);
  exchange_ = exchange;
  phase_ = Phase::handling;
  wait_until(now() + limits().reply_timeout);
  request.peer = peer_;
  request.secure = tls_ != nullptr;
  call_handler(exchange, std::move(request));
  while (!exchange->ready && !expired_ && !dropped_) co_await suspend();
  deadline_ = Instant::max();
  phase_ = Phase::busy;
  exchange->connection = nullptr;
  exchange_ = nullptr;
  if (exchange->ready && !exchange->failed) co_return co_await answer(exchange->response, head_only, keep_alive);
  if (dropped_) co_return false;
  const bool late = !exchange->ready;
  (late ? worker_.tallies.late_replies : worker_.tallies.defects).add();
  co_return co_await say(late ? FaultKind::late : FaultKind::defect, keep_alive);
}

void Connection::call_handler(const std::shared_ptr<Exchange>& exchange, Request&& request) {
  worker_.tallies.requests.add();
  exchange->inside_handler = true;
  try {
    worker_.shared.handler(std::move(request), Reply(ReplyGuard(exchange)));
  } catch (...) {
    exchange->fail();  // whatever it was, its words are not for the other end
  }
  exchange->inside_handler = false;
}

// ---- an answer ----------------------------------------------------------------------------------------------------

Task<bool> Connection::say(FaultKind kind, bool keep_alive) {
  phase_ = Phase::busy;
  const Fault fault = fault_of(kind);
  if (fault.status < 500 || fault.status == 501 || fault.status == 505) worker_.tallies.refused.add();
  Response response = fault_response(worker_.shared.options, kind, peer_);
  co_return co_await answer(response, false, keep_alive);
}

/// True: the connection may carry another request.
Task<bool> Connection::answer(Response& response, bool head_only, bool keep_alive) {
  phase_ = Phase::busy;
  if (response.stream && !head_only) {
    co_await stream_events(response);
    co_return false;
  }
  const bool goes_on = keep_alive && !response.close && !response.stream && !worker_.draining();
  const bool bodiless = response.status == 204 || response.status == 304;
  std::string_view body = response.view.empty() ? std::string_view{response.body} : response.view;
  std::string& out = worker_.out;
  out.clear();
  const HeadOptions head_options{.close = !goes_on, .stream = bool(response.stream), .length = body.size()};
  if (!render_head(out, response, head_options, worker_.shared.common, worker_.date())) {
    worker_.tallies.defects.add();
    Response defect = fault_response(worker_.shared.options, FaultKind::defect, peer_);
    defect.headers.clear();
    defect.headers.emplace_back("Content-Type", "application/json");
    response = std::move(defect);
    co_return co_await answer(response, head_only, keep_alive);
  }
  if (head_only || bodiless) body = {};
  if (body.size() <= copied_body) {
    out += body;
    body = {};
  }
  std::string_view head = out;
  heard_ = !goes_on;
  if (!push(head, body)) {
    heard_ = false;
    co_return false;
  }
  if (!head.empty() || !body.empty()) {
    const std::string rest(head);  // the worker's buffer serves others while we wait
    const bool sent = co_await transmit(rest, body);
    if (!sent) {
      heard_ = false;
      co_return false;
    }
  }
  co_return goes_on;
}

Task<void> Connection::stream_events(Response& response) {
  Response head;
  head.status = 200;
  head.headers = std::move(response.headers);
  head.headers.emplace_back("Content-Type", "text/event-stream; charset=utf-8");
  head.headers.emplace_back("Cache-Control", "no-store");
  head.headers.emplace_back("X-Accel-Buffering", "no");
  std::string text;
  const bool full = worker_.shared.streams.load(std::memory_order_relaxed) >= limits().max_streams;
  if (full || !render_head(text, head, {.close = true, .stream = true}, worker_.shared.common, worker_.date())) {
    (full ? worker_.tallies.shed : worker_.tallies.defects).add();
    co_await say(full ? FaultKind::busy : FaultKind::defect);
    co_return;
  }
  const Share counted(worker_.shared.streams);
  // Old news in the system's buffers helps nobody, and thousands of readers each have one.
  const int send_buffer = 32 * 1024;
  ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
  const auto stream = std::make_shared<LiveStream>(worker_.inbox, this, limits().stream_backlog_bytes);
  stream_ = stream;
  asio::co_spawn(worker_.io(), watch(shared_from_this(), stream), [](std::exception_ptr) {});
  bool sent = co_await transmit(text, {});
  if (sent) {
    try {
      response.stream(stream);
    } catch (...) {
      worker_.tallies.defects.add();
      stream->close();
    }
  }
  while (sent && !dropped_ && !stream->too_slow()) {
    const bool over = stream->closed();  // asked first: what was sent before close() is still taken
    std::string news = stream->take();
    const std::size_t size = news.size();
    if (news.empty()) {
      if (over || worker_.draining()) break;
      phase_ = Phase::streaming;
      wait_until(now() + limits().stream_heartbeat);
      co_await suspend();
      deadline_ = Instant::max();
      phase_ = Phase::busy;
      if (!std::exchange(beat_due_, false)) continue;
      news = ":\n\n";
    }
    sent = co_await transmit(news, {});
    if (sent) stream->written(size);
  }
  if (stream->too_slow()) worker_.tallies.streams_too_slow.add();
  stream_ = nullptr;
  stream->finish();
}

/// Notices that the reader left, for nothing is written while there is no news.
Task<void> Connection::watch(std::shared_ptr<Connection> self, std::shared_ptr<LiveStream> stream) {
  constexpr std::size_t patience = 64 * 1024;  // an event stream's reader has nothing to say
  for (std::size_t heard = 0; heard < patience;) {
    const Io io = self->try_read(self->worker_.scratch.data(), self->worker_.scratch.size());
    if (io.kind == Io::closed || io.kind == Io::failed) break;
    if (io.kind == Io::bytes) {
      heard += io.count;
      continue;
    }
    const auto result = co_await self->socket_.async_wait(Socket::wait_read, as_result);
    if (std::get<0>(result)) break;
  }
  stream->abandon();
}

}  // namespace fx::http
