#include "engines/exposure/sweep.hpp"

#include "engines/exposure/digits.hpp"

namespace fx::exposure::sweeping {
std::vector<Asked> visits_asked_for(const Run& run, std::span<const Source> asked) {
  std::vector<Asked> out;
  const packed::Word* words = run.words();
  const auto visits_of = [&](std::size_t who) {
    return who < asked.size() ? run.of_person(asked[who].person) : std::span<const std::uint32_t>();
  };
  // While one person's visits are read, the next one's come into the cache, and where the one after that has them.
  std::span<const std::uint32_t> here = visits_of(0);
  std::span<const std::uint32_t> next = visits_of(1);
  for (std::uint32_t who = 0; who < asked.size(); ++who) {
    const auto later = visits_of(who + 2UL);
    for (std::size_t i = 0; i < later.size(); i += 16) __builtin_prefetch(&later[i]);
    for (const std::uint32_t index : next) __builtin_prefetch(words + index);
    const Span window{asked[who].window.from_s - run.base_s(), asked[who].window.until_s - run.base_s()};
    for (const std::uint32_t index : here) {
      const std::int64_t begin_s = packed::begin_of(words[index]);
      if (begin_s >= window.until_s) continue;
      std::int64_t length_s = packed::length_of(words[index]);
      if (length_s == packed::longest_s) [[unlikely]]
        length_s = run.length_s(index);
      const Span cut = presence({begin_s, begin_s + length_s}, window, 0);
      if (cut.seconds() > 0 || (length_s == 0 && window.holds(begin_s)))
        out.push_back(
            {index, static_cast<std::uint32_t>(cut.from_s), static_cast<std::uint32_t>(cut.until_s)});
    }
    here = next;
    next = later;
  }
  sort_by_digits(out, static_cast<std::uint32_t>(run.size()), [](const Asked& one) { return one.index; });
  return out;
}

}  // namespace fx::exposure::sweeping
