#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engines/exposure/packed.hpp"

namespace fx::exposure {

/// Visits of one epoch in both orders, never changed once built. 8 bytes a visit by place and 4 by person, and less than
/// half a byte for finding one's way; a visit with details has 16 more.
/// Keeps  visits_ ascends on each rack; by_person_ ascends inside each person; details_ by index; equal sets of
///        visits give equal runs, byte by byte
class Run {
 public:
  using Word = packed::Word;
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;  ///< behind the last
  };

  [[nodiscard]] std::size_t size() const { return visits_.size(); }
  [[nodiscard]] std::int64_t base_s() const { return base_s_; }
  [[nodiscard]] std::int64_t epoch() const { return packed::epoch_of(base_s_); }
  /// First beginning and last end; no stretch when there is no visit.
  [[nodiscard]] Span covers() const { return covers_; }
  /// One more than the largest number; 0 when there is no visit.
  [[nodiscard]] std::uint32_t people() const { return people_.empty() ? 0 : people_.back() + 1; }

  [[nodiscard]] Word word(std::uint32_t index) const { return visits_[index]; }
  [[nodiscard]] const Word* words() const { return visits_.data(); }
  [[nodiscard]] Visit visit(std::uint32_t index) const;
  /// Of a visit that has one (packed::is_detailed).
  [[nodiscard]] const packed::Detail& detail(std::uint32_t index) const;
  [[nodiscard]] std::int64_t length_s(std::uint32_t index) const {
    const Word word = visits_[index];
    return packed::is_detailed(word) ? detail(index).length_s : packed::length_of(word);
  }

  /// The visits of a person, by number of visit.
  [[nodiscard]] std::span<const std::uint32_t> of_person(PersonNo person) const;

  /// Visits of one place lie on one rack, or, where there are many, on several by their length: so that whoever looks for
  /// a quarter of an hour need not read past the long stays. Racks ascend by place.
  [[nodiscard]] std::uint32_t rack_count() const { return static_cast<std::uint32_t>(rack_place_.size()); }
  [[nodiscard]] PlaceNo place_of(std::uint32_t rack) const { return PlaceNo{rack_place_[rack]}; }
  [[nodiscard]] Range visits_on(std::uint32_t rack) const {
    return {rack_start_[rack], rack_start_[rack + 1]};
  }
  /// No visit on it is longer.
  [[nodiscard]] std::int64_t longest_on(std::uint32_t rack) const;
  [[nodiscard]] std::uint32_t rack_of(std::uint32_t index) const;
  /// The first rack of this place or of a later one; `from` is a rack not behind it.
  [[nodiscard]] std::uint32_t first_rack(PlaceNo place, std::uint32_t from = 0) const;

  /// All visits, place by place.
  void for_each(const std::function<void(const Visit&)>& take) const;
  /// Bytes held, spare room of the vectors included.
  [[nodiscard]] std::size_t bytes() const;

  friend bool operator==(const Run&, const Run&) = default;

 private:
  friend class RunBuilder;
  friend class RunBytes;

  static constexpr std::uint32_t block = 64;        ///< visits between two entries of block_rack_
  static constexpr std::int64_t reach_unit_s = 64;  ///< rack_reach_ counts these, rounded up
  static constexpr std::uint16_t endless = 0xFFFF;  ///< a reach that does not fit

  std::int64_t base_s_ = 0;
  Span covers_{0, 0};
  std::vector<Word> visits_;
  std::vector<std::uint32_t> by_person_;
  std::vector<std::uint32_t> rack_place_;  ///< ascending; a place with several racks repeats
  std::vector<std::uint32_t> rack_start_;  ///< one more than racks, unless there is none
  std::vector<std::uint16_t> rack_reach_;
  std::vector<std::uint32_t> people_;        ///< ascending
  std::vector<std::uint32_t> person_start_;  ///< one more than people_, unless there is none
  std::vector<std::uint32_t> block_rack_;    ///< rack of every 64th visit
  std::vector<packed::Detail> details_;
};

/// Where `value` stands in an ascending list without repetition. Where numbers have no gaps it is found at once.
std::optional<std::uint32_t> position_of(std::span<const std::uint32_t> ascending, std::uint32_t value);

}  // namespace fx::exposure
