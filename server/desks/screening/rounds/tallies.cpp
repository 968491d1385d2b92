// The counts of a round: each event moves the row of whoever did it, and the rows of the townships it concerns.
#include <algorithm>

#include "desks/screening/rounds/facts.hpp"

namespace fx::screening {
namespace {

AreaCount& area(RoundTally& row, const RosterMove& move) {
  const auto found = std::ranges::find_if(row.areas, [&](const AreaCount& each) {
    return each.township == move.township && each.building == move.building;
  });
  if (found != row.areas.end()) return *found;
  row.areas.push_back({move.township, move.building, 0, 0, 0, 0, 0, 0});
  return row.areas.back();
}

std::int64_t* cell(AreaCount& area, RosterState state) {
  switch (state) {
    case RosterState::rostered: return nullptr;  // computed: nobody has said anything about them
    case RosterState::sampled: return &area.sampled;
    case RosterState::tested_elsewhere: return &area.tested_elsewhere;
    case RosterState::exempt: return &area.exempt;
    case RosterState::out_of_area: return &area.out_of_area;
  }
  return nullptr;
}

void count_people(RoundTally& row, const std::vector<RosterMove>& moves) {
  for (const RosterMove& move : moves) {
    if (move.tally != row.id) continue;
    AreaCount& counts = area(row, move);
    if (!move.from) ++(move.added ? counts.added : counts.roster);
    if (std::int64_t* from = move.from ? cell(counts, *move.from) : nullptr) --*from;
    if (std::int64_t* to = cell(counts, move.to)) ++*to;
  }
}

/// The rows of counts an event moves, each once: the doer's own first.
std::vector<RawId> rows_of(const std::vector<RosterMove>& moves, std::optional<RawId> own) {
  std::vector<RawId> rows;
  if (own) rows.push_back(*own);
  for (const RosterMove& move : moves)
    if (std::ranges::find(rows, move.tally) == rows.end()) rows.push_back(move.tally);
  return rows;
}

template <class E>
std::vector<RawId> shared_rows(const E& e) {
  return e.share ? rows_of(e.share->moves, e.share->tally) : std::vector<RawId>{};
}

/// A step with a tube: `tubes` counts what it moves besides people, in the doer's own row.
template <class E, class F>
void evolve_share(Desk& desk, F tubes) {
  desk.evolves<E, RoundTally>(shared_rows<E>, [tubes](RoundTally& row, const E& e, const Stamp&) {
    row.round = e.share->round;
    count_people(row, e.share->moves);
    if (row.id == e.share->tally) tubes(row, e);
  });
}

template <class E>
void evolve_list(Desk& desk) {
  const auto rows = [](const E& e) { return rows_of(e.moves, {}); };
  desk.evolves<E, RoundTally>(rows, [](RoundTally& row, const E& e, const Stamp&) {
    row.round = e.round;
    count_people(row, e.moves);
  });
}

void count_result(RoundTally& row, TestResult result, bool single, std::int64_t people, int by) {
  switch (result) {
    case TestResult::negative:
      row.negative += by;
      row.negative_people += by * people;
      break;
    case TestResult::positive:
      row.positive += by;
      if (single) row.positive_people += by * people;
      break;
    case TestResult::grey: row.grey += by; break;
    case TestResult::invalid: row.invalid += by; break;
  }
}

template <class E>
void count_holds(RoundTally& row, const E& e) {
  row.holds += static_cast<std::int64_t>(e.held.size()) - static_cast<std::int64_t>(e.released.size());
}

void count_link(RoundTally& row, const PersonLinked& e) {
  if (e.share->issued) ++row.issued;
  if (e.share->opened) ++row.opened;
  row.holds += static_cast<std::int64_t>(e.held.size());
  if (e.result == TestResult::negative) ++row.negative_people;
}

void count_rejected(RoundTally& row, const TubeRejected& e) {
  row.holds -= static_cast<std::int64_t>(e.released.size());
  if (e.share->arrived) --row.received;
  if (e.share->sealed)
    ++row.rejected;
  else if (e.share->opened)
    ++row.ended_unsealed;
}

}  // namespace

void evolve_tallies(Desk& desk) {
  evolve_list<RosterEnrolled>(desk);
  evolve_list<PersonsSettled>(desk);
  evolve_share<TubePrinted>(desk, [](RoundTally& row, const TubePrinted&) { ++row.issued; });
  evolve_share<PersonLinked>(desk, count_link);
  evolve_share<LinkCorrected>(desk, [](RoundTally& row, const LinkCorrected& e) {
    row.opened -= e.share->emptied ? 1 : 0;
    row.holds -= static_cast<std::int64_t>(e.released.size());
  });
  evolve_share<TubeVoided>(desk, [](RoundTally& row, const TubeVoided&) { ++row.voided; });
  evolve_share<TubeSealed>(desk, [](RoundTally& row, const TubeSealed&) { ++row.sealed; });
  evolve_share<TubeReceived>(desk, [](RoundTally& row, const TubeReceived&) { ++row.received; });
  evolve_share<TubeRejected>(desk, count_rejected);
  evolve_share<TubeLost>(desk, [](RoundTally& row, const TubeLost& e) {
    ++row.lost;
    row.holds -= static_cast<std::int64_t>(e.released.size());
  });
  evolve_share<ResultAuthorised>(desk, [](RoundTally& row, const ResultAuthorised& e) {
    count_result(row, e.result, e.size == 1, e.share->people, 1);
    count_holds(row, e);
  });
  evolve_share<ResultAmended>(desk, [](RoundTally& row, const ResultAmended& e) {
    count_result(row, e.from, e.size == 1, e.share->people, -1);
    count_result(row, e.to, e.size == 1, e.share->people, 1);
    count_holds(row, e);
  });
}

}  // namespace fx::screening
