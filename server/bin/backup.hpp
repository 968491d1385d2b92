#pragma once

#include <string_view>

#include "journal/backup.hpp"

namespace fx::bin {

// Names of the texts that travel inside a backup.
inline constexpr std::string_view realm_note = "realm.json";
inline constexpr std::string_view erased_note = "erased";  ///< one person's id a line

/// JSON of a mark for others: an event number is a string, since it does not fit a double.
std::string json_of(const journal::Mark& mark);

}  // namespace fx::bin
