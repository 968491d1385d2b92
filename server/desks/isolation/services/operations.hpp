#pragma once

#include "desks/isolation/operations.hpp"
#include "desks/isolation/services/commands.hpp"
#include "desks/isolation/services/facts.hpp"

namespace fx::isolation {

inline CounsellingId counselling_of(StayId stay) { return derive<CounsellingTag>(stay.raw, "counselling"); }

template <class C>
std::optional<UnitId> that_site(const C& c, const View&, const Context&) {
  return c.site;
}

/// Counts the rooms that are ready after `more` became clean, and says which steps of an opening that reaches.
void count_ready(Decision& decision, const Site& site, const SiteUpkeep* upkeep, std::int32_t more,
                 std::optional<std::int32_t> staffed = {});

}  // namespace fx::isolation
