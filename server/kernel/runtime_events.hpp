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
  UnitId unit;  ///< command post of the place where it happened; nil when there is none
  std::string arrow;
  std::string operation;
  std::string code;
  std::string detail;
  No event = 0;  ///< the event that was handed over
};
BOOST_DESCRIBE_STRUCT(HandoffRefused, (), (about, unit, arrow, operation, code, detail, event))

/// An id a disputed deed named, and the field in which it stood.
struct NamedId {
  std::string field;
  RawId id;
};
BOOST_DESCRIBE_STRUCT(NamedId, (), (field, id))

/// A deed from a device's offline queue failed a guard when it arrived (kernel-notes §8). It has happened in the world, so
/// it is not dropped: either the desk recorded it all the same (`applied`) or an officer does what is right by hand.
struct DeedDisputed {
  static constexpr std::string_view name = "runtime.deed_disputed";
  RawId about;  ///< the dispute, named after the command
  UnitId unit;  ///< whose device it was
  std::string operation;
  std::vector<std::string> codes;  ///< of the guards it failed
  std::vector<NamedId> ids;        ///< what it was about: the tube, the person …
  bool applied = false;
};
BOOST_DESCRIBE_STRUCT(DeedDisputed, (), (about, unit, operation, codes, ids, applied))

/// One disputed deed, or one refused handoff, until somebody has settled it.
struct Dispute {
  static constexpr std::string_view table = "dispute";
  RawId id;
  UnitId unit;
  std::string operation;
  std::vector<std::string> codes;
  std::vector<NamedId> ids;
  bool applied = false;
  AccountId author;  ///< whose device recorded it; nil of a handoff
  Instant occurred_at;
  Instant recorded_at;
  std::optional<AccountId> settled_by;
  std::optional<Instant> settled_at;
  TextRef settlement;
};
BOOST_DESCRIBE_STRUCT(Dispute, (),
                      (id, unit, operation, codes, ids, applied, author, occurred_at, recorded_at, settled_by,
                       settled_at, settlement))

}  // namespace fx
