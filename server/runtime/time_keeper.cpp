#include "runtime/time_keeper.hpp"

namespace fx::runtime {
namespace {

// Kernel-notes §5, project values: how far the wall clock may stray before an officer has to look.
constexpr Duration most_drift = std::chrono::seconds(60);
constexpr Duration most_pause = std::chrono::days(7);
constexpr Duration most_step_back = std::chrono::seconds(5);

}  // namespace

void TimeKeeper::start(Instant wall, Duration monotonic, Instant head) {
  const bool fresh = head == Instant{};
  holds_ = !fresh && (wall > head + most_pause || wall < head - most_step_back);
  base_ = holds_ ? head : wall;
  since_ = monotonic;
}

Instant TimeKeeper::now(Instant wall, Duration monotonic) {
  const Instant expected = base_ + (monotonic - since_);
  if (holds_) return expected;
  const Duration drift = wall - expected;
  if (drift > most_drift || drift < -most_drift) {
    holds_ = true;
    return expected;
  }
  base_ = wall;  // small corrections of the machine's clock are followed
  since_ = monotonic;
  return wall;
}

void TimeKeeper::confirm(Instant wall, Duration monotonic) {
  holds_ = false;
  base_ = wall;
  since_ = monotonic;
}

}  // namespace fx::runtime
