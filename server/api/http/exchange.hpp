#pragma once

#include "api/http/connection.hpp"

namespace fx::http {

/// One request on its way through a handler: shared by the connection and the Reply, which may be in another
/// thread.
struct Exchange final : Mail, std::enable_shared_from_this<Exchange> {
  Exchange(std::shared_ptr<Inbox> the_inbox, Connection* the_connection)
      : inbox(std::move(the_inbox)), connection(the_connection) {}

  /// Any thread. The first answer counts.
  void answer(Response given) {
    if (!take()) return;
    response = std::move(given);
    hand_over();
  }
  /// Any thread: there will be no answer.
  void fail() {
    if (!take()) return;
    failed = true;
    hand_over();
  }
  /// True for the first who asks: it decides what the answer is.
  bool take() { return !taken.exchange(true); }

  void arrive() override {
    ready = true;
    if (connection != nullptr) connection->wake();
  }

  const std::shared_ptr<Inbox> inbox;
  std::atomic<bool> taken{false};
  Response response;
  bool failed = false;
  // The worker's thread only:
  Connection* connection;  // null once the connection gave up
  bool inside_handler = false;
  bool ready = false;

 private:
  void hand_over() {
    if (inbox->on_own_thread() && inside_handler) {
      ready = true;
    } else {
      inbox->drop(shared_from_this());
    }
  }
};

/// What a Reply is inside. Destroyed unused, it says so.
class ReplyGuard {
 public:
  explicit ReplyGuard(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  ReplyGuard(ReplyGuard&&) noexcept = default;
  ReplyGuard& operator=(ReplyGuard&&) = delete;
  ~ReplyGuard() {
    if (exchange_) exchange_->fail();
  }
  void operator()(Response response) {
    if (const auto exchange = std::exchange(exchange_, nullptr)) exchange->answer(std::move(response));
  }

 private:
  std::shared_ptr<Exchange> exchange_;
};

}  // namespace fx::http
