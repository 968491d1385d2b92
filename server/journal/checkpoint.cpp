#include "journal/checkpoint.hpp"

#include <sqlite3.h>

#include "journal/sqlite/connection.hpp"

namespace fx::journal {

void LogGauge::set(std::int64_t bytes) {
  const bool shorter = bytes < bytes_.exchange(bytes);
  if (!shorter) return;
  const std::lock_guard lock(mutex_);
  shorter_.notify_all();
}

bool LogGauge::wait_below(std::int64_t bytes, std::chrono::milliseconds patience) {
  if (bytes_ < bytes) return true;
  std::unique_lock lock(mutex_);
  return shorter_.wait_for(lock, patience, [&] { return bytes_ < bytes; });
}

Checkpointer::Checkpointer(std::string path, std::function<void(const std::string&)> broken)
    : path_(std::move(path)),
      broken_(std::move(broken)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Checkpointer::~Checkpointer() {
  thread_.request_stop();
  wake_.notify_all();
}

void Checkpointer::poke() {
  {
    const std::lock_guard lock(mutex_);
    poked_ = true;
  }
  wake_.notify_all();
}

std::string Checkpointer::failure() const {
  if (!failed_) return {};
  const std::lock_guard lock(mutex_);
  return failure_;
}

void Checkpointer::work(const std::stop_token& stop) {
  constexpr auto pause =
      std::chrono::milliseconds(250);  // lets a few batches gather: each copy costs two fsyncs
  try {
    Connection connection(path_, Connection::Mode::create);
    while (!stop.stop_requested()) {
      {
        std::unique_lock lock(mutex_);
        if (!wake_.wait(lock, stop, [&] { return poked_; })) return;
        wake_.wait_for(lock, stop, pause, [] { return false; });
        poked_ = false;
      }
      const int code = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                                 nullptr, nullptr);
      // Busy: another copy runs. Full: nothing is lost, the log keeps it all; the writer tells.
      if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY && (code & 0xFF) != SQLITE_FULL)
        fail(connection.handle(), code, "copying the log");
    }
  } catch (const std::exception& error) {
    {
      const std::lock_guard lock(mutex_);
      failure_ = error.what();
      failed_ = true;
    }
    if (broken_) broken_(error.what());
  }
}

}  // namespace fx::journal
