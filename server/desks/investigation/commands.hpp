#pragma once

// What people may ask of the investigation desk. A member not said to be optional is required.

#include "desks/investigation/classing/commands.hpp"
#include "desks/investigation/events.hpp"
#include "desks/investigation/sources/commands.hpp"
#include "desks/investigation/teams/commands.hpp"
#include "desks/investigation/trajectory/commands.hpp"

namespace fx::investigation {

/// From an authorised positive single (handoff), or by the CDC from an external result.
struct OpenCase {
  CaseId case_id;
  PersonId person;
  std::string pathogen;
  UnitId hospital;
  std::optional<UnitId> clinic;
  std::optional<TubeId> tube;
  std::optional<EncounterId> encounter;
  std::optional<Day> onset_day;
  Instant sampled_at;
  bool individual_specimen = true;  ///< a pool names nobody
};
BOOST_DESCRIBE_STRUCT(OpenCase, (),
                      (case_id, person, pathogen, hospital, clinic, tube, encounter, onset_day, sampled_at,
                       individual_specimen))

struct RecordHistoricCase {
  CaseId case_id;
  PersonId person;
  std::string pathogen;
  std::optional<Day> onset_day;
  std::optional<Day> confirm_day;
  std::optional<Severity> severity;
  std::optional<CaseOutcome> outcome;
  std::optional<FreeText> source_note;
};
BOOST_DESCRIBE_STRUCT(RecordHistoricCase, (),
                      (case_id, person, pathogen, onset_day, confirm_day, severity, outcome, source_note))

struct StartInvestigation {
  CaseId case_id;
  std::optional<AccountId> lead;  ///< absent: who records it
};
BOOST_DESCRIBE_STRUCT(StartInvestigation, (), (case_id, lead))

struct RecordCoreFacts {
  CaseId case_id;
  std::optional<Day> onset_day;
  std::optional<std::string> occupation;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(RecordCoreFacts, (), (case_id, onset_day, occupation, note))

struct SubmitFirstReport {
  CaseId case_id;
  FreeText report;
};
BOOST_DESCRIBE_STRUCT(SubmitFirstReport, (), (case_id, report))

struct ClassifyCase {
  CaseId case_id;
  CaseClass class_ = CaseClass::suspected;
  std::optional<Severity> severity;       ///< of a confirmed case
  std::optional<FreeText> decision_note;  ///< the expert group's, for confirmed: who, which criteria
};
BOOST_DESCRIBE_STRUCT(ClassifyCase, (), (case_id, class_, severity, decision_note))

struct ChangeSeverity {
  CaseId case_id;
  Severity severity = Severity::mild;
  FreeText decision_note;
};
BOOST_DESCRIBE_STRUCT(ChangeSeverity, (), (case_id, severity, decision_note))

struct ExcludeCase {
  CaseId case_id;
  SecondTest by = SecondTest::other_reagent;
  bool second_negative = false;  ///< the second test was negative
  std::optional<TubeId> second_tube;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(ExcludeCase, (), (case_id, by, second_negative, second_tube, note))

/// From an amended result (handoff).
struct ProposeExclusion {
  CaseId case_id;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(ProposeExclusion, (), (case_id, tube))

struct KeepCase {
  CaseId case_id;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(KeepCase, (), (case_id, note))

struct NewContact {
  ContactId contact;
  PersonId person;
  ContactKind kind = ContactKind::other;
  std::optional<Instant> exposure_from;
  std::optional<Instant> exposure_until;
  std::optional<std::string> place;
  std::optional<bool> is_protected;
  std::optional<Setting> setting = {};
  std::optional<StopKind> vehicle = {};  ///< met in a vehicle of this kind
  std::optional<double> distance_m = {};
  std::optional<std::int32_t> rows_apart = {};
  std::optional<bool> same_carriage = {};
  std::optional<StopId> stop = {};    ///< found by asking at this stop of the case
  std::optional<ContactId> via = {};  ///< met this contact of the case, not the case itself
};
BOOST_DESCRIBE_STRUCT(NewContact, (),
                      (contact, person, kind, exposure_from, exposure_until, place, is_protected, setting,
                       vehicle, distance_m, rows_apart, same_carriage, stop, via))

struct NameContacts {
  CaseId case_id;
  std::optional<Day> onset_day;  ///< what the clinic knew of it
  std::vector<NewContact> contacts;
};
BOOST_DESCRIBE_STRUCT(NameContacts, (), (case_id, onset_day, contacts))

struct VerifyContact {
  ContactId contact;
};
BOOST_DESCRIBE_STRUCT(VerifyContact, (), (contact))

struct JudgeContact {
  ContactId contact;
  ContactClass class_ = ContactClass::none;
  std::optional<double> distance_m;
  FreeText reason;
  std::optional<bool> high_risk = {};
};
BOOST_DESCRIBE_STRUCT(JudgeContact, (), (contact, class_, distance_m, reason, high_risk))

struct NotifyContact {
  ContactId contact;
};
BOOST_DESCRIBE_STRUCT(NotifyContact, (), (contact))

struct LocateContact {
  ContactId contact;
  FreeText where;
};
BOOST_DESCRIBE_STRUCT(LocateContact, (), (contact, where))

struct TakeIntoControl {
  ContactId contact;
  FreeText where;  ///< the room or home set-up that exists
};
BOOST_DESCRIBE_STRUCT(TakeIntoControl, (), (contact, where))

/// From isolation.stay_admitted: the contact lies in a room, or is settled at home.
struct NoteControl {
  ContactId contact;
};
BOOST_DESCRIBE_STRUCT(NoteControl, (), (contact))

/// From isolation.stay_released and stay_ended: the measure is over.
struct NoteCompleted {
  ContactId contact;
};
BOOST_DESCRIBE_STRUCT(NoteCompleted, (), (contact))

struct OpenPoliceRequest {
  ContactId contact;
  FreeText request;
};
BOOST_DESCRIBE_STRUCT(OpenPoliceRequest, (), (contact, request))

struct AnswerPoliceRequest {
  ContactId contact;
  bool found = false;
  FreeText answer;  ///< where, or what was tried
};
BOOST_DESCRIBE_STRUCT(AnswerPoliceRequest, (), (contact, found, answer))

struct DeclareUntraced {
  ContactId contact;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(DeclareUntraced, (), (contact, note))

struct SubmitContactReport {
  ContactId contact;
  FreeText report;
};
BOOST_DESCRIBE_STRUCT(SubmitContactReport, (), (contact, report))

/// By the CDC, after the one test of a contact found when its period was over.
struct DecideLateContact {
  ContactId contact;
  FreeText decision;
};
BOOST_DESCRIBE_STRUCT(DecideLateContact, (), (contact, decision))

/// The measure of a contact whom no stay of the isolation desk holds any more is over.
struct CompleteContact {
  ContactId contact;
  bool tests_done = false;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(CompleteContact, (), (contact, tests_done, note))

}  // namespace fx::investigation
