#pragma once

#include <initializer_list>

#include "importing/hl7_patient.hpp"

/// What readers of HL7 messages share.
namespace fx::importing {

/// MSH: who says what to whom.
struct Hl7Header {
  std::string kind;           ///< MSH-9: ORU^R01
  std::string message_id;     ///< MSH-10
  std::string processing;     ///< MSH-11
  std::string version;        ///< MSH-12
  std::string character_set;  ///< MSH-18
  Instant sent_at;
  std::string sending_application;
  std::string sending_facility;  ///< its registered number where given, else its name
  std::string receiving_application;
  std::string receiving_facility;
};

/// As it stands, judged by nobody.
Hl7Header header_of(const Hl7Segment& msh);
/// Refuses  MSH-7, MSH-10, MSH-12 empty, a version that is not read, a message that is none of `kinds`
Hl7Header read_header(const Hl7Segment& msh, std::initializer_list<std::string_view> kinds, Hl7Notes& notes);

/// An entity's own number and who gave it (EI, HD): the first of these components that says something.
std::string first_of(const Hl7Field& field, std::initializer_list<std::size_t> components);

Coded coded_of(const Hl7Field& field);
bool is_coded_type(std::string_view type);

}  // namespace fx::importing
