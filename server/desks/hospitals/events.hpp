#pragma once

// What happened at fever clinics. First member of each: the thing it is about; its home is the jurisdiction.
// `state` is the encounter's state after the event: decide computes it, evolve only writes it down.

#include "kernel/event.hpp"

namespace fx::hospitals {

/// H3 of the domain model. `emergency` may follow any state.
enum class EncounterState {
  arrived,
  triaged_1,
  triaged_2,
  in_room,
  sampled,
  awaiting,
  cleared,
  left,
  admitted,
  isolated,
  transferred,
  closed,
  left_early,
  closed_neg,
  emergency,
  recalled
};
BOOST_DESCRIBE_ENUM(EncounterState, arrived, triaged_1, triaged_2, in_room, sampled, awaiting, cleared, left,
                    admitted, isolated, transferred, closed, left_early, closed_neg, emergency, recalled)

enum class HealthCode { green, yellow, red };
BOOST_DESCRIBE_ENUM(HealthCode, green, yellow, red)

enum class Lane { ordinary, red };
BOOST_DESCRIBE_ENUM(Lane, ordinary, red)

enum class Symptom {
  fever,
  cough,
  sore_throat,
  fatigue,
  loss_of_smell,
  loss_of_taste,
  runny_nose,
  headache,
  muscle_pain,
  diarrhoea,
  vomiting,
  shortness_of_breath,
  conjunctivitis,
  rash,
  bleeding,
  other
};
BOOST_DESCRIBE_ENUM(Symptom, fever, cough, sore_throat, fatigue, loss_of_smell, loss_of_taste, runny_nose,
                    headache, muscle_pain, diarrhoea, vomiting, shortness_of_breath, conjunctivitis, rash,
                    bleeding, other)

/// What became of one specimen of an encounter.
enum class SampleResult { pending, negative, positive, grey, invalid, rejected, lost };
BOOST_DESCRIBE_ENUM(SampleResult, pending, negative, positive, grey, invalid, rejected, lost)

enum class ResampleReason { grey, invalid, rejected, lost, amended };
BOOST_DESCRIBE_ENUM(ResampleReason, grey, invalid, rejected, lost, amended)

enum class RoomState { free, occupied, closed, to_disinfect };
BOOST_DESCRIBE_ENUM(RoomState, free, occupied, closed, to_disinfect)

enum class PresenceKind { patient, staff };
BOOST_DESCRIBE_ENUM(PresenceKind, patient, staff)

/// By which way a patient left.
enum class Exit { main_door, side_door, red_lane, staff_passage, emergency_exit, other, unknown };
BOOST_DESCRIBE_ENUM(Exit, main_door, side_door, red_lane, staff_passage, emergency_exit, other, unknown)

enum class FoundPlace { home, clinic, other };
BOOST_DESCRIBE_ENUM(FoundPlace, home, clinic, other)

enum class SearchEnd { found, negative };
BOOST_DESCRIBE_ENUM(SearchEnd, found, negative)

enum class Outcome { handed_over, died, other };
BOOST_DESCRIBE_ENUM(Outcome, handed_over, died, other)

/// Somebody who was in the clinic while the patient was: from when to when together.
struct CoPresent {
  PersonId person;
  PresenceKind kind = PresenceKind::patient;
  Instant from;
  Instant until;
};
BOOST_DESCRIBE_STRUCT(CoPresent, (), (person, kind, from, until))

// ---- clinic and rooms --------------------------------------------------------------------------------------------

struct ClinicOpened {
  static constexpr std::string_view name = "hospitals.clinic_opened";
  UnitId clinic;
  UnitId hospital;
};
BOOST_DESCRIBE_STRUCT(ClinicOpened, (), (clinic, hospital))

struct ClinicClosed {
  static constexpr std::string_view name = "hospitals.clinic_closed";
  UnitId clinic;
  UnitId hospital;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(ClinicClosed, (), (clinic, hospital, reason))

struct RoomOpened {
  static constexpr std::string_view name = "hospitals.room_opened";
  RoomId room;
  UnitId clinic;
  std::int32_t number = 0;
  bool red_lane = false;
  bool reopened = false;  ///< it existed and was closed
};
BOOST_DESCRIBE_STRUCT(RoomOpened, (), (room, clinic, number, red_lane, reopened))

struct RoomClosed {
  static constexpr std::string_view name = "hospitals.room_closed";
  RoomId room;
  UnitId clinic;
  RoomState was = RoomState::free;
};
BOOST_DESCRIBE_STRUCT(RoomClosed, (), (room, clinic, was))

struct RoomDisinfected {
  static constexpr std::string_view name = "hospitals.room_disinfected";
  RoomId room;
  UnitId clinic;
  AccountId checker;
};
BOOST_DESCRIBE_STRUCT(RoomDisinfected, (), (room, clinic, checker))

struct RoomAssigned {
  static constexpr std::string_view name = "hospitals.room_assigned";
  EncounterId encounter;
  RoomId room;
  UnitId clinic;
  std::optional<PersonId> person;
  AccountId doctor;
  EncounterState state = EncounterState::in_room;
};
BOOST_DESCRIBE_STRUCT(RoomAssigned, (), (encounter, room, clinic, person, doctor, state))

/// The encounter no longer has the room; it is free, or waits for disinfection.
struct RoomReleased {
  static constexpr std::string_view name = "hospitals.room_released";
  EncounterId encounter;
  RoomId room;
  UnitId clinic;
  std::optional<PersonId> person;
  RoomState after = RoomState::to_disinfect;
};
BOOST_DESCRIBE_STRUCT(RoomReleased, (), (encounter, room, clinic, person, after))

/// A stretch a member of staff worked in the clinic, for finding who was near a positive.
struct StaffPresent {
  static constexpr std::string_view name = "hospitals.staff_present";
  UnitId clinic;
  PersonId person;
  Instant from;
  std::optional<Instant> until;  ///< absent: still there
};
BOOST_DESCRIBE_STRUCT(StaffPresent, (), (clinic, person, from, until))

// ---- the way of a patient ----------------------------------------------------------------------------------------

struct PatientArrived {
  static constexpr std::string_view name = "hospitals.patient_arrived";
  EncounterId encounter;
  UnitId clinic;
  UnitId hospital;
  PersonId person;
  std::optional<UnitId> county;  ///< command post of the clinic's county
  std::string pathogen;
  HealthCode code = HealthCode::green;
  Lane lane = Lane::ordinary;
  std::optional<double> temperature;
  std::vector<Symptom> symptoms;
  std::optional<Day> onset_day;
  bool history_flag = false;
  Instant arrived_at;
};
BOOST_DESCRIBE_STRUCT(PatientArrived, (),
                      (encounter, clinic, hospital, person, county, pathogen, code, lane, temperature,
                       symptoms, onset_day, history_flag, arrived_at))

struct PatientTriaged1 {
  static constexpr std::string_view name = "hospitals.patient_triaged_1";
  EncounterId encounter;
  UnitId clinic;
  double temperature = 0;
};
BOOST_DESCRIBE_STRUCT(PatientTriaged1, (), (encounter, clinic, temperature))

struct PatientTriaged2 {
  static constexpr std::string_view name = "hospitals.patient_triaged_2";
  EncounterId encounter;
  UnitId clinic;
  double temperature = 0;
  HealthCode code = HealthCode::green;
  Lane lane = Lane::ordinary;
  bool history_flag = false;
  std::vector<Symptom> symptoms;
  std::optional<Day> onset_day;
};
BOOST_DESCRIBE_STRUCT(PatientTriaged2, (),
                      (encounter, clinic, temperature, code, lane, history_flag, symptoms, onset_day))

struct SampleOrdered {
  static constexpr std::string_view name = "hospitals.sample_ordered";
  EncounterId encounter;
  UnitId clinic;
  UnitId hospital;
  std::optional<PersonId> person;
  std::string tube_code;  ///< empty: ordered by the doctor, the tube is not yet known
  EncounterState state = EncounterState::in_room;
};
BOOST_DESCRIBE_STRUCT(SampleOrdered, (), (encounter, clinic, hospital, person, tube_code, state))

/// The single tube of this encounter is sealed; from now the patient is held until the result.
struct PatientSampled {
  static constexpr std::string_view name = "hospitals.patient_sampled";
  EncounterId encounter;
  TubeId tube;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  std::optional<UnitId> county;
  std::string pathogen;
  Instant sealed_at;
  std::optional<Instant> hold_until;  ///< sealed_at + H.fever.result_h
  bool emergency = false;
  EncounterState state = EncounterState::awaiting;
};
BOOST_DESCRIBE_STRUCT(PatientSampled, (),
                      (encounter, tube, person, clinic, hospital, county, pathogen, sealed_at, hold_until,
                       emergency, state))

/// A result that isolates nobody and ends no isolation.
struct ResultNoted {
  static constexpr std::string_view name = "hospitals.result_noted";
  EncounterId encounter;
  TubeId tube;
  SampleResult result = SampleResult::negative;
  bool amended = false;
  bool resample_due = false;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  EncounterState state = EncounterState::awaiting;
};
BOOST_DESCRIBE_STRUCT(ResultNoted, (),
                      (encounter, tube, result, amended, resample_due, person, clinic, hospital, state))

/// The specimen gives no answer that counts; the hold stays, the room too, a new single sample is owed.
struct ResampleNeeded {
  static constexpr std::string_view name = "hospitals.resample_needed";
  EncounterId encounter;
  TubeId tube;
  ResampleReason why = ResampleReason::invalid;
  SampleResult result = SampleResult::invalid;  ///< what the tube's own record says now
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  EncounterState state = EncounterState::in_room;
};
BOOST_DESCRIBE_STRUCT(ResampleNeeded, (), (encounter, tube, why, result, person, clinic, hospital, state))

struct PatientIsolated {
  static constexpr std::string_view name = "hospitals.patient_isolated";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  std::optional<UnitId> county;
  std::string pathogen;
  std::optional<Day> onset_day;
  TubeId tube;
  std::optional<CaseId> case_id;
  std::optional<RoomId> room;
  bool at_home = false;
  bool amended = false;
  EncounterState state = EncounterState::isolated;  ///< or transferred, when he is already elsewhere
  std::vector<CoPresent> co_present;
};
BOOST_DESCRIBE_STRUCT(PatientIsolated, (),
                      (encounter, person, clinic, hospital, county, pathogen, onset_day, tube, case_id, room,
                       at_home, amended, state, co_present))

/// A positive was amended away: the isolation falls back to waiting for a new sample.
struct IsolationWithdrawn {
  static constexpr std::string_view name = "hospitals.isolation_withdrawn";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  TubeId tube;
  std::optional<CaseId> case_id;
  SampleResult result = SampleResult::negative;
  EncounterState state = EncounterState::awaiting;
};
BOOST_DESCRIBE_STRUCT(IsolationWithdrawn, (),
                      (encounter, person, clinic, hospital, tube, case_id, result, state))

/// Positive after the patient had left with leave: must be found. A search opens with it.
struct PatientRecalled {
  static constexpr std::string_view name = "hospitals.patient_recalled";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  std::optional<UnitId> county;
  std::string pathogen;
  std::optional<Day> onset_day;
  TubeId tube;
  std::optional<CaseId> case_id;
  std::optional<Instant> left_at;
  std::vector<CoPresent> co_present;
};
BOOST_DESCRIBE_STRUCT(PatientRecalled, (),
                      (encounter, person, clinic, hospital, county, pathogen, onset_day, tube, case_id,
                       left_at, co_present))

struct PatientCleared {
  static constexpr std::string_view name = "hospitals.patient_cleared";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  TubeId tube;  ///< whose negative clears
  AccountId doctor;
};
BOOST_DESCRIBE_STRUCT(PatientCleared, (), (encounter, person, clinic, hospital, tube, doctor))

struct PatientLeft {
  static constexpr std::string_view name = "hospitals.patient_left";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  Instant came_at;
};
BOOST_DESCRIBE_STRUCT(PatientLeft, (), (encounter, person, clinic, hospital, came_at))

struct PatientAdmitted {
  static constexpr std::string_view name = "hospitals.patient_admitted";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  Instant came_at;
  std::string ward;
};
BOOST_DESCRIBE_STRUCT(PatientAdmitted, (), (encounter, person, clinic, hospital, came_at, ward))

struct PatientTransferred {
  static constexpr std::string_view name = "hospitals.patient_transferred";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  Instant came_at;
  UnitId to;
};
BOOST_DESCRIBE_STRUCT(PatientTransferred, (), (encounter, person, clinic, hospital, came_at, to))

struct EncounterClosed {
  static constexpr std::string_view name = "hospitals.encounter_closed";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  Instant came_at;
  Outcome outcome = Outcome::handed_over;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(EncounterClosed, (), (encounter, person, clinic, hospital, came_at, outcome, note))

// ---- leaving before the result -----------------------------------------------------------------------------------

/// occurred_at = when the patient left.
struct PatientLeftEarly {
  static constexpr std::string_view name = "hospitals.patient_left_early";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  std::optional<UnitId> county;
  std::optional<TubeId> tube;
  Exit exit = Exit::unknown;
  TextRef seen_by;
  std::optional<Instant> seen_at;
  Instant came_at;
};
BOOST_DESCRIBE_STRUCT(PatientLeftEarly, (),
                      (encounter, person, clinic, hospital, county, tube, exit, seen_by, seen_at, came_at))

struct SearchOpened {
  static constexpr std::string_view name = "hospitals.search_opened";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  std::optional<UnitId> county;
  std::optional<AccountId>
      by;  ///< absent: opened by a positive that came after the patient had left with leave
};
BOOST_DESCRIBE_STRUCT(SearchOpened, (), (encounter, person, clinic, hospital, county, by))

struct PatientFound {
  static constexpr std::string_view name = "hospitals.patient_found";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  FoundPlace place = FoundPlace::home;
  AccountId finder;  ///< who recorded it
  TextRef by;
  Instant found_at;
  bool at_home = false;  ///< stays outside the clinic
  EncounterState state = EncounterState::awaiting;
};
BOOST_DESCRIBE_STRUCT(PatientFound, (),
                      (encounter, person, clinic, hospital, place, finder, by, found_at, at_home, state))

struct SearchEnded {
  static constexpr std::string_view name = "hospitals.search_ended";
  EncounterId encounter;
  SearchEnd why = SearchEnd::found;
  UnitId clinic;
  UnitId hospital;
  std::optional<UnitId> county;
};
BOOST_DESCRIBE_STRUCT(SearchEnded, (), (encounter, why, clinic, hospital, county))

// ---- emergency ---------------------------------------------------------------------------------------------------

struct EmergencyDeclared {
  static constexpr std::string_view name = "hospitals.emergency_declared";
  EncounterId encounter;
  std::optional<PersonId> person;
  UnitId clinic;
  UnitId hospital;
  std::optional<UnitId> county;
  bool sampled = false;  ///< a specimen of this encounter is pending or has its result
  bool created = false;  ///< the encounter begins with this
  Instant came_at;
  TextRef team;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(EmergencyDeclared, (),
                      (encounter, person, clinic, hospital, county, sampled, created, came_at, team, reason))

/// An emergency patient nobody knew has a name.
struct PatientIdentified {
  static constexpr std::string_view name = "hospitals.patient_identified";
  EncounterId encounter;
  PersonId person;
  UnitId clinic;
  UnitId hospital;
  Instant came_at;
  bool in_room = false;
  bool present = false;  ///< in the clinic now
};
BOOST_DESCRIBE_STRUCT(PatientIdentified, (), (encounter, person, clinic, hospital, came_at, in_room, present))

}  // namespace fx::hospitals
