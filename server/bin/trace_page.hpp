#pragma once

#include "api/desk_pages.hpp"
#include "bin/visit_index.hpp"

namespace fx::bin {

/// GET /v1/investigation/trace?case=…[&rings=1|2][&limit=…]: who was where together with a case, its contacts' contacts,
/// and who could have infected it. Every number is the rulebook's of that day and place (D.trace.*); a named
/// investigator judges. A row of ring 1 holds what name_contacts wants of an exposure.
/// Told of  those whose visits the realm's index holds; scope is the case's; everybody named stands in the audit
api::DeskPage trace_page(VisitIndex& index);

}  // namespace fx::bin
