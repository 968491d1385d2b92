#pragma once

// What became known of cases and of the people they met. First member of each: the thing it is about.

#include "desks/investigation/classing/events.hpp"
#include "desks/investigation/sources/events.hpp"
#include "desks/investigation/trajectory/events.hpp"

namespace fx::investigation {

/// D1/D2 of the domain model.
enum class CaseState {
  screen_positive,
  excluded,
  asymptomatic,
  suspected,
  confirmed,
  discharged,
  follow_up,
  closed,
  died
};
BOOST_DESCRIBE_ENUM(CaseState, screen_positive, excluded, asymptomatic, suspected, confirmed, discharged,
                    follow_up, closed, died)

/// What a classification may say.
enum class CaseClass { suspected, asymptomatic, confirmed };
BOOST_DESCRIBE_ENUM(CaseClass, suspected, asymptomatic, confirmed)

/// Only of confirmed cases: 轻型 普通型 重型 危重型.
enum class Severity { mild, ordinary, severe, critical };
BOOST_DESCRIBE_ENUM(Severity, mild, ordinary, severe, critical)

enum class CaseOutcome { cured, died, unknown };
BOOST_DESCRIBE_ENUM(CaseOutcome, cured, died, unknown)

enum class InvestigationStage {
  assigned,
  started,
  core_facts,
  first_report,
  full,
  source_found,
  source_unknown
};
BOOST_DESCRIBE_ENUM(InvestigationStage, assigned, started, core_facts, first_report, full, source_found,
                    source_unknown)

/// D3: NAMED → VERIFIED → JUDGED → NOTIFIED → LOCATED → IN_CONTROL → COMPLETED, with its ways aside. `released`: the
/// case was excluded, nobody met it.
enum class ContactState {
  named,
  verified,
  judged,
  notified,
  located,
  in_control,
  completed,
  handed_over,
  untraced,
  upgraded_to_case,
  released
};
BOOST_DESCRIBE_ENUM(ContactState, named, verified, judged, notified, located, in_control, completed,
                    handed_over, untraced, upgraded_to_case, released)

enum class ContactKind { patient, staff, household, colleague, companion, service, other };
BOOST_DESCRIBE_ENUM(ContactKind, patient, staff, household, colleague, companion, service, other)

/// By which evidence a positive first sample is refuted.
enum class SecondTest { other_reagent, other_laboratory };
BOOST_DESCRIBE_ENUM(SecondTest, other_reagent, other_laboratory)

struct CaseOpened {
  static constexpr std::string_view name = "investigation.case_opened";
  CaseId case_id;
  PersonId person;
  std::string pathogen;
  CaseState state = CaseState::screen_positive;
  bool history = false;
  UnitId hospital;  ///< the diagnosing unit
  std::optional<UnitId> clinic;
  UnitId cdc;                    ///< county CDC that investigates
  std::optional<UnitId> county;  ///< command post of the county
  std::optional<TubeId> tube;
  std::optional<EncounterId> encounter;
  std::optional<Day> onset_day;
  Instant sampled_at;
  std::optional<Instant>
      window_from;  ///< infectious from; absent when the pathogen's rulebook gives no window
  FoundBy found_by = FoundBy::community;
  bool in_ring = false;  ///< under an order when it was sampled, as far as the contacts show
};
BOOST_DESCRIBE_STRUCT(CaseOpened, (),
                      (case_id, person, pathogen, state, history, hospital, clinic, cdc, county, tube,
                       encounter, onset_day, sampled_at, window_from, found_by, in_ring))

/// An old case taken over from a line list: known, nothing is owed for it.
struct CaseRecorded {
  static constexpr std::string_view name = "investigation.case_recorded";
  CaseId case_id;
  PersonId person;
  std::string pathogen;
  CaseState state = CaseState::closed;
  UnitId cdc;
  std::optional<Day> onset_day;
  std::optional<Day> confirm_day;
  std::optional<Severity> severity;
  CaseOutcome outcome = CaseOutcome::unknown;
  TextRef source_note;
};
BOOST_DESCRIBE_STRUCT(CaseRecorded, (),
                      (case_id, person, pathogen, state, cdc, onset_day, confirm_day, severity, outcome,
                       source_note))

struct TeamStarted {
  static constexpr std::string_view name = "investigation.team_started";
  CaseId case_id;
  AccountId lead;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(TeamStarted, (), (case_id, lead, cdc))

/// The onset became known, or became known better: the infectious window moves with it.
struct OnsetKnown {
  static constexpr std::string_view name = "investigation.onset_known";
  CaseId case_id;
  PersonId person;
  Day onset_day;
  std::optional<Instant> window_from;
};
BOOST_DESCRIBE_STRUCT(OnsetKnown, (), (case_id, person, onset_day, window_from))

struct CoreFactsRecorded {
  static constexpr std::string_view name = "investigation.core_facts_recorded";
  CaseId case_id;
  AccountId by;
  std::optional<Day> onset_day;
  std::string occupation;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(CoreFactsRecorded, (), (case_id, by, onset_day, occupation, note))

struct FirstReportSubmitted {
  static constexpr std::string_view name = "investigation.first_report_submitted";
  CaseId case_id;
  AccountId by;
  TextRef report;
};
BOOST_DESCRIBE_STRUCT(FirstReportSubmitted, (), (case_id, by, report))

struct CaseClassified {
  static constexpr std::string_view name = "investigation.case_classified";
  CaseId case_id;
  PersonId person;
  std::string pathogen;
  CaseClass class_ = CaseClass::suspected;
  std::optional<Severity> severity;
  std::optional<CaseClass> former;  ///< class before, when it had one
  UnitId hospital;
  UnitId cdc;
  std::optional<UnitId> county;
  RawId county_cases;            ///< the count it enters
  bool first_of_county = false;  ///< no case of this pathogen was classified in the county before
  TextRef decision_note;
};
BOOST_DESCRIBE_STRUCT(CaseClassified, (),
                      (case_id, person, pathogen, class_, severity, former, hospital, cdc, county,
                       county_cases, first_of_county, decision_note))

struct SeverityChanged {
  static constexpr std::string_view name = "investigation.severity_changed";
  CaseId case_id;
  Severity severity = Severity::mild;
  Severity former = Severity::mild;
  UnitId hospital;
  UnitId cdc;
  TextRef decision_note;
};
BOOST_DESCRIBE_STRUCT(SeverityChanged, (), (case_id, severity, former, hospital, cdc, decision_note))

struct CaseExcluded {
  static constexpr std::string_view name = "investigation.case_excluded";
  CaseId case_id;
  PersonId person;
  SecondTest by = SecondTest::other_reagent;
  std::optional<TubeId> second_tube;
  UnitId hospital;
  UnitId cdc;
  std::optional<RawId> county_cases;  ///< the count it leaves; absent: it never entered one
  std::vector<ContactId> contacts;    ///< who is no contact any more
  TextRef note;
  std::vector<ClusterPlaceId> places;  ///< schools, villages … it no longer counts for
  std::vector<PersonId> persons;       ///< who the contacts are, in the same order
  std::vector<PersonId> not_close;     ///< of them: whom no judgement makes a close contact any more
};
BOOST_DESCRIBE_STRUCT(CaseExcluded, (),
                      (case_id, person, by, second_tube, hospital, cdc, county_cases, contacts, note, places,
                       persons, not_close))

/// The positive that opened the case was amended; the CDC decides.
struct ExclusionProposed {
  static constexpr std::string_view name = "investigation.exclusion_proposed";
  CaseId case_id;
  TubeId tube;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(ExclusionProposed, (), (case_id, tube, cdc))

/// The case stays: decided by the CDC, or the result was amended back.
struct ExclusionDismissed {
  static constexpr std::string_view name = "investigation.exclusion_dismissed";
  CaseId case_id;
  std::string pathogen;
  UnitId hospital;
  UnitId cdc;
  InvestigationStage stage = InvestigationStage::assigned;  ///< what is not done yet is owed again
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(ExclusionDismissed, (), (case_id, pathogen, hospital, cdc, stage, note))

struct ContactNamed {
  static constexpr std::string_view name = "investigation.contact_named";
  ContactId contact;
  CaseId case_id;
  PersonId person;
  ContactKind kind = ContactKind::other;
  UnitId cdc;
  std::optional<Instant> exposure_from;
  std::optional<Instant> exposure_until;
  std::string place;
  bool is_protected = false;
  std::optional<StopId> stop;                     ///< found by asking at this stop of the case
  std::optional<ContactId> via;                   ///< met this contact, not the case itself (次密接)
  std::optional<PersonId> via_person;             ///< who that contact is
  ContactClass found_class = ContactClass::none;  ///< what the exposures make of it [contact_class.hpp]
  std::optional<Day> found_day0;
  ClassReason found_reason = ClassReason::no_exposure;
};
BOOST_DESCRIBE_STRUCT(ContactNamed, (),
                      (contact, case_id, person, kind, cdc, exposure_from, exposure_until, place,
                       is_protected, stop, via, via_person, found_class, found_day0, found_reason))

struct ContactVerified {
  static constexpr std::string_view name = "investigation.contact_verified";
  ContactId contact;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(ContactVerified, (), (contact, case_id))

struct ContactJudged {
  static constexpr std::string_view name = "investigation.contact_judged";
  ContactId contact;
  CaseId case_id;
  PersonId person;
  ContactClass class_ = ContactClass::none;
  UnitId cdc;
  AccountId judge;
  std::optional<double> distance_m;
  std::optional<Day> last_exposure_day;  ///< Day 0: last exposure to any infectious case
  TextRef reason;
  bool owed = true;        ///< false: the period is over already; one test, the CDC decides, no stay
  bool high_risk = false;  ///< of a close contact: its own contacts are looked for under editions that say so
  std::optional<StopId> stop;  ///< of which the contact was found, on its first judgement
};
BOOST_DESCRIBE_STRUCT(ContactJudged, (),
                      (contact, case_id, person, class_, cdc, judge, distance_m, last_exposure_day, reason,
                       owed, high_risk, stop))

struct ContactNotified {
  static constexpr std::string_view name = "investigation.contact_notified";
  ContactId contact;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(ContactNotified, (), (contact, case_id))

struct ContactLocated {
  static constexpr std::string_view name = "investigation.contact_located";
  ContactId contact;
  CaseId case_id;
  TextRef where;
};
BOOST_DESCRIBE_STRUCT(ContactLocated, (), (contact, case_id, where))

/// `control`: the stay or home set-up that exists for this contact.
struct ContactInControl {
  static constexpr std::string_view name = "investigation.contact_in_control";
  ContactId contact;
  CaseId case_id;
  PersonId person;
  TextRef where;
};
BOOST_DESCRIBE_STRUCT(ContactInControl, (), (contact, case_id, person, where))

/// The measure is over: period done, tests answered.
struct ContactCompleted {
  static constexpr std::string_view name = "investigation.contact_completed";
  ContactId contact;
  CaseId case_id;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ContactCompleted, (), (contact, case_id, person))

/// To the CDC of another county, which accepted the request that named the contact: what is owed for the contact is owed
/// there from now on.
struct ContactHandedOver {
  static constexpr std::string_view name = "investigation.contact_handed_over";
  ContactId contact;
  CaseId case_id;
  UnitId to;
  PersonId person;
  std::optional<ContactClass> class_;    ///< absent: the other county judges
  std::optional<Day> last_exposure_day;  ///< Day 0
  std::optional<UnitId> cdc;             ///< in charge from now on: `to`, as rules call it
  std::optional<bool> owed;  ///< control, not carried out yet; false: judged after its period; absent: none
  std::optional<bool> reported;  ///< its first contact report is in
};
BOOST_DESCRIBE_STRUCT(ContactHandedOver, (),
                      (contact, case_id, to, person, class_, last_exposure_day, cdc, owed, reported))

/// 公安协查: the police look for a contact nobody can find.
struct PoliceRequestOpened {
  static constexpr std::string_view name = "investigation.police_request_opened";
  ContactId contact;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  std::optional<UnitId> police;
  AccountId by;
  TextRef request;
};
BOOST_DESCRIBE_STRUCT(PoliceRequestOpened, (), (contact, case_id, person, cdc, police, by, request))

/// What the police say; not found leaves the request open.
struct PoliceRequestAnswered {
  static constexpr std::string_view name = "investigation.police_request_answered";
  ContactId contact;
  CaseId case_id;
  bool found = false;
  AccountId by;
  TextRef answer;
};
BOOST_DESCRIBE_STRUCT(PoliceRequestAnswered, (), (contact, case_id, found, by, answer))

struct ContactUntraced {
  static constexpr std::string_view name = "investigation.contact_untraced";
  ContactId contact;
  CaseId case_id;
  AccountId by;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(ContactUntraced, (), (contact, case_id, by, note))

/// 密接初次流调报告.
struct ContactFirstReportSubmitted {
  static constexpr std::string_view name = "investigation.contact_first_report_submitted";
  ContactId contact;
  CaseId case_id;
  AccountId by;
  TextRef report;
};
BOOST_DESCRIBE_STRUCT(ContactFirstReportSubmitted, (), (contact, case_id, by, report))

/// Judged when the period was over already: what the CDC decided after one test.
struct LateContactDecided {
  static constexpr std::string_view name = "investigation.late_contact_decided";
  ContactId contact;
  CaseId case_id;
  PersonId person;
  AccountId by;
  TextRef decision;
};
BOOST_DESCRIBE_STRUCT(LateContactDecided, (), (contact, case_id, person, by, decision))

struct ContactUpgraded {
  static constexpr std::string_view name = "investigation.contact_upgraded";
  ContactId contact;
  CaseId case_id;   ///< the case it was a contact of
  CaseId new_case;  ///< the case it became
  std::optional<PersonId> person;
};
BOOST_DESCRIBE_STRUCT(ContactUpgraded, (), (contact, case_id, new_case, person))

}  // namespace fx::investigation
