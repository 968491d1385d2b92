#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engines/exposure/rules.hpp"

namespace fx::exposure {

/// By person and time; windows of one person that touch or overlap are one, empty ones are gone.
std::vector<Source> normalised(std::span<const Source> sources);

/// The windows of one person among normalised sources.
inline std::span<const Source> windows_of(std::span<const Source> normalised, PersonNo person) {
  const auto range = std::ranges::equal_range(normalised, person, {}, &Source::person);
  return {range.begin(), range.end()};
}

/// When the source's visit counts: cut to the window, then as long as the place lingers. Nothing (no seconds) when it
/// lies outside; a visit without length counts for its moment.
inline Span presence(const Span& visit, const Span& window, std::int64_t lingers_s) {
  Span cut = common(visit, window);
  if (visit.seconds() == 0 ? !window.holds(visit.from_s) : cut.seconds() <= 0) return {0, 0};
  cut.until_s += lingers_s;
  return cut;
}

/// Does the rule's kind of place let these two be near each other?
bool is_near(const MeetingRule& rule, const Spot& source, const Spot& contact);

/// A set of persons.
class People {
 public:
  explicit People(std::uint32_t size) : bits_(size / 64 + 1) {}
  void add(PersonNo person) {
    if (number(person) / 64 < bits_.size()) bits_[number(person) / 64] |= 1UL << (number(person) % 64);
  }
  [[nodiscard]] bool has(std::uint32_t person) const {
    return (bits_[person / 64] >> (person % 64) & 1U) != 0;
  }

 private:
  std::vector<std::uint64_t> bits_;
};

}  // namespace fx::exposure
