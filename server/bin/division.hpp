#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fx::bin {

/// A code of GB/T 2260, PPCCDD, in a province that exists (99 is the demonstration's); "0" is the nation. Nothing when the
/// text is none: a slip never becomes another place.
std::optional<std::int32_t> parse_division(std::string_view text);

/// Makes an option take such codes and nothing else.
CLI::Option* takes_division(CLI::Option* option);

}  // namespace fx::bin
