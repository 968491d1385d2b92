#pragma once

#include "desks/isolation/commands.hpp"
#include "desks/isolation/evidence/events.hpp"
#include "desks/isolation/facts.hpp"
#include "kernel/context.hpp"
#include "kernel/view.hpp"

namespace fx::isolation {

/// Whom a contact of a contact had met.
struct MetContact {
  static constexpr std::string_view table = "met_contact";
  static constexpr bool subject = false;
  ContactId id;
  PersonId met;
};
BOOST_DESCRIBE_STRUCT(MetContact, (), (id, met))

/// The first tubes of a close contact since the last exposure, in the order in which they were sampled: of each pathogen as
/// many as a release may ask for.
struct FirstTests {
  static constexpr std::string_view table = "first_tests";
  static constexpr bool subject = false;
  struct Sample {
    TubeId tube;
    Instant sealed_at;
    std::optional<TestState> result;
    std::optional<std::string> pathogen;  ///< absent: nobody said
  };
  PersonId id;
  std::vector<Sample> samples;
};
BOOST_DESCRIBE_STRUCT(FirstTests::Sample, (), (tube, sealed_at, result, pathogen))
BOOST_DESCRIBE_STRUCT(FirstTests, (), (id, samples))

/// How ill a case is, as far as it was classified.
struct KnownCase {
  static constexpr std::string_view table = "known_case";
  static constexpr bool subject = false;
  CaseId id;
  std::string severity;
};
BOOST_DESCRIBE_STRUCT(KnownCase, (), (id, severity))

struct CaseOfPerson {
  static constexpr std::string_view table = "case_of_person";
  static constexpr bool subject = false;
  PersonId id;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(CaseOfPerson, (), (id, case_id))

/// Of whoever is or was under a measure, as far as papers say it.
struct BirthDay {
  static constexpr std::string_view table = "birth_day";
  static constexpr bool subject = false;
  PersonId id;
  Day birth_day;
};
BOOST_DESCRIBE_STRUCT(BirthDay, (), (id, birth_day))

/// Full years on a day.
std::int32_t years_old(Day birth_day, Day on);

/// The part of the desk that listens to what other desks find out.
void add_evidence(Desk& desk);

// ---- a contact's first tests ---------------------------------------------------------------------------------------

/// Keys of negatives_behind: in two hops.
void read_first_tests(const Stay& stay, const View& view, KeySet& keys);
/// How many of the first tests of the contact whom the person of this stay had met are negative for the stay's pathogen.
/// Nothing: nobody is known to have been met.
std::optional<std::int32_t> negatives_behind(const Stay& stay, const View& view);

/// The tube is one of the first of a close contact, or answers one: as an event.
void note_first_sample(const NoteSample& c, const View& view, const Context& context, Decision& decision);
void note_first_result(const NoteResult& c, const View& view, Decision& decision);

// ---- a case's severity ---------------------------------------------------------------------------------------------

/// Keys of severity_of: in two hops.
void read_severity(PersonId person, const View& view, KeySet& keys);
/// Empty: not classified yet, or no case.
std::string severity_of(PersonId person, const View& view);

}  // namespace fx::isolation
