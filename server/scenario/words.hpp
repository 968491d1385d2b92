#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fx::scenario {

/// Splits a line into words; "quoted words" and [lists] or {objects} with blanks inside stay together. Nothing when a
/// quote or bracket is left open.
std::optional<std::vector<std::string>> words_of(std::string_view line);

/// The text of a quoted word, or the word itself.
std::string unquoted(std::string_view word);

/// key=value; nothing when there is no '='.
std::optional<std::pair<std::string, std::string>> pair_of(std::string_view word);

/// Is it a time of day, HH:MM, or a date, YYYY-MM-DD?
bool is_clock(std::string_view word);
bool is_date(std::string_view word);
/// Both: HH:MM, with a date and a blank before it or without.
bool is_time(std::string_view text);

}  // namespace fx::scenario
