#include "desks/investigation/trajectory/gaps.hpp"

#include <algorithm>

namespace fx::investigation {

std::vector<Stretch> gaps_of(std::span<const Stretch> stops, const Stretch& window, Duration longest) {
  std::vector<Stretch> sorted(stops.begin(), stops.end());
  std::ranges::sort(sorted);
  std::vector<Stretch> gaps;
  Instant known = window.from;
  const auto look = [&](Instant next) {
    const Instant end = std::min(next, window.until);
    if (end - known > longest) gaps.push_back({known, end});
  };
  for (const Stretch& stop : sorted) {
    if (stop.from >= window.until) break;
    if (stop.from > known) look(stop.from);
    known = std::max(known, stop.until);
  }
  look(window.until);
  return gaps;
}

}  // namespace fx::investigation
