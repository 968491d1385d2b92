#include "engines/exposure/sources.hpp"

#include <tuple>

namespace fx::exposure {

std::vector<Source> normalised(std::span<const Source> sources) {
  std::vector<Source> sorted;
  sorted.reserve(sources.size());
  for (const Source& one : sources)
    if (one.window.seconds() > 0) sorted.push_back(one);
  std::ranges::sort(sorted, {}, [](const Source& one) { return std::tuple(one.person, one.window); });
  std::vector<Source> out;
  out.reserve(sorted.size());
  for (const Source& one : sorted) {
    const bool joins =
        !out.empty() && out.back().person == one.person && one.window.from_s <= out.back().window.until_s;
    if (joins)
      out.back().window.until_s = std::max(out.back().window.until_s, one.window.until_s);
    else
      out.push_back(one);
  }
  return out;
}

bool is_near(const MeetingRule& rule, const Spot& source, const Spot& contact) {
  if (!rule.same_section && !rule.rows) return true;
  const bool sections_known = source.section != 0 && contact.section != 0;
  if (sections_known && source.section != contact.section) return false;
  if (rule.same_section && !sections_known && !rule.unknown_spot_meets) return false;
  if (!rule.rows) return true;
  if (source.row == 0 || contact.row == 0) return rule.unknown_spot_meets;
  return contact.row + rule.rows->ahead >= source.row && contact.row <= source.row + rule.rows->behind;
}

}  // namespace fx::exposure
