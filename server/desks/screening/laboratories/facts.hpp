#pragma once

#include "desks/screening/facts.hpp"
#include "desks/screening/laboratories/events.hpp"
#include "kernel/context.hpp"
#include "kernel/desk.hpp"

namespace fx::screening {

enum class LaboratoryState { applied, accepted, active, suspended, revoked };
BOOST_DESCRIBE_ENUM(LaboratoryState, applied, accepted, active, suspended, revoked)

struct EqaSheet {
  std::string month;
  bool passed = false;
};
BOOST_DESCRIBE_STRUCT(EqaSheet, (), (month, passed))

struct Laboratory {
  static constexpr std::string_view table = "laboratory";
  UnitId id;
  LaboratoryState state = LaboratoryState::applied;
  std::optional<SuspensionScope> suspended_for;
  std::int64_t declared_per_day = 0;
  std::optional<std::int64_t> measured_per_day;
  bool third_party = false;
  std::string contract;
  std::vector<EqaSheet> eqa;  ///< the last year's, by month
  SafetyState safety = SafetyState::in_order;
  std::optional<Day> cabinet_certified_until;
  std::optional<Day> calibrated_until;
  std::optional<Instant> sheet_at;
  std::optional<Day> sheet_due;        ///< the next biosafety sheet; after it, a missing one is a defect
  std::optional<std::string> eqa_due;  ///< the month whose assessment is owed
};
BOOST_DESCRIBE_STRUCT(Laboratory, (),
                      (id, state, suspended_for, declared_per_day, measured_per_day, third_party, contract,
                       eqa, safety, cabinet_certified_until, calibrated_until, sheet_at, sheet_due, eqa_due))

struct ReagentLot {
  static constexpr std::string_view table = "reagent_lot";
  ReagentLotId id;  ///< reagent_lot_id(laboratory, code)
  UnitId laboratory;
  std::string code;
  std::string product;
  Day expires;
  bool blocked = false;
};
BOOST_DESCRIBE_STRUCT(ReagentLot, (), (id, laboratory, code, product, expires, blocked))

enum class PlateState { loaded, read, authorised };
BOOST_DESCRIBE_ENUM(PlateState, loaded, read, authorised)

struct Plate {
  static constexpr std::string_view table = "plate";
  PlateId id;
  std::string code;
  PlateState state = PlateState::loaded;
  UnitId laboratory;
  std::string reagent_lot;
  std::vector<WellTube> wells;
  std::vector<RoundId> rounds;
  AccountId tester;
  std::optional<bool> control_valid;
  std::optional<AccountId> authoriser;
  std::vector<TubeId> held_back;
  Instant loaded_at;
  std::vector<std::string> read_wells;  ///< of a plate that is read well by well
};
BOOST_DESCRIBE_STRUCT(Plate, (),
                      (id, code, state, laboratory, reagent_lot, wells, rounds, tester, control_valid,
                       authoriser, held_back, loaded_at, read_wells))

/// What came over an interface, and how it was answered.
struct InterfaceMessage {
  static constexpr std::string_view table = "interface_message";
  static constexpr bool subject = false;
  InterfaceMessageId id;
  UnitId unit;
  AccountId account;
  std::string application;
  std::string facility;
  std::string control_id;
  std::string content;
  MessageVerdict verdict = MessageVerdict::refused;
  TextRef answer;
  Instant acknowledged_at;
};
BOOST_DESCRIBE_STRUCT(InterfaceMessage, (),
                      (id, unit, account, application, facility, control_id, content, verdict, answer,
                       acknowledged_at))

ReagentLotId reagent_lot_id(UnitId laboratory, std::string_view code);

// ---- months: "2021-07" ---------------------------------------------------------------------------------------------

std::string month_of(Day day);
std::string month_before(std::string_view month);
std::string month_after(std::string_view month);
/// Nothing when it is no month.
std::optional<Day> last_day_of(std::string_view month);

/// 12:00 of the next working day, Monday to Friday.
Instant next_working_noon(Instant at);

// ---- what a file allows --------------------------------------------------------------------------------------------

/// What its biosafety is at that moment: as the last sheet says, but HELD once the cabinet's certificate has lapsed, and a
/// DEFECT while a sheet is missing.
SafetyState safety_of(const Laboratory& laboratory, Instant at);
/// Its biosafety stops it: the sheet says so, or the cabinet's certificate has lapsed (R-LAB-2).
bool held(const Laboratory& laboratory, Instant at);
/// The assessments of the last `months` whole months were all passed.
bool eqa_passed(const Laboratory& laboratory, Instant at, int months);
/// Tubes a day it counts with in a mass round, at most what the plan gives it: nothing while it is suspended, revoked,
/// held, or without its assessments [E.lab.eqa, E.lab.mass_entry].
std::int64_t mass_capacity(const Laboratory& laboratory, std::int64_t planned, const Context& context);
/// Has it the assessments that mass rounds ask for? A missing one counts as a failed one [E.lab.eqa, E.lab.mass_entry].
bool assessed_for_rounds(const Laboratory& laboratory, const Context& context);
/// May it test this tube? (R-TUB-6)
bool may_test(const Laboratory& laboratory, const Tube& tube, const Context& context);

void evolve_laboratories(Desk& desk);

}  // namespace fx::screening
