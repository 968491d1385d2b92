#include "rulebook/due.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/text.hpp"

namespace fx::rulebook {

Instant end_of_day(Instant from, int n) { return start_of(day_of(from) + (n + 1)); }

Instant next_clock(Instant from, int minutes) {
  const Instant today = start_of(day_of(from)) + std::chrono::minutes(minutes);
  return today > from ? today : start_of(day_of(from) + 1) + std::chrono::minutes(minutes);
}

Instant next_weekday(Instant from, int weekday, int minutes) {
  for (int ahead = 0;; ++ahead) {
    const Day day = day_of(from) + ahead;
    const Instant at = start_of(day) + std::chrono::minutes(minutes);
    if (fx::weekday(day) == weekday && at > from) return at;
  }
}

int weekday_of(std::string_view word) {
  static constexpr std::string_view names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                               "Friday", "Saturday", "Sunday"};
  for (int i = 0; i < 7; ++i)
    if (names[i] == word) return i + 1;
  return 0;
}

std::string clock_text(int minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); }

std::optional<Due> due_at(const Within& within, Instant from, const Values& values, const Asked& when,
                          const Fields* fields) {
  Found found;
  if (within.ref) {
    found = within.ref->find(values, when, fields);
    if (!found.has_value()) return std::nullopt;
  }
  switch (within.kind) {
    case Within::Kind::weekday: return Due{next_weekday(from, within.weekday_of, within.minutes), found};
    case Within::Kind::next_clock: {
      if (!within.ref) return Due{next_clock(from, within.minutes), found};
      const auto* text = std::get_if<std::string>(&found.row->value);
      const auto minutes = text != nullptr ? parse_clock(*text) : std::nullopt;
      if (!minutes) return std::nullopt;
      return Due{next_clock(from, *minutes), found};
    }
    case Within::Kind::value:
    case Within::Kind::end_of_day: {
      const auto n = found.row->as_number();
      if (!n) return std::nullopt;
      const auto ms = within.kind == Within::Kind::value ? unit_ms(found.row->meta->unit) : std::nullopt;
      if (ms) return Due{from + Duration(std::llround(*n * static_cast<double>(*ms))), found};
      return Due{end_of_day(from, static_cast<int>(std::lround(*n))), found};
    }
  }
  return std::nullopt;
}

namespace {

/// Every id the reference may mean must have a unit that says when.
void check_unit(const Reading& reading, const std::string& path, const ValueRef& ref, bool clock) {
  for (const Pathogen& pathogen : reading.values.pathogens())
    for (const auto& [id, meta] : pathogen.values) {
      if (ref.field ? !(id == ref.without || (id.starts_with(ref.id) && id.ends_with(ref.tail)))
                    : id != ref.id)
        continue;
      const bool fits =
          clock ? meta->unit == "clock" : unit_ms(meta->unit).has_value() || meta->unit == "day";
      if (!fits)
        reading.error(path, fmt::format("取值{}的单位是{}，不能作时限", id, meta->unit),
                      fmt::format("value {} has unit {}, which is no time limit", id, meta->unit));
    }
}

}  // namespace

std::optional<Within> read_within(const Reading& reading, const std::string& path, std::string_view text,
                                  const TypeInfo* type) {
  static constexpr std::string_view day_word = "24:00 of day ";
  Within within;
  within.written = text;
  std::string_view ref = text;
  if (text.starts_with(day_word)) {
    within.kind = Within::Kind::end_of_day;
    ref = text.substr(day_word.size());
  } else if (text.starts_with("next ")) {
    within.kind = Within::Kind::next_clock;
    ref = text.substr(5);
    if (const auto minutes = parse_clock(ref)) {
      within.minutes = *minutes;
      return within;
    }
  } else if (const std::size_t blank = text.find(' ');
             blank != std::string_view::npos && weekday_of(text.substr(0, blank))) {
    within.kind = Within::Kind::weekday;
    within.weekday_of = weekday_of(text.substr(0, blank));
    if (const auto minutes = parse_clock(text.substr(blank + 1))) {
      within.minutes = *minutes;
      return within;
    }
  }
  if (!ref.starts_with('@')) {
    reading.error(path, "时限须引用取值：“@编号”“24:00 of day @编号”“next HH:MM”“Friday HH:MM”",
                  "a time limit is a value: \"@id\", \"24:00 of day @id\", \"next HH:MM\", \"Friday HH:MM\"");
    return std::nullopt;
  }
  within.ref = read_value_ref(reading, path, ref, type);
  if (!within.ref) return std::nullopt;
  check_unit(reading, path, *within.ref, within.kind == Within::Kind::next_clock);
  return within;
}

}  // namespace fx::rulebook
