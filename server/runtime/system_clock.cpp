#include "runtime/system_clock.hpp"

#include <chrono>

#include "runtime/crypto.hpp"

namespace fx::runtime {

Instant SystemClock::machine() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

Instant SystemClock::wall() const { return machine() + offset(); }

Duration SystemClock::monotonic() const {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

RawId SystemIds::next(std::int32_t home) {
  const std::uint64_t chance = random_u64();
  return RawId::make(clock_.wall().ms, home, chance, static_cast<std::uint16_t>(chance >> 48));
}

}  // namespace fx::runtime
