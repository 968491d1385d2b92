#pragma once

#include "desks/isolation/transition/events.hpp"
#include "kernel/desk.hpp"

namespace fx::isolation {

/// A transition order and how far it has come.
struct Transition {
  static constexpr std::string_view table = "transition_order";
  TransitionId id;
  UnitId issuer;
  UnitId cdc;
  TransitionState state = TransitionState::draft;
  std::string pathogen;
  std::vector<ControlClass> classes;
  Instant effective_at;
  std::string document;
  AccountId author;
  std::optional<AccountId> approver;
  std::int32_t previewed = 0;
  std::int32_t changed = 0;
  std::int32_t added = 0;
  std::optional<Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(Transition, (),
                      (id, issuer, cdc, state, pathogen, classes, effective_at, document, author, approver,
                       previewed, changed, added, closed_at))

/// What an order does to one stay: as previewed, then as done.
struct TransitionLine {
  static constexpr std::string_view table = "transition_line";
  TransitionLineId id;
  TransitionId transition;
  StayId stay;
  PersonId person;
  UnitId site;
  ControlClass class_ = ControlClass::close_contact;
  std::string former_profile;
  std::string profile;
  Change change = Change::kept;
  Instant former_end;
  std::optional<Instant> new_end;
  std::int32_t tests_cancelled = 0;
  std::int32_t tests_added = 0;
  std::optional<Instant> done_at;
};
BOOST_DESCRIBE_STRUCT(TransitionLine, (),
                      (id, transition, stay, person, site, class_, former_profile, profile, change,
                       former_end, new_end, tests_cancelled, tests_added, done_at))

/// The part of the desk that is about transition orders.
void add_transitions(Desk& desk);

void add_transition_facts(Desk& desk);
void add_draft_transition(Desk& desk);
void add_apply_transition(Desk& desk);

}  // namespace fx::isolation
