#pragma once

#include "desks/investigation/visits/events.hpp"

namespace fx::investigation {

struct RecordVisits {
  VisitBatchId visit_batch;
  std::vector<VisitSeen> visits;
};
BOOST_DESCRIBE_STRUCT(RecordVisits, (), (visit_batch, visits))

struct WithdrawVisits {
  VisitBatchId visit_batch;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawVisits, (), (visit_batch, reason))

}  // namespace fx::investigation
