#include "api/log_lines.hpp"

#include <chrono>
#include <cstdio>

namespace fx::api {
namespace {

constexpr auto pause = std::chrono::milliseconds(100);
constexpr std::size_t enough = 64 * 1024;

}  // namespace

LogLines::LogLines() : thread_([this] { loop(); }) {}

LogLines::~LogLines() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void LogLines::add(std::string_view line, bool at_once) {
  std::string full;
  {
    const std::lock_guard lock(mutex_);
    const bool first = waiting_.empty();
    (waiting_ += line) += '\n';
    if (first) wake_.notify_one();
    if (at_once || waiting_.size() >= enough) full.swap(waiting_);
  }
  if (!full.empty()) write(full);
}

void LogLines::write(const std::string& lines) { std::fwrite(lines.data(), 1, lines.size(), stderr); }

void LogLines::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    wake_.wait_for(lock, pause, [&] { return stopping_; });
    std::string lines;
    lines.swap(waiting_);
    lock.unlock();
    if (!lines.empty()) write(lines);
    lock.lock();
  }
  if (!waiting_.empty()) write(waiting_);
}

}  // namespace fx::api
