#pragma once

// The vocabulary of the first loop as the rulebook's tests need it: same names and fields as the desks', without
// their decisions (the rulebook room lies below the desks).

#include "kernel/registry.hpp"

namespace fx::rulebook::testing {

enum class Outcome { negative, positive, grey, invalid };
BOOST_DESCRIBE_ENUM(Outcome, negative, positive, grey, invalid)
enum class TubeClass { fever_clinic, inpatient, contact, voluntary, mass_round, other };
BOOST_DESCRIBE_ENUM(TubeClass, fever_clinic, inpatient, contact, voluntary, mass_round, other)
enum class CaseClass { suspected, asymptomatic, confirmed };
BOOST_DESCRIBE_ENUM(CaseClass, suspected, asymptomatic, confirmed)
enum class Grade { critical, major, minor };
BOOST_DESCRIBE_ENUM(Grade, critical, major, minor)
enum class ChainLevel { county_ha, county_gov, city, province, nation };
BOOST_DESCRIBE_ENUM(ChainLevel, county_ha, county_gov, city, province, nation)
enum class CaseState { screen_positive, confirmed };
BOOST_DESCRIBE_ENUM(CaseState, screen_positive, confirmed)
enum class ContactClass { close, coc, general };
BOOST_DESCRIBE_ENUM(ContactClass, close, coc, general)

// ---- rows ----

struct Tube {
  static constexpr std::string_view table = "tube";
  TubeId id;
  UnitId sender;
  std::optional<Instant> received_at;
  std::optional<Instant> authorised_at;
};
BOOST_DESCRIBE_STRUCT(Tube, (), (id, sender, received_at, authorised_at))

struct Encounter {
  static constexpr std::string_view table = "encounter";
  EncounterId id;
  std::optional<TubeId> tube;
  std::optional<Outcome> result;
  std::string pathogen = "covid19-cn";
};
BOOST_DESCRIBE_STRUCT(Encounter, (), (id, tube, result, pathogen))

struct Clinic {
  static constexpr std::string_view table = "clinic";
  UnitId id;
  UnitId hospital;
  std::int32_t free = 0;
};
BOOST_DESCRIBE_STRUCT(Clinic, (), (id, hospital, free))

// ---- events ----

struct PatientSampled {
  static constexpr std::string_view name = "hospitals.patient_sampled";
  EncounterId encounter;
  TubeId tube;
  UnitId clinic;
  UnitId hospital;
  bool emergency = false;
};
BOOST_DESCRIBE_STRUCT(PatientSampled, (), (encounter, tube, clinic, hospital, emergency))

struct PatientLeftEarly {
  static constexpr std::string_view name = "hospitals.patient_left_early";
  EncounterId encounter;
  UnitId clinic;
  UnitId hospital;
};
BOOST_DESCRIBE_STRUCT(PatientLeftEarly, (), (encounter, clinic, hospital))

struct SearchOpened {
  static constexpr std::string_view name = "hospitals.search_opened";
  EncounterId encounter;
  UnitId clinic;
  UnitId hospital;
};
BOOST_DESCRIBE_STRUCT(SearchOpened, (), (encounter, clinic, hospital))

struct PatientRecalled {
  static constexpr std::string_view name = "hospitals.patient_recalled";
  EncounterId encounter;
  UnitId clinic;
};
BOOST_DESCRIBE_STRUCT(PatientRecalled, (), (encounter, clinic))

struct SearchEnded {
  static constexpr std::string_view name = "hospitals.search_ended";
  EncounterId encounter;
};
BOOST_DESCRIBE_STRUCT(SearchEnded, (), (encounter))

struct EmergencyDeclared {
  static constexpr std::string_view name = "hospitals.emergency_declared";
  EncounterId encounter;
  UnitId clinic;
  UnitId hospital;
  bool sampled = false;
};
BOOST_DESCRIBE_STRUCT(EmergencyDeclared, (), (encounter, clinic, hospital, sampled))

struct TubeSealed {
  static constexpr std::string_view name = "screening.tube_sealed";
  TubeId tube;
  std::vector<PersonId> persons;
  std::optional<PersonId> person;
  UnitId sender;
  std::optional<UnitId> lab;
  TubeClass class_ = TubeClass::fever_clinic;
  std::optional<TubeId> resample_of;
  std::string pathogen = "covid19-cn";
};
BOOST_DESCRIBE_STRUCT(TubeSealed, (), (tube, persons, person, sender, lab, class_, resample_of, pathogen))

struct TubeReceived {
  static constexpr std::string_view name = "screening.tube_received";
  TubeId tube;
  UnitId lab;
  UnitId sender;
  TubeClass class_ = TubeClass::fever_clinic;
  std::string pathogen = "covid19-cn";
};
BOOST_DESCRIBE_STRUCT(TubeReceived, (), (tube, lab, sender, class_, pathogen))

struct TubeRejected {
  static constexpr std::string_view name = "screening.tube_rejected";
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(TubeRejected, (), (tube))

struct TubeLost {
  static constexpr std::string_view name = "screening.tube_lost";
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(TubeLost, (), (tube))

struct ResultAuthorised {
  static constexpr std::string_view name = "screening.result_authorised";
  TubeId tube;
  Outcome result = Outcome::negative;
  std::optional<EncounterId> encounter;
  std::vector<PersonId> persons;
  UnitId sender;
  UnitId lab;
  std::int32_t size = 1;
  TubeClass class_ = TubeClass::fever_clinic;
  Instant sealed_at;
  std::string pathogen = "covid19-cn";
};
BOOST_DESCRIBE_STRUCT(ResultAuthorised, (),
                      (tube, result, encounter, persons, sender, lab, size, class_, sealed_at, pathogen))

struct ResultAmended {
  static constexpr std::string_view name = "screening.result_amended";
  TubeId tube;
  Outcome from = Outcome::negative;
  Outcome to = Outcome::negative;
  UnitId sender;
  UnitId lab;
  std::vector<No> duties;
  std::string pathogen = "covid19-cn";
};
BOOST_DESCRIBE_STRUCT(ResultAmended, (), (tube, from, to, sender, lab, duties, pathogen))

struct NoticeAcknowledged {
  static constexpr std::string_view name = "command.notice_acknowledged";
  RawId about;
  No notice = 0;
  No duty = 0;
  UnitId unit;
  Role role = Role::DO;
};
BOOST_DESCRIBE_STRUCT(NoticeAcknowledged, (), (about, notice, duty, unit, role))

struct ShiftCheckedIn {
  static constexpr std::string_view name = "command.shift_checked_in";
  RawId post;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(ShiftCheckedIn, (), (post, unit))

struct CaseOpened {
  static constexpr std::string_view name = "investigation.case_opened";
  CaseId case_id;
  UnitId cdc;
  CaseState state = CaseState::screen_positive;
  bool history = false;
  std::string pathogen = "covid19-cn";
};
BOOST_DESCRIBE_STRUCT(CaseOpened, (), (case_id, cdc, state, history, pathogen))

enum class InvestigationStage { assigned, started, core_facts, first_report, full };
BOOST_DESCRIBE_ENUM(InvestigationStage, assigned, started, core_facts, first_report, full)

struct ExclusionDismissed {
  static constexpr std::string_view name = "investigation.exclusion_dismissed";
  CaseId case_id;
  UnitId cdc;
  InvestigationStage stage = InvestigationStage::assigned;
  std::string pathogen = "covid19-cn";
};
BOOST_DESCRIBE_STRUCT(ExclusionDismissed, (), (case_id, cdc, stage, pathogen))

struct CaseClassified {
  static constexpr std::string_view name = "investigation.case_classified";
  CaseId case_id;
  CaseClass class_ = CaseClass::confirmed;
  UnitId hospital;
  UnitId cdc;
  bool first_of_county = false;
  std::string pathogen = "covid19-cn";
  std::optional<CaseClass> former;
};
BOOST_DESCRIBE_STRUCT(CaseClassified, (), (case_id, class_, hospital, cdc, first_of_county, pathogen, former))

struct CoreFacts {
  static constexpr std::string_view name = "investigation.core_facts_recorded";
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(CoreFacts, (), (case_id))
struct FirstReport {
  static constexpr std::string_view name = "investigation.first_report_submitted";
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(FirstReport, (), (case_id))
struct TeamOnCase {
  static constexpr std::string_view name = "investigation.team_started";
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(TeamOnCase, (), (case_id))
struct CaseExcluded {
  static constexpr std::string_view name = "investigation.case_excluded";
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(CaseExcluded, (), (case_id))
struct ContactNamed {
  static constexpr std::string_view name = "investigation.contact_named";
  ContactId contact;
  CaseId case_id;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(ContactNamed, (), (contact, case_id, cdc))
struct ContactJudged {
  static constexpr std::string_view name = "investigation.contact_judged";
  ContactId contact;
  ContactClass class_ = ContactClass::close;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(ContactJudged, (), (contact, class_, cdc))

struct ContactHandedOver {
  static constexpr std::string_view name = "investigation.contact_handed_over";
  ContactId contact;
  std::optional<ContactClass> class_;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(ContactHandedOver, (), (contact, class_, cdc))

struct CardSubmitted {
  static constexpr std::string_view name = "reporting.card_submitted";
  CardId card;
  CaseId case_id;
  UnitId hospital;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(CardSubmitted, (), (card, case_id, hospital, cdc))
struct CardPassed {
  static constexpr std::string_view name = "reporting.card_passed";
  CardId card;
};
BOOST_DESCRIBE_STRUCT(CardPassed, (), (card))
struct CardReturned {
  static constexpr std::string_view name = "reporting.card_returned";
  CardId card;
};
BOOST_DESCRIBE_STRUCT(CardReturned, (), (card))
struct PheReported {
  static constexpr std::string_view name = "reporting.phe_reported";
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(PheReported, (), (case_id))
struct EventReportExpected {
  static constexpr std::string_view name = "reporting.event_report_expected";
  EventReportId event_report;
  UnitId hospital;
};
BOOST_DESCRIBE_STRUCT(EventReportExpected, (), (event_report, hospital))
struct EventReceived {
  static constexpr std::string_view name = "reporting.event_received";
  EventReportId event_report;
  ChainLevel level = ChainLevel::county_ha;
  UnitId unit;
  std::optional<UnitId> next_unit;
};
BOOST_DESCRIBE_STRUCT(EventReceived, (), (event_report, level, unit, next_unit))

struct FindingNotified {
  static constexpr std::string_view name = "supervision.finding_notified";
  FindingId finding;
  UnitId unit;
  Grade grade = Grade::major;
};
BOOST_DESCRIBE_STRUCT(FindingNotified, (), (finding, unit, grade))
struct FindingClosed {
  static constexpr std::string_view name = "supervision.finding_closed";
  FindingId finding;
};
BOOST_DESCRIBE_STRUCT(FindingClosed, (), (finding))

/// Moves a clinic's free rooms; only for watches.
struct RoomsChanged {
  static constexpr std::string_view name = "hospitals.rooms_changed";
  UnitId clinic;
};
BOOST_DESCRIBE_STRUCT(RoomsChanged, (), (clinic))

// ---- what is asked ----

struct ClearPatient {
  EncounterId encounter;
};
BOOST_DESCRIBE_STRUCT(ClearPatient, (), (encounter))
struct DeclareEmergency {
  EncounterId encounter;
  UnitId clinic;
};
BOOST_DESCRIBE_STRUCT(DeclareEmergency, (), (encounter, clinic))
struct JudgeContact {
  ContactId contact;
  ContactClass class_ = ContactClass::close;
};
BOOST_DESCRIBE_STRUCT(JudgeContact, (), (contact, class_))
struct CheckIn {
  UnitId unit;
  RawId post;
};
BOOST_DESCRIBE_STRUCT(CheckIn, (), (unit, post))

const Registry& fake_registry();

}  // namespace fx::rulebook::testing
