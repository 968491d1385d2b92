#pragma once

#include "desks/screening/laboratories/events.hpp"

namespace fx::screening {

struct ApplyLaboratory {
  UnitId laboratory;
  std::int64_t declared_per_day = 0;
  bool third_party = false;
  std::string contract;  ///< of a third party
};
BOOST_DESCRIBE_STRUCT(ApplyLaboratory, (), (laboratory, declared_per_day, third_party, contract))

struct AcceptLaboratory {
  UnitId laboratory;
};
BOOST_DESCRIBE_STRUCT(AcceptLaboratory, (), (laboratory))

struct ActivateLaboratory {
  UnitId laboratory;
};
BOOST_DESCRIBE_STRUCT(ActivateLaboratory, (), (laboratory))

struct MeasureCapacity {
  UnitId laboratory;
  std::int64_t per_day = 0;
};
BOOST_DESCRIBE_STRUCT(MeasureCapacity, (), (laboratory, per_day))

struct SuspendLaboratory {
  UnitId laboratory;
  SuspensionScope scope = SuspensionScope::mass_rounds;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(SuspendLaboratory, (), (laboratory, scope, reason))

struct ReturnLaboratory {
  UnitId laboratory;
};
BOOST_DESCRIBE_STRUCT(ReturnLaboratory, (), (laboratory))

struct RevokeLaboratory {
  UnitId laboratory;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(RevokeLaboratory, (), (laboratory, reason))

struct RecordEqa {
  UnitId laboratory;
  std::string month;  ///< 2021-07
  bool passed = false;
  std::string sheet;  ///< its number
};
BOOST_DESCRIBE_STRUCT(RecordEqa, (), (laboratory, month, passed, sheet))

struct FileBiosafety {
  bool cabinet = false;
  bool autoclave = false;
  bool spill_kit = false;
  bool controls = false;
  Day cabinet_certified_until;
  Day calibrated_until;
};
BOOST_DESCRIBE_STRUCT(FileBiosafety, (),
                      (cabinet, autoclave, spill_kit, controls, cabinet_certified_until, calibrated_until))

struct RegisterReagentLot {
  std::string code;
  std::string product;
  Day expires;
};
BOOST_DESCRIBE_STRUCT(RegisterReagentLot, (), (code, product, expires))

struct BlockReagentLot {
  std::string code;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(BlockReagentLot, (), (code, reason))

struct LoadPlate {
  PlateId plate;
  std::string code;
  std::string reagent_lot;
  std::vector<WellTube> wells;
};
BOOST_DESCRIBE_STRUCT(LoadPlate, (), (plate, code, reagent_lot, wells))

struct WellResult {
  std::string well;
  TestResult result = TestResult::invalid;
  std::vector<GeneCt> ct;
};
BOOST_DESCRIBE_STRUCT(WellResult, (), (well, result, ct))

struct ReadPlate {
  PlateId plate;
  bool control_valid = false;
  std::vector<WellResult> wells;
  std::optional<TestResult> others;  ///< of the wells that are not named; absent: each must be
};
BOOST_DESCRIBE_STRUCT(ReadPlate, (), (plate, control_valid, wells, others))

struct WellReading {
  std::string well;
  TestResult result = TestResult::invalid;
  std::vector<GeneCt> ct;
  bool control_valid = false;  ///< the internal control of this well
};
BOOST_DESCRIBE_STRUCT(WellReading, (), (well, result, ct, control_valid))

/// What an instrument says of some wells of a plate; the others stay on the instrument.
struct RecordWells {
  PlateId plate;
  bool control_valid = false;  ///< the control wells of the plate
  std::vector<WellReading> readings;
};
BOOST_DESCRIBE_STRUCT(RecordWells, (), (plate, control_valid, readings))

struct NoteMessage {
  InterfaceMessageId message;
  UnitId unit;
  AccountId account;
  std::string application;
  std::string facility;
  std::string control_id;
  std::string content;
  MessageVerdict verdict = MessageVerdict::refused;
  FreeText answer;
};
BOOST_DESCRIBE_STRUCT(NoteMessage, (),
                      (message, unit, account, application, facility, control_id, content, verdict, answer))

struct AuthorisePlate {
  PlateId plate;
  std::vector<TubeId> held_back;  ///< named exceptions
};
BOOST_DESCRIBE_STRUCT(AuthorisePlate, (), (plate, held_back))

}  // namespace fx::screening
