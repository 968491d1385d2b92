#pragma once

// What people may ask about a trajectory.

#include "desks/investigation/trajectory/events.hpp"

namespace fx::investigation {

struct RecordStop {
  StopId stop;
  CaseId case_id;
  StopKind kind = StopKind::stay;
  Setting setting = Setting::other;
  std::string place;
  std::optional<std::int64_t> division;
  std::optional<FreeText> address;
  Instant from;
  Instant until;
  std::optional<std::string> service;
  std::optional<std::string> carriage;
  std::optional<std::int32_t> row;
  std::optional<std::string> seat;
  KnownBy known_by = KnownBy::interview;
  std::optional<bool> masked;
};
BOOST_DESCRIBE_STRUCT(RecordStop, (),
                      (stop, case_id, kind, setting, place, division, address, from, until, service, carriage,
                       row, seat, known_by, masked))

/// The same stop, known better: all of it is said again.
struct CorrectStop {
  StopId stop;
  CaseId case_id;
  StopKind kind = StopKind::stay;
  Setting setting = Setting::other;
  std::string place;
  std::optional<std::int64_t> division;
  std::optional<FreeText> address;
  Instant from;
  Instant until;
  std::optional<std::string> service;
  std::optional<std::string> carriage;
  std::optional<std::int32_t> row;
  std::optional<std::string> seat;
  KnownBy known_by = KnownBy::interview;
  std::optional<bool> masked;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(CorrectStop, (),
                      (stop, case_id, kind, setting, place, division, address, from, until, service, carriage,
                       row, seat, known_by, masked, reason))

struct WithdrawStop {
  StopId stop;
  CaseId case_id;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawStop, (), (stop, case_id, reason))

struct SettleStop {
  StopId stop;
  StopOutcome outcome = StopOutcome::asked;
  std::optional<FreeText> note;  ///< required where no contact was possible: why
};
BOOST_DESCRIBE_STRUCT(SettleStop, (), (stop, outcome, note))

struct AnswerGap {
  GapId gap;
  bool left_open = false;  ///< cannot be answered; `answer` says why
  FreeText answer;
};
BOOST_DESCRIBE_STRUCT(AnswerGap, (), (gap, left_open, answer))

}  // namespace fx::investigation
