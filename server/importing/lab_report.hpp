#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

/// A laboratory's report as it came in, read but not judged: which commands it becomes is the sink's
/// business. What a field does not say is empty.
namespace fx::importing {

/// What a value says about the pathogen. `none`: the observation is no result (a question, a comment).
/// `unreadable`: a result of a pathogen we follow that the table cannot read, so that a person must.
enum class LabVerdict { none, positive, negative, indeterminate, invalid, unreadable };
BOOST_DESCRIBE_ENUM(LabVerdict, none, positive, negative, indeterminate, invalid, unreadable)

/// What OBX-11 does (settled 26): a correction without an original counts as first; a withdrawal takes the
/// original back; whatever is without consequence is kept and opens nothing.
enum class Standing { final_result, correction, withdrawal, without_consequence };
BOOST_DESCRIBE_ENUM(Standing, final_result, correction, withdrawal, without_consequence)

enum class TestMethod { unknown, nucleic_acid, antigen, antibody, culture };
BOOST_DESCRIBE_ENUM(TestMethod, unknown, nucleic_acid, antigen, antibody, culture)

enum class Sex { unknown, male, female };
BOOST_DESCRIBE_ENUM(Sex, unknown, male, female)

/// A value with its code, as HL7's CE and CWE carry it.
struct Coded {
  std::string code;
  std::string text;
  std::string system;
  std::string alt_code;
  std::string alt_text;
  std::string alt_system;
  std::string original_text;
  friend bool operator==(const Coded&, const Coded&) = default;
};
BOOST_DESCRIBE_STRUCT(Coded, (), (code, text, system, alt_code, alt_text, alt_system, original_text))

struct Observation {
  std::string set_id;
  Coded test;
  std::string sub_id;
  std::string value_type;
  Coded value;  ///< for numbers and texts only `text`
  std::string units;
  std::string reference_range;
  std::string abnormal;
  std::string status;  ///< OBX-11 as sent
  Standing standing = Standing::without_consequence;
  std::optional<Instant> observed_at;
  std::optional<Instant> analysed_at;
  std::string performer;
  LabVerdict verdict = LabVerdict::none;
  std::string pathogen;  ///< of reference/hl7-results.toml; empty: none that we follow
  TestMethod method = TestMethod::unknown;
  std::string question;  ///< of the same table: symptom_onset, pregnant …; empty for a result
  std::vector<std::string> comments;
  std::size_t row = 0;
};
BOOST_DESCRIBE_STRUCT(Observation, (),
                      (set_id, test, sub_id, value_type, value, units, reference_range, abnormal, status,
                       standing, observed_at, analysed_at, performer, verdict, pathogen, method, question,
                       comments, row))

struct LabSpecimen {
  std::string id;  ///< the laboratory's, else the sender's, else the order's number
  Coded kind;
  std::optional<Instant> collected_at;
  std::optional<Instant> received_at;
};
BOOST_DESCRIBE_STRUCT(LabSpecimen, (), (id, kind, collected_at, received_at))

struct LabOrder {
  std::string placer_id;
  std::string filler_id;
  Coded test;
  std::string status;  ///< OBR-25 as sent; OBX-11 decides
  std::optional<Instant> reported_at;
  LabSpecimen specimen;
  std::vector<Observation> observations;
  std::vector<std::string> comments;
};
BOOST_DESCRIBE_STRUCT(LabOrder, (),
                      (placer_id, filler_id, test, status, reported_at, specimen, observations, comments))

struct PatientNumber {
  std::string value;
  std::string type;  ///< HL7 table 0203: PI, MR, SS, NNCHN …
  std::string authority;
};
BOOST_DESCRIBE_STRUCT(PatientNumber, (), (value, type, authority))

struct LabPatient {
  std::vector<PatientNumber> numbers;
  std::string family;
  std::string given;
  std::string middle;
  std::string name;       ///< as a Chinese or a Latin name is written; empty when withheld
  std::string name_type;  ///< HL7 table 0200: L legal, S pseudonym, U withheld …
  std::optional<Day> birth_day;
  Sex sex = Sex::unknown;
  std::vector<std::string> phones;
  std::vector<std::string> emails;
  std::string address;
  std::string city;
  std::string state;
  std::string postcode;
  std::string country;
};
BOOST_DESCRIBE_STRUCT(LabPatient, (),
                      (numbers, family, given, middle, name, name_type, birth_day, sex, phones, emails,
                       address, city, state, postcode, country))

struct LabReport {
  std::string message_id;  ///< MSH-10
  std::string version;     ///< MSH-12
  std::string processing;  ///< MSH-11: P production, T training, D debugging
  Instant sent_at;         ///< MSH-7
  std::string sending_application;
  std::string sending_facility;  ///< its registered number where given, else its name
  std::string receiving_application;
  std::string receiving_facility;
  LabPatient patient;
  std::vector<LabOrder> orders;
  std::vector<std::string> comments;
};
BOOST_DESCRIBE_STRUCT(LabReport, (),
                      (message_id, version, processing, sent_at, sending_application, sending_facility,
                       receiving_application, receiving_facility, patient, orders, comments))

}  // namespace fx::importing
