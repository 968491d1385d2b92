// The list of a round, in pieces of at most 1,000: who stands on it already is passed over, so a piece may be sent
// again, or two lists may overlap.
#include <set>

#include "desks/screening/rounds/operations.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {
namespace {

constexpr std::size_t most_at_once = 1000;  // a set-valued event (kernel-notes §7)

void keys(const EnrolPeople& c, const Context&, KeySet& keys) {
  keys.read<Round>(c.round).subject(c.round.raw);
  for (const RosterLine& line : c.people) keys.own<RoundPerson>(round_person_id(c.round, line.person));
}

void more_keys(const EnrolPeople& c, const View& view, const Context&, KeySet& keys) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return;
  std::set<std::int64_t> townships;
  for (const RosterLine& line : c.people) townships.insert(line.township);
  for (const std::int64_t township : townships) keys.own<RoundTally>(township_tally(*round, township));
}

Result<Decision> decide(const EnrolPeople& c, const View& view, const Context& context) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr || !holds_here(*round, context)) return unknown("/round");
  Refusals no;
  using enum RoundState;
  if (!is_one_of(round->state, {planned, approved, open}))
    no.add(wrong_state(round->state, {planned, approved, open}));
  if (c.people.empty()) no.add(missing("/people"));
  if (c.people.size() > most_at_once)
    no.add(malformed("/people", "一次最多1000人", "at most 1,000 persons at once"));
  if (!no.empty()) return no;

  RosterEnrolled enrolled{round->id, round->county, {}};
  std::map<std::int64_t, RawId> tallies;
  std::set<RawId> named;
  for (const RosterLine& line : c.people) {
    const RoundPersonId row = round_person_id(c.round, line.person);
    if (view.find<RoundPerson>(row) != nullptr || !named.insert(row.raw).second) continue;
    auto [tally, fresh] = tallies.try_emplace(line.township);
    if (fresh) tally->second = township_tally(*round, line.township);
    enrolled.moves.push_back({row.raw, line.person, line.township, line.building, false, std::nullopt,
                              RosterState::rostered, tally->second});
  }
  if (enrolled.moves.empty()) return Decision{};  // all of them stood there
  std::ranges::sort(enrolled.moves, {}, &RosterMove::row);
  return Decision{{std::move(enrolled)}};
}

}  // namespace

void enrol_people(Desk& desk) {
  desk.operation<EnrolPeople>("enrol_people", {"录入应检名单", "Put people on the list of a round"})
      .by({Role::CMD, Role::DO, Role::CDC, Role::HA, Role::GRID})
      .keys(keys)
      .more_keys(more_keys)
      .decide(decide);
}

}  // namespace fx::screening
