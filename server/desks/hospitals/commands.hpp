#pragma once

// What people, and handoffs, may ask of this desk. A member not said to be optional is required.

#include "desks/hospitals/events.hpp"

namespace fx::hospitals {

struct OpenClinic {
  UnitId clinic;
  UnitId hospital;
};
BOOST_DESCRIBE_STRUCT(OpenClinic, (), (clinic, hospital))

struct CloseClinic {
  UnitId clinic;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(CloseClinic, (), (clinic, reason))

/// A new room, or a closed one again.
struct OpenRoom {
  RoomId room;
  UnitId clinic;
  std::int32_t number = 0;
  bool red_lane = false;
};
BOOST_DESCRIBE_STRUCT(OpenRoom, (), (room, clinic, number, red_lane))

struct CloseRoom {
  RoomId room;
};
BOOST_DESCRIBE_STRUCT(CloseRoom, (), (room))

struct DisinfectRoom {
  RoomId room;
  AccountId checker;
};
BOOST_DESCRIBE_STRUCT(DisinfectRoom, (), (room, checker))

struct RecordStaffPresence {
  UnitId clinic;
  PersonId person;
  Instant from;
  std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(RecordStaffPresence, (), (clinic, person, from, until))

struct RecordArrival {
  EncounterId encounter;
  UnitId clinic;
  PersonId person;
  std::string pathogen;
  HealthCode code = HealthCode::green;
  std::optional<double> temperature;
  std::vector<Symptom> symptoms;
  std::optional<Day> onset_day;
  bool history_flag = false;
};
BOOST_DESCRIBE_STRUCT(RecordArrival, (),
                      (encounter, clinic, person, pathogen, code, temperature, symptoms, onset_day,
                       history_flag))

struct Triage1 {
  EncounterId encounter;
  double temperature = 0;
  bool identity_checked = false;
  bool history_taken = false;
};
BOOST_DESCRIBE_STRUCT(Triage1, (), (encounter, temperature, identity_checked, history_taken))

struct Triage2 {
  EncounterId encounter;
  double temperature = 0;
  HealthCode code = HealthCode::green;
  bool history_flag = false;
  std::vector<Symptom> symptoms;
  std::optional<Day> onset_day;
};
BOOST_DESCRIBE_STRUCT(Triage2, (), (encounter, temperature, code, history_flag, symptoms, onset_day))

/// The first room, or another one: the old is then released.
struct AssignRoom {
  EncounterId encounter;
  RoomId room;
};
BOOST_DESCRIBE_STRUCT(AssignRoom, (), (encounter, room))

struct ReleaseRoom {
  RoomId room;
};
BOOST_DESCRIBE_STRUCT(ReleaseRoom, (), (room))

struct OrderSample {
  EncounterId encounter;
  std::optional<std::string> tube_code;   ///< scanned: the sample is taken into this tube
  std::optional<std::int32_t> pool_size;  ///< absent: one
};
BOOST_DESCRIBE_STRUCT(OrderSample, (), (encounter, tube_code, pool_size))

/// From screening.tube_sealed of a single with an encounter.
struct NoteSample {
  EncounterId encounter;
  TubeId tube;
  Instant sealed_at;
  std::string pathogen;  ///< the tube's; that of an emergency patient is not known before
};
BOOST_DESCRIBE_STRUCT(NoteSample, (), (encounter, tube, sealed_at, pathogen))

/// From screening.tube_rejected and tube_lost of a single with an encounter.
struct NoteFailedSample {
  EncounterId encounter;
  TubeId tube;
  ResampleReason why = ResampleReason::rejected;  ///< rejected | lost
};
BOOST_DESCRIBE_STRUCT(NoteFailedSample, (), (encounter, tube, why))

/// From screening.result_authorised (amended = false) and result_amended (true) of a single with an encounter.
struct ReceiveResult {
  EncounterId encounter;
  TubeId tube;
  SampleResult result = SampleResult::negative;  ///< negative | positive | grey | invalid
  bool amended = false;
  std::optional<CaseId> case_id;
};
BOOST_DESCRIBE_STRUCT(ReceiveResult, (), (encounter, tube, result, amended, case_id))

struct ClearPatient {
  EncounterId encounter;
};
BOOST_DESCRIBE_STRUCT(ClearPatient, (), (encounter))

struct RecordDeparture {
  EncounterId encounter;
};
BOOST_DESCRIBE_STRUCT(RecordDeparture, (), (encounter))

struct AdmitPatient {
  EncounterId encounter;
  std::optional<std::string> ward;
};
BOOST_DESCRIBE_STRUCT(AdmitPatient, (), (encounter, ward))

struct TransferPatient {
  EncounterId encounter;
  UnitId to;
};
BOOST_DESCRIBE_STRUCT(TransferPatient, (), (encounter, to))

struct CloseEncounter {
  EncounterId encounter;
  Outcome outcome = Outcome::handed_over;
  std::optional<FreeText> note;
};
BOOST_DESCRIBE_STRUCT(CloseEncounter, (), (encounter, outcome, note))

/// occurred_at = when the patient left.
struct ReportLeftEarly {
  EncounterId encounter;
  Exit exit = Exit::unknown;
  std::optional<FreeText> seen_by;
  std::optional<Instant> seen_at;
};
BOOST_DESCRIBE_STRUCT(ReportLeftEarly, (), (encounter, exit, seen_by, seen_at))

struct AcknowledgeSearch {
  EncounterId encounter;
};
BOOST_DESCRIBE_STRUCT(AcknowledgeSearch, (), (encounter))

struct RecordFound {
  EncounterId encounter;
  FoundPlace place = FoundPlace::home;
  std::optional<FreeText> by;  ///< who found him, when not the one who records it
};
BOOST_DESCRIBE_STRUCT(RecordFound, (), (encounter, place, by))

struct DeclareEmergency {
  EncounterId encounter;  ///< of a patient already here, or a new id
  UnitId clinic;
  std::optional<PersonId> person;
  std::optional<RoomId> buffer_room;
  FreeText team;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(DeclareEmergency, (), (encounter, clinic, person, buffer_room, team, reason))

/// Names an emergency patient who came as a stranger.
struct IdentifyPatient {
  EncounterId encounter;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(IdentifyPatient, (), (encounter, person))

}  // namespace fx::hospitals
