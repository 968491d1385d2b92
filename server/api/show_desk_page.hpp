#pragma once

#include "api/desk_pages.hpp"
#include "api/house.hpp"

namespace fx::api {

/// The page of the path, if there is one.
const DeskPage* desk_page(const DeskPages& pages, const Exchange& exchange);
/// Answers with it, on a reader's thread. `pages` keeps it alive.
void show_desk_page(const ExchangePtr& exchange, const DeskPages& pages, const DeskPage& page);

}  // namespace fx::api
