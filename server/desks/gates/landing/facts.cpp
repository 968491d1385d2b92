#include "desks/gates/landing/facts.hpp"

#include <algorithm>

#include "desks/gates/facts.hpp"
#include "desks/gates/regions/facts.hpp"
#include "kernel/derive.hpp"
#include "kernel/reference.hpp"

namespace fx::gates {
namespace {

void arrive(Arrival& row, const ArrivalRegistered& e, const Stamp& at) {
  row.id = e.arrival;
  row.landing = e.landing;
  row.person = e.person;
  row.place = e.place;
  row.county = e.county;
  row.from = e.from;
  row.listed = e.listed;
  row.state = e.state;
  row.list_version = e.list_version;
  row.arrived_at = e.arrived_at;
  if (e.state == ArrivalState::classed) row.classed_at = at.occurred_at;
}

void classify(Arrival& row, const ArrivalClassed& e, const Stamp& at) {
  row.class_ = e.class_;
  row.state = ArrivalState::classed;
  row.list_version = e.list_version;
  row.classed_at = at.occurred_at;
  row.reread.reset();
}

/// A person's line in the list of a place and a day. One evolver for each level: county, city, province.
template <class F>
void index_by(Desk& desk, F level) {
  desk.evolves<ArrivalRegistered, CameFrom>(
      [level](const ArrivalRegistered& e) {
        const std::int32_t place = level(e.from);
        return place != 0 ? std::optional(came_from(e.county, place, day_of(e.arrived_at))) : std::nullopt;
      },
      [level](CameFrom& row, const ArrivalRegistered& e, auto&) {
        row.county = e.county;
        row.place = level(e.from);
        row.day = day_of(e.arrived_at);
        row.id = came_from(row.county, row.place, row.day);
        row.people.push_back({e.arrival, e.person});
      });
}

}  // namespace

std::int32_t& Landing::of(ArrivalState state, RegionClass class_) {
  if (state == ArrivalState::to_class) return to_class;
  if (state == ArrivalState::left_unclassed) return left_unclassed;
  switch (class_) {
    case RegionClass::none: return none;
    case RegionClass::infection_reported: return infection_reported;
    case RegionClass::low: return low;
    case RegionClass::medium: return medium;
    case RegionClass::high: return high;
    case RegionClass::abroad: break;
  }
  return abroad;
}

RawId came_from(std::int32_t county, std::int32_t place, Day day) {
  return named_id("came_from", std::to_string(county) + ":" + std::to_string(place) + ":" + format(day),
                  county);
}

void evolve_landings(Desk& desk) {
  desk.table<Landing>({.indexes = {"place, arrived_at"}});
  desk.table<Arrival>({.indexes = {"landing, state", "person", "state"}});
  desk.table<ArrivalNow>().table<CameFrom>().table<Reread>();
  desk.event<LandingBegun>().event<ArrivalRegistered>().event<ArrivalClassed>().event<ArrivalLeft>();
  desk.event<ArrivalTestDue>().event<ArrivalTested>().event<ArrivalsReread>().event<RereadSettled>();
  desk.evolves<LandingBegun, Landing>(&LandingBegun::landing,
                                      [](Landing& row, const LandingBegun& e, const Stamp& at) {
                                        row.id = e.landing;
                                        row.place = e.place;
                                        row.carriage = e.carriage;
                                        row.number = e.number;
                                        row.list_version = e.list_version;
                                        row.arrived_at = at.occurred_at;
                                      })
      .evolves<ArrivalRegistered, Landing>(&ArrivalRegistered::landing,
                                           [](Landing& row, const ArrivalRegistered& e, auto&) {
                                             ++row.arrived;
                                             ++row.of(e.state, RegionClass::none);
                                           })
      .evolves<ArrivalRegistered, Arrival>(&ArrivalRegistered::arrival, arrive)
      .evolves<ArrivalRegistered, ArrivalNow>(
          &ArrivalRegistered::person,
          [](ArrivalNow& row, const ArrivalRegistered& e, auto&) { row = {e.person, e.arrival}; })
      .evolves<ArrivalClassed, Landing>(&ArrivalClassed::landing,
                                        [](Landing& row, const ArrivalClassed& e, auto&) {
                                          --row.of(e.from_state, e.from_class);
                                          ++row.of(ArrivalState::classed, e.class_);
                                        })
      .evolves<ArrivalClassed, Arrival>(&ArrivalClassed::arrival, classify)
      .evolves<ArrivalClassed, Reread>(&ArrivalClassed::reread, [](Reread& row, auto&, auto&) { --row.open; })
      .evolves<ArrivalLeft, Landing>(&ArrivalLeft::landing,
                                     [](Landing& row, auto&, auto&) {
                                       --row.to_class;
                                       ++row.left_unclassed;
                                     })
      .evolves<ArrivalLeft, Arrival>(
          &ArrivalLeft::arrival, [](Arrival& row, auto&, auto&) { row.state = ArrivalState::left_unclassed; })
      .evolves<ArrivalTestDue, Arrival>(&ArrivalTestDue::arrival,
                                        [](Arrival& row, const ArrivalTestDue& e, auto&) {
                                          row.tests = std::max(row.tests, e.number);
                                          row.not_before = e.not_before;
                                          row.next_due = e.due_at;
                                        })
      .evolves<ArrivalTested, Arrival>(&ArrivalTested::arrival,
                                       [](Arrival& row, const ArrivalTested& e, auto&) {
                                         row.sampled = e.number;
                                         row.not_before.reset();
                                         row.next_due.reset();
                                       })
      .evolves<ArrivalsReread, Reread>(&ArrivalsReread::reread,
                                       [](Reread& row, const ArrivalsReread& e, const Stamp& at) {
                                         row.id = e.reread;
                                         row.external_list = e.external_list;
                                         row.number = e.number;
                                         row.owner = e.owner;
                                         row.lines = static_cast<std::int32_t>(e.arrivals.size());
                                         row.open = row.lines;
                                         row.made_at = at.occurred_at;
                                       })
      .evolves<ArrivalsReread, Arrival>(&ArrivalsReread::arrivals, [](Arrival& row, const ArrivalsReread& e,
                                                                      auto&) { row.reread = e.reread; });
  index_by(desk, [](std::int32_t from) { return from; });
  index_by(desk, [](std::int32_t from) { return city_of(from) != from ? city_of(from) : 0; });
  index_by(desk,
           [](std::int32_t from) { return province_of(from) != city_of(from) ? province_of(from) : 0; });
}

}  // namespace fx::gates
