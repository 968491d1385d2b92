#pragma once

// What people may ask of the gates desk. A member not said to be optional is required.

#include "desks/gates/events.hpp"

namespace fx::gates {

struct OpenGate {
  UnitId gate;
  GateKind kind = GateKind::traffic;
  GateShiftId shift;
  std::optional<AccountId> leader;
};
BOOST_DESCRIBE_STRUCT(OpenGate, (), (gate, kind, shift, leader))

struct CloseGate {
  UnitId gate;
};
BOOST_DESCRIBE_STRUCT(CloseGate, (), (gate))

struct BeginGateShift {
  GateShiftId shift;
  UnitId gate;
  std::optional<AccountId> leader;
};
BOOST_DESCRIBE_STRUCT(BeginGateShift, (), (shift, gate, leader))

struct NameGateLeader {
  GateShiftId shift;
  AccountId leader;
};
BOOST_DESCRIBE_STRUCT(NameGateLeader, (), (shift, leader))

struct JoinGate {
  UnitId gate;
};
BOOST_DESCRIBE_STRUCT(JoinGate, (), (gate))

struct LeaveGate {
  UnitId gate;
};
BOOST_DESCRIBE_STRUCT(LeaveGate, (), (gate))

/// One person at the gate, with what was seen and said. `places`: county codes of the days looked back.
struct CheckPerson {
  CheckId check;
  UnitId gate;
  PersonId person;
  std::optional<std::string> lane;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  std::optional<CodeSource> source;  ///< absent: as shown on the phone
  std::optional<double> temperature;
  std::optional<Instant> certificate_at;
  std::vector<std::int32_t> places;
  std::optional<bool> history_settled;  ///< judged before: a paper of the place says so
};
BOOST_DESCRIBE_STRUCT(CheckPerson, (),
                      (check, gate, person, lane, health, travel, source, temperature, certificate_at, places,
                       history_settled))

/// A check made without the server, as it happened: the device's own verdict, and what was done.
struct RecordPassage {
  CheckId check;
  UnitId gate;
  PersonId person;
  std::optional<std::string> lane;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  std::optional<CodeSource> source;
  std::optional<double> temperature;
  std::optional<Instant> certificate_at;
  std::vector<std::int32_t> places;
  std::optional<bool> history_settled;
  CheckOutcome outcome = CheckOutcome::passed;
  std::optional<GateShiftId> shift;  ///< as the device knew it; absent: the one now
  std::optional<Verdict> local_verdict;
  std::optional<std::string> snapshot;  ///< id of the snapshot it judged by
};
BOOST_DESCRIBE_STRUCT(RecordPassage, (),
                      (check, gate, person, lane, health, travel, source, temperature, certificate_at, places,
                       history_settled, outcome, shift, local_verdict, snapshot))

/// At the second look.
struct RecheckPerson {
  CheckId check;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  std::optional<CodeSource> source;
  std::optional<double> temperature;
  std::optional<Instant> certificate_at;
  std::vector<std::int32_t> places;
  std::optional<bool> history_settled;
};
BOOST_DESCRIBE_STRUCT(RecheckPerson, (),
                      (check, health, travel, source, temperature, certificate_at, places, history_settled))

/// Asked for its certificate by itself, e.g. of a driver.
struct AskCertificate {
  CheckId check;
  std::optional<Instant> certificate_at;  ///< sample of the last negative; absent: none was shown
};
BOOST_DESCRIBE_STRUCT(AskCertificate, (), (check, certificate_at))

struct PassPerson {
  CheckId check;
  std::optional<FreeText> note;  ///< why, after a second look
};
BOOST_DESCRIBE_STRUCT(PassPerson, (), (check, note))

struct SendToSecondCheck {
  CheckId check;
  std::optional<FreeText> note;
};
BOOST_DESCRIBE_STRUCT(SendToSecondCheck, (), (check, note))

struct OpenRedChannel {
  CheckId check;
  std::optional<bool> fever_clinic;  ///< to the fever clinic instead
  std::optional<FreeText> note;
};
BOOST_DESCRIBE_STRUCT(OpenRedChannel, (), (check, fever_clinic, note))

/// By whoever receives, never by the gatekeeper.
struct ReceivePerson {
  CheckId check;
  UnitId receiver;
  FreeText place;
};
BOOST_DESCRIBE_STRUCT(ReceivePerson, (), (check, receiver, place))

struct DeclareGateEmergency {
  CheckId check;
  UnitId gate;
  std::optional<PersonId> person;
  std::optional<FreeText> reason;
};
BOOST_DESCRIBE_STRUCT(DeclareGateEmergency, (), (check, gate, person, reason))

struct UndoOutcome {
  CheckId check;
};
BOOST_DESCRIBE_STRUCT(UndoOutcome, (), (check))

struct SettleDispute {
  CheckId check;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(SettleDispute, (), (check, note))

/// From a code service: asked by the server for a gate, or pushed by the service's own account.
struct RecordCodeAnswer {
  PersonId person;
  std::string service;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
};
BOOST_DESCRIBE_STRUCT(RecordCodeAnswer, (), (person, service, health, travel))

/// From other desks: somebody is to be stopped at gates, or no longer. `person` may be absent when it ends.
struct NoteControl {
  ControlSourceId source;
  std::optional<PersonId> person;
  ControlKind kind = ControlKind::contact;
  bool stands = true;
};
BOOST_DESCRIBE_STRUCT(NoteControl, (), (source, person, kind, stands))

/// An officer takes a reason off the list that no event ended: recovered, moved away, wrongly entered.
struct SettleControl {
  ControlSourceId source;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(SettleControl, (), (source, reason))

}  // namespace fx::gates
