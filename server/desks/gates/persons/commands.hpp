#pragma once

#include "desks/gates/persons/events.hpp"

namespace fx::gates {

struct ReportReturn {
  ReturneeId returnee;
  PersonId person;
  UnitId village;
  std::int32_t from = 0;  ///< GB/T 2260
  Day expected_day;
};
BOOST_DESCRIBE_STRUCT(ReportReturn, (), (returnee, person, village, from, expected_day))

struct FindReturnee {
  ReturneeId returnee;
  PersonId person;
  UnitId village;
  std::int32_t from = 0;
  Day left_day;  ///< the place he comes from
};
BOOST_DESCRIBE_STRUCT(FindReturnee, (), (returnee, person, village, from, left_day))

struct ClassReturnee {
  ReturneeId returnee;
  std::optional<RegionClass> class_;  ///< absent: as the list in force says
};
BOOST_DESCRIBE_STRUCT(ClassReturnee, (), (returnee, class_))

/// A line of a source list: police, customs, hospital.
struct ListKeyPerson {
  KeyPersonId key_person;
  PersonId person;
  KeyClass class_ = KeyClass::other;
  UnitId holder;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(ListKeyPerson, (), (key_person, person, class_, holder, source))

struct EnrolKeyPerson {
  KeyPersonId key_person;
  Instant next_due;
};
BOOST_DESCRIBE_STRUCT(EnrolKeyPerson, (), (key_person, next_due))

struct CheckKeyPerson {
  KeyPersonId key_person;
  std::optional<Instant> next_due;
};
BOOST_DESCRIBE_STRUCT(CheckKeyPerson, (), (key_person, next_due))

struct SettleKeyPerson {
  KeyPersonId key_person;
  FreeText reason;  ///< not concerned, or over
};
BOOST_DESCRIBE_STRUCT(SettleKeyPerson, (), (key_person, reason))

}  // namespace fx::gates
