#pragma once

#include <span>
#include <vector>

#include "base/time.hpp"

namespace fx::investigation {

/// A stretch of time [from, until).
struct Stretch {
  Instant from;
  Instant until;
  friend auto operator<=>(const Stretch&, const Stretch&) = default;
};

/// Where nobody knows where a case was.
/// Takes    stops in any order, overlapping or not; the window; the longest gap that is nobody's question
/// Gives    the stretches of the window that no stop covers and that are longer than `longest`, in order of time
/// Keeps    the order of stops changes nothing; a further stop adds no time to any gap; gaps and stops never overlap
/// Source   domain model D1/D2, D.trajectory.gap_h
std::vector<Stretch> gaps_of(std::span<const Stretch> stops, const Stretch& window, Duration longest);

}  // namespace fx::investigation
