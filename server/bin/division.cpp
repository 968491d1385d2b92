#include "bin/division.hpp"

#include <algorithm>
#include <charconv>

namespace fx::bin {
namespace {

constexpr int most_code = 999999;
constexpr int province_part = 10000;

/// First two digits of the codes in use.
constexpr int provinces[] = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
                             44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 99};

}  // namespace

std::optional<std::int32_t> parse_division(std::string_view text) {
  std::int32_t code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc() || end != text.data() + text.size() || code < 0 || code > most_code)
    return std::nullopt;
  if (code != 0 && std::ranges::find(provinces, code / province_part) == std::end(provinces))
    return std::nullopt;
  return code;
}

CLI::Option* takes_division(CLI::Option* option) {
  return option->check(CLI::Validator(
      [](const std::string& text) {
        return parse_division(text)
                   ? std::string()
                   : "'" + text + "' is no division code: six digits of GB/T 2260, or 0 for the nation";
      },
      "CODE"));
}

}  // namespace fx::bin
