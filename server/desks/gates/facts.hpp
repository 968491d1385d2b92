#pragma once

#include "desks/gates/events.hpp"
#include "desks/gates/verdict.hpp"
#include "kernel/desk.hpp"

namespace fx::gates {

/// A gate as it stands: who keeps it, which shift runs, since when silence is counted.
struct Gate {
  static constexpr std::string_view table = "gate";
  UnitId id;
  GateKind kind = GateKind::traffic;
  bool open = false;
  std::optional<GateShiftId> shift;
  std::vector<AccountId> keepers;
  std::optional<AccountId> leader;
  Instant since;  ///< opened or closed
  std::optional<Instant> silent_from;
};
BOOST_DESCRIBE_STRUCT(Gate, (), (id, kind, open, shift, keepers, leader, since, silent_from))

/// One shift of a gate and its totals: records = checked + passed + second_check + fever_clinic + red_channel +
/// emergency, whatever came late.
struct GateShift {
  static constexpr std::string_view table = "gate_shift";
  GateShiftId id;
  UnitId gate;
  std::optional<AccountId> leader;
  Instant starts;
  std::optional<Instant> ended_at;
  std::int32_t records = 0;
  std::int32_t checked = 0;
  std::int32_t passed = 0;
  std::int32_t second_check = 0;
  std::int32_t fever_clinic = 0;
  std::int32_t red_channel = 0;
  std::int32_t emergency = 0;
  std::int32_t handed_over = 0;

  /// The count of an outcome; null for none.
  std::int32_t& of(CheckOutcome outcome);
};
BOOST_DESCRIBE_STRUCT(GateShift, (),
                      (id, gate, leader, starts, ended_at, records, checked, passed, second_check,
                       fever_clinic, red_channel, emergency, handed_over))

/// One record of one person at a gate (G1/G2).
struct Check {
  static constexpr std::string_view table = "gate_check";
  CheckId id;
  UnitId gate;
  std::optional<GateShiftId> shift;
  std::optional<PersonId> person;
  AccountId keeper;
  std::string lane;
  Instant at;
  CheckOutcome outcome = CheckOutcome::checked;
  Verdict verdict = Verdict::pass;
  std::vector<Reason> reasons;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  CodeSource source = CodeSource::shown;
  std::optional<HealthCode> service_health;
  std::optional<Instant> service_at;
  std::optional<double> temperature;
  std::optional<Instant> certificate_at;
  std::vector<std::int32_t> places;
  bool history_settled = false;
  std::int32_t list_version = 0;
  std::optional<Instant> decided_at;
  std::optional<AccountId> decided_by;
  std::optional<UnitId> receiver;
  std::optional<Instant> handed_over_at;
  bool alone = false;
  std::string dispute;  ///< the code in dispute; empty: none, or settled
  bool was_disputed = false;
};
BOOST_DESCRIBE_STRUCT(Check, (),
                      (id, gate, shift, person, keeper, lane, at, outcome, verdict, reasons, health, travel,
                       source, service_health, service_at, temperature, certificate_at, places,
                       history_settled, list_version, decided_at, decided_by, receiver, handed_over_at, alone,
                       dispute, was_disputed))

/// What the code service last said of a person.
struct CodeNow {
  static constexpr std::string_view table = "code_now";
  static constexpr bool subject = false;
  PersonId id;
  std::string service;
  std::optional<HealthCode> health;
  std::optional<TravelCode> travel;
  Instant answered_at;
};
BOOST_DESCRIBE_STRUCT(CodeNow, (), (id, service, health, travel, answered_at))

/// One reason to stop somebody: a contact, an order, a line, a case, an arrival.
struct ControlSource {
  static constexpr std::string_view table = "control_source";
  ControlSourceId id;
  PersonId person;
  ControlKind kind = ControlKind::contact;
  bool stands = true;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(ControlSource, (), (id, person, kind, stands, since))

struct Ground {
  ControlSourceId source;
  ControlKind kind = ControlKind::contact;
};
BOOST_DESCRIBE_STRUCT(Ground, (), (source, kind))

/// The control list: everybody a gate must not let pass, and why.
struct Controlled {
  static constexpr std::string_view table = "controlled";
  static constexpr bool subject = false;
  PersonId id;
  std::vector<Ground> grounds;
  bool stopped = false;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(Controlled, (), (id, grounds, stopped, since))

/// The claim by which a gatekeeper stands at one gate only.
RawId gate_of_keeper(AccountId keeper);
/// The claim by which a leader leads one gate only.
RawId gate_of_leader(AccountId leader);

void evolve_gates(Desk& desk);
void evolve_checks(Desk& desk);
void evolve_control(Desk& desk);

}  // namespace fx::gates
