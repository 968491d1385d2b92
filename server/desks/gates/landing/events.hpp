#pragma once

// First landing (F6): everybody who arrives is classed where he first sets foot, or is looked for.

#include <string>
#include <vector>

#include "desks/gates/regions/events.hpp"

namespace fx::gates {

FX_TAG(Landing, "landing");
FX_TAG(Arrival, "arrival");
FX_TAG(Reread, "reread");

enum class Carriage { train, plane, coach, ship, other };
BOOST_DESCRIBE_ENUM(Carriage, train, plane, coach, ship, other)

/// `to_class`: comes from a listed place, a class is owed. `left_unclassed`: 漏管.
enum class ArrivalState { to_class, classed, left_unclassed };
BOOST_DESCRIBE_ENUM(ArrivalState, to_class, classed, left_unclassed)

struct LandingBegun {
  static constexpr std::string_view name = "gates.landing_begun";
  LandingId landing;
  UnitId place;
  Carriage carriage = Carriage::train;
  std::string number;
  std::int32_t list_version = 0;
};
BOOST_DESCRIBE_STRUCT(LandingBegun, (), (landing, place, carriage, number, list_version))

/// One traveller. From a place that is on no list he is classed `none` at once; else his class is owed.
struct ArrivalRegistered {
  static constexpr std::string_view name = "gates.arrival_registered";
  ArrivalId arrival;
  LandingId landing;
  PersonId person;
  UnitId place;
  std::int32_t county = 0;
  std::int32_t from = 0;  ///< GB/T 2260
  RegionClass listed = RegionClass::none;
  ArrivalState state = ArrivalState::classed;
  std::int32_t list_version = 0;
  Instant arrived_at;
};
BOOST_DESCRIBE_STRUCT(ArrivalRegistered, (),
                      (arrival, landing, person, place, county, from, listed, state, list_version,
                       arrived_at))

struct ArrivalClassed {
  static constexpr std::string_view name = "gates.arrival_classed";
  ArrivalId arrival;
  LandingId landing;
  PersonId person;
  UnitId place;
  ArrivalState from_state = ArrivalState::to_class;
  RegionClass from_class = RegionClass::none;
  RegionClass class_ = RegionClass::none;
  std::int32_t list_version = 0;
  std::optional<RereadId> reread;  ///< a line of that list is settled by it
};
BOOST_DESCRIBE_STRUCT(ArrivalClassed, (),
                      (arrival, landing, person, place, from_state, from_class, class_, list_version, reread))

/// Left the first landing place before a class was set: looked for at once.
struct ArrivalLeft {
  static constexpr std::string_view name = "gates.arrival_left";
  ArrivalId arrival;
  LandingId landing;
  PersonId person;
  UnitId place;
  std::optional<UnitId> police;
  TextRef seen;
};
BOOST_DESCRIBE_STRUCT(ArrivalLeft, (), (arrival, landing, person, place, police, seen))

/// A class without a stay owes tests (F.infection_reported): how many, until when, how far apart.
struct ArrivalTestDue {
  static constexpr std::string_view name = "gates.arrival_test_due";
  ArrivalId arrival;
  PersonId person;
  UnitId place;
  std::int32_t number = 1;
  Instant not_before;
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(ArrivalTestDue, (), (arrival, person, place, number, not_before, due_at))

struct ArrivalTested {
  static constexpr std::string_view name = "gates.arrival_tested";
  ArrivalId arrival;
  PersonId person;
  TubeId tube;
  std::int32_t number = 1;
};
BOOST_DESCRIBE_STRUCT(ArrivalTested, (), (arrival, person, tube, number))

/// A new list version counts places graver: whoever came from there within the look-back is read again.
struct ArrivalsReread {
  static constexpr std::string_view name = "gates.arrivals_reread";
  RereadId reread;
  ExternalListId external_list;
  std::int32_t number = 0;
  std::int32_t county = 0;
  UnitId owner;
  std::vector<ArrivalId> arrivals;
  std::vector<PersonId> persons;
};
BOOST_DESCRIBE_STRUCT(ArrivalsReread, (), (reread, external_list, number, county, owner, arrivals, persons))

struct RereadSettled {
  static constexpr std::string_view name = "gates.reread_settled";
  RereadId reread;
};
BOOST_DESCRIBE_STRUCT(RereadSettled, (), (reread))

}  // namespace fx::gates
