#pragma once

// Of sites, their rooms, and vehicles.

#include "desks/isolation/events.hpp"

namespace fx::isolation {

struct SiteOpened {
  static constexpr std::string_view name = "isolation.site_opened";
  UnitId site;
};
BOOST_DESCRIBE_STRUCT(SiteOpened, (), (site))

struct SiteClosed {
  static constexpr std::string_view name = "isolation.site_closed";
  UnitId site;
};
BOOST_DESCRIBE_STRUCT(SiteClosed, (), (site))

struct RoomAdded {
  static constexpr std::string_view name = "isolation.room_added";
  QuarantineRoomId room;
  UnitId site;
  std::string number;
  std::string floor;
};
BOOST_DESCRIBE_STRUCT(RoomAdded, (), (room, site, number, floor))

/// A stay begins in a room; `first`: nobody was in it.
struct RoomTaken {
  static constexpr std::string_view name = "isolation.room_taken";
  QuarantineRoomId room;
  UnitId site;
  StayId stay;
  bool first = true;
  std::optional<std::int32_t> place;  ///< in the room: each is a claim
};
BOOST_DESCRIBE_STRUCT(RoomTaken, (), (room, site, stay, first, place))

/// A stay is over in a room; `last`: nobody is left in it, it waits for its disinfection.
struct RoomLeft {
  static constexpr std::string_view name = "isolation.room_left";
  QuarantineRoomId room;
  UnitId site;
  StayId stay;
  bool last = true;
  std::optional<std::int32_t> place;
};
BOOST_DESCRIBE_STRUCT(RoomLeft, (), (room, site, stay, last, place))

struct RoomDisinfected {
  static constexpr std::string_view name = "isolation.room_disinfected";
  QuarantineRoomId room;
  UnitId site;
  std::string agent;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(RoomDisinfected, (), (room, site, agent, by))

struct RoomChecked {
  static constexpr std::string_view name = "isolation.room_checked";
  QuarantineRoomId room;
  UnitId site;
  bool passed = true;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(RoomChecked, (), (room, site, passed, by))

struct VehicleRegistered {
  static constexpr std::string_view name = "isolation.vehicle_registered";
  VehicleId vehicle;
  UnitId carrier;
  std::string plate;
  std::int32_t seats = 1;
};
BOOST_DESCRIBE_STRUCT(VehicleRegistered, (), (vehicle, carrier, plate, seats))

struct VehicleDisinfected {
  static constexpr std::string_view name = "isolation.vehicle_disinfected";
  VehicleId vehicle;
  UnitId carrier;
  std::string agent;
};
BOOST_DESCRIBE_STRUCT(VehicleDisinfected, (), (vehicle, carrier, agent))

}  // namespace fx::isolation
