#pragma once

#include <mutex>

#include "api/http/connection.hpp"

namespace fx::http {

/// The queue between those who have news and the connection that writes them.
class LiveStream final : public Stream, public Mail, public std::enable_shared_from_this<LiveStream> {
 public:
  LiveStream(std::shared_ptr<Inbox> inbox, Connection* connection, std::size_t backlog_limit)
      : inbox_(std::move(inbox)), connection_(connection), backlog_limit_(backlog_limit) {}

  bool send(std::string framed) override;
  bool send(Bytes framed) override;
  std::size_t backlog() const override;
  bool closed() const override;
  void close() override;
  void on_close(std::function<void()> callback) override;

  // For the connection, on the worker's thread.
  /// Everything queued; counts as backlog until written().
  std::string take();
  void written(std::size_t bytes);
  /// The other end left, or does not read: what is queued is of no use any more.
  void abandon();
  bool too_slow() const;
  /// The connection ends: tells whoever asked by on_close().
  void finish();
  void arrive() override;

 private:
  void post(std::unique_lock<std::mutex> lock);

  const std::shared_ptr<Inbox> inbox_;
  Connection* connection_;  // worker's thread only
  const std::size_t backlog_limit_;
  mutable std::mutex mutex_;
  std::vector<Bytes> queue_;
  std::size_t backlog_ = 0;
  bool closed_ = false;
  bool abandoned_ = false;
  bool too_slow_ = false;
  bool posted_ = false;
  bool finished_ = false;
  std::function<void()> on_close_;
};

}  // namespace fx::http
