#include "api/http/worker.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "api/http/connection.hpp"

namespace fx::http {

thread_local const Inbox* Inbox::current_ = nullptr;

void Inbox::drop(std::shared_ptr<Mail> mail) {
  const std::lock_guard lock(mutex_);
  if (io_ == nullptr) return;
  waiting_.push_back(std::move(mail));
  // One wake-up brings in everything dropped until it is served: a group commit answers dozens at once.
  if (waiting_.size() == 1) asio::post(*io_, [self = shared_from_this()] { self->deliver(); });
}

void Inbox::deliver() {
  std::vector<std::shared_ptr<Mail>> mail;
  {
    const std::lock_guard lock(mutex_);
    mail.swap(waiting_);
  }
  for (const auto& letter : mail) letter->arrive();
}

void Inbox::close() {
  std::vector<std::shared_ptr<Mail>> unread;
  const std::lock_guard lock(mutex_);
  io_ = nullptr;
  unread.swap(waiting_);
}

struct Worker::List : boost::intrusive::list<Connection, boost::intrusive::constant_time_size<false>> {};

namespace {

/// Closes what nobody took over, also when the loop ends before it is asked.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(Descriptor&& other) noexcept : descriptor_(other.release()) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

/// Timeouts are kept to a quarter of the shortest; one look at 20,000 connections takes well under a
/// millisecond.
std::chrono::milliseconds beat_of(const Limits& limits) {
  using std::chrono::milliseconds;
  const milliseconds shortest =
      std::min({limits.header_timeout, limits.body_timeout, limits.idle_timeout, limits.reply_timeout,
                limits.write_timeout, limits.linger_timeout, limits.stream_heartbeat, limits.stop_grace});
  return std::clamp(shortest / 4, milliseconds{10}, milliseconds{250});
}

}  // namespace

Worker::Worker(Shared& the_shared)
    : shared(the_shared),
      // Sockets are touched by this thread alone, so the reactor needs no locks for them; posting stays safe.
      inbox(std::make_shared<Inbox>(io_)),
      scratch(64 * 1024),
      connections_(std::make_unique<List>()),
      io_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO),
      stay_(io_.get_executor()),
      beat_timer_(io_.get_executor()) {
  asio::co_spawn(io_, beat(), unheard);
}

Worker::~Worker() { inbox->close(); }

void Worker::run() {
  inbox->claim_thread();
  for (;;) {
    try {
      io_.run();
      return;
    } catch (...) {
      tallies.defects
          .add();  // a callback given to us threw; its connection is its own affair, the loop goes on
    }
  }
}

void Worker::adopt(int descriptor, bool v6, std::string peer, bool turn_away) {
  load_.fetch_add(1, std::memory_order_relaxed);
  asio::post(io_, [this, owned = Descriptor(descriptor), v6, peer = std::move(peer), turn_away]() mutable {
    boost::system::error_code failed;
    Socket socket(io_);
    if (!draining_)
      std::ignore = socket.assign(v6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4(), owned.get(), failed);
    if (draining_ || failed) return leave();
    owned.release();
    std::shared_ptr<Connection> connection;
    try {
      connection = std::make_shared<Connection>(*this, std::move(socket), std::move(peer), turn_away);
    } catch (...) {
      return leave();
    }
    connections_->push_back(*connection);
    asio::co_spawn(io_, Connection::serve(std::move(connection)), unheard);
  });
}

void Worker::leave() {
  if (load_.fetch_sub(1, std::memory_order_relaxed) == 1 && draining_) beat_timer_.cancel();
}

void Worker::drain() {
  asio::post(io_, [this] {
    draining_ = true;
    stop_by_ = std::chrono::steady_clock::now() + shared.options.limits.stop_grace;
    stay_.reset();
    each_connection([](Connection& connection) { connection.drain(false); });
    beat_timer_.cancel();
  });
}

template <class Visit>
void Worker::each_connection(Visit visit) {
  for (auto at = connections_->begin(); at != connections_->end();) {
    Connection& connection = *at++;  // it may leave the list, and the world, when visited
    visit(connection);
  }
}

Task<void> Worker::beat() {
  const auto period = beat_of(shared.options.limits);
  while (!draining_ || load() > 0) {
    beat_timer_.expires_after(period);
    co_await beat_timer_.async_wait(as_result);
    const Instant now = std::chrono::steady_clock::now();
    const bool enough = now >= stop_by_;
    each_connection([now, enough](Connection& connection) {
      if (enough) {
        connection.drain(true);
      } else {
        connection.check(now);
      }
    });
  }
}

std::string_view Worker::date() {
  const std::int64_t second =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch().count();
  if (second != date_second_) {
    date_ = http_date(second);
    date_second_ = second;
  }
  return date_;
}

}  // namespace fx::http
