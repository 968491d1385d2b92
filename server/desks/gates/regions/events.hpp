#pragma once

// The external list (B4): places elsewhere and what they count as, version by version.

#include <string>
#include <vector>

#include "desks/gates/words.hpp"
#include "kernel/event.hpp"

namespace fx::gates {

FX_TAG(ExternalList, "external_list");

struct RegionEntry {
  std::int32_t place = 0;  ///< GB/T 2260: a county, a city PPCC00 or a province PP0000 as a whole
  RegionClass class_ = RegionClass::medium;
};
BOOST_DESCRIBE_STRUCT(RegionEntry, (), (place, class_))

struct ListReceived {
  static constexpr std::string_view name = "gates.list_received";
  ExternalListId external_list;
  std::int32_t number = 0;
  std::int32_t county = 0;
  UnitId owner;
  std::vector<RegionEntry> entries;
};
BOOST_DESCRIBE_STRUCT(ListReceived, (), (external_list, number, county, owner, entries))

struct ListInForce {
  static constexpr std::string_view name = "gates.list_in_force";
  ExternalListId external_list;
  std::int32_t number = 0;
  std::int32_t county = 0;
  UnitId owner;
  std::vector<RegionEntry> entries;
  std::vector<std::int32_t> graver;  ///< places that are new, or counted milder before
  std::optional<ExternalListId> former;
};
BOOST_DESCRIBE_STRUCT(ListInForce, (), (external_list, number, county, owner, entries, graver, former))

/// What one place counts as from here on; `none`: it is named no more.
struct PlaceListed {
  static constexpr std::string_view name = "gates.place_listed";
  ExternalListId external_list;
  std::int32_t number = 0;
  std::int32_t county = 0;
  std::int32_t place = 0;
  RegionClass class_ = RegionClass::none;
};
BOOST_DESCRIBE_STRUCT(PlaceListed, (), (external_list, number, county, place, class_))

struct ListSuperseded {
  static constexpr std::string_view name = "gates.list_superseded";
  ExternalListId external_list;
  ExternalListId by;
};
BOOST_DESCRIBE_STRUCT(ListSuperseded, (), (external_list, by))

}  // namespace fx::gates
