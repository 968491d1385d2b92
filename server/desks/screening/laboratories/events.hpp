#pragma once

// The laboratory's file (E4, E8), its plates and reagents. A laboratory is its unit.

#include "desks/screening/events.hpp"

namespace fx::screening {

FX_TAG(Plate, "plate");
FX_TAG(ReagentLot, "reagent_lot");
FX_TAG(InterfaceMessage, "interface_message");

/// `mass_rounds`: it may go on with its patients' tubes.
enum class SuspensionScope { mass_rounds, everything };
BOOST_DESCRIBE_ENUM(SuspensionScope, mass_rounds, everything)

enum class SafetyState { in_order, defect, held };
BOOST_DESCRIBE_ENUM(SafetyState, in_order, defect, held)

struct LaboratoryApplied {
  static constexpr std::string_view name = "screening.laboratory_applied";
  UnitId laboratory;
  std::int64_t declared_per_day = 0;  ///< tubes
  bool third_party = false;
  std::string contract;  ///< of a third party: its number
};
BOOST_DESCRIBE_STRUCT(LaboratoryApplied, (), (laboratory, declared_per_day, third_party, contract))

struct LaboratoryAccepted {
  static constexpr std::string_view name = "screening.laboratory_accepted";
  UnitId laboratory;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(LaboratoryAccepted, (), (laboratory, by))

struct LaboratoryActivated {
  static constexpr std::string_view name = "screening.laboratory_activated";
  UnitId laboratory;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(LaboratoryActivated, (), (laboratory, by))

struct CapacityMeasured {
  static constexpr std::string_view name = "screening.capacity_measured";
  UnitId laboratory;
  std::int64_t per_day = 0;
};
BOOST_DESCRIBE_STRUCT(CapacityMeasured, (), (laboratory, per_day))

struct LaboratorySuspended {
  static constexpr std::string_view name = "screening.laboratory_suspended";
  UnitId laboratory;
  SuspensionScope scope = SuspensionScope::mass_rounds;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(LaboratorySuspended, (), (laboratory, scope, reason))

struct LaboratoryReturned {
  static constexpr std::string_view name = "screening.laboratory_returned";
  UnitId laboratory;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(LaboratoryReturned, (), (laboratory, by))

struct LaboratoryRevoked {
  static constexpr std::string_view name = "screening.laboratory_revoked";
  UnitId laboratory;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(LaboratoryRevoked, (), (laboratory, reason))

/// External quality assessment (室间质评) of one month.
struct EqaRecorded {
  static constexpr std::string_view name = "screening.eqa_recorded";
  UnitId laboratory;
  std::string month;  ///< 2021-07
  bool passed = false;
  std::string sheet;
  std::optional<UnitId>
      answers;  ///< the laboratory, when this is the assessment it owes: passed, of that month or later
};
BOOST_DESCRIBE_STRUCT(EqaRecorded, (), (laboratory, month, passed, sheet, answers))

struct EqaDue {
  static constexpr std::string_view name = "screening.eqa_due";
  UnitId laboratory;
  std::string month;
  Instant due_from;  ///< a moment of the month's last day
};
BOOST_DESCRIBE_STRUCT(EqaDue, (), (laboratory, month, due_from))

struct BiosafetyFiled {
  static constexpr std::string_view name = "screening.biosafety_sheet_filed";
  UnitId laboratory;
  SafetyState state = SafetyState::in_order;
  bool cabinet = false;
  bool autoclave = false;
  bool spill_kit = false;
  bool controls = false;
  Day cabinet_certified_until;
  Day calibrated_until;
};
BOOST_DESCRIBE_STRUCT(BiosafetyFiled, (),
                      (laboratory, state, cabinet, autoclave, spill_kit, controls, cabinet_certified_until,
                       calibrated_until))

struct BiosafetyDue {
  static constexpr std::string_view name = "screening.biosafety_due";
  UnitId laboratory;
  Instant due_from;  ///< a moment of the next working day
};
BOOST_DESCRIBE_STRUCT(BiosafetyDue, (), (laboratory, due_from))

struct ReagentLotRegistered {
  static constexpr std::string_view name = "screening.reagent_lot_registered";
  ReagentLotId lot;
  UnitId laboratory;
  std::string code;
  std::string product;
  Day expires;
};
BOOST_DESCRIBE_STRUCT(ReagentLotRegistered, (), (lot, laboratory, code, product, expires))

struct ReagentLotBlocked {
  static constexpr std::string_view name = "screening.reagent_lot_blocked";
  ReagentLotId lot;
  UnitId laboratory;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(ReagentLotBlocked, (), (lot, laboratory, reason))

// ---- plates --------------------------------------------------------------------------------------------------------

struct WellTube {
  std::string well;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(WellTube, (), (well, tube))

struct PlateLoaded {
  static constexpr std::string_view name = "screening.plate_loaded";
  PlateId plate;
  std::string code;
  UnitId laboratory;
  std::string reagent_lot;
  std::vector<WellTube> wells;
  std::vector<RoundId> rounds;
  AccountId tester;
};
BOOST_DESCRIBE_STRUCT(PlateLoaded, (), (plate, code, laboratory, reagent_lot, wells, rounds, tester))

/// Some wells of a plate were read, as an instrument's file or message names them.
struct WellsRead {
  static constexpr std::string_view name = "screening.wells_read";
  PlateId plate;
  UnitId laboratory;
  std::vector<std::string> wells;
  AccountId tester;
};
BOOST_DESCRIBE_STRUCT(WellsRead, (), (plate, laboratory, wells, tester))

/// All its wells are read.
struct PlateRead {
  static constexpr std::string_view name = "screening.plate_read";
  PlateId plate;
  UnitId laboratory;
  bool control_valid = false;
  AccountId tester;
};
BOOST_DESCRIBE_STRUCT(PlateRead, (), (plate, laboratory, control_valid, tester))

struct PlateAuthorised {
  static constexpr std::string_view name = "screening.plate_authorised";
  PlateId plate;
  UnitId laboratory;
  AccountId authoriser;
  std::vector<TubeId> held_back;  ///< named exceptions: signed later, or run again
};
BOOST_DESCRIBE_STRUCT(PlateAuthorised, (), (plate, laboratory, authoriser, held_back))

// ---- interfaces ----------------------------------------------------------------------------------------------------

enum class MessageVerdict { accepted, refused };
BOOST_DESCRIBE_ENUM(MessageVerdict, accepted, refused)

/// A message of an instrument or a laboratory's system was answered.
struct MessageAnswered {
  static constexpr std::string_view name = "screening.message_answered";
  InterfaceMessageId message;
  UnitId unit;  ///< of the account it came under
  AccountId account;
  std::string application;  ///< MSH-3
  std::string facility;     ///< MSH-4
  std::string control_id;   ///< MSH-10
  std::string content;      ///< digest of its bytes: the same number for something else is another message
  MessageVerdict verdict = MessageVerdict::refused;
  TextRef answer;
};
BOOST_DESCRIBE_STRUCT(MessageAnswered, (),
                      (message, unit, account, application, facility, control_id, content, verdict, answer))

}  // namespace fx::screening
