#pragma once

#include "kernel/registry.hpp"

// A desk of two tables, with one column of each kind, for the tests of this room.
namespace fx::journal::testing_desk {

enum class Mood { calm, worried, gone };
BOOST_DESCRIBE_ENUM(Mood, calm, worried, gone)

struct Guest {
  static constexpr std::string_view table = "guest";
  PersonId id;
  Mood mood = Mood::calm;
  UnitId unit;
  Instant arrived_at;
  std::optional<Instant> left_at;
  double weight = 0;
  bool noisy = false;
  std::int32_t visits = 0;
  std::vector<std::string> wishes;
  TextRef remark;
  std::string order;  ///< a word of SQL
};
BOOST_DESCRIBE_STRUCT(Guest, (),
                      (id, mood, unit, arrived_at, left_at, weight, noisy, visits, wishes, remark, order))

struct GuestArrived {
  static constexpr std::string_view name = "house.guest_arrived";
  PersonId guest;
  UnitId unit;
  double weight = 0;
  std::vector<std::string> wishes;
  TextRef remark;
};
BOOST_DESCRIBE_STRUCT(GuestArrived, (), (guest, unit, weight, wishes, remark))

struct GuestMoved {
  static constexpr std::string_view name = "house.guest_moved";
  PersonId guest;
  Mood mood = Mood::calm;
};
BOOST_DESCRIBE_STRUCT(GuestMoved, (), (guest, mood))

/// Names a sealed identity, as events of people do.
struct GuestNamed {
  static constexpr std::string_view name = "house.guest_named";
  PersonId person;
  std::string identity_hash;
};
BOOST_DESCRIBE_STRUCT(GuestNamed, (), (person, identity_hash))

struct HouseOptions {
  int version = 1;
  std::vector<std::string> indexes = {"mood"};
};

inline Desk house(const HouseOptions& options = {}) {
  Desk desk("house", {"屋", "House"});
  desk.table<Guest>({.indexes = options.indexes, .version = options.version});
  desk.event<GuestArrived>().event<GuestMoved>().event<GuestNamed>();
  desk.evolves<GuestArrived, Guest>(&GuestArrived::guest,
                                    [](Guest& row, const GuestArrived& e, const Stamp& stamp) {
                                      row.id = e.guest;
                                      row.unit = e.unit;
                                      row.weight = e.weight;
                                      row.wishes = e.wishes;
                                      row.remark = e.remark;
                                      row.arrived_at = stamp.occurred_at;
                                      ++row.visits;
                                    });
  desk.evolves<GuestMoved, Guest>(&GuestMoved::guest,
                                  [](Guest& row, const GuestMoved& e, const Stamp& stamp) {
                                    row.mood = e.mood;
                                    if (e.mood == Mood::gone) row.left_at = stamp.occurred_at;
                                  });
  desk.list<Guest>({.name = "guests",
                    .title = {},
                    .filters = {"mood", "noisy"},
                    .order_by = "arrived_at",
                    .unit_fields = {"unit"}});
  return desk;
}

inline std::vector<Desk> desks(const HouseOptions& options = {}) {
  std::vector<Desk> out;
  out.push_back(house(options));
  return out;
}

}  // namespace fx::journal::testing_desk
