#pragma once

// What happened to people under a measure (to sites, rooms and vehicles: site_events.hpp). First member of each: the
// thing it is about. `site` is where the person is held: a quarantine site, or the village or township of a home.

#include "kernel/event.hpp"

namespace fx::isolation {

FX_TAG(Stay, "stay");
FX_TAG(StayTest, "stay_test");
FX_TAG(QuarantineRoom, "quarantine_room");
FX_TAG(Leg, "leg");
FX_TAG(Vehicle, "vehicle");

/// Why somebody is under a measure; each names a schedule of the rulebook, F.<class>.
enum class ControlClass {
  close_contact,
  contact_of_contact,
  inbound,
  high_risk_area,
  medium_risk_area,
  low_risk_area,
  loop_leaver,
  venue_exposed,
  infection_reported,
  discharged,
  case_home
};
BOOST_DESCRIBE_ENUM(ControlClass, close_contact, contact_of_contact, inbound, high_risk_area,
                    medium_risk_area, low_risk_area, loop_leaver, venue_exposed, infection_reported,
                    discharged, case_home)

/// 集中隔离 居家隔离 居家健康监测; none: tests only, no stay.
enum class Regime { central, home_isolation, home_monitoring, none };
BOOST_DESCRIBE_ENUM(Regime, central, home_isolation, home_monitoring, none)

/// F2 and F5 of the domain model; `observing` is in a room or at home under the first phase.
enum class StayState {
  ordered,
  in_transfer,
  observing,
  out_closed_loop,
  absconded,
  home_phase,
  converted,
  ended,
  cancelled
};
BOOST_DESCRIBE_ENUM(StayState, ordered, in_transfer, observing, out_closed_loop, absconded, home_phase,
                    converted, ended, cancelled)

enum class RoomState { clean, occupied, to_disinfect, disinfected };
BOOST_DESCRIBE_ENUM(RoomState, clean, occupied, to_disinfect, disinfected)

enum class TestState { due, sampled, negative, positive, no_answer, explained, cancelled };
BOOST_DESCRIBE_ENUM(TestState, due, sampled, negative, positive, no_answer, explained, cancelled)

/// Why two may share a room [F.costay.*].
enum class CoStayGround { child, pregnant, severe_illness, dependent };
BOOST_DESCRIBE_ENUM(CoStayGround, child, pregnant, severe_illness, dependent)

/// Of goods and surfaces.
enum class SurfaceResult { negative, positive };
BOOST_DESCRIBE_ENUM(SurfaceResult, negative, positive)

enum class VehicleState { ready, under_way, to_disinfect };
BOOST_DESCRIBE_ENUM(VehicleState, ready, under_way, to_disinfect)

/// To a site, as ordered; a patient, from the room to a hospital; to a hospital and back in a closed loop.
enum class LegPurpose { to_site, case_to_hospital, out, back };
BOOST_DESCRIBE_ENUM(LegPurpose, to_site, case_to_hospital, out, back)

enum class Sign { fever, cough, sore_throat, fatigue, loss_of_smell, diarrhoea, breathless };
BOOST_DESCRIBE_ENUM(Sign, fever, cough, sore_throat, fatigue, loss_of_smell, diarrhoea, breathless)

/// The schedule a stay follows: which row of the rulebook, as which edition states it. By it open stays are counted.
struct Edition {
  std::string pathogen;
  ControlClass class_ = ControlClass::close_contact;
  std::string profile;
  friend bool operator==(const Edition&, const Edition&) = default;
};
BOOST_DESCRIBE_STRUCT(Edition, (), (pathogen, class_, profile))

// ---- who is to be under control ------------------------------------------------------------------------------------

/// A judgement asks for control; a named officer orders it.
struct ControlAsked {
  static constexpr std::string_view name = "isolation.control_asked";
  ContactId contact;
  PersonId person;
  ControlClass class_ = ControlClass::close_contact;
  CaseId case_id;
  Day day0;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(ControlAsked, (), (contact, person, class_, case_id, day0, cdc))

struct ControlNotAsked {
  static constexpr std::string_view name = "isolation.control_not_asked";
  ContactId contact;
};
BOOST_DESCRIBE_STRUCT(ControlNotAsked, (), (contact))

// ---- stays ---------------------------------------------------------------------------------------------------------

struct StayOrdered {
  static constexpr std::string_view name = "isolation.stay_ordered";
  StayId stay;
  PersonId person;
  ControlClass class_ = ControlClass::close_contact;
  std::string pathogen;
  Regime regime = Regime::central;
  std::optional<ContactId> contact;
  std::optional<ContactId> asked;  ///< the asking it answers
  UnitId site;
  UnitId cdc;
  std::optional<UnitId> carrier;  ///< transfer desk of the county; absent for a measure at home
  Day day0;
  std::int32_t days = 0;
  Instant ends_at;
  std::optional<Regime> then_regime;
  std::int32_t then_days = 0;
  std::vector<std::int32_t> tests;       ///< protocol days of the first phase
  std::vector<std::int32_t> then_tests;  ///< of the phase at home
  std::int32_t release_samples = 1;
  bool test_on_admission = true;
  AccountId officer;
  std::string rule;
  std::string profile;
  std::string legal_basis;
  TextRef address;
};
BOOST_DESCRIBE_STRUCT(StayOrdered, (),
                      (stay, person, class_, pathogen, regime, contact, asked, site, cdc, carrier, day0, days,
                       ends_at, then_regime, then_days, tests, then_tests, release_samples, test_on_admission,
                       officer, rule, profile, legal_basis, address))

struct StayCancelled {
  static constexpr std::string_view name = "isolation.stay_cancelled";
  StayId stay;
  PersonId person;
  std::optional<QuarantineRoomId> room;
  UnitId site;
  std::vector<StayTestId> tests;  ///< that are not due any more
  Edition edition;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(StayCancelled, (), (stay, person, room, site, tests, edition, reason))

struct LegStarted {
  static constexpr std::string_view name = "isolation.leg_started";
  LegId leg;
  StayId stay;
  PersonId person;
  ControlClass class_ = ControlClass::close_contact;
  VehicleId vehicle;
  UnitId carrier;
  UnitId receiver;
  AccountId left_by;
  Instant expected_at;
  std::optional<LegPurpose> purpose;  ///< absent: to_site
  std::optional<UnitId> escort;       ///< the carrier, when no vehicle of a transfer desk goes
};
BOOST_DESCRIBE_STRUCT(LegStarted, (),
                      (leg, stay, person, class_, vehicle, carrier, receiver, left_by, expected_at, purpose,
                       escort))

struct LegEnded {
  static constexpr std::string_view name = "isolation.leg_ended";
  LegId leg;
  StayId stay;
  PersonId person;
  VehicleId vehicle;
  UnitId receiver;
  AccountId arrived_by;
  std::optional<LegPurpose> purpose;  ///< absent: to_site
};
BOOST_DESCRIBE_STRUCT(LegEnded, (), (leg, stay, person, vehicle, receiver, arrived_by, purpose))

/// In a room of a site, or at home: the measure is in force from here.
struct StayAdmitted {
  static constexpr std::string_view name = "isolation.stay_admitted";
  StayId stay;
  PersonId person;
  std::optional<ContactId> contact;
  UnitId site;
  UnitId cdc;
  Regime regime = Regime::central;
  std::optional<QuarantineRoomId> room;
  std::optional<StayId> with;         ///< shares the room by an approved co-stay
  std::optional<Instant> next_check;  ///< absent where the rulebook asks for none
  Instant ends_at;                    ///< of the first phase: released by then, extended, or overdue
  std::vector<StayTestId> tests;
};
BOOST_DESCRIBE_STRUCT(StayAdmitted, (),
                      (stay, person, contact, site, cdc, regime, room, with, next_check, ends_at, tests))

struct CoStayApproved {
  static constexpr std::string_view name = "isolation.co_stay_approved";
  StayId stay;  ///< who needs the carer
  StayId with;  ///< the carer, in the same regime
  CoStayGround ground = CoStayGround::child;
  AccountId officer;
  std::optional<std::int32_t> age;
  std::optional<std::int32_t> carer_age;
};
BOOST_DESCRIBE_STRUCT(CoStayApproved, (), (stay, with, ground, officer, age, carer_age))

struct HealthChecked {
  static constexpr std::string_view name = "isolation.health_checked";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  double temperature = 0;  ///< °C
  std::vector<Sign> signs;
  Regime regime = Regime::central;    ///< under which it was: who owes the next one
  std::optional<Instant> next_check;  ///< the end of the slot in which the next one is owed
};
BOOST_DESCRIBE_STRUCT(HealthChecked, (), (stay, person, site, cdc, temperature, signs, regime, next_check))

/// What the schedule asks for on a day; sampled on another day, the test stays due.
struct TestDue {
  static constexpr std::string_view name = "isolation.test_due";
  StayTestId test;
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  Day day;
  Instant due_at;  ///< 24:00 of the day
};
BOOST_DESCRIBE_STRUCT(TestDue, (), (test, stay, person, site, cdc, day, due_at))

/// A test beyond the schedule's own is one of the stay's, too.
struct TestAdded {
  static constexpr std::string_view name = "isolation.test_added";
  StayId stay;
  StayTestId test;
};
BOOST_DESCRIBE_STRUCT(TestAdded, (), (stay, test))

struct TestSampled {
  static constexpr std::string_view name = "isolation.test_sampled";
  StayTestId test;
  StayId stay;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(TestSampled, (), (test, stay, tube))

/// A tube on a day without a test of the schedule: nobody owes it, yet nobody is released before it is answered.
struct ExtraSampled {
  static constexpr std::string_view name = "isolation.extra_sampled";
  StayId stay;
  PersonId person;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(ExtraSampled, (), (stay, person, tube))

struct ExtraAnswered {
  static constexpr std::string_view name = "isolation.extra_answered";
  StayId stay;
  TubeId tube;
  TestState result = TestState::negative;  ///< negative | positive | no_answer
};
BOOST_DESCRIBE_STRUCT(ExtraAnswered, (), (stay, tube, result))

struct TestAnswered {
  static constexpr std::string_view name = "isolation.test_answered";
  StayTestId test;
  StayId stay;
  PersonId person;
  TubeId tube;
  TestState result = TestState::negative;  ///< negative | positive | no_answer: due again
  UnitId site;
  UnitId cdc;
  Instant due_at;  ///< of a new sample, when there was no answer
  std::optional<UnitId> lab;
  std::optional<std::string> reagent_lot;
  std::optional<double> lowest_ct;
  std::optional<std::string> reagent;  ///< the product, where the laboratory registered the lot
};
BOOST_DESCRIBE_STRUCT(TestAnswered, (),
                      (test, stay, person, tube, result, site, cdc, due_at, lab, reagent_lot, lowest_ct,
                       reagent))

struct TestExplained {
  static constexpr std::string_view name = "isolation.test_explained";
  StayTestId test;
  StayId stay;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(TestExplained, (), (test, stay, reason))

struct ReleaseProposed {
  static constexpr std::string_view name = "isolation.release_proposed";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId village;  ///< who receives: village or township
};
BOOST_DESCRIBE_STRUCT(ReleaseProposed, (), (stay, person, site, village))

struct ReleaseAccepted {
  static constexpr std::string_view name = "isolation.release_accepted";
  StayId stay;
  UnitId village;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(ReleaseAccepted, (), (stay, village, by))

/// Out of the room: home phase, or the end.
struct StayReleased {
  static constexpr std::string_view name = "isolation.stay_released";
  StayId stay;
  PersonId person;
  std::optional<ContactId> contact;
  UnitId site;
  std::optional<UnitId> village;
  std::optional<UnitId> township;
  std::optional<QuarantineRoomId> room;
  StayState state = StayState::ended;  ///< home_phase | ended
  std::optional<Instant> home_until;
  std::optional<Regime> regime;       ///< of the home phase
  std::optional<Instant> next_check;  ///< of the home phase
  std::vector<StayTestId> tests;      ///< of the home phase
  Edition edition;
  AccountId officer;
  std::optional<TextRef> one_lab;  ///< why one laboratory tested all samples of the last day
};
BOOST_DESCRIBE_STRUCT(StayReleased, (),
                      (stay, person, contact, site, village, township, room, state, home_until, regime,
                       next_check, tests, edition, officer, one_lab))

/// Goods and surfaces of the room, sampled before the release.
struct SurfacesRecorded {
  static constexpr std::string_view name = "isolation.surfaces_recorded";
  StayId stay;
  PersonId person;
  UnitId site;
  SurfaceResult result = SurfaceResult::negative;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(SurfacesRecorded, (), (stay, person, site, result, by))

/// A named officer lets a measure go on beyond its end; the ground stands in the order.
struct StayExtended {
  static constexpr std::string_view name = "isolation.stay_extended";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  StayState state = StayState::observing;  ///< the phase that goes on
  Instant former_end;
  Instant ends_at;
  AccountId officer;
  std::string legal_basis;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(StayExtended, (),
                      (stay, person, site, cdc, state, former_end, ends_at, officer, legal_basis, reason))

struct DoorCalled {
  static constexpr std::string_view name = "isolation.door_called";
  StayId stay;
  PersonId person;
  bool met = true;
};
BOOST_DESCRIBE_STRUCT(DoorCalled, (), (stay, person, met))

struct StayEnded {
  static constexpr std::string_view name = "isolation.stay_ended";
  StayId stay;
  PersonId person;
  std::optional<ContactId> contact;
  Edition edition;
  AccountId officer;
};
BOOST_DESCRIBE_STRUCT(StayEnded, (), (stay, person, contact, edition, officer))

/// Positive: a patient from here on, who waits in the room for the transfer; the floor waits for an assessment.
struct StayConverted {
  static constexpr std::string_view name = "isolation.stay_converted";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  std::optional<QuarantineRoomId> room;
  TubeId tube;
  std::vector<StayTestId> tests;  ///< that are not due any more
  Edition edition;
  std::optional<QuarantineRoomId> waits_in;  ///< until the patient is fetched
};
BOOST_DESCRIBE_STRUCT(StayConverted, (), (stay, person, site, cdc, room, tube, tests, edition, waits_in))

/// The patient left the room to a hospital, or is none after all: whoever received the person has the custody.
struct CaseHandedOver {
  static constexpr std::string_view name = "isolation.case_handed_over";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId to;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(CaseHandedOver, (), (stay, person, site, to, by))

/// 脱管: left the room, the home or the leg without leave.
struct LeftControl {
  static constexpr std::string_view name = "isolation.left_control";
  StayId stay;
  PersonId person;
  UnitId holder;
  std::optional<UnitId> police;
  TextRef seen;
  std::optional<UnitId> carrier;  ///< the holder, on the way
  std::optional<UnitId> home;     ///< the holder, of a measure at home
};
BOOST_DESCRIBE_STRUCT(LeftControl, (), (stay, person, holder, police, seen, carrier, home))

struct Located {
  static constexpr std::string_view name = "isolation.located";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  Regime regime = Regime::central;
  std::optional<Instant> next_check;  ///< when the measure goes on
  TextRef where;
  std::optional<UnitId>
      held_by;  ///< who found the person outside the site, and keeps him until he is taken back
};
BOOST_DESCRIBE_STRUCT(Located, (), (stay, person, site, cdc, regime, next_check, where, held_by))

/// To a hospital in a closed loop; room and stay go on.
struct SentOut {
  static constexpr std::string_view name = "isolation.sent_out";
  StayId stay;
  PersonId person;
  UnitId hospital;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(SentOut, (), (stay, person, hospital, reason))

struct TakenBack {
  static constexpr std::string_view name = "isolation.taken_back";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  Regime regime = Regime::central;
  std::optional<Instant> next_check;
};
BOOST_DESCRIBE_STRUCT(TakenBack, (), (stay, person, site, cdc, regime, next_check))

}  // namespace fx::isolation
