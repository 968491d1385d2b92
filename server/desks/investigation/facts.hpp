#pragma once

#include "desks/investigation/events.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// One person's infection (D1/D2). Never two for one infection: the tube or the line list gives the id.
struct Case {
  static constexpr std::string_view table = "case_file";
  CaseId id;
  PersonId person;
  std::string pathogen;
  CaseState state = CaseState::screen_positive;
  std::optional<Severity> severity;
  bool history = false;
  UnitId hospital;
  std::optional<UnitId> clinic;
  UnitId cdc;
  std::optional<UnitId> county;
  std::optional<TubeId> tube;
  std::optional<EncounterId> encounter;
  std::optional<Day> onset_day;
  Instant sampled_at;
  std::optional<Instant> window_from;
  Instant opened_at;
  std::optional<Instant> classified_at;
  std::optional<CaseClass> class_;
  bool first_of_county = false;
  InvestigationStage stage = InvestigationStage::assigned;
  std::optional<AccountId> lead;
  bool exclusion_proposed = false;
};
BOOST_DESCRIBE_STRUCT(Case, (),
                      (id, person, pathogen, state, severity, history, hospital, clinic, cdc, county, tube,
                       encounter, onset_day, sampled_at, window_from, opened_at, classified_at, class_,
                       first_of_county, stage, lead, exclusion_proposed))

/// Somebody named as having met a case (D3).
struct Contact {
  static constexpr std::string_view table = "contact";
  ContactId id;
  CaseId case_id;
  PersonId person;
  ContactKind kind = ContactKind::other;
  ContactState state = ContactState::named;
  UnitId cdc;
  std::optional<ContactClass> class_;
  std::optional<Instant> exposure_from;
  std::optional<Instant> exposure_until;
  std::string place;
  bool is_protected = false;
  Instant named_at;
  std::optional<AccountId> judge;
  std::optional<Instant> judged_at;
  std::optional<Day> last_exposure_day;
  std::optional<double> distance_m;
};
BOOST_DESCRIBE_STRUCT(Contact, (),
                      (id, case_id, person, kind, state, cdc, class_, exposure_from, exposure_until, place,
                       is_protected, named_at, judge, judged_at, last_exposure_day, distance_m))

/// The contacts of one case; or the cases' contacts that one person is (the key tells which).
struct ContactList {
  static constexpr std::string_view table = "contact_list";
  static constexpr bool subject = false;
  RawId id;
  std::vector<ContactId> contacts;
};
BOOST_DESCRIBE_STRUCT(ContactList, (), (id, contacts))

RawId contacts_of_case(CaseId id);
RawId contacts_of_person(PersonId id);
/// The claim that a person is a contact of a case once only.
RawId contact_claim(CaseId case_id, PersonId person);

/// How many cases of a pathogen a county has had classified: tells the first.
struct CountyCases {
  static constexpr std::string_view table = "county_cases";
  static constexpr bool subject = false;
  RawId id;
  std::string pathogen;
  std::int64_t classified = 0;
};
BOOST_DESCRIBE_STRUCT(CountyCases, (), (id, pathogen, classified))

/// Key of the count for the county where a case is at home.
RawId county_cases_key(CaseId id, const std::string& pathogen);

void add_facts(Desk& desk);

}  // namespace fx::investigation
