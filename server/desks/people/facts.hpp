#pragma once

#include "desks/people/events.hpp"
#include "kernel/derive.hpp"
#include "kernel/desk.hpp"

namespace fx::people {

/// A person without a name: what the ledger may know. The rest is identity.
struct Person {
  static constexpr std::string_view table = "person";
  PersonId id;
  PersonState state = PersonState::provisional;
  std::optional<PersonId> merged_into;
  std::optional<Instant> merged_at;
  std::optional<PersonId> guardian;
  bool deceased = false;
  Sex sex = Sex::unknown;
  std::optional<Day> birth_day;
  std::optional<DocumentType> document_type;
  std::optional<RawId> document_claim;
  std::string identity_hash;
  UnitId unit;  ///< who registered
  Instant registered_at;
  std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(Person, (),
                      (id, state, merged_into, merged_at, guardian, deceased, sex, birth_day, document_type,
                       document_claim, identity_hash, unit, registered_at, warnings))

/// The entries that were merged into this one, directly: with it they are one person.
struct Aliases {
  static constexpr std::string_view table = "person_aliases";
  static constexpr bool subject = false;
  PersonId id;
  std::vector<PersonId> entries;
};
BOOST_DESCRIBE_STRUCT(Aliases, (), (id, entries))

/// What was recorded on an entry while another person stood as its alias: between these instants.
struct MergeReview {
  static constexpr std::string_view table = "merge_review";
  MergeReviewId id;
  PersonId person;  ///< who was taken for the other
  PersonId other;
  UnitId cdc;
  Instant since;
  Instant until;
  bool open = true;
  std::int32_t assigned = 0;
  std::optional<Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(MergeReview, (), (id, person, other, cdc, since, until, open, assigned, closed_at))

/// Whose a record is that was made meanwhile, as an officer says; the record itself stays as it was.
struct AssignedRecord {
  static constexpr std::string_view table = "assigned_record";
  AssignmentId id;
  MergeReviewId review;
  RawId record;
  std::string kind;
  PersonId person;
  AccountId by;
  Instant assigned_at;
};
BOOST_DESCRIBE_STRUCT(AssignedRecord, (), (id, review, record, kind, person, by, assigned_at))

/// One decision a record; said anew, the last one counts.
inline AssignmentId assignment_of(MergeReviewId review, const RawId& record) {
  return derive<AssignmentTag>(review.raw, "record:" + record.text());
}

void add_facts(Desk& desk);

}  // namespace fx::people
