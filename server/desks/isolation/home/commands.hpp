#pragma once

// What people may ask about measures at home. A member not said to be optional is required.

#include "desks/isolation/home/events.hpp"

namespace fx::isolation {

struct AssessHome {
  StayId stay;
  bool own_room = false;
  bool own_toilet = false;
  std::int32_t co_residents = 0;  ///< who live there and are not under the same measure
};
BOOST_DESCRIBE_STRUCT(AssessHome, (), (stay, own_room, own_toilet, co_residents))

struct MoveToSite {
  StayId stay;
  UnitId site;
  std::string legal_basis;
  bool notice_given = false;
};
BOOST_DESCRIBE_STRUCT(MoveToSite, (), (stay, site, legal_basis, notice_given))

}  // namespace fx::isolation
