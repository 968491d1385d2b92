#pragma once

#include "desks/hospitals/events.hpp"
#include "kernel/desk.hpp"

namespace fx::hospitals {

FX_TAG(ClinicDay, "clinic_day");

/// One specimen of an encounter. All are kept: an amendment marks its own, and what counts follows from them together.
struct Sample {
  TubeId tube;
  Instant sealed_at;
  SampleResult result = SampleResult::pending;
  std::optional<Instant> result_at;
  bool amended = false;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (tube, sealed_at, result, result_at, amended))

struct Encounter {
  static constexpr std::string_view table = "encounter";
  EncounterId id;
  UnitId clinic;
  UnitId hospital;
  std::optional<UnitId> county;
  std::optional<PersonId> person;  ///< absent: an emergency patient nobody knows yet
  std::string pathogen;
  EncounterState state = EncounterState::arrived;
  HealthCode code = HealthCode::green;
  Lane lane = Lane::ordinary;
  std::optional<double> temperature;
  bool history_flag = false;
  std::vector<Symptom> symptoms;
  std::optional<Day> onset_day;
  Instant arrived_at;
  Instant came_at;  ///< entered the clinic; later than arrived_at when he was brought back
  std::optional<RoomId> room;
  std::optional<AccountId> doctor;
  std::vector<Sample> samples;
  std::optional<TubeId> tube;          ///< of the latest sample
  std::optional<SampleResult> result;  ///< of the latest that has one
  std::optional<Instant> result_at;
  std::optional<Instant> hold_until;  ///< when the result is due at the latest
  bool resample_due = false;
  bool at_home = false;
  bool emergency = false;
  bool missing = false;  ///< left early, or recalled, and not yet found
  bool search_open = false;
  std::optional<CaseId> case_id;
  std::optional<Instant> left_at;
  std::optional<Exit> exit;
  std::optional<UnitId> transferred_to;
};
BOOST_DESCRIBE_STRUCT(Encounter, (),
                      (id, clinic, hospital, county, person, pathogen, state, code, lane, temperature,
                       history_flag, symptoms, onset_day, arrived_at, came_at, room, doctor, samples, tube,
                       result, result_at, hold_until, resample_due, at_home, emergency, missing, search_open,
                       case_id, left_at, exit, transferred_to))

struct Room {
  static constexpr std::string_view table = "room";
  RoomId id;
  UnitId clinic;
  std::int32_t number = 0;
  bool red_lane = false;
  RoomState state = RoomState::free;
  std::optional<EncounterId> encounter;
};
BOOST_DESCRIBE_STRUCT(Room, (), (id, clinic, number, red_lane, state, encounter))

/// A fever clinic and its rooms by state: rooms = occupied + closed + to_disinfect + free.
struct Clinic {
  static constexpr std::string_view table = "clinic";
  UnitId id;
  UnitId hospital;
  bool open = false;
  std::int32_t rooms = 0;
  std::int32_t occupied = 0;
  std::int32_t closed = 0;
  std::int32_t to_disinfect = 0;
  std::int32_t free = 0;
};
BOOST_DESCRIBE_STRUCT(Clinic, (), (id, hospital, open, rooms, occupied, closed, to_disinfect, free))

/// Somebody in the clinic from when to when.
struct Presence {
  PersonId person;
  std::optional<EncounterId> encounter;
  PresenceKind kind = PresenceKind::patient;
  Instant from;
  std::optional<Instant> until;  ///< absent: still there
};
BOOST_DESCRIBE_STRUCT(Presence, (), (person, encounter, kind, from, until))

/// Who came into a clinic on one day: what is asked when a positive was there.
struct ClinicDay {
  static constexpr std::string_view table = "clinic_day";
  static constexpr bool subject = false;
  ClinicDayId id;
  UnitId clinic;
  Day day;
  std::vector<Presence> presences;
};
BOOST_DESCRIBE_STRUCT(ClinicDay, (), (id, clinic, day, presences))

ClinicDayId clinic_day_id(UnitId clinic, Day day);
/// The claim by which a person lies in one room only.
RawId room_of_person(PersonId person);
/// The claim by which a clinic has one room of a number.
RawId number_of_room(UnitId clinic, std::int32_t number);

/// What every event does to the rows.
void evolve_rooms(Desk& desk);
void evolve_presence(Desk& desk);
void evolve_encounters(Desk& desk);

}  // namespace fx::hospitals
