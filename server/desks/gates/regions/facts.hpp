#pragma once

#include "desks/gates/regions/events.hpp"
#include "kernel/desk.hpp"
#include "kernel/view.hpp"

namespace fx::gates {

enum class ListState { received, in_force, superseded };
BOOST_DESCRIBE_ENUM(ListState, received, in_force, superseded)

struct ExternalList {
  static constexpr std::string_view table = "external_list";
  ExternalListId id;
  std::int32_t number = 0;
  std::int32_t county = 0;
  UnitId owner;
  ListState state = ListState::received;
  std::vector<RegionEntry> entries;
  Instant received_at;
  std::optional<Instant> in_force_at;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(ExternalList, (),
                      (id, number, county, owner, state, entries, received_at, in_force_at, superseded_at))

/// Which version is in force in a county, and what it says.
struct ListNow {
  static constexpr std::string_view table = "external_list_now";
  static constexpr bool subject = false;
  RawId id;
  std::int32_t county = 0;
  ExternalListId external_list;
  std::int32_t number = 0;
  std::vector<RegionEntry> entries;
};
BOOST_DESCRIBE_STRUCT(ListNow, (), (id, county, external_list, number, entries))

/// What a place counts as in a county, by the version in force.
struct ListedPlace {
  static constexpr std::string_view table = "listed_place";
  static constexpr bool subject = false;
  RawId id;
  std::int32_t county = 0;
  std::int32_t place = 0;
  RegionClass class_ = RegionClass::none;
  std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(ListedPlace, (), (id, county, place, class_, number))

RawId list_now(std::int32_t county);
RawId listed_place(std::int32_t county, std::int32_t place);

/// The place itself, its city and its province: any of them may be listed.
std::vector<std::int32_t> codes_above(std::int32_t place);
void read_places(std::int32_t county, const std::vector<std::int32_t>& places, KeySet& keys);
/// What the gravest of these places counts as; the rows were named by read_places.
RegionClass gravest(std::int32_t county, const std::vector<std::int32_t>& places, const View& view);
/// The version in force; 0: none.
std::int32_t list_number(std::int32_t county, const View& view);

void evolve_regions(Desk& desk);
void add_regions(Desk& desk);

}  // namespace fx::gates
