#include <map>

#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

std::string of_stop(const Stop& stop) {
  const std::string name = "stop " + stop.id.text();
  if (stop.until < stop.from) return name + " ends before it begins";
  if (stop.outcome && !stop.settled_by) return name + " was settled by nobody";
  if (stop.judged > stop.found) return name + " has more judged than found";
  return {};
}

std::string of_gap(const Gap& gap) {
  if (gap.answered && !gap.answered_by) return "gap " + gap.id.text() + " was answered by nobody";
  if (gap.until <= gap.from) return "gap " + gap.id.text() + " has no length";
  return {};
}

/// A gap that stands is covered by no stop.
std::vector<std::string> gaps_are_empty(const Tables& tables) {
  std::multimap<CaseId, Stretch> known;
  for (const Stop& stop : tables.all<Stop>())
    if (!stop.withdrawn) known.insert({stop.case_id, {stop.from, stop.until}});
  std::vector<std::string> breaches;
  for (const Gap& gap : tables.all<Gap>()) {
    if (!gap.stands) continue;
    const auto [first, last] = known.equal_range(gap.case_id);
    for (auto stop = first; stop != last; ++stop)
      if (stop->second.from < gap.until && stop->second.until > gap.from)
        breaches.push_back("gap " + gap.id.text() + " is asked about though a stop covers it");
  }
  return breaches;
}

}  // namespace

void add_trajectory_laws(Desk& desk) {
  desk.row_law<Stop>("D1: a stop is settled by a named investigator", of_stop);
  desk.row_law<Gap>("D1: a gap is answered by somebody", of_gap);
  desk.law("D1: questions are about what is not known", gaps_are_empty);
}

}  // namespace fx::investigation
