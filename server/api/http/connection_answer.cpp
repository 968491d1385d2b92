#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>

#include "api/http/connection.hpp"
#include "api/http/exchange.hpp"
#include "api/http/live_stream.hpp"

// The second half of a connection's life with a request: handing it over, answering, streaming.
namespace fx::http {
namespace {

/// Answers up to this size travel in one buffer with their head; copying them is cheaper than a second system
/// call.
constexpr std::size_t copied_body = 8 * 1024;

Instant now() { return std::chrono::steady_clock::now(); }

}  // namespace

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
  if (const auto& turn_away = worker_.shared.options.turn_away) {
    if (const Response* no = turn_away(request.method, request.path)) {
      worker_.tallies.shed.add();
      Response said = *no;
      co_return co_await answer(said, head_only, keep_alive);
    }
  }
  std::optional<Share> in_flight(worker_.shared.in_flight);
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
  in_flight.reset();
  if (exchange->ready && !exchange->failed)
    co_return co_await answer(exchange->response, head_only, keep_alive);
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

// ---- an answer
// ----------------------------------------------------------------------------------------------------

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
  if (full ||
      !render_head(text, head, {.close = true, .stream = true}, worker_.shared.common, worker_.date())) {
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
  asio::co_spawn(worker_.io(), watch(shared_from_this(), stream), unheard);
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
    if (io.kind == Io::moved) {
      heard += io.count;
      continue;
    }
    const auto result = co_await self->socket_.async_wait(Socket::wait_read, as_result);
    if (std::get<0>(result)) break;
  }
  stream->abandon();
}

}  // namespace fx::http
