#pragma once

// Measures at home (F5): the home is assessed; where it will not do, the person goes to a site.

#include "desks/isolation/events.hpp"

namespace fx::isolation {

struct HomeAssessed {
  static constexpr std::string_view name = "isolation.home_assessed";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  bool suitable = false;  ///< own room, own toilet, nobody there who is not under the same measure
  bool own_room = false;
  bool own_toilet = false;
  std::int32_t co_residents = 0;  ///< neither separated nor under the same measure
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(HomeAssessed, (),
                      (stay, person, site, cdc, suitable, own_room, own_toilet, co_residents, by))

/// From home to a site: the same measure, its Day 0 and its end stay as they are.
struct StayMovedToSite {
  static constexpr std::string_view name = "isolation.stay_moved_to_site";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  std::optional<UnitId> carrier;
  UnitId former_site;
  Regime former = Regime::home_isolation;
  AccountId officer;
  std::string legal_basis;
};
BOOST_DESCRIBE_STRUCT(StayMovedToSite, (),
                      (stay, person, site, cdc, carrier, former_site, former, officer, legal_basis))

}  // namespace fx::isolation
