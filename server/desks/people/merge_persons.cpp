// Two entries for one person: the loser becomes an alias, nothing that names it is rewritten.

#include "desks/people/operations.hpp"

namespace fx::people {
namespace {

bool reads_for_cdc(const Context& context, AccountId account) {
  for (const Holding* holding : context.reference.holdings_of(account, context.now))
    if (holding->role == Role::CDC) return true;
  return false;
}

Result<Decision> merge_persons(const MergePersons& c, const View& view, const Context& context) {
  const Person* loser = view.find<Person>(c.person);
  const Person* into = view.find<Person>(c.into);
  Refusals no;
  if (loser == nullptr) no.add(unknown("/person"));
  if (into == nullptr) no.add(unknown("/into"));
  if (!no.empty()) return no;
  if (c.person == c.into) no.add("R-PER-7", "/into");
  if (loser->state == PersonState::merged)
    no.add(wrong_state(loser->state, {PersonState::provisional, PersonState::identified}, "/person"));
  if (into->state == PersonState::merged)
    no.add(wrong_state(into->state, {PersonState::provisional, PersonState::identified}, "/into"));
  // The document stays with the entry that has one; the other becomes its alias.
  if (loser->state == PersonState::identified && into->state == PersonState::provisional)
    no.add("R-PER-8", "/into");
  if (c.second_reader == context.actor.account || !reads_for_cdc(context, c.second_reader))
    no.add("R-PER-4", "/second_reader");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{PersonsMerged{c.person, c.into, context.actor.account, c.second_reader, c.reason.ref}}};
}

Result<Decision> unmerge_person(const UnmergePerson& c, const View& view, const Context&) {
  const Person* person = view.find<Person>(c.person);
  if (person == nullptr) return unknown("/person");
  Refusals no;
  if (person->state != PersonState::merged) no.add(wrong_state(person->state, {PersonState::merged}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{PersonUnmerged{c.person, *person->merged_into, c.reason.ref}}};
}

}  // namespace

void add_merge_persons(Desk& desk) {
  desk.operation<MergePersons>("merge_persons", {"合并人员", "Merge two entries of one person"})
      .by({Role::CDC})
      .keys([](const MergePersons& c, const Context&, KeySet& keys) {
        keys.own<Person>(c.person).own<Person>(c.into);
      })
      .decide(merge_persons);
  desk.operation<UnmergePerson>("unmerge_person", {"撤销合并", "Undo a merge"})
      .by({Role::CDC})
      .keys([](const UnmergePerson& c, const Context&, KeySet& keys) { keys.own<Person>(c.person); })
      .decide(unmerge_person);
}

}  // namespace fx::people
