#pragma once

#include "desks/investigation/classing/reassess.hpp"
#include "desks/investigation/operations.hpp"
#include "desks/investigation/retrace/facts.hpp"
#include "desks/investigation/trajectory/operations.hpp"
#include "desks/investigation/visits/facts.hpp"

namespace fx::investigation {

void add_ask_stops_anew(Desk& desk);
void add_propose_exposures(Desk& desk);
void add_settle_exposure(Desk& desk);

/// The contact of the case this person is, still; nullptr when it is none. The claim is named among the keys.
const Contact* contact_of(CaseId case_id, PersonId person, const View& view);
/// Keys of it, for `more_keys`.
void own_contact_of(CaseId case_id, PersonId person, const View& view, KeySet& keys);

/// The occasion as an exposure of that contact.
template <class Met>
Exposure exposure_at(const Met& met, ExposureId id, ContactId contact, const Stop& stop) {
  return {.id = id,
          .contact = contact,
          .case_id = stop.case_id,
          .via = {},
          .via_person = {},
          .from = met.from,
          .until = met.until,
          .setting = stop.setting,
          .kind = stop.kind,
          .distance_m = {},
          .rows_apart = met.rows_apart,
          .same_carriage = met.same_carriage,
          .is_protected = false,
          .known_by = met.known_by,
          .withdrawn = false,
          .at = at_stop(stop)};
}

}  // namespace fx::investigation
