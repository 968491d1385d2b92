#include "base/id.hpp"

namespace fx {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::int32_t RawId::home() const {
  // bytes 8..15: 2 bits variant, 20 bits county, 42 bits chance
  std::uint64_t low = 0;
  for (int i = 8; i < 16; ++i) low = (low << 8) | bytes[static_cast<std::size_t>(i)];
  return static_cast<std::int32_t>((low >> 42) & 0xFFFFF);
}

std::string RawId::text() const {
  char text[36];
  char* at = text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
    *at++ = hex_digits[bytes[i] >> 4];
    *at++ = hex_digits[bytes[i] & 15];
  }
  return {text, sizeof text};
}

std::optional<RawId> RawId::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  RawId id;
  std::size_t byte = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return std::nullopt;
      ++i;
      continue;
    }
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[byte++] = static_cast<std::uint8_t>(high * 16 + low);
    i += 2;
  }
  return id;
}

RawId RawId::make(std::int64_t unix_ms, std::int32_t home, std::uint64_t chance, std::uint16_t counter) {
  const auto ms = static_cast<std::uint64_t>(unix_ms) & 0xFFFFFFFFFFFFULL;
  const std::uint64_t high = (ms << 16) | 0x8000U | (counter & 0xFFFU);
  const std::uint64_t low = (std::uint64_t{2} << 62) | (static_cast<std::uint64_t>(home & 0xFFFFF) << 42) |
                            (chance & 0x3FFFFFFFFFFULL);
  RawId id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
    id.bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
  }
  return id;
}

}  // namespace fx
