#pragma once

#include "base/time.hpp"

namespace fx::runtime {

/// Guards ledger time against clocks that jump (kernel-notes §5). While it holds, time goes on from the head by the
/// monotonic clock and the timer rests, until an officer confirms the time.
class TimeKeeper {
 public:
  /// `head`: ledger time of the last batch; nil for a new ledger.
  void start(Instant wall, Duration monotonic, Instant head);
  /// The time to use now; may begin a hold.
  Instant now(Instant wall, Duration monotonic);
  /// An officer confirmed the wall clock, or the realm's own control moved it.
  void confirm(Instant wall, Duration monotonic);
  [[nodiscard]] bool holds() const { return holds_; }

 private:
  Instant base_;  ///< trusted time at `since_`
  Duration since_{};
  bool holds_ = false;
};

}  // namespace fx::runtime
