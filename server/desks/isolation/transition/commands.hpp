#pragma once

// What people may ask about transition orders. A member not said to be optional is required.

#include "desks/isolation/transition/events.hpp"

namespace fx::isolation {

struct DraftTransition {
  TransitionId transition;
  std::string pathogen;
  std::vector<ControlClass> classes;
  Instant effective_at;
  std::string document;
};
BOOST_DESCRIBE_STRUCT(DraftTransition, (), (transition, pathogen, classes, effective_at, document))

/// At most 1,000 stays at once: a county with more is previewed, and changed, in several.
struct PreviewTransition {
  TransitionId transition;
  std::vector<StayId> stays;
};
BOOST_DESCRIBE_STRUCT(PreviewTransition, (), (transition, stays))

struct ApproveTransition {
  TransitionId transition;
};
BOOST_DESCRIBE_STRUCT(ApproveTransition, (), (transition))

struct ApplyTransition {
  TransitionId transition;
  std::vector<StayId> stays;
};
BOOST_DESCRIBE_STRUCT(ApplyTransition, (), (transition, stays))

struct CloseTransition {
  TransitionId transition;
};
BOOST_DESCRIBE_STRUCT(CloseTransition, (), (transition))

struct WithdrawTransition {
  TransitionId transition;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawTransition, (), (transition, reason))

}  // namespace fx::isolation
