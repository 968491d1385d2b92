#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fx {

/// 16 bytes, UUID version 8: 48-bit milliseconds · version · 12-bit counter · variant · 20-bit home county ·
/// 42 bits of chance (kernel-notes §9). The home county is where the row lives; it grants nothing and never changes.
struct RawId {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] bool is_nil() const { return *this == RawId{}; }
  /// Home county, GB/T 2260 six-digit code; 0 for the nil id.
  [[nodiscard]] std::int32_t home() const;
  /// Canonical text, 8-4-4-4-12 lower-case hexadecimal digits.
  [[nodiscard]] std::string text() const;
  static std::optional<RawId> parse(std::string_view text);
  /// Packs the parts; `chance` gives the counter and the last 42 bits.
  static RawId make(std::int64_t unix_ms, std::int32_t home, std::uint64_t chance, std::uint16_t counter);

  friend auto operator<=>(const RawId&, const RawId&) = default;
};

struct RawIdHash {
  std::size_t operator()(const RawId& id) const {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::memcpy(&a, id.bytes.data(), 8);
    std::memcpy(&b, id.bytes.data() + 8, 8);
    return static_cast<std::size_t>((a ^ (b * 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL);
  }
};

/// An id that cannot be mistaken for another kind of thing.
template <class Tag>
struct Id {
  RawId raw;
  [[nodiscard]] bool is_nil() const { return raw.is_nil(); }
  [[nodiscard]] std::int32_t home() const { return raw.home(); }
  [[nodiscard]] std::string text() const { return raw.text(); }
  friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace fx

template <class Tag>
struct std::hash<fx::Id<Tag>> {
  std::size_t operator()(const fx::Id<Tag>& id) const { return fx::RawIdHash{}(id.raw); }
};
template <>
struct std::hash<fx::RawId> {
  std::size_t operator()(const fx::RawId& id) const { return fx::RawIdHash{}(id); }
};
