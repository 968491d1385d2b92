#pragma once

#include "desks/gates/landing/events.hpp"

namespace fx::gates {

struct Traveller {
  ArrivalId arrival;
  PersonId person;
  std::int32_t from = 0;  ///< GB/T 2260 of the county he comes from
};
BOOST_DESCRIBE_STRUCT(Traveller, (), (arrival, person, from))

/// Travellers of a train, plane or coach; a long manifest comes in several commands about the same landing.
struct RegisterArrivals {
  LandingId landing;
  UnitId place;
  Carriage carriage = Carriage::train;
  std::string number;
  std::vector<Traveller> travellers;
};
BOOST_DESCRIBE_STRUCT(RegisterArrivals, (), (landing, place, carriage, number, travellers))

struct ClassArrivals {
  LandingId landing;
  std::vector<ArrivalId> arrivals;
  std::optional<RegionClass> class_;  ///< absent: as the list in force says of where they come from
};
BOOST_DESCRIBE_STRUCT(ClassArrivals, (), (landing, arrivals, class_))

struct ReportLeftUnclassed {
  LandingId landing;
  std::vector<ArrivalId> arrivals;
  FreeText seen;
};
BOOST_DESCRIBE_STRUCT(ReportLeftUnclassed, (), (landing, arrivals, seen))

/// From a list put in force.
struct RereadArrivals {
  RereadId reread;
  ExternalListId external_list;
  std::int32_t number = 0;
  std::int32_t county = 0;
  UnitId owner;
  std::vector<std::int32_t> places;
};
BOOST_DESCRIBE_STRUCT(RereadArrivals, (), (reread, external_list, number, county, owner, places))

/// From screening.
struct NoteArrivalSample {
  PersonId person;
  TubeId tube;
  Instant sealed_at;
};
BOOST_DESCRIBE_STRUCT(NoteArrivalSample, (), (person, tube, sealed_at))

}  // namespace fx::gates
