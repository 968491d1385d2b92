#pragma once

#include "api/desk_pages.hpp"

namespace fx::bin {

/// GET /v1/isolation/lost_control: everybody lost, from the duties whose entry in the rulebook says so and the lines of lists, as one
/// list with the duty, its owner and its due time. Computed from what is owed; nobody types that somebody is lost. A person
/// who left control, or cannot be found, stands there from the first minute; anything else when its time is over.
api::DeskPage lost_control_page();

}  // namespace fx::bin
