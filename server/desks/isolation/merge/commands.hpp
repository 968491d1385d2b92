#pragma once

// What follows for measures when entries of persons are merged, or not any more.

#include "desks/isolation/merge/events.hpp"

namespace fx::isolation {

/// From people.persons_merged and people.person_unmerged.
struct NoteSamePerson {
  PersonId person;
  PersonId other;
  bool same = true;
};
BOOST_DESCRIBE_STRUCT(NoteSamePerson, (), (person, other, same))

struct SettleConflict {
  MeasureConflictId conflict;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(SettleConflict, (), (conflict, reason))

}  // namespace fx::isolation
