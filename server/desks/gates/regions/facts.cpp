#include "desks/gates/regions/facts.hpp"

#include <algorithm>

#include "kernel/derive.hpp"
#include "kernel/reference.hpp"

namespace fx::gates {
RawId list_now(std::int32_t county) { return named_id("external_list_now", std::to_string(county), county); }
RawId listed_place(std::int32_t county, std::int32_t place) {
  return named_id("listed_place", std::to_string(county) + ":" + std::to_string(place), county);
}

std::vector<std::int32_t> codes_above(std::int32_t place) {
  std::vector<std::int32_t> out{place};
  for (const std::int32_t above : {city_of(place), province_of(place)})
    if (above != out.back()) out.push_back(above);
  return out;
}

void read_places(std::int32_t county, const std::vector<std::int32_t>& places, KeySet& keys) {
  for (const std::int32_t place : places)
    for (const std::int32_t code : codes_above(place)) keys.read<ListedPlace>(listed_place(county, code));
}

RegionClass gravest(std::int32_t county, const std::vector<std::int32_t>& places, const View& view) {
  RegionClass out = RegionClass::none;
  for (const std::int32_t place : places)
    for (const std::int32_t code : codes_above(place))
      if (const auto* row = view.find<ListedPlace>(listed_place(county, code)))
        out = std::max(out, row->class_);
  return out;
}

std::int32_t list_number(std::int32_t county, const View& view) {
  const auto* now = view.find<ListNow>(list_now(county));
  return now != nullptr ? now->number : 0;
}

void evolve_regions(Desk& desk) {
  desk.table<ExternalList>({.indexes = {"county, number"}}).table<ListNow>().table<ListedPlace>();
  desk.event<ListReceived>().event<ListInForce>().event<PlaceListed>().event<ListSuperseded>();
  desk.evolves<ListReceived, ExternalList>(&ListReceived::external_list,
                                           [](ExternalList& row, const ListReceived& e, const Stamp& at) {
                                             row.id = e.external_list;
                                             row.number = e.number;
                                             row.county = e.county;
                                             row.owner = e.owner;
                                             row.entries = e.entries;
                                             row.received_at = at.occurred_at;
                                           })
      .evolves<ListInForce, ExternalList>(&ListInForce::external_list,
                                          [](ExternalList& row, auto&, const Stamp& at) {
                                            row.state = ListState::in_force;
                                            row.in_force_at = at.occurred_at;
                                          })
      .evolves<ListSuperseded, ExternalList>(&ListSuperseded::external_list,
                                             [](ExternalList& row, auto&, const Stamp& at) {
                                               row.state = ListState::superseded;
                                               row.superseded_at = at.occurred_at;
                                             })
      .evolves<ListInForce, ListNow>([](const ListInForce& e) { return list_now(e.county); },
                                     [](ListNow& row, const ListInForce& e, auto&) {
                                       row = {list_now(e.county), e.county, e.external_list, e.number,
                                              e.entries};
                                     })
      .evolves<PlaceListed, ListedPlace>([](const PlaceListed& e) { return listed_place(e.county, e.place); },
                                         [](ListedPlace& row, const PlaceListed& e, auto&) {
                                           row = {listed_place(e.county, e.place), e.county, e.place,
                                                  e.class_, e.number};
                                         });
}

}  // namespace fx::gates
