#pragma once

#include "desks/supervision/events.hpp"

namespace fx::supervision {

struct RecordFinding {
  FindingId finding;
  UnitId unit;
  Problem problem = Problem::other;
  std::optional<Grade> grade;  ///< absent: as the rulebook grades the problem
  std::optional<RawId> source;
  std::optional<FreeText> note;
};
BOOST_DESCRIBE_STRUCT(RecordFinding, (), (finding, unit, problem, grade, source, note))

}  // namespace fx::supervision
