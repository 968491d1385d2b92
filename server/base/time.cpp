#include "base/time.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace fx {
namespace {

constexpr std::int64_t zone_ms = 8LL * 3600 * 1000;
constexpr std::int64_t day_ms = 86400LL * 1000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Reads exactly `digits` decimal digits at `at` and moves on; -1 when they are not there.
int take(std::string_view text, std::size_t& at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = text[at + i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  at += digits;
  return value;
}

bool skip(std::string_view text, std::size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

std::optional<Day> take_day(std::string_view text, std::size_t& at) {
  const int year = take(text, at, 4);
  if (year < 0 || !skip(text, at, '-')) return std::nullopt;
  const int month = take(text, at, 2);
  if (month < 0 || !skip(text, at, '-')) return std::nullopt;
  const int day = take(text, at, 2);
  if (day < 0) return std::nullopt;
  return make_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

void append_digits(std::string& out, unsigned value, int digits) {
  char text[8];
  for (int i = digits; i-- > 0; value /= 10) text[i] = static_cast<char>('0' + value % 10);
  out.append(text, static_cast<std::size_t>(digits));
}

void append_day(std::string& out, Day day) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(day.days))};
  const int year = static_cast<int>(ymd.year());
  if (year < 0 || year > 9999)  // beyond what we read
    out += fmt::format("{:04}", year);
  else
    append_digits(out, static_cast<unsigned>(year), 4);
  out += '-';
  append_digits(out, static_cast<unsigned>(ymd.month()), 2);
  out += '-';
  append_digits(out, static_cast<unsigned>(ymd.day()), 2);
}

/// Offset of the zone in milliseconds; nothing when the text after the time is not a zone.
std::optional<std::int64_t> take_zone(std::string_view text, std::size_t& at) {
  if (at == text.size()) return zone_ms;
  if (skip(text, at, 'Z')) return 0;
  const bool plus = skip(text, at, '+');
  if (!plus && !skip(text, at, '-')) return std::nullopt;
  const int hours = take(text, at, 2);
  skip(text, at, ':');
  const int minutes = take(text, at, 2);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return std::nullopt;
  const std::int64_t offset = (hours * 60LL + minutes) * 60000;
  return plus ? offset : -offset;
}

}  // namespace

Day day_of(Instant at) { return {static_cast<std::int32_t>(floor_div(at.ms + zone_ms, day_ms))}; }
Instant start_of(Day day) { return {day.days * day_ms - zone_ms}; }
int minute_of_day(Instant at) { return static_cast<int>((at - start_of(day_of(at))).count() / 60000); }
int weekday(Day day) {
  return static_cast<int>(
      std::chrono::weekday(std::chrono::sys_days(std::chrono::days(day.days))).iso_encoding());
}

std::string format(Day day) {
  std::string out;
  append_day(out, day);
  return out;
}

std::string format(Instant at) {
  const Day day = day_of(at);
  const auto ms = static_cast<unsigned>((at - start_of(day)).count());
  std::string out;
  out.reserve(29);
  append_day(out, day);
  out += 'T';
  append_digits(out, ms / 3600000, 2);
  out += ':';
  append_digits(out, ms / 60000 % 60, 2);
  out += ':';
  append_digits(out, ms / 1000 % 60, 2);
  if (ms % 1000 != 0) {
    out += '.';
    append_digits(out, ms % 1000, 3);
  }
  return out += "+08:00";
}

std::string format_short(Instant at) {
  const int minute = minute_of_day(at);
  return fmt::format("{} {:02}:{:02}", format(day_of(at)), minute / 60, minute % 60);
}

std::optional<Day> make_day(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(month),
                                        std::chrono::day(day)};
  if (year < 1 || year > 9999 || !ymd.ok()) return std::nullopt;
  return Day{static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count())};
}

std::optional<Day> parse_day(std::string_view text) {
  std::size_t at = 0;
  auto day = take_day(text, at);
  if (at != text.size()) return std::nullopt;
  return day;
}

std::optional<Instant> parse_instant(std::string_view text) {
  std::size_t at = 0;
  const auto day = take_day(text, at);
  if (!day) return std::nullopt;
  if (!skip(text, at, 'T') && !skip(text, at, ' ')) return std::nullopt;
  const int hour = take(text, at, 2);
  if (hour < 0 || hour > 24 || !skip(text, at, ':')) return std::nullopt;
  const int minute = take(text, at, 2);
  if (minute < 0 || minute > 59 || (hour == 24 && minute != 0)) return std::nullopt;
  int second = 0;
  std::int64_t fraction = 0;
  if (skip(text, at, ':')) {
    second = take(text, at, 2);
    if (second < 0 || second > 59 || (hour == 24 && second != 0)) return std::nullopt;
    if (skip(text, at, '.')) {
      std::int64_t scale = 100;
      std::size_t digits = 0;
      for (; at < text.size() && is_digit(text[at]); ++at, ++digits, scale /= 10)
        fraction += scale * (text[at] - '0');
      if (digits == 0) return std::nullopt;
    }
  }
  const auto zone = take_zone(text, at);
  if (!zone || at != text.size()) return std::nullopt;
  return Instant{day->days * day_ms + ((hour * 60LL + minute) * 60 + second) * 1000 + fraction - *zone};
}

std::optional<int> parse_clock(std::string_view text) {
  std::size_t at = 0;
  const int hour = take(text, at, 2);
  if (hour < 0 || hour > 24 || !skip(text, at, ':')) return std::nullopt;
  const int minute = take(text, at, 2);
  if (minute < 0 || minute > 59 || at != text.size() || (hour == 24 && minute > 0)) return std::nullopt;
  return hour * 60 + minute;
}

}  // namespace fx
