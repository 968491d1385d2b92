#pragma once

#include <array>

#include "desks/isolation/events.hpp"
#include "kernel/desk.hpp"

namespace fx::isolation {

/// What a judgement of the investigation asks for; the order rests on it.
struct Asked {
  static constexpr std::string_view table = "control_asked";
  ContactId id;
  PersonId person;
  ControlClass class_ = ControlClass::close_contact;
  CaseId case_id;
  Day day0;
  UnitId cdc;
  bool stands = true;  ///< false: judged otherwise since
  std::optional<StayId> stay;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (id, person, class_, case_id, day0, cdc, stands, stay))

/// One control episode of one person, from the order to its end. Where it is carried out: `site`.
struct Stay {
  static constexpr std::string_view table = "stay";
  StayId id;
  PersonId person;
  ControlClass class_ = ControlClass::close_contact;
  std::string pathogen;
  Regime regime = Regime::central;
  StayState state = StayState::ordered;
  std::optional<StayState> before;  ///< where an absence interrupted it
  std::optional<ContactId> contact;
  UnitId site;
  UnitId holder;  ///< who has the person at this minute: exactly one
  UnitId cdc;
  std::optional<UnitId> carrier;
  Day day0;
  std::optional<Day> proposed_day0;  ///< the ground has another one now, or another class; an officer decides
  std::optional<ControlClass> proposed_class;  ///< only where it is another
  std::optional<Instant> proposed_end;         ///< of the phase the stay is in
  std::optional<Instant> proposed_home_until;
  std::vector<Day> proposed_tests;
  bool proposed_site = false;                  ///< at home, and the class asks for a site
  std::optional<ControlClass> foreseen_class;  ///< a class the investigation has not decided on yet …
  std::optional<Day> foreseen_day0;            ///< … and the dates it would bring
  std::optional<Instant> foreseen_end;
  std::optional<Instant> foreseen_home_until;
  std::vector<Day> foreseen_tests;
  std::int32_t days = 0;
  Instant ends_at;
  std::optional<Regime> then_regime;
  std::int32_t then_days = 0;
  std::vector<std::int32_t> protocol_days;
  std::vector<std::int32_t> then_protocol_days;
  std::int32_t release_samples = 1;
  std::optional<std::int32_t>
      fresh_negative_h;  ///< a transition order shortened it: its last negative is at most so old
  bool test_on_admission = true;
  std::optional<Instant> home_until;
  AccountId officer;
  std::string rule;
  std::string profile;
  std::string legal_basis;
  Instant ordered_at;
  std::optional<LegId> leg;  ///< while it is open
  std::optional<QuarantineRoomId> room;
  std::optional<StayId> with;
  std::optional<Instant> admitted_at;
  std::optional<Instant> checked_at;
  std::optional<Instant> next_check;
  std::vector<StayTestId> tests;
  std::vector<TubeId> pending;            ///< sampled on days without a test, without an answer yet
  std::optional<SurfaceResult> surfaces;  ///< goods and surfaces of the room
  std::optional<UnitId> village;          ///< who was asked to receive
  bool accepted = false;                  ///< it does
  std::optional<Instant> released_at;
  std::optional<Instant> ended_at;  ///< over, and out of the room: a patient waits in it until fetched
};
BOOST_DESCRIBE_STRUCT(Stay, (),
                      (id, person, class_, pathogen, regime, state, before, contact, site, holder, cdc,
                       carrier, day0, proposed_day0, proposed_class, proposed_end, proposed_home_until,
                       proposed_tests, proposed_site, foreseen_class, foreseen_day0, foreseen_end,
                       foreseen_home_until, foreseen_tests, days, ends_at, then_regime, then_days,
                       protocol_days, then_protocol_days, release_samples, fresh_negative_h,
                       test_on_admission, home_until, officer, rule, profile, legal_basis, ordered_at, leg,
                       room, with, admitted_at, checked_at, next_check, tests, pending, surfaces, village,
                       accepted, released_at, ended_at))

/// By whom and with what a sample was found negative.
struct NegativeSample {
  UnitId lab;
  std::string reagent;  ///< the product, or the lot where the laboratory registered none
};
BOOST_DESCRIBE_STRUCT(NegativeSample, (), (lab, reagent))

struct StayTest {
  static constexpr std::string_view table = "stay_test";
  StayTestId id;
  StayId stay;
  PersonId person;
  UnitId site;
  Day day;
  TestState state = TestState::due;
  std::int32_t negatives = 0;  ///< of this day: a release may want more than one sample
  std::vector<TubeId> open;    ///< sampled, without an answer yet
  std::optional<Instant> sampled_at;
  std::vector<NegativeSample> samples;
  std::optional<double> lowest_ct;  ///< of all its answers
};
BOOST_DESCRIBE_STRUCT(StayTest, (),
                      (id, stay, person, site, day, state, negatives, open, sampled_at, samples, lowest_ct))

/// A quarantine site and its rooms by state: rooms = clean + occupied + to_disinfect + disinfected.
struct Site {
  static constexpr std::string_view table = "quarantine_site";
  UnitId id;
  bool open = false;
  std::int32_t rooms = 0;
  std::int32_t clean = 0;
  std::int32_t occupied = 0;
  std::int32_t to_disinfect = 0;
  std::int32_t disinfected = 0;
};
BOOST_DESCRIBE_STRUCT(Site, (), (id, open, rooms, clean, occupied, to_disinfect, disinfected))

struct QuarantineRoom {
  static constexpr std::string_view table = "quarantine_room";
  QuarantineRoomId id;
  UnitId site;
  std::string number;
  std::string floor;
  RoomState state = RoomState::clean;
  std::vector<StayId> stays;
  std::optional<AccountId> disinfected_by;
  std::optional<Instant> since;
};
BOOST_DESCRIBE_STRUCT(QuarantineRoom, (), (id, site, number, floor, state, stays, disinfected_by, since))

/// One stretch of a closed-loop journey with its two signatures.
struct Leg {
  static constexpr std::string_view table = "leg";
  LegId id;
  StayId stay;
  PersonId person;
  VehicleId vehicle;
  UnitId carrier;
  UnitId receiver;
  AccountId left_by;
  Instant left_at;
  Instant expected_at;
  LegPurpose purpose = LegPurpose::to_site;
  std::optional<AccountId> arrived_by;
  std::optional<Instant> arrived_at;
};
BOOST_DESCRIBE_STRUCT(Leg, (),
                      (id, stay, person, vehicle, carrier, receiver, left_by, left_at, expected_at, purpose,
                       arrived_by, arrived_at))

struct Vehicle {
  static constexpr std::string_view table = "vehicle";
  VehicleId id;
  UnitId carrier;
  std::string plate;
  std::int32_t seats = 1;
  VehicleState state = VehicleState::ready;
  std::optional<ControlClass> carries;  ///< of whoever is in it, or was since it was disinfected
  bool carries_case = false;            ///< a patient
  std::int32_t aboard = 0;
};
BOOST_DESCRIBE_STRUCT(Vehicle, (), (id, carrier, plate, seats, state, carries, carries_case, aboard))

/// How many open stays of a class follow which edition of the rulebook, in one county: what a transition order has to
/// change, exactly.
struct OpenStays {
  static constexpr std::string_view table = "open_stays";
  static constexpr bool subject = false;
  struct Of {
    std::string profile;
    std::int32_t open = 0;
  };
  RawId id;
  std::string pathogen;
  ControlClass class_ = ControlClass::close_contact;
  std::vector<Of> by_profile;
};
BOOST_DESCRIBE_STRUCT(OpenStays::Of, (), (profile, open))
BOOST_DESCRIBE_STRUCT(OpenStays, (), (id, pathogen, class_, by_profile))

/// Key of the count of a county's open stays of one class.
RawId open_stays_of(std::int32_t county, const std::string& pathogen, ControlClass class_);
/// The edition a stay follows.
Edition edition_of(const Stay& stay);
void count_open(OpenStays& row, std::int32_t county, const Edition& edition, std::int32_t more);

/// The claim by which a person is under one measure only.
RawId control_of_person(PersonId person);
/// The claim by which a site has one room of a number.
RawId number_of_room(UnitId site, const std::string& number);
/// The claim by which a place in a room has one stay: a room has one place, and a second by an approved co-stay.
RawId place_in_room(QuarantineRoomId room, std::int32_t place);
inline constexpr std::array<std::int32_t, 2> places_of_a_room{1, 2};
/// The claim by which a plate is registered once.
RawId plate_of_vehicle(const std::string& plate);

/// Under the measure now, wherever: the claim of the person is held.
bool is_open(StayState state);
/// Takes up a place at the site: in it, or to come back to it.
bool is_inside(const Stay& stay);
/// Lies in its room at this minute.
bool lies_in_room(const Stay& stay);

void evolve_asked(Desk& desk);
void evolve_stays(Desk& desk);
void evolve_open_stays(Desk& desk);
void evolve_tests(Desk& desk);
void evolve_rooms(Desk& desk);
void evolve_legs(Desk& desk);

}  // namespace fx::isolation
