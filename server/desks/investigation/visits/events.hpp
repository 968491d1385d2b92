#pragma once

// Who was where, by the hundred: registrations, scans, tickets. They are no rows: an index beside the ledger holds them
// (engines/exposure), and is made again from these events whenever it is lost.

#include "desks/investigation/trajectory/events.hpp"

namespace fx::investigation {

FX_TAG(VisitBatch, "visit_batch");

/// Most visits of one event (kernel-notes §7).
inline constexpr std::size_t most_visits = 1000;

struct VisitSeen {
  PersonId person;
  std::string place;  ///< the same words for the same place: a venue's code, or a service and its day
  Instant from;
  Instant until;
  std::int32_t section = 0;  ///< room or carriage; 0: not known
  std::int32_t row = 0;
  KnownBy known_by = KnownBy::registration;
  bool is_protected = false;
};
BOOST_DESCRIBE_STRUCT(VisitSeen, (), (person, place, from, until, section, row, known_by, is_protected))

struct VisitsRecorded {
  static constexpr std::string_view name = "investigation.visits_recorded";
  VisitBatchId visit_batch;
  UnitId unit;
  std::vector<VisitSeen> visits;
};
BOOST_DESCRIBE_STRUCT(VisitsRecorded, (), (visit_batch, unit, visits))

/// The whole batch was wrong.
struct VisitsWithdrawn {
  static constexpr std::string_view name = "investigation.visits_withdrawn";
  VisitBatchId visit_batch;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(VisitsWithdrawn, (), (visit_batch, by, reason))

}  // namespace fx::investigation
