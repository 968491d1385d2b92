#pragma once

// Moving running measures from one edition of the rulebook to the next (衔接安排, rulebook section 13). A new edition
// changes nothing by itself: an order does, after a preview of who changes and how, approved by another person.

#include "desks/isolation/events.hpp"

namespace fx::isolation {

FX_TAG(Transition, "transition");
FX_TAG(TransitionLine, "transition_line");

enum class TransitionState { draft, approved, closed, withdrawn };
BOOST_DESCRIBE_ENUM(TransitionState, draft, approved, closed, withdrawn)

/// What becomes of one stay. kept: its end stays. release_due: over under the new edition, released after one fresh
/// negative. home: the rest at home. ended: the class is abolished. officer: no conversion is safe, an officer decides.
enum class Change { kept, shortened, prolonged, release_due, home, ended, officer };
BOOST_DESCRIBE_ENUM(Change, kept, shortened, prolonged, release_due, home, ended, officer)

struct TransitionDrafted {
  static constexpr std::string_view name = "isolation.transition_drafted";
  TransitionId transition;
  UnitId issuer;
  UnitId cdc;
  AccountId author;
  std::string pathogen;
  std::vector<ControlClass> classes;
  Instant effective_at;
  std::string document;  ///< number of the order
};
BOOST_DESCRIBE_STRUCT(TransitionDrafted, (),
                      (transition, issuer, cdc, author, pathogen, classes, effective_at, document))

/// What the order would do to one stay, as it stands.
struct StayPreviewed {
  static constexpr std::string_view name = "isolation.stay_previewed";
  TransitionLineId line;
  TransitionId transition;
  StayId stay;
  PersonId person;
  UnitId site;
  Edition former;
  std::string profile;
  Change change = Change::kept;
  Instant former_end;
  std::optional<Instant> new_end;
  std::int32_t tests_cancelled = 0;
  std::int32_t tests_added = 0;
  bool first = true;  ///< not previewed in this order before
};
BOOST_DESCRIBE_STRUCT(StayPreviewed, (),
                      (line, transition, stay, person, site, former, profile, change, former_end, new_end,
                       tests_cancelled, tests_added, first))

struct TransitionApproved {
  static constexpr std::string_view name = "isolation.transition_approved";
  TransitionId transition;
  UnitId issuer;
  UnitId cdc;
  Instant effective_at;
  AccountId approver;
  std::int32_t previewed = 0;
};
BOOST_DESCRIBE_STRUCT(TransitionApproved, (), (transition, issuer, cdc, effective_at, approver, previewed))

/// One stay follows the new edition from here on.
struct StayRescheduled {
  static constexpr std::string_view name = "isolation.stay_rescheduled";
  StayId stay;
  TransitionId transition;
  TransitionLineId line;
  PersonId person;
  UnitId site;
  UnitId cdc;
  Change change = Change::kept;
  bool listed = true;  ///< it stood in the preview
  Edition former;
  std::string profile;
  std::string rule;
  Regime regime = Regime::central;
  std::int32_t days = 0;
  Instant former_end;
  Instant ends_at;                    ///< of the phase the stay is in
  std::optional<Instant> release_by;  ///< in a room or home under the first phase: to be released then
  std::optional<Instant> home_until;  ///< in the phase at home: to be ended then
  std::optional<Regime> then_regime;
  std::int32_t then_days = 0;
  std::vector<std::int32_t> tests;
  std::vector<std::int32_t> then_tests;
  std::int32_t release_samples = 1;
  std::optional<std::int32_t> fresh_negative_h;
  std::vector<StayTestId> cancelled;  ///< due only under the old schedule
  std::vector<StayTestId> added;
};
BOOST_DESCRIBE_STRUCT(StayRescheduled, (),
                      (stay, transition, line, person, site, cdc, change, listed, former, profile, rule,
                       regime, days, former_end, ends_at, release_by, home_until, then_regime, then_days,
                       tests, then_tests, release_samples, fresh_negative_h, cancelled, added))

/// One command's worth of a job that may be stopped and taken up again.
struct TransitionStepped {
  static constexpr std::string_view name = "isolation.transition_stepped";
  TransitionId transition;
  std::int32_t changed = 0;
  std::int32_t left_to_officers = 0;
};
BOOST_DESCRIBE_STRUCT(TransitionStepped, (), (transition, changed, left_to_officers))

/// The equation of the order: nobody follows an earlier edition any more; previewed + added = changed + gone.
struct TransitionClosed {
  static constexpr std::string_view name = "isolation.transition_closed";
  TransitionId transition;
  std::int32_t previewed = 0;
  std::int32_t added = 0;  ///< changed without having been previewed
  std::int32_t changed = 0;
  std::int32_t gone = 0;  ///< previewed, over before they were changed
};
BOOST_DESCRIBE_STRUCT(TransitionClosed, (), (transition, previewed, added, changed, gone))

struct TransitionWithdrawn {
  static constexpr std::string_view name = "isolation.transition_withdrawn";
  TransitionId transition;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(TransitionWithdrawn, (), (transition, reason))

}  // namespace fx::isolation
