#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace fx::exposure {

/// Sorts by a number, stably: few things by comparison, many by its digits, 11 bits at a time.
/// Takes  key(thing): a std::uint32_t, none above `largest`
template <class Thing, class Key>
void sort_by_digits(std::vector<Thing>& things, std::uint32_t largest, Key&& key) {
  constexpr int digit = 11;
  constexpr std::uint32_t digits = 1U << digit;
  if (things.size() < digits) {
    std::ranges::stable_sort(things, {}, key);
    return;
  }
  std::vector<Thing> other(things.size());
  for (int shift = 0; shift < 32 && (largest >> shift) != 0; shift += digit) {
    std::array<std::uint32_t, digits> next{};
    for (const Thing& one : things) ++next[key(one) >> shift & (digits - 1)];
    std::uint32_t total = 0;
    for (std::uint32_t& here : next) total += std::exchange(here, total);
    for (const Thing& one : things) other[next[key(one) >> shift & (digits - 1)]++] = one;
    things.swap(other);
  }
}

}  // namespace fx::exposure
