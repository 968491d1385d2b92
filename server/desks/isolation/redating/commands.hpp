#pragma once

#include "desks/isolation/redating/events.hpp"

namespace fx::isolation {

/// The stay follows the proposed Day 0.
struct RedateStay {
  StayId stay;
  std::string legal_basis;
  bool notice_given = false;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(RedateStay, (), (stay, legal_basis, notice_given, reason))

/// It stays as it is.
struct KeepDates {
  StayId stay;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(KeepDates, (), (stay, reason))

}  // namespace fx::isolation
