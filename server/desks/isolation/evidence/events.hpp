#pragma once

// What other desks found out and a measure has to know: whom a contact of a contact had met, how the first tests of that
// contact came out, how ill a case is, and how old somebody is.

#include "desks/isolation/events.hpp"

namespace fx::isolation {

/// The contact was met, not the case itself (次密接).
struct MetContactNoted {
  static constexpr std::string_view name = "isolation.met_contact_noted";
  ContactId contact;
  PersonId met;
};
BOOST_DESCRIBE_STRUCT(MetContactNoted, (), (contact, met))

/// One of the first tubes of a close contact.
struct FirstTestSampled {
  static constexpr std::string_view name = "isolation.first_test_sampled";
  PersonId person;
  TubeId tube;
  std::optional<Instant> sealed_at;
  std::optional<std::string> pathogen;  ///< absent: nobody said
};
BOOST_DESCRIBE_STRUCT(FirstTestSampled, (), (person, tube, sealed_at, pathogen))

struct FirstTestAnswered {
  static constexpr std::string_view name = "isolation.first_test_answered";
  PersonId person;
  TubeId tube;
  TestState result = TestState::negative;  ///< negative | positive | no_answer: it was no test
};
BOOST_DESCRIBE_STRUCT(FirstTestAnswered, (), (person, tube, result))

struct SeverityNoted {
  static constexpr std::string_view name = "isolation.severity_noted";
  CaseId case_id;
  std::optional<PersonId> person;
  std::string severity;
};
BOOST_DESCRIBE_STRUCT(SeverityNoted, (), (case_id, person, severity))

struct BirthDayNoted {
  static constexpr std::string_view name = "isolation.birth_day_noted";
  PersonId person;
  Day birth_day;
};
BOOST_DESCRIBE_STRUCT(BirthDayNoted, (), (person, birth_day))

}  // namespace fx::isolation
