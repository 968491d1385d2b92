#include "api/mllp/listener.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "api/mllp/frames.hpp"

namespace fx::mllp {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
template <class T>
using Task = asio::awaitable<T>;
constexpr auto as_result = asio::as_tuple(asio::deferred);
/// For coroutines that catch what can be thrown themselves.
constexpr auto unheard = [](const std::exception_ptr&) {};
using Clock = std::chrono::steady_clock;

/// The way back onto the listener's thread. Outlives it: a handler may answer long after it is gone.
class Gate {
 public:
  explicit Gate(asio::io_context& io) : io_(&io) {}
  template <class F>
  void pass(F work) {
    const std::lock_guard lock(mutex_);
    if (io_ != nullptr) asio::post(*io_, std::move(work));
  }
  void close() {
    const std::lock_guard lock(mutex_);
    io_ = nullptr;
  }

 private:
  std::mutex mutex_;
  asio::io_context* io_;
};

/// What a Reply is inside; dropped unused, it answers with nothing.
class Once {
 public:
  explicit Once(std::move_only_function<void(std::string)> give) : give_(std::move(give)) {}
  Once(Once&& other) noexcept : give_(std::exchange(other.give_, nullptr)) {}
  Once& operator=(Once&&) = delete;
  ~Once() { (*this)({}); }
  void operator()(std::string answer) {
    if (auto give = std::exchange(give_, nullptr)) give(std::move(answer));
  }

 private:
  std::move_only_function<void(std::string)> give_;
};

std::string text_of(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

}  // namespace

class Listener::Impl {
 public:
  Impl(Options options, Handler handler)
      : options_(std::move(options)), handler_(std::move(handler)), acceptor_(io_), pause_(io_) {
    try {
      const tcp::endpoint endpoint(asio::ip::make_address(options_.address), options_.port);
      acceptor_.open(endpoint.protocol());
      acceptor_.set_option(tcp::acceptor::reuse_address(true));
      acceptor_.bind(endpoint);
      acceptor_.listen();
      port_ = acceptor_.local_endpoint().port();
    } catch (const boost::system::system_error& error) {
      throw std::runtime_error("cannot listen on " + options_.address + " port " +
                               std::to_string(options_.port) + ": " + error.code().message());
    }
  }
  ~Impl() { stop(); }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  void start() {
    asio::co_spawn(io_, accept(), unheard);
    thread_ = std::thread([this] { io_.run(); });
  }

  void stop() {
    if (!thread_.joinable()) return;
    asio::post(io_, [this] {
      stopping_ = true;
      boost::system::error_code ignored;
      std::ignore = acceptor_.close(ignored);
      pause_.cancel();
      for (Connection& each : connections_)
        if (!each.asked) each.end();
      if (connections_.empty()) return;
      grace_.emplace(io_, options_.limits.stop_grace);
      grace_->async_wait([this](boost::system::error_code error) {
        if (error) return;
        for (Connection& each : connections_) each.end();
      });
    });
    thread_.join();
    gate_->close();
  }

 private:
  struct Connection {
    Connection(asio::io_context& io, tcp::socket s, std::string from)
        : socket(std::move(s)), timer(io), answered(io, Clock::time_point::max()), peer(std::move(from)) {}

    /// Ends whatever it waits for.
    void end() {
      boost::system::error_code ignored;
      std::ignore = socket.close(ignored);
      answered.cancel();
    }
    /// From now on it has so long.
    void within(std::chrono::milliseconds time) { until(Clock::now() + time); }
    void until(Clock::time_point when) {
      late = false;
      timer.expires_at(when);
      timer.async_wait([this](boost::system::error_code error) {
        if (error) return;
        late = true;
        end();
      });
    }

    tcp::socket socket;
    asio::steady_timer timer;
    asio::steady_timer answered;
    std::string peer;
    std::optional<std::string> answer;
    bool asked = false;    ///< a message of it is with the handler, or its answer on the way
    bool reading = false;  ///< a message, in its time
    bool late = false;
  };
  using Place = std::list<Connection>::iterator;

  void tell(const std::string& peer, Cut why) const {
    if (options_.cut) options_.cut(peer, why);
  }

  Task<void> accept() {
    while (acceptor_.is_open()) {
      auto [error, socket] = co_await acceptor_.async_accept(as_result);
      if (stopping_) co_return;
      if (error) {  // no descriptor left, or the other end has gone again
        pause_.expires_after(std::chrono::milliseconds(50));
        co_await pause_.async_wait(as_result);
        continue;
      }
      take(std::move(socket));
    }
  }

