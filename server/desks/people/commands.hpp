#pragma once

// What people may ask of the person registry. Members after the description are filled by the front door.

#include "desks/people/events.hpp"

namespace fx::people {

struct RegisterPerson {
  PersonId person;
  Sensitive<std::string> name;
  std::optional<DocumentType> document_type;
  std::optional<Sensitive<std::string>> document_number;
  std::optional<Day> birth_day;
  std::optional<Sex> sex;
  std::optional<Sensitive<std::string>> phone;
  std::optional<Sensitive<std::string>> address;
  std::optional<PersonId> guardian;  ///< of an infant without papers
  std::optional<FreeText> reason;    ///< why there is no document

  std::string identity_hash;
  RawId document_claim;
};
BOOST_DESCRIBE_STRUCT(RegisterPerson, (),
                      (person, name, document_type, document_number, birth_day, sex, phone, address, guardian,
                       reason))

/// Somebody with a document stands here; whether anybody knows them is not known here.
struct MeetPerson {
  PersonId person;
  DocumentType document_type = DocumentType::resident_id;
  Sensitive<std::string> document_number;
  std::optional<Sensitive<std::string>> name;  ///< absent: read off the document later
  std::optional<Sensitive<std::string>> phone;

  std::string identity_hash;
  RawId document_claim;
};
BOOST_DESCRIBE_STRUCT(MeetPerson, (), (person, document_type, document_number, name, phone))

struct IdentifyPerson {
  PersonId person;
  Sensitive<std::string> name;
  DocumentType document_type = DocumentType::resident_id;
  Sensitive<std::string> document_number;
  std::optional<Sensitive<std::string>> phone;
  std::optional<Sensitive<std::string>> address;

  std::string identity_hash;
  RawId document_claim;
};
BOOST_DESCRIBE_STRUCT(IdentifyPerson, (), (person, name, document_type, document_number, phone, address))

struct CorrectPerson {
  PersonId person;
  Sensitive<std::string> name;
  std::optional<DocumentType> document_type;
  std::optional<Sensitive<std::string>> document_number;
  std::optional<Sensitive<std::string>> phone;
  std::optional<Sensitive<std::string>> address;
  FreeText reason;

  std::string identity_hash;
  RawId document_claim;
};
BOOST_DESCRIBE_STRUCT(CorrectPerson, (),
                      (person, name, document_type, document_number, phone, address, reason))

struct MergePersons {
  PersonId person;  ///< the entry that becomes an alias
  PersonId into;
  AccountId second_reader;  ///< another officer of the CDC
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(MergePersons, (), (person, into, second_reader, reason))

struct UnmergePerson {
  PersonId person;
  AccountId second_reader;  ///< another officer of the CDC
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(UnmergePerson, (), (person, second_reader, reason))

/// Says whose a record is that was made while two persons stood as one.
struct AssignRecord {
  MergeReviewId review;
  RawId record;      ///< the tube, stay, contact … that was recorded meanwhile
  std::string kind;  ///< what it is
  PersonId person;   ///< one of the two
};
BOOST_DESCRIBE_STRUCT(AssignRecord, (), (review, record, kind, person))

struct CloseMergeReview {
  MergeReviewId review;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(CloseMergeReview, (), (review, note))

/// From isolation.stay_ordered: under which age rules the person falls.
struct TellBirthDay {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(TellBirthDay, (), (person))

struct RecordDeath {
  PersonId person;
  Day day;
};
BOOST_DESCRIBE_STRUCT(RecordDeath, (), (person, day))

}  // namespace fx::people
