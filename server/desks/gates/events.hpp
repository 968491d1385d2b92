#pragma once

// What happened at gates, and why somebody is looked for there. First member of each: the thing it is about.

#include <string>
#include <vector>

#include "desks/gates/words.hpp"
#include "kernel/event.hpp"

namespace fx::gates {

FX_TAG(GateShift, "gate_shift");
FX_TAG(Check, "check");
FX_TAG(ControlSource, "control_source");

// ---- gates and shifts ----------------------------------------------------------------------------------------------

/// `silent_from`: the full minute from which a silence is counted.
struct GateOpened {
  static constexpr std::string_view name = "gates.gate_opened";
  UnitId gate;
  GateKind kind = GateKind::traffic;
  GateShiftId shift;
  Instant silent_from;
};
BOOST_DESCRIBE_STRUCT(GateOpened, (), (gate, kind, shift, silent_from))

struct GateClosed {
  static constexpr std::string_view name = "gates.gate_closed";
  UnitId gate;
  GateShiftId shift;
};
BOOST_DESCRIBE_STRUCT(GateClosed, (), (gate, shift))

/// A record was made in a minute that had none: silence is counted from here. Once a minute at most.
struct GateWatched {
  static constexpr std::string_view name = "gates.gate_watched";
  UnitId gate;
  Instant silent_from;
};
BOOST_DESCRIBE_STRUCT(GateWatched, (), (gate, silent_from))

struct GateShiftBegun {
  static constexpr std::string_view name = "gates.gate_shift_begun";
  GateShiftId shift;
  UnitId gate;
  std::optional<AccountId> leader;
};
BOOST_DESCRIBE_STRUCT(GateShiftBegun, (), (shift, gate, leader))

struct GateShiftEnded {
  static constexpr std::string_view name = "gates.gate_shift_ended";
  GateShiftId shift;
  UnitId gate;
  std::optional<AccountId> leader;
};
BOOST_DESCRIBE_STRUCT(GateShiftEnded, (), (shift, gate, leader))

struct GateLeaderNamed {
  static constexpr std::string_view name = "gates.gate_leader_named";
  GateShiftId shift;
  UnitId gate;
  AccountId leader;
  std::optional<AccountId> former;
};
BOOST_DESCRIBE_STRUCT(GateLeaderNamed, (), (shift, gate, leader, former))

struct KeeperJoined {
  static constexpr std::string_view name = "gates.keeper_joined";
  UnitId gate;
  AccountId keeper;
};
BOOST_DESCRIBE_STRUCT(KeeperJoined, (), (gate, keeper))

struct KeeperLeft {
  static constexpr std::string_view name = "gates.keeper_left";
  UnitId gate;
  AccountId keeper;
};
BOOST_DESCRIBE_STRUCT(KeeperLeft, (), (gate, keeper))

// ---- checks --------------------------------------------------------------------------------------------------------

/// CHECKED, with what was seen, what the source said and when, and what follows from it. `alone`: judged without the
/// server and uploaded; then `outcome` is what was done, and `local_verdict` what the device had found.
struct CheckRecorded {
  static constexpr std::string_view name = "gates.check_recorded";
  CheckId check;
  UnitId gate;
  std::optional<GateShiftId> shift;  ///< absent: the gate was not open
  PersonId person;
  AccountId keeper;
  std::string lane;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  CodeSource source = CodeSource::shown;
  std::optional<HealthCode>
      service_health;  ///< what the code service had said of the person, whatever was shown
  std::optional<Instant> service_at;
  std::optional<double> temperature;  ///< °C
  std::optional<Instant> certificate_at;
  std::vector<std::int32_t> places;  ///< where the person was within the look-back, GB/T 2260
  bool history_settled = false;
  std::int32_t list_version = 0;  ///< of the external list; 0: none in force
  Verdict verdict = Verdict::pass;
  std::vector<Reason> reasons;
  CheckOutcome outcome = CheckOutcome::checked;
  bool alone = false;
  std::optional<Verdict> local_verdict;
  std::string snapshot;
};
BOOST_DESCRIBE_STRUCT(CheckRecorded, (),
                      (check, gate, shift, person, keeper, lane, health, travel, source, service_health,
                       service_at, temperature, certificate_at, places, history_settled, list_version,
                       verdict, reasons, outcome, alone, local_verdict, snapshot))

/// Looked at again; what was seen before stays: the worst counts.
struct CheckRenewed {
  static constexpr std::string_view name = "gates.check_renewed";
  CheckId check;
  UnitId gate;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  CodeSource source = CodeSource::shown;
  std::optional<double> temperature;
  std::optional<Instant> certificate_at;
  std::vector<std::int32_t> places;
  bool history_settled = false;
  std::int32_t list_version = 0;
  Verdict verdict = Verdict::pass;
  std::vector<Reason> reasons;
};
BOOST_DESCRIBE_STRUCT(CheckRenewed, (),
                      (check, gate, health, travel, source, temperature, certificate_at, places,
                       history_settled, list_version, verdict, reasons))

/// Passed, sent to a second look, or corrected: the shift's totals move by it.
struct CheckDecided {
  static constexpr std::string_view name = "gates.check_decided";
  CheckId check;
  UnitId gate;
  std::optional<GateShiftId> shift;
  PersonId person;
  CheckOutcome from = CheckOutcome::checked;
  CheckOutcome to = CheckOutcome::passed;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(CheckDecided, (), (check, gate, shift, person, from, to, note))

/// Red channel or fever clinic: a receiver is owed. `opened_at`: when it was known, which may be after the check.
struct RedChannelOpened {
  static constexpr std::string_view name = "gates.red_channel_opened";
  CheckId check;
  UnitId gate;
  PersonId person;
  CheckOutcome outcome = CheckOutcome::red_channel;
  Instant opened_at;
};
BOOST_DESCRIBE_STRUCT(RedChannelOpened, (), (check, gate, person, outcome, opened_at))

struct PersonHandedOver {
  static constexpr std::string_view name = "gates.person_handed_over";
  CheckId check;
  UnitId gate;
  std::optional<GateShiftId> shift;
  std::optional<PersonId> person;
  UnitId receiver;
  AccountId by;
  TextRef place;
};
BOOST_DESCRIBE_STRUCT(PersonHandedOver, (), (check, gate, shift, person, receiver, by, place))

/// To the buffer zone at once; papers later.
struct GateEmergency {
  static constexpr std::string_view name = "gates.gate_emergency";
  CheckId check;
  UnitId gate;
  std::optional<GateShiftId> shift;
  std::optional<PersonId> person;
  AccountId keeper;
  std::optional<CheckOutcome> from;  ///< absent: nothing was recorded of this person before
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(GateEmergency, (), (check, gate, shift, person, keeper, from, reason))

struct OutcomeUndone {
  static constexpr std::string_view name = "gates.outcome_undone";
  CheckId check;
  UnitId gate;
  std::optional<GateShiftId> shift;
  PersonId person;
  CheckOutcome from = CheckOutcome::passed;
};
BOOST_DESCRIBE_STRUCT(OutcomeUndone, (), (check, gate, shift, person, from))

/// What was done at the gate and what the server finds differ; recorded as it happened, then corrected.
struct CheckDisputed {
  static constexpr std::string_view name = "gates.check_disputed";
  CheckId check;
  UnitId gate;
  PersonId person;
  std::string code;  ///< the refusal this would have been: R-GAT-1, -2, -5, -9, R-JRN-2
  CheckOutcome done = CheckOutcome::passed;
  std::optional<Verdict> local_verdict;
  Verdict verdict = Verdict::pass;
  Instant found_at;
};
BOOST_DESCRIBE_STRUCT(CheckDisputed, (), (check, gate, person, code, done, local_verdict, verdict, found_at))

struct DisputeSettled {
  static constexpr std::string_view name = "gates.dispute_settled";
  CheckId check;
  UnitId gate;
  AccountId by;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(DisputeSettled, (), (check, gate, by, note))

// ---- codes and the control list ------------------------------------------------------------------------------------

/// What the code service said of a person, and when.
struct CodeAnswered {
  static constexpr std::string_view name = "gates.code_answered";
  PersonId person;
  std::string service;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(CodeAnswered, (), (person, service, health, travel, answered_at))

/// A reason to look for somebody at the gates arose or ended.
struct ControlNoted {
  static constexpr std::string_view name = "gates.control_noted";
  ControlSourceId source;
  PersonId person;
  ControlKind kind = ControlKind::contact;
  bool stands = true;
};
BOOST_DESCRIBE_STRUCT(ControlNoted, (), (source, person, kind, stands))

struct ControlSettled {
  static constexpr std::string_view name = "gates.control_settled";
  ControlSourceId source;
  PersonId person;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(ControlSettled, (), (source, person, by, reason))

}  // namespace fx::gates
