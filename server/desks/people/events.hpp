#pragma once

// Persons (P). Names, numbers, telephones and addresses lie encrypted beside the ledger; events carry ids and hashes.

#include "desks/people/documents.hpp"
#include "kernel/event.hpp"

namespace fx::people {

FX_TAG(MergeReview, "merge_review");
FX_TAG(Assignment, "assignment");

enum class PersonState { provisional, identified, merged };
BOOST_DESCRIBE_ENUM(PersonState, provisional, identified, merged)

struct PersonRegistered {
  static constexpr std::string_view name = "people.person_registered";
  PersonId person;
  UnitId unit;
  PersonState state = PersonState::provisional;
  std::string identity_hash;
  std::optional<DocumentType> document_type;
  std::optional<RawId> document_claim;
  Sex sex = Sex::unknown;
  std::optional<Day> birth_day;
  std::optional<PersonId> guardian;
  std::vector<std::string> warnings;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(PersonRegistered, (),
                      (person, unit, state, identity_hash, document_type, document_claim, sex, birth_day,
                       guardian, warnings, reason))

/// Met again by somebody who could not ask (offline): the id made there is an alias of who holds the document.
struct PersonRecognised {
  static constexpr std::string_view name = "people.person_recognised";
  PersonId person;
  PersonId into;
  UnitId unit;
  std::string identity_hash;
};
BOOST_DESCRIBE_STRUCT(PersonRecognised, (), (person, into, unit, identity_hash))

struct PersonIdentified {
  static constexpr std::string_view name = "people.person_identified";
  PersonId person;
  std::string identity_hash;
  DocumentType document_type = DocumentType::resident_id;
  RawId document_claim;
  Sex sex = Sex::unknown;
  std::optional<Day> birth_day;
  std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(PersonIdentified, (),
                      (person, identity_hash, document_type, document_claim, sex, birth_day, warnings))

struct PersonCorrected {
  static constexpr std::string_view name = "people.person_corrected";
  PersonId person;
  std::string identity_hash;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(PersonCorrected, (), (person, identity_hash, reason))

/// Merge is an alias: references stay as they were, reads follow it (kernel-notes §8).
struct PersonsMerged {
  static constexpr std::string_view name = "people.persons_merged";
  PersonId person;
  PersonId into;
  AccountId first_reader;
  AccountId second_reader;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(PersonsMerged, (), (person, into, first_reader, second_reader, reason))

/// The merge was an error: the alias is dropped, every reference is as it was. What was recorded on the other entry since
/// the merge is reviewed.
struct PersonUnmerged {
  static constexpr std::string_view name = "people.person_unmerged";
  PersonId person;
  PersonId from;
  MergeReviewId review;
  UnitId cdc;
  Instant merged_at;
  AccountId first_reader;
  AccountId second_reader;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(PersonUnmerged, (),
                      (person, from, review, cdc, merged_at, first_reader, second_reader, reason))

struct RecordAssigned {
  static constexpr std::string_view name = "people.record_assigned";
  AssignmentId assignment;
  MergeReviewId review;
  RawId record;
  std::string kind;
  PersonId person;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(RecordAssigned, (), (assignment, review, record, kind, person, by))

struct MergeReviewClosed {
  static constexpr std::string_view name = "people.merge_review_closed";
  MergeReviewId review;
  AccountId by;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(MergeReviewClosed, (), (review, by, note))

/// A desk whose rules depend on age asked.
struct BirthDayTold {
  static constexpr std::string_view name = "people.birth_day_told";
  PersonId person;
  Day birth_day;
};
BOOST_DESCRIBE_STRUCT(BirthDayTold, (), (person, birth_day))

struct PersonDied {
  static constexpr std::string_view name = "people.person_died";
  PersonId person;
  Day day;
};
BOOST_DESCRIBE_STRUCT(PersonDied, (), (person, day))

}  // namespace fx::people
