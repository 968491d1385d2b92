#pragma once

#include "desks/gates/persons/events.hpp"
#include "kernel/desk.hpp"

namespace fx::gates {

struct Returnee {
  static constexpr std::string_view table = "returnee";
  ReturneeId id;
  PersonId person;
  UnitId village;
  std::int32_t from = 0;
  ReturneeState state = ReturneeState::reported;
  bool reported = false;  ///< beforehand
  std::optional<Day> expected_day;
  std::optional<Day> left_day;
  std::optional<Instant> found_at;
  RegionClass class_ = RegionClass::none;
  std::int32_t list_version = 0;
  bool owes_order = false;
};
BOOST_DESCRIBE_STRUCT(Returnee, (),
                      (id, person, village, from, state, reported, expected_day, left_day, found_at, class_,
                       list_version, owes_order))

struct KeyPerson {
  static constexpr std::string_view table = "key_person";
  KeyPersonId id;
  PersonId person;
  KeyClass class_ = KeyClass::other;
  UnitId holder;
  KeyState state = KeyState::listed;
  std::string source;
  Instant listed_at;
  std::optional<Instant> enrolled_at;
  std::optional<Instant> checked_at;
  std::optional<Instant> next_due;
};
BOOST_DESCRIBE_STRUCT(KeyPerson, (),
                      (id, person, class_, holder, state, source, listed_at, enrolled_at, checked_at,
                       next_due))

void evolve_persons(Desk& desk);
void add_returnees(Desk& desk);
void add_key_persons(Desk& desk);

}  // namespace fx::gates
