#pragma once

// Returnees (G5) and key persons (F4): who is to be under somebody's eye, since when, and who is not.

#include <string>

#include "desks/gates/regions/events.hpp"

namespace fx::gates {

FX_TAG(Returnee, "returnee");
FX_TAG(KeyPerson, "key_person");

enum class ReturneeState { reported, back, classed };
BOOST_DESCRIBE_ENUM(ReturneeState, reported, back, classed)

/// `listed`: on a source list and not enrolled yet: 漏管 when the time is over.
enum class KeyState { listed, enrolled, in_control, not_concerned, ended };
BOOST_DESCRIBE_ENUM(KeyState, listed, enrolled, in_control, not_concerned, ended)

enum class KeyClass { arrival, high_risk_post, driver, discharged, other };
BOOST_DESCRIBE_ENUM(KeyClass, arrival, high_risk_post, driver, discharged, other)

/// Said beforehand that he comes home.
struct ReturneeReported {
  static constexpr std::string_view name = "gates.returnee_reported";
  ReturneeId returnee;
  PersonId person;
  UnitId village;
  std::int32_t from = 0;
  Day expected_day;
  bool in_time = true;  ///< so many days ahead as G.prereport_d asks
};
BOOST_DESCRIBE_STRUCT(ReturneeReported, (), (returnee, person, village, from, expected_day, in_time))

/// Is back. `reported` false: nobody knew (NOT_REPORTED).
struct ReturneeFound {
  static constexpr std::string_view name = "gates.returnee_found";
  ReturneeId returnee;
  PersonId person;
  UnitId village;
  std::int32_t from = 0;
  Day left_day;
  bool reported = false;
};
BOOST_DESCRIBE_STRUCT(ReturneeFound, (), (returnee, person, village, from, left_day, reported))

/// As what he came, by the list in force; a class with a stay asks for an order (day 0 = day of leaving).
struct ReturneeClassed {
  static constexpr std::string_view name = "gates.returnee_classed";
  ReturneeId returnee;
  PersonId person;
  UnitId village;
  RegionClass class_ = RegionClass::none;
  std::int32_t list_version = 0;
  Day day0;
  bool owes_order = false;  ///< the profile has a stay for this class
};
BOOST_DESCRIBE_STRUCT(ReturneeClassed, (),
                      (returnee, person, village, class_, list_version, day0, owes_order))

struct KeyPersonListed {
  static constexpr std::string_view name = "gates.key_person_listed";
  KeyPersonId key_person;
  PersonId person;
  KeyClass class_ = KeyClass::other;
  UnitId holder;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(KeyPersonListed, (), (key_person, person, class_, holder, source))

struct KeyPersonEnrolled {
  static constexpr std::string_view name = "gates.key_person_enrolled";
  KeyPersonId key_person;
  PersonId person;
  UnitId holder;
  Instant next_due;
};
BOOST_DESCRIBE_STRUCT(KeyPersonEnrolled, (), (key_person, person, holder, next_due))

struct KeyPersonChecked {
  static constexpr std::string_view name = "gates.key_person_checked";
  KeyPersonId key_person;
  PersonId person;
  UnitId holder;
  std::optional<Instant> next_due;
};
BOOST_DESCRIBE_STRUCT(KeyPersonChecked, (), (key_person, person, holder, next_due))

struct KeyPersonSettled {
  static constexpr std::string_view name = "gates.key_person_settled";
  KeyPersonId key_person;
  PersonId person;
  KeyState state = KeyState::ended;  ///< not_concerned | ended
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(KeyPersonSettled, (), (key_person, person, state, reason))

}  // namespace fx::gates
