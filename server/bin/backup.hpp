#pragma once

#include <string_view>

namespace fx::bin {

// Names of the texts that travel inside a backup.
inline constexpr std::string_view realm_note = "realm.json";
inline constexpr std::string_view erased_note = "erased";  ///< one person's id a line

}  // namespace fx::bin
