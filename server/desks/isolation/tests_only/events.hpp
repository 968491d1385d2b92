#pragma once

// Classes the rulebook leaves at liberty and only has tested: so many tests, within so many days, so far apart.

#include "desks/isolation/events.hpp"

namespace fx::isolation {

struct TestsAsked {
  static constexpr std::string_view name = "isolation.tests_asked";
  PersonId person;
  ControlClass class_ = ControlClass::venue_exposed;
  UnitId cdc;
  RawId source;  ///< the judgement, or the classing
  std::int32_t count = 0;
  std::int32_t apart_h = 0;
  Instant due_at;
  std::string rule;
  std::string profile;
};
BOOST_DESCRIBE_STRUCT(TestsAsked, (), (person, class_, cdc, source, count, apart_h, due_at, rule, profile))

struct AskedTestSampled {
  static constexpr std::string_view name = "isolation.asked_test_sampled";
  PersonId person;
  TubeId tube;
  Instant sealed_at;
};
BOOST_DESCRIBE_STRUCT(AskedTestSampled, (), (person, tube, sealed_at))

struct AskedTestAnswered {
  static constexpr std::string_view name = "isolation.asked_test_answered";
  PersonId person;
  TubeId tube;
  TestState result = TestState::negative;  ///< negative | positive | no_answer: another one is owed
};
BOOST_DESCRIBE_STRUCT(AskedTestAnswered, (), (person, tube, result))

/// All are answered; or one is positive: a case.
struct AskedTestsDone {
  static constexpr std::string_view name = "isolation.asked_tests_done";
  PersonId person;
  UnitId cdc;
  bool positive = false;
};
BOOST_DESCRIBE_STRUCT(AskedTestsDone, (), (person, cdc, positive))

/// The ground fell away, or a stay has its own tests.
struct AskedTestsDropped {
  static constexpr std::string_view name = "isolation.asked_tests_dropped";
  PersonId person;
  RawId source;
};
BOOST_DESCRIBE_STRUCT(AskedTestsDropped, (), (person, source))

}  // namespace fx::isolation
