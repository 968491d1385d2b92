#pragma once

#include "desks/isolation/merge/events.hpp"
#include "kernel/desk.hpp"

namespace fx::isolation {

/// The other entries of one person, as the registry told.
struct SamePerson {
  static constexpr std::string_view table = "same_person";
  static constexpr bool subject = false;
  PersonId id;
  std::vector<PersonId> others;
};
BOOST_DESCRIBE_STRUCT(SamePerson, (), (id, others))

struct MeasureConflict {
  static constexpr std::string_view table = "measure_conflict";
  MeasureConflictId id;
  PersonId person;
  PersonId other;
  StayId stay;
  StayId other_stay;
  UnitId cdc;
  bool open = true;
  bool unmerged = false;
  Instant found_at;
  std::optional<Instant> settled_at;
};
BOOST_DESCRIBE_STRUCT(MeasureConflict, (),
                      (id, person, other, stay, other_stay, cdc, open, unmerged, found_at, settled_at))

MeasureConflictId conflict_of(PersonId person, PersonId other);

/// The part of the desk that is about measures of merged entries.
void add_merges(Desk& desk);

}  // namespace fx::isolation
