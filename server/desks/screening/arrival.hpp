#pragma once

// How a tube ends its way to the laboratory: received, rejected, lost. Alone, or with its box.

#include "desks/screening/lookups.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {

TubeReceived received(const Tube& tube, UnitId lab, const TextRef& condition, const View& view);
TubeRejected rejected(const Tube& tube, UnitId lab, RejectReason reason, const TextRef& note,
                      const View& view);
TubeLost lost(const Tube& tube, const TextRef& note, const View& view);

/// Keys of any of them.
void own_arrival(const Tube& tube, std::optional<UnitId> lab, bool fails, const Loaded& loaded, KeySet& keys);

}  // namespace fx::screening
