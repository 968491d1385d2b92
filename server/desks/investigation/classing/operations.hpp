#pragma once

#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/operations.hpp"

namespace fx::investigation {

void add_record_exposure(Desk& desk);
void add_settle_class(Desk& desk);
void add_review_contacts(Desk& desk);
void add_classing_laws(Desk& desk);

}  // namespace fx::investigation
