#pragma once

#include "desks/isolation/redating/events.hpp"

namespace fx::isolation {

/// The stay follows the proposed Day 0 and class.
struct RedateStay {
  StayId stay;
  std::string legal_basis;
  bool notice_given = false;
  FreeText reason;
  std::optional<UnitId> site = {};  ///< of somebody at home whose class now asks for one
};
BOOST_DESCRIBE_STRUCT(RedateStay, (), (stay, legal_basis, notice_given, reason, site))

/// From investigation.class_proposed; without a class: it was settled.
struct ForeseeClass {
  ContactId contact;
  std::optional<ControlClass> class_;
  std::optional<Day> day0;
};
BOOST_DESCRIBE_STRUCT(ForeseeClass, (), (contact, class_, day0))

/// It stays as it is.
struct KeepDates {
  StayId stay;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(KeepDates, (), (stay, reason))

}  // namespace fx::isolation
