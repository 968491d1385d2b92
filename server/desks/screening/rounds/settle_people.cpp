// People who need no sample in this round: tested elsewhere not long ago, exempt by a named officer, out of the area
// with proof. Everybody else without a sample is MISSED.
#include <set>

#include "desks/screening/rounds/operations.hpp"
#include "desks/screening/rounds/share.hpp"

namespace fx::screening {
namespace {

constexpr std::size_t most_at_once = 1000;

template <class C>
void keys(const C& c, const Context&, KeySet& keys) {
  keys.read<Round>(c.round).subject(c.round.raw);
  for (const PersonId person : c.people) keys.own<RoundPerson>(round_person_id(c.round, person));
}

template <class C>
void more_keys(const C& c, const View& view, const Context&, KeySet& keys) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return;
  for (const PersonId id : c.people)
    if (const auto* person = view.find<RoundPerson>(round_person_id(c.round, id)))
      keys.own<RoundTally>(township_tally(*round, person->township));
}

/// The round and the people, as far as all three ask the same.
template <class C>
void judge(const C& c, const Round& round, const View& view, const Context& context, Refusals& no) {
  if (!takes_samples(round, context.occurred_at))
    no.add(wrong_state(round.state, {RoundState::open, RoundState::sampling_closed}));
  if (c.people.empty()) no.add(missing("/people"));
  if (c.people.size() > most_at_once)
    no.add(malformed("/people", "一次最多1000人", "at most 1,000 persons at once"));
  std::set<PersonId> named;
  for (std::size_t i = 0; i < c.people.size() && i < most_at_once; ++i) {
    const std::string path = fmt::format("/people/{}", i);
    const auto* person = view.find<RoundPerson>(round_person_id(round.id, c.people[i]));
    if (person == nullptr)
      no.add(unknown(path));
    else if (person->state != RosterState::rostered)
      no.add(wrong_state(person->state, {RosterState::rostered}, path));
    else if (!named.insert(c.people[i]).second)
      no.add(malformed(path, "列了两次", "listed twice"));
  }
}

template <class C>
Decision settled(const C& c, const Round& round, RosterState state, const View& view,
                 const Context& context) {
  PersonsSettled event{.round = round.id,
                       .county = round.county,
                       .state = state,
                       .moves = {},
                       .sampled_at = {},
                       .proof = {},
                       .reason = {},
                       .approver = context.actor.account};
  for (const PersonId id : c.people) {
    const auto& person = view.get<RoundPerson>(round_person_id(round.id, id));
    event.moves.push_back(move_of(person, state, township_tally(round, person.township)));
  }
  std::ranges::sort(event.moves, {}, &RosterMove::row);
  if constexpr (requires { c.proof; }) event.proof = c.proof;
  if constexpr (requires { c.sampled_at; }) event.sampled_at = c.sampled_at;
  if constexpr (requires { c.reason; }) event.reason = c.reason.ref;
  return {{std::move(event)}};
}

Result<Decision> elsewhere(const NoteTestedElsewhere& c, const View& view, const Context& context) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr || !holds_here(*round, context)) return unknown("/round");
  Refusals no;
  if (c.proof.empty()) no.add(missing("/proof"));
  const auto hours = context.number("E.mass.elsewhere_h", context.actor.jurisdiction);
  const auto age = context.occurred_at - c.sampled_at;
  if (c.sampled_at > context.occurred_at || !hours ||
      age > std::chrono::hours(static_cast<std::int64_t>(*hours)))
    no.add("R-RND-6", "/sampled_at");
  judge(c, *round, view, context, no);
  if (!no.empty()) return no;
  return settled(c, *round, RosterState::tested_elsewhere, view, context);
}

Result<Decision> exempt(const ExemptPeople& c, const View& view, const Context& context) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr || !holds_here(*round, context)) return unknown("/round");
  Refusals no;
  if (c.reason.empty()) no.add(missing("/reason"));
  judge(c, *round, view, context, no);
  if (!no.empty()) return no;
  return settled(c, *round, RosterState::exempt, view, context);
}

Result<Decision> outside(const NoteOutOfArea& c, const View& view, const Context& context) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr || !holds_here(*round, context)) return unknown("/round");
  Refusals no;
  if (c.proof.empty()) no.add(missing("/proof"));
  judge(c, *round, view, context, no);
  if (!no.empty()) return no;
  return settled(c, *round, RosterState::out_of_area, view, context);
}

}  // namespace

void settle_people(Desk& desk) {
  desk.operation<NoteTestedElsewhere>("note_tested_elsewhere", {"登记他处已检", "Note a test elsewhere"})
      .by({Role::GRID, Role::SMP, Role::CDC, Role::DO})
      .keys(keys<NoteTestedElsewhere>)
      .more_keys(more_keys<NoteTestedElsewhere>)
      .decide(elsewhere);
  desk.operation<ExemptPeople>("exempt_people", {"批准免采", "Exempt people"})
      .by({Role::CMD, Role::HA, Role::CDC})
      .keys(keys<ExemptPeople>)
      .more_keys(more_keys<ExemptPeople>)
      .decide(exempt);
  desk.operation<NoteOutOfArea>("note_out_of_area", {"登记不在本地", "Note people out of the area"})
      .by({Role::GRID, Role::POL, Role::CDC, Role::DO})
      .keys(keys<NoteOutOfArea>)
      .more_keys(more_keys<NoteOutOfArea>)
      .decide(outside);
}

}  // namespace fx::screening
