#pragma once

#include "rulebook/condition.hpp"

namespace fx::rulebook {

/// How long a debtor has, as written: a value, "24:00 of day @id", "next 15:00", "next @id", "Friday 24:00".
struct Within {
  enum class Kind { value, end_of_day, next_clock, weekday };
  Kind kind = Kind::value;
  std::optional<ValueRef> ref;
  int minutes = 0;     ///< clock time without a value
  int weekday_of = 0;  ///< ISO, 1…7
  std::string written;
};

struct Due {
  Instant at;
  Found found;  ///< the value that said so; without a row when a clock time stands in the rule itself
};

/// Nothing when the value is off, local, assessed, not allowed or absent: then nothing is owed.
std::optional<Due> due_at(const Within& within, Instant from, const Values& values, const Asked& when,
                          const Fields* fields);

std::optional<Within> read_within(const Reading& reading, const std::string& path, std::string_view text,
                                  const TypeInfo* type);

/// 24:00 of the n-th day after the day of `from` (Day 0).
Instant end_of_day(Instant from, int n);
/// The first moment after `from` at which the clock shows `minutes` (24:00 allowed).
Instant next_clock(Instant from, int minutes);
Instant next_weekday(Instant from, int weekday, int minutes);
/// Monday = 1 … Sunday = 7; 0 for another word.
int weekday_of(std::string_view word);
/// "HH:MM"
std::string clock_text(int minutes);

}  // namespace fx::rulebook
