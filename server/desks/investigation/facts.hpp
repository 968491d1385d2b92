#pragma once

#include "desks/investigation/classing/facts.hpp"
#include "desks/investigation/events.hpp"
#include "desks/investigation/orders/facts.hpp"
#include "desks/investigation/sources/facts.hpp"
#include "desks/investigation/teams/facts.hpp"
#include "desks/investigation/trajectory/facts.hpp"
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
  std::optional<TeamId> team;
  std::vector<TeamId> joined_teams;  ///< of the city or province, beside the county's
  std::optional<CaseId> infector;
  std::optional<LinkStrength> link;
  std::optional<CaseId> chain;  ///< first case of its chain; absent: it was never linked
  SourceState source = SourceState::unsaid;
  Origin origin = Origin::unsaid;
  std::optional<AccountId> source_by;
  std::vector<ClusterPlaceId> places;
  FoundBy found_by = FoundBy::community;
  bool in_ring = false;
  bool ring_reviewed = false;
};
BOOST_DESCRIBE_STRUCT(Case, (),
                      (id, person, pathogen, state, severity, history, hospital, clinic, cdc, county, tube,
                       encounter, onset_day, sampled_at, window_from, opened_at, classified_at, class_,
                       first_of_county, stage, lead, exclusion_proposed, team, joined_teams, infector, link,
                       chain, source, origin, source_by, places, found_by, in_ring, ring_reviewed))

enum class PoliceRequest { none, open, closed };
BOOST_DESCRIBE_ENUM(PoliceRequest, none, open, closed)

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
  bool high_risk = false;
  bool owed = true;  ///< false: judged after the period was over
  bool late_decided = false;
  bool release_due = false;  ///< in control, and the class asks for it no longer
  std::optional<StopId> stop;
  std::optional<ContactId> via;
  std::optional<PersonId> via_person;
  ContactClass found_class = ContactClass::none;  ///< what the facts make of it, now
  std::optional<Day> found_day0;
  ClassReason found_reason = ClassReason::no_exposure;
  bool assessed = false;
  PoliceRequest police_request = PoliceRequest::none;
  bool reported = false;  ///< its first contact report is in
  std::optional<UnitId> handed_to;
  std::optional<MeasureOrderId> order;  ///< that somebody gave for this contact, and that stands

  /// Whose affair the contact is: of the CDC that named it, or of the one that has taken it over.
  [[nodiscard]] UnitId in_charge() const { return handed_to.value_or(cdc); }
  /// Found, or to be found no more.
  void end_search() {
    if (police_request == PoliceRequest::open) police_request = PoliceRequest::closed;
  }
};
BOOST_DESCRIBE_STRUCT(Contact, (),
                      (id, case_id, person, kind, state, cdc, class_, exposure_from, exposure_until, place,
                       is_protected, named_at, judge, judged_at, last_exposure_day, distance_m, high_risk,
                       owed, late_decided, release_due, stop, via, via_person, found_class, found_day0,
                       found_reason, assessed, police_request, reported, handed_to, order))

/// The contacts of one case; the contacts that one person is, of whatever case; or those who met one person who is a
/// contact (the key tells which). `persons`: who they are, in the same order.
struct ContactList {
  static constexpr std::string_view table = "contact_list";
  static constexpr bool subject = false;
  RawId id;
  std::vector<ContactId> contacts;
  std::vector<PersonId> persons;
};
BOOST_DESCRIBE_STRUCT(ContactList, (), (id, contacts, persons))

RawId contacts_of_case(CaseId id);
RawId contacts_of_person(PersonId id);
RawId contacts_via(PersonId id);
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

/// Whom the police look for: whoever is a contact still, and of more than a general kind.
inline bool is_worth_a_search(ContactClass c) {
  return c != ContactClass::general && c != ContactClass::none;
}

void add_facts(Desk& desk);

}  // namespace fx::investigation
