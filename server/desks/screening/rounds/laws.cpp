// The equations of a round, after every event: the counts that are kept are the counts of the rows.
#include <map>
#include <set>

#include "desks/screening/facts.hpp"
#include "desks/screening/rounds/operations.hpp"

namespace fx::screening {
namespace {

using Place = std::tuple<RoundId, std::int64_t, std::string>;
struct People {
  std::int64_t roster = 0, added = 0, sampled = 0, elsewhere = 0, exempt = 0, outside = 0;
  friend bool operator==(const People&, const People&) = default;
};

std::map<Place, People> people_of_rows(const Tables& tables) {
  std::map<Place, People> out;
  tables.each(table_type<RoundPerson>(), [&](const void* row) {
    const auto& person = *static_cast<const RoundPerson*>(row);
    People& sum = out[{person.round, person.township, person.building}];
    ++(person.added ? sum.added : sum.roster);
    switch (person.state) {
      case RosterState::rostered: break;
      case RosterState::sampled: ++sum.sampled; break;
      case RosterState::tested_elsewhere: ++sum.elsewhere; break;
      case RosterState::exempt: ++sum.exempt; break;
      case RosterState::out_of_area: ++sum.outside; break;
    }
  });
  return out;
}

/// Roster + added = Σ person states, in every building of every round.
std::vector<std::string> people_add_up(const Tables& tables) {
  std::map<Place, People> counted;
  tables.each(table_type<RoundTally>(), [&](const void* row) {
    const auto& tally = *static_cast<const RoundTally*>(row);
    for (const AreaCount& area : tally.areas) {
      People& sum = counted[{tally.round, area.township, area.building}];
      sum.roster += area.roster;
      sum.added += area.added;
      sum.sampled += area.sampled;
      sum.elsewhere += area.tested_elsewhere;
      sum.exempt += area.exempt;
      sum.outside += area.out_of_area;
    }
  });
  std::erase_if(counted, [](const auto& each) { return each.second == People{}; });
  if (counted == people_of_rows(tables)) return {};
  return {"the counts of a round are not those of its people"};
}

struct Tubes {
  std::int64_t issued = 0, opened = 0, sealed = 0, voided = 0, received = 0, rejected = 0, lost = 0;
  std::int64_t ended_unsealed = 0, results = 0, holds = 0;
  friend bool operator==(const Tubes&, const Tubes&) = default;
};

void add_tube(const Tube& tube, Tubes& sum) {
  ++sum.issued;
  if (!tube.members.empty()) ++sum.opened;
  if (tube.sealed_at) ++sum.sealed;
  if (tube.state == TubeState::voided) ++sum.voided;
  if (tube.state == TubeState::lost) ++sum.lost;
  if (tube.state == TubeState::rejected) {
    if (tube.sealed_at)
      ++sum.rejected;
    else if (!tube.members.empty())
      ++sum.ended_unsealed;
  } else if (tube.received_at) {
    ++sum.received;
  }
  if (tube.has_result()) ++sum.results;
  if (tube.single()) return;
  for (const Member& member : tube.members)
    if (member.state == MemberState::hold || member.state == MemberState::resampled ||
        member.state == MemberState::grey)
      ++sum.holds;
}

/// Tubes issued = used + voided + unused; sealed = received + rejected + in transit + lost; holds are held.
std::vector<std::string> tubes_add_up(const Tables& tables) {
  std::map<RoundId, Tubes> counted;
  std::map<RoundId, Tubes> found;
  tables.each(table_type<RoundTally>(), [&](const void* row) {
    const auto& tally = *static_cast<const RoundTally*>(row);
    Tubes& sum = counted[tally.round];
    sum.issued += tally.issued;
    sum.opened += tally.opened;
    sum.sealed += tally.sealed;
    sum.voided += tally.voided;
    sum.received += tally.received;
    sum.rejected += tally.rejected;
    sum.lost += tally.lost;
    sum.ended_unsealed += tally.ended_unsealed;
    sum.results += tally.negative + tally.positive + tally.grey + tally.invalid;
    sum.holds += tally.holds;
  });
  tables.each(table_type<Tube>(), [&](const void* row) {
    const auto& tube = *static_cast<const Tube*>(row);
    if (tube.round) add_tube(tube, found[*tube.round]);
  });
  std::erase_if(counted, [](const auto& each) { return each.second == Tubes{}; });
  if (counted == found) return {};
  return {"the counts of a round are not those of its tubes"};
}

/// A sampled person is in the tube the row names. Nobody is called missed who has a specimen and was never called back.
/// (Two tubes of one person, one amended from invalid, the other failed after it: called back, sampled once more.)
std::vector<std::string> persons_and_tubes_agree(const Tables& tables) {
  std::map<std::pair<RoundId, PersonId>, RoundPerson> said;
  tables.each(table_type<RoundPerson>(), [&](const void* row) {
    const auto& person = *static_cast<const RoundPerson*>(row);
    if (person.state == RosterState::sampled || person.state == RosterState::rostered)
      said[{person.round, person.person}] = person;
  });
  std::vector<std::string> breaches;
  tables.each(table_type<Tube>(), [&](const void* row) {
    const auto& tube = *static_cast<const Tube*>(row);
    if (!tube.round) return;
    for (const Member& member : tube.members) {
      const auto found = said.find({*tube.round, member.person});
      if (found == said.end() || member.state == MemberState::recalled) continue;
      if (found->second.tube == tube.id)
        said.erase(found);
      else if (!tube.resample_of && !found->second.tube && !found->second.called_back)
        breaches.push_back(tube.code + " holds somebody who is called missed");
    }
  });
  for (const auto& [who, person] : said)
    if (person.tube) breaches.emplace_back("somebody is sampled in a tube that does not hold them");
  return breaches;
}

/// Whoever is held is a member of a pool nobody has settled for them, and the other way round.
std::vector<std::string> the_held_are_held(const Tables& tables) {
  std::set<std::pair<PersonId, TubeId>> held;
  tables.each(table_type<TestedPerson>(), [&](const void* row) {
    const auto& person = *static_cast<const TestedPerson*>(row);
    for (const TubeId pool : person.held_in) held.insert({person.id, pool});
  });
  std::set<std::pair<PersonId, TubeId>> open;
  tables.each(table_type<Tube>(), [&](const void* row) {
    const auto& tube = *static_cast<const Tube*>(row);
    if (tube.single()) return;
    for (const Member& member : tube.members)
      if (member.state == MemberState::hold || member.state == MemberState::resampled ||
          member.state == MemberState::grey)
        open.insert({member.person, tube.id});
  });
  if (held == open) return {};
  return {"the persons held are not the members of positive pools that nobody has settled"};
}

std::string closed_is_complete(const Round& round) {
  if (round.state != RoundState::closed || !round.equation) return "";
  const RoundEquation& e = *round.equation;
  return e.missed == 0 && e.pending == 0 && e.holds == 0 && e.in_transit == 0
             ? ""
             : "a round was closed with open ends";
}

}  // namespace

void round_laws(Desk& desk) {
  desk.law("a round's people add up", people_add_up)
      .law("a round's tubes add up", tubes_add_up)
      .law("persons and tubes agree", persons_and_tubes_agree)
      .law("the held are held", the_held_are_held)
      .row_law<Round>("a closed round is complete", closed_is_complete);
}

}  // namespace fx::screening
