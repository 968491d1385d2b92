#pragma once

// What people, and handoffs, may ask of this desk. A member not said to be optional is required.

#include "desks/isolation/events.hpp"
#include "kernel/derive.hpp"

namespace fx::isolation {

// ---- handed over ---------------------------------------------------------------------------------------------------

/// Key of an asking that rests on no contact: one a person and class.
inline ContactId asked_of(PersonId person, ControlClass class_) {
  return derive<ContactTag>(person.raw, "asked " + std::string(enum_text(class_)));
}

/// From investigation.contact_judged, and gates.returnee_classed.
struct AskControl {
  ContactId contact;  ///< or asked_of(person, class)
  PersonId person;
  std::optional<ControlClass> class_;  ///< absent: judged to be none
  CaseId case_id;                      ///< nil: it rests on no case
  std::optional<Day> day0;
  UnitId cdc;  ///< nil: of the person's county
};
BOOST_DESCRIBE_STRUCT(AskControl, (), (contact, person, class_, case_id, day0, cdc))

/// From screening.tube_sealed: one for each person in it.
struct NoteSample {
  PersonId person;
  TubeId tube;
  Instant sealed_at;
  std::string pathogen;  ///< it is tested for; empty: nobody said
};
BOOST_DESCRIBE_STRUCT(NoteSample, (), (person, tube, sealed_at, pathogen))

/// From screening.result_authorised and result_amended, and from tubes rejected or lost (no_answer).
struct NoteResult {
  PersonId person;
  TubeId tube;
  TestState result = TestState::negative;  ///< negative | positive | no_answer
  std::optional<UnitId> lab;
  std::optional<std::string> reagent_lot;
  std::optional<double> lowest_ct;
  std::optional<std::string> reagent;  ///< the product, where the laboratory registered the lot
  std::string pathogen;                ///< it was tested for; empty: nobody said
};
BOOST_DESCRIBE_STRUCT(NoteResult, (), (person, tube, result, lab, reagent_lot, lowest_ct, reagent, pathogen))

// ---- stays ---------------------------------------------------------------------------------------------------------

struct OrderStay {
  StayId stay;
  PersonId person;
  ControlClass class_ = ControlClass::close_contact;
  std::string pathogen;
  Regime regime = Regime::central;
  std::optional<ContactId> contact;  ///< the judgement it rests on; classes without a case need none
  std::optional<Day>
      day0;     ///< last exposure, leaving the area, entry; of a contact: as judged; absent: as was asked
  UnitId site;  ///< quarantine site, or village or township of the home
  std::string legal_basis;
  bool notice_given = false;
  std::optional<FreeText> address;
};
BOOST_DESCRIBE_STRUCT(OrderStay, (),
                      (stay, person, class_, pathogen, regime, contact, day0, site, legal_basis, notice_given,
                       address))

struct CancelStay {
  StayId stay;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(CancelStay, (), (stay, reason))

struct StartTransfer {
  LegId leg;
  StayId stay;
  VehicleId vehicle;
  Instant expected_at;
  std::optional<UnitId> to;  ///< of a patient: the hospital
};
BOOST_DESCRIBE_STRUCT(StartTransfer, (), (leg, stay, vehicle, expected_at, to))

struct EndTransfer {
  LegId leg;
  std::optional<UnitId> at;  ///< another site than the one expected
};
BOOST_DESCRIBE_STRUCT(EndTransfer, (), (leg, at))

struct AdmitToRoom {
  StayId stay;
  QuarantineRoomId room;
};
BOOST_DESCRIBE_STRUCT(AdmitToRoom, (), (stay, room))

struct SettleAtHome {
  StayId stay;
  bool own_room = false;
  bool own_toilet = false;
  std::int32_t co_residents = 0;  ///< who live there and are not under the same measure
};
BOOST_DESCRIBE_STRUCT(SettleAtHome, (), (stay, own_room, own_toilet, co_residents))

struct ApproveCoStay {
  StayId stay;
  StayId with;
  CoStayGround ground = CoStayGround::child;
  std::optional<std::int32_t> age;            ///< of a child: years, as the papers shown say
  std::optional<std::int32_t> carer_age;      ///< years
  std::optional<bool> carer_chronic_illness;  ///< as the carer says
};
BOOST_DESCRIBE_STRUCT(ApproveCoStay, (), (stay, with, ground, age, carer_age, carer_chronic_illness))

struct RecordCheck {
  StayId stay;
  double temperature = 0;
  std::vector<Sign> signs;
};
BOOST_DESCRIBE_STRUCT(RecordCheck, (), (stay, temperature, signs))

struct ExplainTest {
  StayTestId test;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(ExplainTest, (), (test, reason))

struct ProposeRelease {
  StayId stay;
  UnitId village;
};
BOOST_DESCRIBE_STRUCT(ProposeRelease, (), (stay, village))

struct AcceptRelease {
  StayId stay;
};
BOOST_DESCRIBE_STRUCT(AcceptRelease, (), (stay))

/// Goods and surfaces of the room.
struct RecordSurfaces {
  StayId stay;
  SurfaceResult result = SurfaceResult::negative;
};
BOOST_DESCRIBE_STRUCT(RecordSurfaces, (), (stay, result))

struct ReleaseStay {
  StayId stay;
  std::optional<FreeText> one_lab;  ///< why one laboratory tested all samples of the last day
};
BOOST_DESCRIBE_STRUCT(ReleaseStay, (), (stay, one_lab))

struct ExtendStay {
  StayId stay;
  Instant until;
  std::string legal_basis;
  bool notice_given = false;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(ExtendStay, (), (stay, until, legal_basis, notice_given, reason))

struct CallAtDoor {
  StayId stay;
  bool met = true;
};
BOOST_DESCRIBE_STRUCT(CallAtDoor, (), (stay, met))

struct EndStay {
  StayId stay;
};
BOOST_DESCRIBE_STRUCT(EndStay, (), (stay))

struct ReportLeftControl {
  StayId stay;
  FreeText seen;
};
BOOST_DESCRIBE_STRUCT(ReportLeftControl, (), (stay, seen))

struct RecordLocated {
  StayId stay;
  FreeText where;
};
BOOST_DESCRIBE_STRUCT(RecordLocated, (), (stay, where))

struct SendOut {
  StayId stay;
  UnitId hospital;
  FreeText reason;
  std::optional<VehicleId> vehicle;    ///< of a transfer desk; absent: the site brings the person
  std::optional<Instant> expected_at;  ///< absent: as the rulebook has it
};
BOOST_DESCRIBE_STRUCT(SendOut, (), (stay, hospital, reason, vehicle, expected_at))

/// The hospital hands the person back.
struct SendBack {
  StayId stay;
  std::optional<VehicleId> vehicle;
  std::optional<Instant> expected_at;
};
BOOST_DESCRIBE_STRUCT(SendBack, (), (stay, vehicle, expected_at))

struct TakeBack {
  StayId stay;
};
BOOST_DESCRIBE_STRUCT(TakeBack, (), (stay))

/// Whoever turned positive leaves the room otherwise than by a leg of the transfer desk.
struct HandOverCase {
  StayId stay;
  UnitId to;
};
BOOST_DESCRIBE_STRUCT(HandOverCase, (), (stay, to))

// ---- sites, rooms, vehicles ----------------------------------------------------------------------------------------

struct OpenSite {
  UnitId site;
};
BOOST_DESCRIBE_STRUCT(OpenSite, (), (site))

struct CloseSite {
  UnitId site;
};
BOOST_DESCRIBE_STRUCT(CloseSite, (), (site))

struct NewRoom {
  QuarantineRoomId room;
  std::string number;
  std::optional<std::string> floor;
};
BOOST_DESCRIBE_STRUCT(NewRoom, (), (room, number, floor))

struct AddRooms {
  UnitId site;
  std::vector<NewRoom> rooms;
};
BOOST_DESCRIBE_STRUCT(AddRooms, (), (site, rooms))

struct DisinfectRoom {
  QuarantineRoomId room;
  std::string agent;
};
BOOST_DESCRIBE_STRUCT(DisinfectRoom, (), (room, agent))

struct CheckRoom {
  QuarantineRoomId room;
  bool passed = true;
};
BOOST_DESCRIBE_STRUCT(CheckRoom, (), (room, passed))

struct RegisterVehicle {
  VehicleId vehicle;
  std::string plate;
  std::int32_t seats = 1;
};
BOOST_DESCRIBE_STRUCT(RegisterVehicle, (), (vehicle, plate, seats))

struct DisinfectVehicle {
  VehicleId vehicle;
  std::string agent;
};
BOOST_DESCRIBE_STRUCT(DisinfectVehicle, (), (vehicle, agent))

}  // namespace fx::isolation
