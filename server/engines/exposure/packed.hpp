#pragma once

#include "engines/exposure/visit.hpp"

/// One visit in 8 bytes: [begin 22 | length 16 | person 25 | detailed 1], so that the order of the numbers is the order
/// of the beginnings. The place is where it stands; what does not fit stands in the run's list of details.
namespace fx::exposure::packed {

using Word = std::uint64_t;

constexpr int begin_bits = 22;  ///< seconds into the run's epoch: 48 days
constexpr int length_bits = 16;
constexpr int person_bits = 25;
constexpr int person_shift = 1;
constexpr int length_shift = person_shift + person_bits;
constexpr int begin_shift = length_shift + length_bits;
static_assert(begin_shift + begin_bits == 64);

constexpr std::int64_t epoch_s = 1LL << begin_bits;
/// A length that does not fit is stored as this one, and in full among the details.
constexpr std::int64_t longest_s = (1LL << length_bits) - 1;

constexpr std::int64_t begin_of(Word word) { return static_cast<std::int64_t>(word >> begin_shift); }
constexpr std::int64_t length_of(Word word) {
  return static_cast<std::int64_t>((word >> length_shift) & longest_s);
}
constexpr std::uint32_t person_of(Word word) {
  return static_cast<std::uint32_t>(word >> person_shift) & max_person;
}
constexpr bool is_detailed(Word word) { return (word & 1U) != 0; }
/// The smallest word that begins so many seconds into the epoch.
constexpr Word first_at(std::int64_t begin_s) { return static_cast<Word>(begin_s) << begin_shift; }

/// Number of the epoch in which the moment lies.
constexpr std::int64_t epoch_of(std::int64_t at_s) { return at_s >> begin_bits; }

constexpr bool needs_detail(const Visit& visit) {
  return visit.until_s - visit.from_s >= longest_s || visit.spot != Spot{} ||
         visit.knowledge != Knowledge{} || visit.is_protected;
}

constexpr Word pack(const Visit& visit) {
  const std::int64_t length = visit.until_s - visit.from_s;
  return first_at(visit.from_s & (epoch_s - 1)) |
         static_cast<Word>(length < longest_s ? length : longest_s) << length_shift |
         static_cast<Word>(number(visit.person)) << person_shift |
         static_cast<Word>(needs_detail(visit) ? 1 : 0);
}

/// Racks by length: under 512 seconds, then each twice as long as the one before.
constexpr int shelves = length_bits - 9 + 1;
constexpr int shelf_of(Word word) {
  int shelf = 0;
  for (auto halves = static_cast<std::uint64_t>(length_of(word)) >> 9; halves != 0; halves >>= 1) ++shelf;
  return shelf;
}

/// What a word cannot hold. `index` is the place of its visit in the run.
struct Detail {
  std::uint32_t index = 0;
  std::uint32_t length_s = 0;
  Spot spot;
  Knowledge knowledge{};
  bool is_protected = false;
  friend auto operator<=>(const Detail&, const Detail&) = default;
};
static_assert(sizeof(Detail) == 16);

}  // namespace fx::exposure::packed
