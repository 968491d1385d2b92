#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fx {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Well-formed UTF-8 without surrogates and over-long forms.
bool valid_utf8(std::string_view text);
/// Number of code points of well-formed UTF-8.
std::size_t length_utf8(std::string_view text);
/// The first `n` code points.
std::string_view head_utf8(std::string_view text, std::size_t n);
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// ASCII only; other bytes stay.
std::string lower(std::string_view text);
std::string hex(std::string_view bytes);

}  // namespace fx
