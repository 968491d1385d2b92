#pragma once

#include "desks/investigation/retrace/events.hpp"

namespace fx::investigation {

/// Somebody the index finds at a stop together with the case.
struct FoundExposure {
  PersonId person;
  Instant from;
  Instant until;
  std::optional<std::int32_t> rows_apart;
  std::optional<bool> same_carriage;
  KnownBy known_by = KnownBy::registration;
};
BOOST_DESCRIBE_STRUCT(FoundExposure, (), (person, from, until, rows_apart, same_carriage, known_by))

/// From the index of visits: who was at this stop, in the words of its `version`.
struct ProposeExposures {
  StopId stop;
  CaseId case_id;
  std::int32_t version = 0;
  std::vector<FoundExposure> found;
  bool whole = true;
};
BOOST_DESCRIBE_STRUCT(ProposeExposures, (), (stop, case_id, version, found, whole))

/// From the index of visits: the stops of cases that these visits touch.
struct TouchedStop {
  StopId stop;
  std::vector<WithdrawnPresence> withdrawn;  ///< who was there by them, when they are withdrawn
};
BOOST_DESCRIBE_STRUCT(TouchedStop, (), (stop, withdrawn))

struct AskStopsAnew {
  VisitBatchId visit_batch;
  bool withdrawn = false;
  std::vector<TouchedStop> stops;  ///< at most `most_asked_anew`
  bool last = true;                ///< false: more of them follow
};
BOOST_DESCRIBE_STRUCT(AskStopsAnew, (), (visit_batch, withdrawn, stops, last))

struct AcceptExposure {
  ExposureProposalId exposure_proposal;
  ContactId contact;  ///< of a person who is no contact of the case yet; else not looked at
};
BOOST_DESCRIBE_STRUCT(AcceptExposure, (), (exposure_proposal, contact))

struct DeclineExposure {
  ExposureProposalId exposure_proposal;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(DeclineExposure, (), (exposure_proposal, reason))

}  // namespace fx::investigation
