#pragma once

#include <cstdint>
#include <limits>

/// Who was where together with whom: visits, and the questions of contact tracing about them.
namespace fx::exposure {

/// Persons and places are numbered from 0 without large gaps; who keeps the ids keeps the numbers (see Numbering).
enum class PersonNo : std::uint32_t {};
enum class PlaceNo : std::uint32_t {};
constexpr std::uint32_t number(PersonNo person) { return static_cast<std::uint32_t>(person); }
constexpr std::uint32_t number(PlaceNo place) { return static_cast<std::uint32_t>(place); }

/// A stretch of time [from_s, until_s), seconds since any one zero that all visits of an index share.
struct Span {
  std::int64_t from_s = 0;
  std::int64_t until_s = 0;

  /// Negative when it is no stretch at all.
  [[nodiscard]] std::int64_t seconds() const { return until_s - from_s; }
  [[nodiscard]] bool holds(std::int64_t at_s) const { return from_s <= at_s && at_s < until_s; }
  friend auto operator<=>(const Span&, const Span&) = default;
};

constexpr Span always{std::numeric_limits<std::int64_t>::min() / 4,
                      std::numeric_limits<std::int64_t>::max() / 4};

constexpr Span common(const Span& a, const Span& b) {
  return {a.from_s > b.from_s ? a.from_s : b.from_s, a.until_s < b.until_s ? a.until_s : b.until_s};
}

/// Where inside a place. 0 = not known. A section is a room of a house or a carriage of a train; rows are counted
/// from the front of the vehicle.
struct Spot {
  std::uint16_t section = 0;
  std::uint16_t row = 0;
  std::uint8_t column = 0;
  friend auto operator<=>(const Spot&, const Spot&) = default;
};

/// How we know of a visit: a code of the caller (registration, interview, ticket, card …). 0 is what most visits are:
/// it costs nothing, any other costs 16 bytes a visit.
enum class Knowledge : std::uint8_t {};

/// One person at one place. A visit without length (from_s == until_s) is kept, and meets nobody.
struct Visit {
  PersonNo person{};
  PlaceNo place{};
  std::int64_t from_s = 0;
  std::int64_t until_s = 0;
  Spot spot;
  Knowledge knowledge{};
  bool is_protected = false;  ///< effective protection worn throughout, as judged by a named officer

  [[nodiscard]] Span span() const { return {from_s, until_s}; }
  friend auto operator<=>(const Visit&, const Visit&) = default;
};

/// What an index can hold. Bounds of the form of storage, not of the law.
constexpr std::uint32_t max_person = (1U << 25) - 1;
constexpr std::uint32_t max_place = std::numeric_limits<std::uint32_t>::max() - 1;
constexpr std::int64_t max_time_s = 1LL << 40;
constexpr std::int64_t max_stay_s = 1LL << 31;

enum class VisitFault {
  none,
  person_too_large,
  place_too_large,
  time_out_of_range,
  ends_before_it_begins,
  stay_too_long
};

constexpr VisitFault fault_of(const Visit& visit) {
  if (number(visit.person) > max_person) return VisitFault::person_too_large;
  if (number(visit.place) > max_place) return VisitFault::place_too_large;
  if (visit.from_s < -max_time_s || visit.from_s > max_time_s) return VisitFault::time_out_of_range;
  if (visit.until_s < visit.from_s) return VisitFault::ends_before_it_begins;
  if (visit.until_s - visit.from_s > max_stay_s) return VisitFault::stay_too_long;
  return VisitFault::none;
}

}  // namespace fx::exposure
