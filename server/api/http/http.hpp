#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The web server, behind plain types: the only folder of the house that sees Asio, Beast or a TLS socket.
/// A handler gets a whole Request and a Reply; it may answer at once or later from any thread.
namespace fx::http {

using Header = std::pair<std::string, std::string>;

struct Request {
  std::string method;  ///< as sent; HEAD stays HEAD, its body is left out when the answer is sent
  std::string target;  ///< as sent
  std::string path;    ///< decoded: starts with '/', valid UTF-8, no control characters, no "." or ".."
  std::vector<Header> query;    ///< decoded, in the order sent
  std::vector<Header> headers;  ///< names in lower case, in the order sent
  std::string body;
  std::string peer;     ///< address of the other end, without port
  bool secure = false;  ///< came over TLS

  /// First value of a header (any case), or nullptr.
  const std::string* find_header(std::string_view name) const;
  std::string_view header(std::string_view name) const;
  /// First value of a query parameter, or nullptr.
  const std::string* find_query(std::string_view name) const;
};

/// One tab that listens for server-sent events. Every member may be called from any thread, also after the
/// end.
class Stream {
 public:
  using Bytes = std::shared_ptr<const std::string>;

  virtual ~Stream() = default;
  /// Queues text already framed by event_text(). False: the stream is over, or just became so because its
  /// reader is too slow (more than Limits::stream_backlog_bytes waiting); the browser then connects again by
  /// itself.
  virtual bool send(std::string framed) = 0;
  virtual bool send(Bytes framed) = 0;
  /// Bytes queued and not yet taken by the operating system: a caller that can fold news waits until it is 0.
  virtual std::size_t backlog() const = 0;
  virtual bool closed() const = 0;
  /// Ends the stream after what is queued.
  virtual void close() = 0;
  /// Called once when the stream is over; at once if it already is. Must not throw.
  virtual void on_close(std::function<void()> callback) = 0;
};

/// One event as the wire wants it; line breaks in data become several data lines.
std::string event_text(std::string_view event, std::string_view data, std::string_view id = {});

struct Response {
  unsigned status = 200;
  std::vector<Header> headers;  ///< Content-Length, Date and Connection are the server's own and ignored here
  std::string body;
  std::string_view view;              ///< sent instead of `body` when not empty: embedded files, shared bytes
  std::shared_ptr<const void> owner;  ///< keeps `view` alive; none for static bytes
  bool close = false;                 ///< close the connection afterwards
  /// Set: the answer is an event stream and stays open. Called once, on a server thread, when it is open.
  std::function<void(std::shared_ptr<Stream>)> stream;
};

Response json(unsigned status, std::string body);
Response text(unsigned status, std::string body, std::string_view content_type = "text/plain; charset=utf-8");
Response bytes(std::string_view view, std::string_view content_type, std::shared_ptr<const void> owner = {});
Response event_stream(std::function<void(std::shared_ptr<Stream>)> opened);
/// "Not Found" for 404; "Status" for a number without a name.
std::string_view reason_phrase(unsigned status);

/// A "no" said by the HTTP layer itself, before or instead of a handler.
struct Fault {
  unsigned status = 0;
  std::string_view code;  ///< stable, public: H-SYNTAX, H-BODY …
  std::string_view zh;
  std::string_view en;
  std::string_view peer;
};

/// Answers one request. Call it once, from any thread; later calls are ignored, also after the server is
/// gone. Dropping it without a call answers 500; keeping it beyond Limits::reply_timeout answers 503.
using Reply = std::move_only_function<void(Response)>;
/// Runs on a server thread and must not block: other connections wait meanwhile. What it throws becomes a
/// 500.
using Handler = std::function<void(Request&&, Reply)>;

struct Limits {
  std::size_t header_bytes = 16 * 1024;  ///< request line and headers together
  std::size_t header_count = 100;
  std::size_t query_count = 256;
  std::size_t body_bytes = 8 * 1024 * 1024;          ///< where Options::body_limit does not say otherwise
  std::size_t body_bytes_total = 256 * 1024 * 1024;  ///< bodies held at one moment, all connections together
  std::size_t max_connections = 20'000;
  std::size_t max_in_flight = 8'192;  ///< requests handed to the handler and not answered
  std::size_t max_streams = 8'192;
  std::size_t stream_backlog_bytes = 256 * 1024;
  std::size_t min_bytes_per_second =
      2 * 1024;  ///< a body in or an answer out may take its timeout plus size ÷ this
  std::chrono::milliseconds header_timeout{10'000};  ///< first byte to last header; also the TLS handshake
  std::chrono::milliseconds body_timeout{30'000};
  std::chrono::milliseconds idle_timeout{75'000};  ///< between requests
  std::chrono::milliseconds reply_timeout{60'000};
  std::chrono::milliseconds write_timeout{30'000};
  std::chrono::milliseconds linger_timeout{
      2'000};  ///< after a closing answer, until the other end closes too
  std::chrono::milliseconds stream_heartbeat{15'000};
  std::chrono::milliseconds stop_grace{10'000};  ///< for answers under way when the server stops
};

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0 = any free one
  unsigned threads = 0;    ///< 0 = one a processor, at most 8
  Limits limits;
  /// Added to every answer, also to faults; a header of the same name in a Response wins.
  std::vector<Header> headers;
  /// Body limit by method and path; none = Limits::body_bytes everywhere.
  std::function<std::size_t(std::string_view method, std::string_view path)> body_limit;
  /// Asked of each whole request before anything is made of it: what it is turned away with, or nullptr. The answer must
  /// outlive the server. A house that is full says so for the price of reading the request.
  std::function<const Response*(std::string_view method, std::string_view path)> turn_away;
  /// Words a fault; none = JSON {"code","zh","en"}. The status and the closing stay the server's.
  std::function<Response(const Fault&)> fault;
  std::string tls_certificate;  ///< PEM file, chain included; empty = plain HTTP
  std::string tls_key;          ///< PEM file
};

struct Counters {
  std::uint64_t accepted = 0;
  std::uint64_t turned_away = 0;  ///< connections answered 503 because max_connections were open
  std::uint64_t open = 0;
  std::uint64_t requests = 0;  ///< handed to the handler
  std::uint64_t in_flight = 0;
  std::uint64_t streams = 0;
  std::uint64_t streams_too_slow = 0;
  std::uint64_t refused = 0;    ///< faults 4xx and 501, 505
  std::uint64_t timed_out = 0;  ///< slow heads, bodies and readers cut
  std::uint64_t shed =
      0;  ///< turned away; 503 for too many requests in flight, too many body bytes or streams
  std::uint64_t late_replies = 0;  ///< 503 because the handler never answered
  std::uint64_t defects = 0;       ///< the handler threw or dropped its reply
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
};

class Server {
 public:
  /// Binds and listens; throws std::runtime_error that names the address or file at fault.
  /// With TLS, SIGPIPE is ignored in the whole process.
  Server(Options options, Handler handler);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  void start();
  /// start() and wait until somebody calls stop().
  void run();
  /// Accepts no more, closes idle connections and streams, lets answers under way finish
  /// (Limits::stop_grace), joins the threads. Not from a handler.
  void stop();
  Counters counters() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fx::http
