#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "access/scope.hpp"
#include "api/http/http.hpp"
#include "kernel/store.hpp"

namespace fx::api {

/// Live updates (kernel-notes §8): "these desks changed up to batch N", by jurisdiction, at most four times a second a
/// listener, never a body. What a slow listener has not taken yet is folded into its next message.
class Herald {
 public:
  Herald();
  ~Herald();

  /// Whose changes a listener hears: events at home in these places.
  using Places = std::vector<std::pair<std::int32_t, std::int32_t>>;
  /// `alive`: asked now and then; false ends the stream (signed out).
  void listen(std::shared_ptr<http::Stream> stream, Places places, std::function<bool()> alive);
  void changed(const std::vector<StoredEvent>& events);
  /// The realm's clock was moved.
  void clock_moved(std::int64_t batch);
  [[nodiscard]] std::size_t listeners() const;
  [[nodiscard]] std::int64_t batch() const { return batch_.load(); }
  void seen_batch(std::int64_t batch) { batch_ = std::max(batch_.load(), batch); }

 private:
  using Topics = std::set<std::string>;
  struct Listener {
    std::shared_ptr<http::Stream> stream;
    Places places;
    std::function<bool()> alive;
    Topics waiting;
  };
  void loop();
  void tell(std::unique_lock<std::mutex>& lock);

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<std::int32_t, Topics> news_;  ///< home county → desks
  bool clock_ = false;
  std::atomic<std::int64_t> batch_{0};
  std::vector<Listener> listeners_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace fx::api
