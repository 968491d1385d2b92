#include "desks/investigation/reports/identities.hpp"

#include <algorithm>
#include <array>

namespace fx::investigation {
namespace {

constexpr int shortest_number = 11;   // digits of a mobile telephone; a code of a place has at most 9 here
constexpr int shortest_document = 8;  // digits after the letter of a passport or permit
constexpr std::size_t shortest_name = 4;   // bytes: two characters; one alone is in any text
constexpr std::size_t shortest_plate = 5;  // letters and digits after the letter of the issuing authority

/// First character of a plate: province, and the special ones.
constexpr std::array<std::string_view, 36> plates_of{"京", "津", "沪", "渝", "冀", "豫", "云", "辽", "黑",
                                                     "湘", "皖", "鲁", "新", "苏", "浙", "赣", "鄂", "桂",
                                                     "甘", "晋", "蒙", "陕", "吉", "闽", "贵", "粤", "青",
                                                     "藏", "川", "宁", "琼", "使", "领", "警", "港", "澳"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/// Blanks and what groups numbers and plates left out; letters upper, digits and letters of full width as plain ones.
std::string folded(std::string_view words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto byte = [&](std::size_t at) {
      return at < words.size() ? static_cast<unsigned char>(words[at]) : static_cast<unsigned char>(0);
    };
    const char c = words[i];
    if (c == ' ' || c == '-' || c == '\t') continue;
    if (byte(i) == 0xC2 && byte(i + 1) == 0xB7) {  // ·
      ++i;
    } else if (byte(i) == 0xE3 && byte(i + 1) == 0x80 && byte(i + 2) == 0x80) {  // a blank of full width
      i += 2;
    } else if (byte(i) == 0xEF && (byte(i + 1) == 0xBC || byte(i + 1) == 0xBD) && byte(i + 2) != 0) {
      const int code = (byte(i + 1) - 0xBC) * 64 + byte(i + 2) - 0x80 - 0x10 + '0';  // U+FF10 is 0
      const bool plain =
          (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
      if (plain)
        out += static_cast<char>(code >= 'a' ? code - 'a' + 'A' : code);
      else
        out += words.substr(i, 3);
      i += 2;
    } else {
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return out;
}

/// Eleven digits in a row, or a letter and eight.
bool has_number(std::string_view words) {
  int digits = 0;
  bool after_letter = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_digit(words[i])) {
      if (digits++ == 0) after_letter = i > 0 && is_letter(words[i - 1]);
      if (digits >= shortest_number || (after_letter && digits >= shortest_document)) return true;
    } else {
      digits = 0;
    }
  }
  return false;
}

bool has_plate(std::string_view words) {
  for (const std::string_view first : plates_of)
    for (std::size_t at = words.find(first); at != std::string_view::npos; at = words.find(first, at + 1)) {
      const std::string_view rest = words.substr(at + first.size());
      if (rest.empty() || !is_letter(rest[0])) continue;
      std::size_t length = 0;
      bool digit = false;
      while (length + 1 < rest.size() && (is_digit(rest[length + 1]) || is_letter(rest[length + 1])))
        digit = is_digit(rest[++length]) || digit;
      if (length >= shortest_plate && digit) return true;
    }
  return false;
}

}  // namespace

bool names_somebody(std::string_view words, std::span<const std::string> names) {
  const std::string plain = folded(words);
  if (has_number(plain) || has_plate(plain)) return true;
  return std::ranges::any_of(names, [&](const std::string& name) {
    const std::string known = folded(name);
    return known.size() >= shortest_name && plain.find(known) != std::string::npos;
  });
}

}  // namespace fx::investigation
