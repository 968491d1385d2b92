#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fx {

/// A code people print, scan and read out (settled.md 20): a letter for the kind (tube T, box B, room R, person P,
/// pass A), eight symbols of Crockford's base 32, one check symbol: the number modulo 37.
struct Code {
  char kind = 'T';
  std::uint64_t number = 0;
  friend bool operator==(const Code&, const Code&) = default;
};

inline constexpr std::uint64_t most_codes = std::uint64_t{1} << 40;

/// The printed form: upper case, ten characters.
std::string write_code(Code code);

/// What was scanned or typed: case, hyphens and blanks do not matter; O is read as 0, I and L as 1. Nothing when it is
/// not a code of that kind or its check symbol disagrees: every single wrong symbol and every swap of neighbours shows.
std::optional<Code> read_code(std::string_view text, char kind);

/// The one form in which codes are compared and stored; nothing when it cannot be read.
std::optional<std::string> normal_code(std::string_view text, char kind);

}  // namespace fx
