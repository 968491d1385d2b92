#pragma once

#include "desks/investigation/visits/commands.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// Visits that came together. What they say stands in the event alone.
struct VisitBatch {
  static constexpr std::string_view table = "visit_batch";
  VisitBatchId id;
  UnitId unit;
  std::int64_t visits = 0;
  Instant recorded_at;
  bool withdrawn = false;
  bool to_trace = true;  ///< the stops of cases they touch are still to be asked anew
  std::optional<AccountId> withdrawn_by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(VisitBatch, (),
                      (id, unit, visits, recorded_at, withdrawn, to_trace, withdrawn_by, reason))

/// The name of a place in the index, for a stop of a case: a vehicle by its service and day, else division and name.
std::string place_name(StopKind kind, const std::string& service, std::int64_t division,
                       const std::string& place, Instant from);

void add_visits(Desk& desk);

}  // namespace fx::investigation
