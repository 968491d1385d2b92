#pragma once

#include "kernel/duty.hpp"

namespace fx {

/// A period of a rhythm began; its duties are the event's effects.
struct PeriodOpened {
  static constexpr std::string_view name = "runtime.period_opened";
  RawId about;  ///< named after the rhythm
  std::string rhythm;
  std::string period;
  Instant starts;
};
BOOST_DESCRIBE_STRUCT(PeriodOpened, (), (about, rhythm, period, starts))

/// An authority above the debtor ends a duty; the kernel carries it out as a consequence, so that the board balances.
struct DutyCancelled {
  static constexpr std::string_view name = "command.duty_cancelled";
  RawId about;
  No duty = 0;
  std::string rule;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(DutyCancelled, (), (about, duty, rule, by, reason))

/// An arrow's command was refused or failed; an officer has to look.
struct HandoffRefused {
  static constexpr std::string_view name = "runtime.handoff_refused";
  RawId about;
  std::string arrow;
  std::string operation;
  std::string code;
  std::string detail;
  No event = 0;  ///< the event that was handed over
};
BOOST_DESCRIBE_STRUCT(HandoffRefused, (), (about, arrow, operation, code, detail, event))

}  // namespace fx
