#pragma once

#include "api/desk_pages.hpp"

namespace fx::bin {

/// GET /v1/screening/backlog?lab=…: what waits at one laboratory, by class: on the way, received, on the instrument, read;
/// since when, how many are late by the rulebook's hours (E.result.h.<class> from receipt, E.result.mass_h from sealing),
/// and how long the last reported ones took.
/// Counts all that wait, in an index; how long it took, of the last 500 reported. Nobody is named
api::DeskPage backlog_page();

}  // namespace fx::bin