  void take(tcp::socket socket) {
    boost::system::error_code error;
    const auto from = socket.remote_endpoint(error);
    if (error) return;
    std::string peer = text_of(from.address());
    if (options_.allowed && !options_.allowed(peer)) return tell(peer, Cut::not_allowed);
    if (connections_.size() >= options_.limits.connections) return tell(peer, Cut::full);
    std::ignore = socket.set_option(tcp::no_delay(true), error);
    std::ignore = socket.set_option(asio::socket_base::keep_alive(true), error);
    const Place place = connections_.emplace(connections_.end(), io_, std::move(socket), std::move(peer));
    asio::co_spawn(io_, serve(place), unheard);
  }

  Task<void> serve(Place place) {
    const Limits& limits = options_.limits;
    FrameReader frames(limits.message_bytes);
    bool goes_on = true;
    while (goes_on && !stopping_) {
      switch (frames.next()) {
        case Frame::more: goes_on = co_await read(*place, frames); break;
        case Frame::message: goes_on = co_await converse(place, frames.text(), false); break;
        case Frame::too_long:
          tell(place->peer, Cut::too_long);
          co_await converse(place, frames.text(), true);
          goes_on = false;
          break;
        case Frame::garbled:
          tell(place->peer, Cut::garbled);
          goes_on = false;
          break;
      }
    }
    close(place);
  }

  void close(Place place) {
    place->timer.cancel();
    boost::system::error_code ignored;
    std::ignore = place->socket.shutdown(tcp::socket::shutdown_both, ignored);
    std::ignore = place->socket.close(ignored);
    // The cancelled timers' handlers still name it: it goes behind them.
    asio::post(io_, [this, place] {
      connections_.erase(place);
      if (stopping_ && connections_.empty() && grace_) grace_->cancel();
    });
  }

  /// False: the connection is over.
  Task<bool> read(Connection& of, FrameReader& frames) {
    // A message has its time from its first byte on: one byte now and then does not prolong it.
    if (!frames.inside())
      of.within(options_.limits.idle_timeout);
    else if (!of.reading)
      of.within(options_.limits.message_timeout);
    of.reading = frames.inside();
    std::array<char, 16 * 1024> bytes{};
    const auto [error, size] = co_await of.socket.async_read_some(asio::buffer(bytes), as_result);
    if (error) {
      if (of.late && frames.inside()) tell(of.peer, Cut::too_slow);
      co_return false;
    }
    frames.feed({bytes.data(), size});
    co_return true;
  }

  Task<bool> converse(Place place, std::string text, bool too_long) {
    Connection& of = *place;
    of.asked = true;
    of.reading = false;
    of.answer.reset();
    of.within(options_.limits.reply_timeout);
    const std::uint64_t number = ++asked_;
    waiting_.emplace(number, place);
    ask({std::move(text), of.peer, too_long}, number);
    while (!of.answer && of.socket.is_open()) co_await of.answered.async_wait(as_result);
    waiting_.erase(number);
    const bool good = of.answer && !of.answer->empty() && co_await write(of, framed(*of.answer));
    if (!of.answer || of.answer->empty()) tell(of.peer, Cut::unanswered);
    of.asked = false;
    co_return good;
  }

  void ask(Message message, std::uint64_t number) {
    Reply reply = Once([gate = gate_, this, number](std::string answer) {
      gate->pass([this, number, answer = std::move(answer)]() mutable { arrive(number, std::move(answer)); });
    });
    try {
      handler_(std::move(message), std::move(reply));
    } catch (const std::exception&) {  // the reply it dropped cuts the connection
      return;
    }
  }

  void arrive(std::uint64_t number, std::string answer) {
    const auto found = waiting_.find(number);
    if (found == waiting_.end()) return;
    found->second->answer = std::move(answer);
    found->second->answered.cancel();
  }

  Task<bool> write(Connection& of, std::string bytes) {
    of.within(options_.limits.write_timeout);
    const auto [error, size] = co_await asio::async_write(of.socket, asio::buffer(bytes), as_result);
    co_return !error;
  }

  const Options options_;
  const Handler handler_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::optional<asio::steady_timer> grace_;
  const std::shared_ptr<Gate> gate_ = std::make_shared<Gate>(io_);
  std::list<Connection> connections_;
  std::map<std::uint64_t, Place> waiting_;  ///< by the number of the question
  std::uint64_t asked_ = 0;
  bool stopping_ = false;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

Listener::Listener(Options options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}
Listener::~Listener() = default;
void Listener::start() { impl_->start(); }
void Listener::stop() { impl_->stop(); }
std::uint16_t Listener::port() const { return impl_->port(); }

}  // namespace fx::mllp
