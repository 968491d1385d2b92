#pragma once

#include <bit>
#include <vector>

#include "engines/exposure/rules.hpp"

namespace fx::exposure {

/// Contacts being counted, one sum for each person. For a few persons a hash table, for a good part of everybody an array.
class Tallies {
 public:
  /// `expected`: roughly how many persons will come; a wrong guess costs time only.
  Tallies(std::uint32_t people, std::size_t expected) {
    if (expected * 8 > people) {
      sums_.resize(people);
      return;
    }
    resize_table(std::bit_ceil(expected * 2 + 16));
  }

  /// Fetches the person's sum into the cache: add() comes a little later.
  void expect(std::uint32_t person) const {
    __builtin_prefetch(is_table() ? static_cast<const void*>(&persons_[hash(person)]) : &sums_[person], 1);
  }
  void add(std::uint32_t person, const Span& span) { add(person, span, 1, span.seconds(), span.seconds()); }

  void add(std::uint32_t person, const Span& span, std::uint32_t meetings, std::int64_t longest_s,
           std::int64_t total_s) {
    Sum& sum = sum_of(person);
    const bool first = sum.meetings == 0;
    sum.first_s = first || span.from_s < sum.first_s ? span.from_s : sum.first_s;
    sum.last_s = first || span.until_s > sum.last_s ? span.until_s : sum.last_s;
    sum.longest_s = std::max(sum.longest_s, static_cast<std::uint32_t>(longest_s));
    sum.total_s += total_s;
    sum.meetings += meetings;
  }

  /// By person.
  [[nodiscard]] std::vector<Contact> contacts() const;

 private:
  /// A meeting is never longer than a stay, so its length fits.
  struct alignas(32) Sum {
    std::int64_t first_s = 0;
    std::int64_t last_s = 0;
    std::int64_t total_s = 0;
    std::uint32_t longest_s = 0;
    std::uint32_t meetings = 0;  ///< 0: nobody here
  };

  [[nodiscard]] bool is_table() const { return !persons_.empty(); }
  Sum& sum_of(std::uint32_t person) {
    if (!is_table()) return sums_[person];
    for (std::size_t at = hash(person);; at = (at + 1) & (persons_.size() - 1)) {
      if (persons_[at] == person) return sums_[at];
      if (persons_[at] != nobody) continue;
      if (used_ * 2 >= persons_.size()) {
        grow();
        return sum_of(person);
      }
      ++used_;
      persons_[at] = person;
      return sums_[at];
    }
  }
  [[nodiscard]] std::size_t hash(std::uint32_t person) const {
    return person * 0x9E3779B97F4A7C15ULL >> shift_;
  }
  void resize_table(std::size_t size) {
    persons_.assign(size, nobody);
    sums_.assign(size, Sum{});
    shift_ = 64 - std::countr_zero(size);
    used_ = 0;
  }
  void grow();

  static constexpr std::uint32_t nobody = 0xFFFFFFFF;
  std::vector<Sum> sums_;
  std::vector<std::uint32_t> persons_;  ///< empty: sums_ is an array by person
  std::size_t used_ = 0;
  int shift_ = 0;
};

}  // namespace fx::exposure
