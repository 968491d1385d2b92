#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>

namespace fx::api {

/// What `/metrics` tells of the door: requests by what was asked and how it ended, and how long they took.
class Meters {
 public:
  void count(const std::string& what, unsigned status, double ms);
  /// Prometheus text.
  [[nodiscard]] std::string text() const;

  std::atomic<std::uint64_t> shed{0};

 private:
  struct Taken {
    std::uint64_t count = 0;
    double seconds = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, unsigned>, Taken> taken_;
};

}  // namespace fx::api
