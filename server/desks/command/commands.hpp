#pragma once

// What people may ask of the command desk.

#include "desks/command/events.hpp"

namespace fx::command {

struct CreateUnit {
  UnitId unit;
  std::string code;
  std::string name_zh;
  std::string name_en;
  UnitKind kind = UnitKind::other;
  Level level = Level::county;
  std::int32_t jurisdiction = 0;
  std::optional<UnitId> parent;
};
BOOST_DESCRIBE_STRUCT(CreateUnit, (), (unit, code, name_zh, name_en, kind, level, jurisdiction, parent))

struct ChangeUnit {
  UnitId unit;
  std::string name_zh;
  std::string name_en;
  std::optional<UnitId> parent;
};
BOOST_DESCRIBE_STRUCT(ChangeUnit, (), (unit, name_zh, name_en, parent))

struct CloseUnit {
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(CloseUnit, (), (unit))

struct CreateAccount {
  AccountId account;
  Sensitive<std::string> user;
  Sensitive<std::string> display_name;
  Sensitive<std::string> password;
  UnitId unit;
  // Filled by the front door, not part of the request:
  std::string identity_hash;
  RawId user_claim;
};
BOOST_DESCRIBE_STRUCT(CreateAccount, (), (account, user, display_name, password, unit))

struct ResetPassword {
  AccountId account;
  Sensitive<std::string> user;
  Sensitive<std::string> display_name;
  Sensitive<std::string> password;
  std::string identity_hash;
  RawId user_claim;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (account, user, display_name, password))

struct CloseAccount {
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(CloseAccount, (), (account))

struct Appoint {
  HoldingId holding;
  AccountId account;
  UnitId unit;
  Role role = Role::DO;
  std::optional<Instant> from;
};
BOOST_DESCRIBE_STRUCT(Appoint, (), (holding, account, unit, role, from))

struct EndAppointment {
  HoldingId holding;
};
BOOST_DESCRIBE_STRUCT(EndAppointment, (), (holding))

struct PlanShift {
  ShiftId shift;
  UnitId unit;
  Role role = Role::DO;
  AccountId account;
  Instant starts;
  Instant ends;
};
BOOST_DESCRIBE_STRUCT(PlanShift, (), (shift, unit, role, account, starts, ends))

struct ConfirmShift {
  ShiftId shift;
};
BOOST_DESCRIBE_STRUCT(ConfirmShift, (), (shift))

struct CheckIn {
  UnitId unit;
  Role role = Role::DO;
  std::optional<ShiftId> shift;  ///< absent: a shift that nobody planned begins now
};
BOOST_DESCRIBE_STRUCT(CheckIn, (), (unit, role, shift))

struct ReportNoShow {
  ShiftId shift;
};
BOOST_DESCRIBE_STRUCT(ReportNoShow, (), (shift))

struct HandOver {
  ShiftId shift;
  AccountId to;
  bool open_matters_accepted = false;
  std::optional<FreeText> note;
};
BOOST_DESCRIBE_STRUCT(HandOver, (), (shift, to, open_matters_accepted, note))

struct AcknowledgeNotice {
  std::string notice;  ///< its number, as text: it does not fit a JavaScript number
};
BOOST_DESCRIBE_STRUCT(AcknowledgeNotice, (), (notice))

struct RecordDelivery {
  std::string notice;
  DeliveryWay by = DeliveryWay::spoken;
  std::optional<FreeText> spoken_to;
};
BOOST_DESCRIBE_STRUCT(RecordDelivery, (), (notice, by, spoken_to))

struct CancelDuty {
  std::string duty;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(CancelDuty, (), (duty, reason))

/// An officer says what became of a deed that failed a guard when it arrived.
struct SettleDispute {
  RawId dispute;
  FreeText settlement;  ///< what was found and done
};
BOOST_DESCRIBE_STRUCT(SettleDispute, (), (dispute, settlement))

struct ConfirmTime {
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(ConfirmTime, (), (unit))

}  // namespace fx::command
