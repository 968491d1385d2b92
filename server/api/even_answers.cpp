#include "api/even_answers.hpp"

#include <algorithm>

namespace fx::api {

EvenAnswers::EvenAnswers(Duration takes, std::size_t most_waiting)
    : takes_(takes), most_waiting_(most_waiting), thread_([this] { loop(); }) {}

EvenAnswers::~EvenAnswers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool EvenAnswers::enter() {
  const std::lock_guard lock(mutex_);
  if (inside_ >= most_waiting_) return false;
  ++inside_;
  return true;
}

void EvenAnswers::give(Moment asked, Job job) {
  {
    const std::lock_guard lock(mutex_);
    const Moment at = asked + takes_;
    const auto place = std::ranges::upper_bound(due_, at, {}, &Due::at);
    due_.insert(place, {at, std::move(job)});
  }
  wake_.notify_one();
}

void EvenAnswers::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (due_.empty()) {
      wake_.wait(lock);
      continue;
    }
    const Moment at = due_.front().at;
    if (std::chrono::steady_clock::now() < at) {
      wake_.wait_until(lock, at);
      continue;
    }
    Job job = std::move(due_.front().job);
    due_.pop_front();
    --inside_;
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
  }
}

}  // namespace fx::api
