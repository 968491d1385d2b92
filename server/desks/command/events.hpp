#pragma once

// Facts the command desk publishes: units, accounts, posts, shifts, notices.

#include "kernel/reference.hpp"

namespace fx::command {

struct UnitCreated {
  static constexpr std::string_view name = "command.unit_created";
  UnitId unit;
  std::string code;
  std::string name_zh;
  std::string name_en;
  UnitKind kind = UnitKind::other;
  Level level = Level::county;
  std::int32_t jurisdiction = 0;
  std::optional<UnitId> parent;
};
BOOST_DESCRIBE_STRUCT(UnitCreated, (), (unit, code, name_zh, name_en, kind, level, jurisdiction, parent))

struct UnitChanged {
  static constexpr std::string_view name = "command.unit_changed";
  UnitId unit;
  std::string name_zh;
  std::string name_en;
  std::optional<UnitId> parent;
};
BOOST_DESCRIBE_STRUCT(UnitChanged, (), (unit, name_zh, name_en, parent))

struct UnitClosed {
  static constexpr std::string_view name = "command.unit_closed";
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(UnitClosed, (), (unit))

struct AccountCreated {
  static constexpr std::string_view name = "command.account_created";
  AccountId account;
  UnitId unit;
  RawId user_claim;           ///< claim on the sign-in name
  std::string identity_hash;  ///< of the sealed name and password hash
};
BOOST_DESCRIBE_STRUCT(AccountCreated, (), (account, unit, user_claim, identity_hash))

struct PasswordReset {
  static constexpr std::string_view name = "command.password_reset";
  AccountId account;
  std::string identity_hash;
};
BOOST_DESCRIBE_STRUCT(PasswordReset, (), (account, identity_hash))

struct AccountClosed {
  static constexpr std::string_view name = "command.account_closed";
  AccountId account;
};
BOOST_DESCRIBE_STRUCT(AccountClosed, (), (account))

struct Appointed {
  static constexpr std::string_view name = "command.appointed";
  HoldingId holding;
  AccountId account;
  UnitId unit;
  Role role = Role::DO;
  Instant from;
};
BOOST_DESCRIBE_STRUCT(Appointed, (), (holding, account, unit, role, from))

struct AppointmentEnded {
  static constexpr std::string_view name = "command.appointment_ended";
  HoldingId holding;
  AccountId account;
  UnitId unit;
  Role role = Role::DO;
  Instant until;
};
BOOST_DESCRIBE_STRUCT(AppointmentEnded, (), (holding, account, unit, role, until))

struct ShiftPlanned {
  static constexpr std::string_view name = "command.shift_planned";
  ShiftId shift;
  RawId post;  ///< post_id(unit, role)
  UnitId unit;
  Role role = Role::DO;
  AccountId account;
  Instant starts;
  Instant ends;
};
BOOST_DESCRIBE_STRUCT(ShiftPlanned, (), (shift, post, unit, role, account, starts, ends))

struct ShiftConfirmed {
  static constexpr std::string_view name = "command.shift_confirmed";
  ShiftId shift;
};
BOOST_DESCRIBE_STRUCT(ShiftConfirmed, (), (shift))

/// The post is manned: about the post, so that it meets the check-in the rhythm owes (A2).
struct ShiftCheckedIn {
  static constexpr std::string_view name = "command.shift_checked_in";
  RawId post;
  ShiftId shift;
  UnitId unit;
  Role role = Role::DO;
  AccountId account;
  std::optional<ShiftId> relieves;  ///< a shift nobody handed over: it ends here, unsigned
};
BOOST_DESCRIBE_STRUCT(ShiftCheckedIn, (), (post, shift, unit, role, account, relieves))

struct ShiftMissed {
  static constexpr std::string_view name = "command.shift_missed";
  ShiftId shift;
  RawId post;
  UnitId unit;
  Role role = Role::DO;
  AccountId account;  ///< who was planned
};
BOOST_DESCRIBE_STRUCT(ShiftMissed, (), (shift, post, unit, role, account))

struct ShiftHandedOver {
  static constexpr std::string_view name = "command.shift_handed_over";
  ShiftId shift;
  RawId post;
  UnitId unit;
  Role role = Role::DO;
  AccountId from;
  AccountId to;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(ShiftHandedOver, (), (shift, post, unit, role, from, to, note))

struct NoticeAcknowledged {
  static constexpr std::string_view name = "command.notice_acknowledged";
  RawId about;  ///< what the notice is about
  No notice = 0;
  No duty = 0;
  UnitId unit;  ///< the post told
  Role role = Role::DO;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(NoticeAcknowledged, (), (about, notice, duty, unit, role, by))

enum class DeliveryWay { in_app, webhook, command, spoken };
BOOST_DESCRIBE_ENUM(DeliveryWay, in_app, webhook, command, spoken)

struct NoticeDelivered {
  static constexpr std::string_view name = "command.notice_delivered";
  RawId about;
  No notice = 0;
  DeliveryWay by = DeliveryWay::in_app;
  TextRef spoken_to;
};
BOOST_DESCRIBE_STRUCT(NoticeDelivered, (), (about, notice, by, spoken_to))

struct DisputeSettled {
  static constexpr std::string_view name = "command.dispute_settled";
  RawId about;  ///< the dispute
  UnitId unit;
  AccountId by;
  TextRef settlement;
};
BOOST_DESCRIBE_STRUCT(DisputeSettled, (), (about, unit, by, settlement))

/// An officer looked at the clock: the timer goes on (kernel-notes §5).
struct TimeConfirmed {
  static constexpr std::string_view name = "command.time_confirmed";
  UnitId unit;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(TimeConfirmed, (), (unit, by))

}  // namespace fx::command
