#pragma once

#include "api/open_door.hpp"

namespace fx::bin {

/// Queue states and own results, read from the rows of the screening desk.
api::OpenDoor open_door();

}  // namespace fx::bin
