#pragma once

#include <atomic>

#include "kernel/command.hpp"

namespace fx::runtime {

/// The machine's clocks; `wall` is shifted by the realm's offset (settled 9).
class SystemClock final : public Clock {
 public:
  explicit SystemClock(Duration offset = {}) : offset_(offset.count()) {}
  [[nodiscard]] Instant wall() const override;
  [[nodiscard]] Duration monotonic() const override;
  [[nodiscard]] Instant machine() const;
  [[nodiscard]] Duration offset() const { return Duration(offset_.load()); }
  void set_offset(Duration offset) { offset_.store(offset.count()); }

 private:
  std::atomic<Duration::rep> offset_;
};

/// Ids from the machine's time and its random source.
class SystemIds final : public IdSource {
 public:
  explicit SystemIds(const Clock& clock) : clock_(clock) {}
  RawId next(std::int32_t home) override;

 private:
  const Clock& clock_;
};

}  // namespace fx::runtime
