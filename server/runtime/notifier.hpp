#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "runtime/notice_adapters.hpp"
#include "runtime/writer.hpp"

namespace fx::runtime {

/// Carries notices out of the program, in the order they were sent, and records each delivery as an event. In-app
/// delivery needs none of this. Where many wait for one recipient (after a downtime) they go as one message
/// (kernel-notes §5). A notice no adapter could deliver stays undelivered and visible; it is tried again after growing
/// pauses, and once more after a restart.
class Notifier {
 public:
  using Adapters = std::vector<std::unique_ptr<NoticeAdapter>>;
  /// `log` gets one line for a notice given up.
  Notifier(Writer& writer, const Registry& registry, Adapters adapters,
           std::function<void(const std::string&)> log);
  ~Notifier();
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  void start();
  void stop();
  /// Takes the notices out of committed events; on the writer's thread, so it only queues.
  void committed(const std::vector<StoredEvent>& events);
  /// Notices of before the start that nobody delivered.
  void add(std::vector<Notice> notices);

 private:
  struct Waiting {
    Notice notice;
    int tries = 0;
    Duration not_before{};
  };
  void loop();
  std::vector<Waiting> next();
  std::vector<Waiting> take_with(const std::deque<Waiting>::iterator& found, Duration now);
  void carry(std::vector<Waiting> waiting);
  void try_again(Waiting waiting);
  void record(const Notice& notice, const std::string& way);

  Writer& writer_;
  const Registry& registry_;
  Adapters adapters_;
  std::function<void(const std::string&)> log_;
  SystemClock clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

/// What goes out: the notice, its unit's names, no person.
std::string notice_message(const Notice& notice, const Reference& reference);
/// What goes out where many wait for one recipient: how many, the unit's names, and each notice. docs/notices.md has both.
std::string digest_message(const std::vector<Notice>& notices, const Reference& reference);

}  // namespace fx::runtime
