#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "runtime/crypto.hpp"

namespace fx::api {

/// So many questions of one kind in a window from one asker. Of fixed size however many ask: askers share counters, each
/// has two, and the lower one counts; the key keeps anybody from choosing whom to share with. Any thread.
/// Keeps  nobody gets more than `most` in a window; who asks less is at worst taken for a busy one, never the other way
class Turnstile {
 public:
  Turnstile(const runtime::SecretKey& key, int most, Duration window);
  /// How long to wait; zero: go on, and it counts. `now` is of the monotonic clock.
  Duration wait(std::string_view who, Duration now);

 private:
  struct Count {
    Duration since{};
    int times = 0;
  };
  static constexpr std::size_t counters = std::size_t{1} << 16;
  std::array<std::size_t, 2> places_of(std::string_view who) const;

  const runtime::SecretKey key_;
  const int most_;
  const Duration window_;
  std::mutex mutex_;
  std::vector<Count> counts_;
};

/// The network somebody asks from: an IPv4 address, or the first half of an IPv6 one, for one subscriber has all of that.
std::string network_of(const std::string& peer);

}  // namespace fx::api
