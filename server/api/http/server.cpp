#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <condition_variable>
#include <stdexcept>
#include <thread>

#include "api/http/worker.hpp"

namespace fx::http {
namespace {

using asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

/// So many may be told at one time that the house is full; more are closed without a word.
constexpr std::size_t told_at_once = 256;

struct Accepted {
  int descriptor = -1;
  bool v6 = false;
  std::string peer;
};

Accepted accept_one(int listener) {
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  Accepted accepted;
  accepted.descriptor =
      ::accept4(listener, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (accepted.descriptor < 0) return accepted;
  if (from.ss_family == AF_INET6) {
    accepted.v6 = true;
    asio::ip::address_v6::bytes_type bytes;
    std::memcpy(bytes.data(), &reinterpret_cast<sockaddr_in6&>(from).sin6_addr, bytes.size());
    const asio::ip::address_v6 address(bytes);
    accepted.peer = address.is_v4_mapped()
                        ? asio::ip::make_address_v4(asio::ip::v4_mapped, address).to_string()
                        : address.to_string();
  } else {
    const auto host_order = ntohl(reinterpret_cast<sockaddr_in&>(from).sin_addr.s_addr);
    accepted.peer = asio::ip::address_v4(host_order).to_string();
  }
  return accepted;
}

unsigned thread_count(unsigned wanted) {
  return wanted != 0 ? wanted : std::clamp(std::thread::hardware_concurrency(), 1u, 8u);
}

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, Handler handler) : shared_(std::move(options), std::move(handler)) {
    const Options& given = shared_.options;
    if (!given.tls_certificate.empty()) {
      shared_.tls = std::make_unique<TlsContext>(given.tls_certificate, given.tls_key);
    }
    for (unsigned i = 0; i < thread_count(given.threads); ++i)
      workers_.push_back(std::make_unique<Worker>(shared_));
    acceptor_.emplace(workers_.front()->io().get_executor());
    pause_.emplace(workers_.front()->io().get_executor());
    listen();
  }

  ~Impl() { stop(); }

  std::uint16_t port() const { return port_; }

  void start() {
    const std::lock_guard lock(mutex_);
    if (stopped_ || !threads_.empty()) return;
    asio::co_spawn(workers_.front()->io(), accept(), unheard);
    for (const auto& worker : workers_) threads_.emplace_back([&worker = *worker] { worker.run(); });
  }

  void run() {
    start();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_; });
  }

  void stop() {
    const std::lock_guard only_one(stopping_);
    {
      const std::lock_guard lock(mutex_);
      if (stopped_) return;
    }
    shared_.stopping = true;
    asio::post(workers_.front()->io(), [this] {
      boost::system::error_code ignored;
      std::ignore = acceptor_->close(ignored);
      pause_->cancel();
    });
    for (const auto& worker : workers_) worker->drain();
    for (auto& thread : threads_) thread.join();
    for (const auto& worker : workers_) worker->inbox->close();
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

  Counters counters() const {
    Counters sum;
    for (const auto& worker : workers_) {
      const Tallies& own = worker->tallies;
      sum.accepted += own.accepted.value();
      sum.turned_away += own.turned_away.value();
      sum.requests += own.requests.value();
      sum.streams_too_slow += own.streams_too_slow.value();
      sum.refused += own.refused.value();
      sum.timed_out += own.timed_out.value();
      sum.shed += own.shed.value();
      sum.late_replies += own.late_replies.value();
      sum.defects += own.defects.value();
      sum.bytes_in += own.bytes_in.value();
      sum.bytes_out += own.bytes_out.value();
    }
    sum.open = shared_.open.load(std::memory_order_relaxed);
    sum.in_flight = shared_.in_flight.load(std::memory_order_relaxed);
    sum.streams = shared_.streams.load(std::memory_order_relaxed);
    return sum;
  }

 private:
  void listen() {
    const Options& options = shared_.options;
    try {
      const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
      acceptor_->open(endpoint.protocol());
      acceptor_->set_option(tcp::acceptor::reuse_address(true));
      acceptor_->set_option(tcp::no_delay(true));  // accepted sockets inherit both
      acceptor_->set_option(asio::socket_base::keep_alive(true));
      acceptor_->bind(endpoint);
      acceptor_->listen(4096);
      acceptor_->native_non_blocking(true);
      port_ = acceptor_->local_endpoint().port();
    } catch (const boost::system::system_error& error) {
      throw std::runtime_error("cannot listen on " + options.address + " port " +
                               std::to_string(options.port) + ": " + error.code().message());
    }
  }

  Task<void> accept() {
    while (acceptor_->is_open()) {
      const auto result = co_await acceptor_->async_wait(Acceptor::wait_read, as_result);
      if (std::get<0>(result)) continue;
      if (accept_waiting()) continue;
      // No descriptor left: those waiting stay in the queue of the system until one is free again.
      pause_->expires_after(std::chrono::milliseconds(50));
      co_await pause_->async_wait(as_result);
    }
  }

  /// False: the system has nothing left to accept with.
  bool accept_waiting() {
    Tallies& tallies = workers_.front()->tallies;
    for (int i = 0; i < 64; ++i) {
      Accepted accepted = accept_one(acceptor_->native_handle());
      if (accepted.descriptor < 0) {
        return errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM;
      }
      if (has_room()) {
        tallies.accepted.add();
        const auto& least = *std::ranges::min_element(workers_, {}, [](const auto& w) { return w->load(); });
        least->adopt(accepted.descriptor, accepted.v6, std::move(accepted.peer), false);
        continue;
      }
      tallies.turned_away.add();
      if (shared_.tls || shared_.turned_away_open.load() >= told_at_once) {
        ::close(accepted.descriptor);
      } else {
        workers_.front()->adopt(accepted.descriptor, accepted.v6, std::move(accepted.peer), true);
      }
    }
    return true;
  }

  /// Counts sockets on their way to a worker too, and those of the few who are being told.
  bool has_room() const {
    std::size_t open = 0;
    for (const auto& worker : workers_) open += worker->load();
    return open < shared_.options.limits.max_connections + shared_.turned_away_open.load();
  }

  Shared shared_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::optional<Acceptor> acceptor_;  // in the first worker's loop
  std::optional<Timer> pause_;
  std::vector<std::thread> threads_;
  std::uint16_t port_ = 0;
  std::mutex stopping_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;  // guarded by mutex_
};

Server::Server(Options options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return impl_->port(); }
void Server::start() { impl_->start(); }
void Server::run() { impl_->run(); }
void Server::stop() { impl_->stop(); }
Counters Server::counters() const { return impl_->counters(); }

}  // namespace fx::http
