#include "importing/hl7_time.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fx::importing {
namespace {

/// Takes `n` digits off the front; nothing when fewer stand there.
std::optional<int> take(std::string_view& text, std::size_t n) {
  if (text.size() < n || !std::ranges::all_of(text.substr(0, n), is_digit)) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, n)) value = value * 10 + (c - '0');
  text.remove_prefix(n);
  return value;
}

std::optional<Day> take_day(std::string_view& text) {
  const auto year = take(text, 4);
  const auto month = year ? take(text, 2) : std::nullopt;
  const auto day = month ? take(text, 2) : std::nullopt;
  return day ? make_day(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)) : std::nullopt;
}

/// Zone at the end, `usual` without one; nothing when the rest is no zone.
std::optional<Duration> zone_of(std::string_view text, Duration usual) {
  if (text.empty()) return usual;
  const char sign = text.front();
  if (sign != '+' && sign != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take(text, 2);
  const auto minutes = hours ? take(text, 2) : std::nullopt;
  if (!minutes || !text.empty() || *hours > 14 || *minutes > 59) return std::nullopt;
  const Duration offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return sign == '+' ? offset : -offset;
}

/// Milliseconds of a fraction ".2340"; the text moves on. Nothing for a point without digits.
std::optional<int> take_fraction(std::string_view& text) {
  if (text.empty() || text.front() != '.') return 0;
  text.remove_prefix(1);
  int ms = 0;
  int weight = 100;
  std::size_t digits = 0;
  for (; digits < text.size() && is_digit(text[digits]); ++digits, weight /= 10)
    ms += (text[digits] - '0') * weight;
  text.remove_prefix(digits);
  return digits > 0 ? std::optional(ms) : std::nullopt;
}

}  // namespace

std::optional<Instant> parse_hl7_instant(std::string_view text, Duration zone) {
  const auto day = take_day(text);
  if (!day) return std::nullopt;
  const int hour = take(text, 2).value_or(0);
  const auto minute_digits = take(text, 2);  // "…1" before a zone fails below: a zone must follow
  const int minute = minute_digits.value_or(0);
  const int second = minute_digits ? take(text, 2).value_or(0) : 0;
  const auto fraction = take_fraction(text);
  const auto offset = zone_of(text, zone);
  if (!fraction || !offset || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const Duration utc_midnight = std::chrono::hours(24) * static_cast<std::int64_t>(day->days);
  return Instant{(utc_midnight + std::chrono::hours(hour) + std::chrono::minutes(minute) +
                  std::chrono::seconds(second) + Duration(*fraction) - *offset)
                     .count()};
}

std::optional<Day> parse_hl7_day(std::string_view text) {
  const std::string_view whole = text;
  const auto day = take_day(text);
  return day && parse_hl7_instant(whole, Duration(0)) ? day : std::nullopt;
}

}  // namespace fx::importing
