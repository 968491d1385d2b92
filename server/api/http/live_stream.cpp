#include "api/http/live_stream.hpp"

namespace fx::http {

bool LiveStream::send(std::string framed) {
  return send(std::make_shared<const std::string>(std::move(framed)));
}

bool LiveStream::send(Bytes framed) {
  std::unique_lock lock(mutex_);
  if (closed_) return false;
  if (backlog_ + framed->size() > backlog_limit_) {
    closed_ = abandoned_ = too_slow_ = true;
    queue_.clear();
    post(std::move(lock));
    return false;
  }
  backlog_ += framed->size();
  queue_.push_back(std::move(framed));
  post(std::move(lock));
  return true;
}

std::size_t LiveStream::backlog() const {
  const std::lock_guard lock(mutex_);
  return backlog_;
}

bool LiveStream::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

bool LiveStream::too_slow() const {
  const std::lock_guard lock(mutex_);
  return too_slow_;
}

void LiveStream::close() {
  std::unique_lock lock(mutex_);
  if (closed_) return;
  closed_ = true;
  post(std::move(lock));
}

void LiveStream::abandon() {
  std::unique_lock lock(mutex_);
  closed_ = abandoned_ = true;
  queue_.clear();
  post(std::move(lock));
}

void LiveStream::on_close(std::function<void()> callback) {
  {
    const std::lock_guard lock(mutex_);
    if (!finished_) {
      on_close_ = std::move(callback);
      return;
    }
  }
  if (callback) callback();
}

std::string LiveStream::take() {
  std::vector<Bytes> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(queue_);
  }
  std::string out;
  for (const Bytes& bytes : taken) out += *bytes;
  return out;
}

void LiveStream::written(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  backlog_ -= bytes;
}

void LiveStream::finish() {
  std::function<void()> callback;
  {
    const std::lock_guard lock(mutex_);
    connection_ = nullptr;
    closed_ = finished_ = true;
    queue_.clear();
    callback = std::move(on_close_);
    on_close_ = nullptr;
  }
  if (callback) callback();
}

void LiveStream::arrive() {
  bool abandoned = false;
  {
    const std::lock_guard lock(mutex_);
    posted_ = false;
    abandoned = abandoned_;
  }
  if (connection_ == nullptr) return;
  if (abandoned) connection_->expire();
  connection_->wake();
}

/// One letter at a time is enough: the connection takes all there is.
void LiveStream::post(std::unique_lock<std::mutex> lock) {
  if (std::exchange(posted_, true)) return;
  lock.unlock();
  inbox_->drop(shared_from_this());
}

}  // namespace fx::http
