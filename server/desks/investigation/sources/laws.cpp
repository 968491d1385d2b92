#include <map>

#include "desks/investigation/sources/operations.hpp"

namespace fx::investigation {
namespace {

/// Infectors lead to the first case of the chain, without a circle, and everybody on the way is a member of it.
std::vector<std::string> chains_hold(const Tables& tables) {
  std::map<CaseId, Case> cases;
  for (const Case& file : tables.all<Case>()) cases.insert({file.id, file});
  std::vector<std::string> breaches;
  for (const auto& [id, file] : cases) {
    CaseId root = id;
    std::size_t steps = 0;
    for (auto at = cases.find(root); at != cases.end() && at->second.infector && steps <= cases.size();
         at = cases.find(root), ++steps)
      root = *at->second.infector;
    if (steps > cases.size())
      breaches.push_back("case " + id.text() + " is its own infector by the way");
    else if (chain_of(file) != root)
      breaches.push_back("case " + id.text() + " stands in another chain than its infectors");
  }
  std::map<CaseId, int> listed;
  for (const Chain& chain : tables.all<Chain>())
    for (const CaseId member : chain.members) {
      ++listed[member];
      const auto file = cases.find(member);
      if (file == cases.end() || chain_of(file->second) != chain.id)
        breaches.push_back("chain " + chain.id.text() + " lists a case that is not of it");
    }
  for (const auto& [id, file] : cases)
    if (file.chain && listed[id] != 1) breaches.push_back("case " + id.text() + " is not in its chain once");
  return breaches;
}

std::string of_conclusion(const Case& file) {
  const std::string name = "case " + file.id.text();
  if (file.history) return {};
  if (file.stage >= InvestigationStage::full &&
      (file.source == SourceState::unsaid || file.origin == Origin::unsaid))
    return name + " has a full report that leaves its source blank";
  if (file.source == SourceState::unknown && !file.source_by)
    return name + " has an unknown source nobody signed";
  if (file.state == CaseState::excluded && (file.infector || !file.places.empty()))
    return name + " is excluded and still a link or part of a place";
  return {};
}

}  // namespace

void add_source_laws(Desk& desk) {
  desk.law("D2: infector links are acyclic, chains their components", chains_hold);
  desk.row_law<Case>("D2: the source is never blank at the full report", of_conclusion);
}

}  // namespace fx::investigation
