#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fx {

using Duration = std::chrono::milliseconds;

/// A moment, milliseconds since 1970-01-01T00:00Z. Shown and written at the fixed zone +08:00.
struct Instant {
  std::int64_t ms = 0;

  friend auto operator<=>(const Instant&, const Instant&) = default;
  friend Instant operator+(Instant at, Duration by) { return {at.ms + by.count()}; }
  friend Instant operator-(Instant at, Duration by) { return {at.ms - by.count()}; }
  friend Duration operator-(Instant a, Instant b) { return Duration(a.ms - b.ms); }
};

/// A civil day at +08:00, counted from 1970-01-01.
struct Day {
  std::int32_t days = 0;

  friend auto operator<=>(const Day&, const Day&) = default;
  friend Day operator+(Day day, int by) { return {day.days + by}; }
  friend int operator-(Day a, Day b) { return a.days - b.days; }
};

/// The civil day on which the moment falls.
Day day_of(Instant at);
/// 00:00 of the day. "24:00 of day D" is start_of(D + 1).
Instant start_of(Day day);
/// Minutes since 00:00 of its day, 0…1439.
int minute_of_day(Instant at);
/// ISO weekday, Monday = 1 … Sunday = 7.
int weekday(Day day);

std::string format(Instant at);        ///< 2022-07-17T22:40:00+08:00 (milliseconds only when not zero)
std::string format(Day day);           ///< 2022-07-17
std::string format_short(Instant at);  ///< 2022-07-17 22:40

/// ISO 8601 with zone (Z or ±hh:mm) or without one, then read at +08:00; seconds and fraction optional; 'T' or blank.
std::optional<Instant> parse_instant(std::string_view text);
std::optional<Day> parse_day(std::string_view text);
std::optional<Day> make_day(int year, unsigned month, unsigned day);
/// "HH:MM" → minutes; 24:00 is allowed.
std::optional<int> parse_clock(std::string_view text);

}  // namespace fx
