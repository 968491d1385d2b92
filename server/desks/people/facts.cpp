#include "desks/people/facts.hpp"

namespace fx::people {
namespace {

/// The claim that one person holds a document number. An alias keeps its claim: the number leads to whom it stands for,
/// and nobody else is registered with it.
template <class E>
void claim(Desk& desk) {
  desk.evolves<E, Claim>([](const E& e) { return std::optional<RawId>(e.document_claim); },
                         [](Claim& row, const E& e, const Stamp&) {
                           row = {std::optional<RawId>(e.document_claim).value(), "document", e.person.raw};
                         });
}

void add(Aliases& row, PersonId into, PersonId entry) {
  row.id = into;
  if (std::ranges::find(row.entries, entry) == row.entries.end()) row.entries.push_back(entry);
}

void alias_facts(Desk& desk) {
  desk.evolves<PersonsMerged, Aliases>(&PersonsMerged::into, [](Aliases& row, const PersonsMerged& e,
                                                                const Stamp&) { add(row, e.into, e.person); })
      .evolves<PersonRecognised, Aliases>(
          &PersonRecognised::into,
          [](Aliases& row, const PersonRecognised& e, const Stamp&) { add(row, e.into, e.person); })
      .evolves<PersonUnmerged, Aliases>(
          &PersonUnmerged::from,
          [](Aliases& row, const PersonUnmerged& e, const Stamp&) { std::erase(row.entries, e.person); });
}

}  // namespace

void add_facts(Desk& desk) {
  alias_facts(desk);
  desk.table<Person>({.indexes = {"registered_at"}})
      .table<Aliases>()
      .table<MergeReview>({.indexes = {"cdc, open"}})
      .table<AssignedRecord>({.indexes = {"person", "review"}});
  desk.event<RecordAssigned>().event<MergeReviewClosed>();
  desk.event<PersonRegistered>().event<PersonIdentified>().event<PersonCorrected>().event<PersonsMerged>();
  desk.event<PersonUnmerged>().event<PersonDied>().event<PersonRecognised>();
  desk.evolves<PersonRegistered, Person>(&PersonRegistered::person,
                                         [](Person& row, const PersonRegistered& e, const Stamp& at) {
                                           row.id = e.person;
                                           row.state = e.state;
                                           row.guardian = e.guardian;
                                           row.sex = e.sex;
                                           row.birth_day = e.birth_day;
                                           row.document_type = e.document_type;
                                           row.document_claim = e.document_claim;
                                           row.identity_hash = e.identity_hash;
                                           row.unit = e.unit;
                                           row.registered_at = at.occurred_at;
                                           row.warnings = e.warnings;
                                         });
  claim<PersonRegistered>(desk);
  desk.evolves<PersonRecognised, Person>(&PersonRecognised::person,
                                         [](Person& row, const PersonRecognised& e, const Stamp& at) {
                                           row.id = e.person;
                                           row.state = PersonState::merged;
                                           row.merged_into = e.into;
                                           row.identity_hash = e.identity_hash;
                                           row.unit = e.unit;
                                           row.registered_at = at.occurred_at;
                                         });
  desk.evolves<PersonIdentified, Person>(&PersonIdentified::person,
                                         [](Person& row, const PersonIdentified& e, const Stamp&) {
                                           row.state = PersonState::identified;
                                           row.sex = e.sex;
                                           row.birth_day = e.birth_day;
                                           row.document_type = e.document_type;
                                           row.document_claim = e.document_claim;
                                           row.identity_hash = e.identity_hash;
                                           row.warnings = e.warnings;
                                         });
  claim<PersonIdentified>(desk);
  desk.evolves<PersonCorrected, Person>(
      &PersonCorrected::person,
      [](Person& row, const PersonCorrected& e, const Stamp&) { row.identity_hash = e.identity_hash; });
  desk.evolves<PersonsMerged, Person>(&PersonsMerged::person,
                                      [](Person& row, const PersonsMerged& e, const Stamp& at) {
                                        row.state = PersonState::merged;
                                        row.merged_at = at.occurred_at;
                                        row.merged_into = e.into;
                                      });
  desk.evolves<PersonUnmerged, Person>(
      &PersonUnmerged::person, [](Person& row, const PersonUnmerged&, const Stamp&) {
        row.state = row.document_claim ? PersonState::identified : PersonState::provisional;
        row.merged_into.reset();
        row.merged_at.reset();
      });
  desk.evolves<PersonUnmerged, MergeReview>(&PersonUnmerged::review,
                                            [](MergeReview& row, const PersonUnmerged& e, const Stamp& at) {
                                              row.id = e.review;
                                              row.person = e.person;
                                              row.other = e.from;
                                              row.cdc = e.cdc;
                                              row.since = e.merged_at;
                                              row.until = at.occurred_at;
                                            });
  desk.evolves<RecordAssigned, MergeReview>(&RecordAssigned::review,
                                            [](MergeReview& row, auto&, auto&) { ++row.assigned; });
  desk.evolves<RecordAssigned, AssignedRecord>(
      &RecordAssigned::assignment, [](AssignedRecord& row, const RecordAssigned& e, const Stamp& at) {
        row = {e.assignment, e.review, e.record, e.kind, e.person, e.by, at.occurred_at};
      });
  desk.evolves<MergeReviewClosed, MergeReview>(&MergeReviewClosed::review,
                                               [](MergeReview& row, auto&, const Stamp& at) {
                                                 row.open = false;
                                                 row.closed_at = at.occurred_at;
                                               });
  desk.evolves<PersonDied, Person>(&PersonDied::person,
                                   [](Person& row, const PersonDied&, const Stamp&) { row.deceased = true; });
}

}  // namespace fx::people
