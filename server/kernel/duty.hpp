#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/described.hpp"
#include "kernel/ids.hpp"
#include "kernel/roles.hpp"

namespace fx {

/// OPEN → DUE_SOON (50 %, 80 %) → OVERDUE → DISCHARGED_LATE; OPEN|DUE_SOON → DISCHARGED; open → CANCELLED | SUPERSEDED.
enum class DutyState { open, due_soon, overdue, discharged, discharged_late, cancelled, superseded };
BOOST_DESCRIBE_ENUM(DutyState, open, due_soon, overdue, discharged, discharged_late, cancelled, superseded)

inline bool is_open(DutyState state) { return state <= DutyState::overdue; }

/// A post of a unit: who owes, who is told. Never a person.
struct Post {
  UnitId unit;
  Role role = Role::DO;
  friend bool operator==(const Post&, const Post&) = default;
};
BOOST_DESCRIBE_STRUCT(Post, (), (unit, role))

/// What is owed about one thing: one row of table `duty`, rebuilt by replay from the effects of events. Rule text,
/// resolved value and ladder stand once in table `frozen`.
struct Duty {
  static constexpr std::string_view table = "duty";
  No no = 0;
  std::int32_t jurisdiction = 0;
  std::string rule;    ///< rule id, e.g. OB-C1
  std::string frozen;  ///< key of the frozen rule text, value and ladder
  RawId about;
  std::string about_kind;  ///< "case", "tube" …
  UnitId debtor_unit;
  Role debtor_role = Role::DO;
  UnitId creditor_unit;
  Role creditor_role = Role::DO;
  Instant opened_at;     ///< ledger time of opening
  Instant counted_from;  ///< the trigger's occurred_at, from which the time runs
  Instant due_at;
  std::int32_t step = 0;  ///< ladder steps already carried out
  std::optional<Instant>
      step_at;  ///< when the next one is due; none when the ladder is climbed or the duty closed
  DutyState state = DutyState::open;
  No opened_by = 0;  ///< the event
  std::optional<No> met_by;
  std::optional<Instant> met_at;
  bool by_claim = false;        ///< met by a late-entered event that claims to have been in time
  std::optional<RawId> member;  ///< of a rhythm: the member; with `period` the identity
  std::string period;
};
BOOST_DESCRIBE_STRUCT(Duty, (),
                      (no, jurisdiction, rule, frozen, about, about_kind, debtor_unit, debtor_role,
                       creditor_unit, creditor_role, opened_at, counted_from, due_at, step, step_at, state,
                       opened_by, met_by, met_at, by_claim, member, period))

/// A message to a post, in-app and through the adapters of settled.md 24.
enum class NoticeKind { opened, due_soon, overdue, climbed, informed, correction };
BOOST_DESCRIBE_ENUM(NoticeKind, opened, due_soon, overdue, climbed, informed, correction)

struct Notice {
  static constexpr std::string_view table = "notice";
  No no = 0;
  std::int32_t jurisdiction = 0;  ///< of the unit told
  No duty = 0;
  std::string rule;
  RawId about;
  std::string about_kind;
  NoticeKind kind = NoticeKind::opened;
  UnitId unit;
  Role role = Role::DO;
  bool urgent = false;
  Instant sent_at;
  Instant due_at;  ///< of the duty
  std::optional<Instant> delivered_at;
  std::string delivered_by;  ///< in_app | webhook | command | spoken
  std::optional<Instant> acknowledged_at;
  std::optional<AccountId> acknowledged_by;
};
BOOST_DESCRIBE_STRUCT(Notice, (),
                      (no, jurisdiction, duty, rule, about, about_kind, kind, unit, role, urgent, sent_at,
                       due_at, delivered_at, delivered_by, acknowledged_at, acknowledged_by))

struct DutyMet {
  No duty = 0;
  Instant at;  ///< occurred_at of the meeting event
  DutyState state = DutyState::discharged;
  bool by_claim = false;
};
BOOST_DESCRIBE_STRUCT(DutyMet, (), (duty, at, state, by_claim))

struct DutyEnded {
  No duty = 0;
  DutyState state = DutyState::cancelled;  ///< cancelled | superseded
  std::string reason;                      ///< why, in words of the rulebook
};
BOOST_DESCRIBE_STRUCT(DutyEnded, (), (duty, state, reason))

struct DutyReopened {
  No duty = 0;
  std::string reason;
  Instant step_at;
  bool was_late = false;  ///< how it had been discharged
};
BOOST_DESCRIBE_STRUCT(DutyReopened, (), (duty, reason, step_at, was_late))

/// The consequences of one event, recorded packed with it and numbered by its ordinals; replay applies them and never
/// asks a rulebook (kernel-notes §4). A duty or notice here has its final `no`.
struct Effects {
  std::vector<Duty> opened;
  std::vector<DutyMet> met;
  std::vector<DutyEnded> ended;
  std::vector<DutyReopened> reopened;
  std::vector<Notice> notices;
  [[nodiscard]] bool empty() const {
    return opened.empty() && met.empty() && ended.empty() && reopened.empty() && notices.empty();
  }
};
BOOST_DESCRIBE_STRUCT(Effects, (), (opened, met, ended, reopened, notices))

/// Steps of the timer, set-valued: each duty named here took its next ladder step. `at` is when the step was due,
/// the event's occurred_at; recorded_at tells when it was carried out.
struct DutyStep {
  No duty = 0;
  std::int32_t step = 0;
  DutyState state = DutyState::open;
  std::optional<Instant> next;
};
BOOST_DESCRIBE_STRUCT(DutyStep, (), (duty, step, state, next))

struct DutiesStepped {
  static constexpr std::string_view name = "runtime.duties_stepped";
  RawId about;  ///< of the first duty; its home is the jurisdiction
  std::vector<DutyStep> steps;
};
BOOST_DESCRIBE_STRUCT(DutiesStepped, (), (about, steps))

}  // namespace fx
