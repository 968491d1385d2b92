#pragma once

#include "api/gate_door.hpp"

namespace fx::bin {

/// What a gate takes along when it may lose the server; nothing when there is no such gate or it is closed.
std::optional<api::GateSheet> gate_sheet(journal::Reader& reader, UnitId gate, std::int32_t county,
                                         Instant now, const Rules& rules);

}  // namespace fx::bin
