#pragma once

#include "desks/gates/landing/events.hpp"
#include "kernel/desk.hpp"
#include "kernel/view.hpp"

namespace fx::gates {

/// One train, plane or coach: arrived = Σ classes + to_class + left_unclassed.
struct Landing {
  static constexpr std::string_view table = "landing";
  LandingId id;
  UnitId place;
  Carriage carriage = Carriage::train;
  std::string number;
  std::int32_t list_version = 0;
  Instant arrived_at;
  std::int32_t arrived = 0;
  std::int32_t none = 0;
  std::int32_t infection_reported = 0;
  std::int32_t low = 0;
  std::int32_t medium = 0;
  std::int32_t high = 0;
  std::int32_t abroad = 0;
  std::int32_t to_class = 0;
  std::int32_t left_unclassed = 0;

  std::int32_t& of(ArrivalState state, RegionClass class_);
};
BOOST_DESCRIBE_STRUCT(Landing, (),
                      (id, place, carriage, number, list_version, arrived_at, arrived, none,
                       infection_reported, low, medium, high, abroad, to_class, left_unclassed))

struct Arrival {
  static constexpr std::string_view table = "arrival";
  ArrivalId id;
  LandingId landing;
  PersonId person;
  UnitId place;
  std::int32_t county = 0;
  std::int32_t from = 0;
  RegionClass listed = RegionClass::none;  ///< what the list said when he came
  RegionClass class_ = RegionClass::none;
  ArrivalState state = ArrivalState::classed;
  std::int32_t list_version = 0;  ///< of the class
  Instant arrived_at;
  std::optional<Instant> classed_at;
  std::optional<RereadId> reread;  ///< a line there that is open
  std::int32_t tests = 0;          ///< owed in all
  std::int32_t sampled = 0;
  std::optional<Instant> not_before;
  std::optional<Instant> next_due;
};
BOOST_DESCRIBE_STRUCT(Arrival, (),
                      (id, landing, person, place, county, from, listed, class_, state, list_version,
                       arrived_at, classed_at, reread, tests, sampled, not_before, next_due))

/// The latest arrival of a person.
struct ArrivalNow {
  static constexpr std::string_view table = "arrival_now";
  static constexpr bool subject = false;
  PersonId id;
  ArrivalId arrival;
};
BOOST_DESCRIBE_STRUCT(ArrivalNow, (), (id, arrival))

struct Came {
  ArrivalId arrival;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(Came, (), (arrival, person))

/// Who came to a county from a place (county, city or province) on a day: what a new list version reads again.
struct CameFrom {
  static constexpr std::string_view table = "came_from";
  static constexpr bool subject = false;
  RawId id;
  std::int32_t county = 0;
  std::int32_t place = 0;
  Day day;
  std::vector<Came> people;
};
BOOST_DESCRIBE_STRUCT(CameFrom, (), (id, county, place, day, people))

struct Reread {
  static constexpr std::string_view table = "reread";
  RereadId id;
  ExternalListId external_list;
  std::int32_t number = 0;
  UnitId owner;
  std::int32_t lines = 0;
  std::int32_t open = 0;
  Instant made_at;
};
BOOST_DESCRIBE_STRUCT(Reread, (), (id, external_list, number, owner, lines, open, made_at))

RawId came_from(std::int32_t county, std::int32_t place, Day day);

void evolve_landings(Desk& desk);
void add_landings(Desk& desk);
void add_reread(Desk& desk);
void add_landing_laws(Desk& desk);

}  // namespace fx::gates
