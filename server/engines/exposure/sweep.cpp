#include "engines/exposure/sweep.hpp"

#include <array>
#include <utility>

namespace fx::exposure::sweeping {
namespace {

/// Few by comparison, many by their digits (11 bits at a time): a million in some ten milliseconds.
void sort_by_index(std::vector<Asked>& visits, std::uint32_t largest) {
  constexpr int digit = 11;
  constexpr std::uint32_t digits = 1U << digit;
  if (visits.size() < digits) {
    std::ranges::sort(visits, {}, [](const Asked& one) { return std::pair(one.index, one.who); });
    return;
  }
  std::vector<Asked> other(visits.size());
  for (int shift = 0; shift < 32 && (largest >> shift) != 0; shift += digit) {
    std::array<std::uint32_t, digits> next{};
    for (const Asked& one : visits) ++next[one.index >> shift & (digits - 1)];
    std::uint32_t total = 0;
    for (std::uint32_t& here : next) total += std::exchange(here, total);
    for (const Asked& one : visits) other[next[one.index >> shift & (digits - 1)]++] = one;
    visits.swap(other);
  }
}

/// A visit too long for its word may still last: it is judged when it is looked at.
bool may_touch(packed::Word word, std::int64_t base_s, const Span& window) {
  const std::int64_t begin_s = base_s + packed::begin_of(word);
  const std::int64_t length_s = packed::length_of(word);
  return begin_s < window.until_s && (begin_s + length_s >= window.from_s || length_s == packed::longest_s);
}

}  // namespace

std::vector<Asked> visits_asked_for(const Run& run, std::span<const Source> asked) {
  std::vector<Asked> out;
  const packed::Word* words = run.words();
  for (std::uint32_t who = 0; who < asked.size(); ++who) {
    const Span& window = asked[who].window;
    if (window.until_s < run.covers().from_s || run.covers().until_s < window.from_s) continue;
    const auto visits = run.of_person(asked[who].person);
    for (const std::uint32_t index : visits) __builtin_prefetch(words + index);
    for (const std::uint32_t index : visits)
      if (may_touch(words[index], run.base_s(), window)) out.push_back({index, who});
  }
  sort_by_index(out, static_cast<std::uint32_t>(run.size()));
  return out;
}

}  // namespace fx::exposure::sweeping
