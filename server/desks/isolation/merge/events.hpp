#pragma once

// What a merge of two entries of one person means for their measures: they may turn out to be held twice.

#include "desks/isolation/events.hpp"

namespace fx::isolation {

FX_TAG(MeasureConflict, "conflict");

/// Two entries that are one person, as the registry says; `same` false: it was an error.
struct SamePersonNoted {
  static constexpr std::string_view name = "isolation.same_person_noted";
  PersonId person;
  PersonId other;
  bool same = true;
};
BOOST_DESCRIBE_STRUCT(SamePersonNoted, (), (person, other, same))

/// One person is under two measures, perhaps in two rooms: recorded, never refused; an officer settles it.
struct MeasureConflictFound {
  static constexpr std::string_view name = "isolation.measure_conflict_found";
  MeasureConflictId conflict;
  PersonId person;
  PersonId other;
  StayId stay;
  StayId other_stay;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(MeasureConflictFound, (), (conflict, person, other, stay, other_stay, cdc))

struct MeasureConflictSettled {
  static constexpr std::string_view name = "isolation.measure_conflict_settled";
  MeasureConflictId conflict;
  bool unmerged = false;  ///< they are two persons after all
  std::optional<AccountId> by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(MeasureConflictSettled, (), (conflict, unmerged, by, reason))

}  // namespace fx::isolation
