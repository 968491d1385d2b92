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

MergeReviewId review_of(const UnmergePerson& c, const Context& context) {
  return context.new_id<MergeReviewTag>("review", c.person.home());
}

Result<Decision> unmerge_person(const UnmergePerson& c, const View& view, const Context& context) {
  const Person* person = view.find<Person>(c.person);
  if (person == nullptr) return unknown("/person");
  Refusals no;
  if (person->state != PersonState::merged) no.add(wrong_state(person->state, {PersonState::merged}));
  if (c.second_reader == context.actor.account || !reads_for_cdc(context, c.second_reader))
    no.add("R-PER-4", "/second_reader");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{PersonUnmerged{c.person, *person->merged_into, review_of(c, context), context.actor.unit,
                                  person->merged_at.value_or(person->registered_at), context.actor.account,
                                  c.second_reader, c.reason.ref}}};
}

Result<Decision> assign_record(const AssignRecord& c, const View& view, const Context& context) {
  const MergeReview* review = view.find<MergeReview>(c.review);
  if (review == nullptr) return unknown("/review");
  Refusals no;
  if (!review->open) no.add(wrong_state("closed", {"open"}, "/review"));
  if (c.person != review->person && c.person != review->other) no.add("R-PER-9", "/person");
  if (c.kind.empty()) no.add(missing("/kind"));
  if (c.record.is_nil()) no.add(missing("/record"));
  if (!no.empty()) return no;
  return Decision{{RecordAssigned{assignment_of(c.review, c.record), c.review, c.record, c.kind, c.person,
                                  context.actor.account}}};
}

Result<Decision> close_review(const CloseMergeReview& c, const View& view, const Context& context) {
  const MergeReview* review = view.find<MergeReview>(c.review);
  if (review == nullptr) return unknown("/review");
  Refusals no;
  if (!review->open) no.add(wrong_state("closed", {"open"}, "/review"));
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{MergeReviewClosed{c.review, context.actor.account, c.note.ref}}};
}

template <class C>
std::optional<UnitId> cdc_of_review(const C& c, const View& view, const Context&) {
  const MergeReview* review = view.find<MergeReview>(c.review);
  return review != nullptr ? std::optional(review->cdc) : std::nullopt;
}

}  // namespace

void add_merge_persons(Desk& desk) {
  desk.operation<MergePersons>("merge_persons", {"合并人员", "Merge two entries of one person"})
      .by({Role::CDC})
      .keys([](const MergePersons& c, const Context&, KeySet& keys) {
        keys.own<Person>(c.person).own<Person>(c.into).own<Aliases>(c.into);
      })
      .decide(merge_persons);
  desk.operation<UnmergePerson>("unmerge_person", {"撤销合并", "Undo a merge"})
      .by({Role::CDC})
      .keys([](const UnmergePerson& c, const Context& context, KeySet& keys) {
        keys.own<Person>(c.person).own<MergeReview>(review_of(c, context));
      })
      .more_keys([](const UnmergePerson& c, const View& view, const Context&, KeySet& keys) {
        const Person* person = view.find<Person>(c.person);
        if (person != nullptr && person->merged_into) keys.own<Aliases>(*person->merged_into);
      })
      .decide(unmerge_person);
  desk.operation<AssignRecord>("assign_record", {"认定记录归属", "Say whose a record is"})
      .by({Role::CDC})
      .keys([](const AssignRecord& c, const Context&, KeySet& keys) {
        keys.own<MergeReview>(c.review).own<AssignedRecord>(assignment_of(c.review, c.record));
      })
      .place(cdc_of_review<AssignRecord>)
      .decide(assign_record);
  desk.operation<CloseMergeReview>("close_merge_review",
                                   {"完成误合并核对", "Close the review of an un-merge"})
      .by({Role::CDC})
      .keys([](const CloseMergeReview& c, const Context&, KeySet& keys) { keys.own<MergeReview>(c.review); })
      .place(cdc_of_review<CloseMergeReview>)
      .decide(close_review);
}

}  // namespace fx::people
