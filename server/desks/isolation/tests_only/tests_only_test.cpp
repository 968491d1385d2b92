// Without these, whoever was at a venue would be told of two tests, and nobody would owe them.
#include <gmock/gmock.h>

#include "desks/isolation/testing/isolation_bench.hpp"
#include "desks/isolation/tests_only/commands.hpp"

namespace fx::isolation {
namespace {

using namespace testing;

constexpr const char* two_in_three =
    R"({"regime":"none","days":0,"tests":[],"test_count":2,"test_within_d":3,"test_apart_h":24})";

struct TestsOnly : Isolation {
  TestsOnly() { bench.rules.set("F.low_risk_area", two_in_three); }
  Answer ask(std::optional<ControlClass> class_) {
    return as_system("ask_tests", AskTests{person(1), contact(1).raw, class_, cdc});
  }
  Answer sample(std::uint64_t number) {
    return as_system("note_sample", NoteSample{person(1), tube(number), bench.time()});
  }
  Answer result(std::uint64_t number, TestState state) {
    return as_system("note_result", NoteResult{person(1), tube(number), state, {}, {}, {}});
  }
};

TEST_F(TestsOnly, TwoWithinThreeDaysADayApart) {
  const Answer asked = ask(ControlClass::low_risk_area);
  ASSERT_THAT(asked, happened("isolation.tests_asked"));
  EXPECT_EQ(asked.get<TestsAsked>().due_at, fx::testing::at("2022-07-21 00:00"));
  EXPECT_THAT(ask(ControlClass::low_risk_area), happened("")) << "owed once";
  EXPECT_THAT(sample(1), happened("isolation.asked_test_sampled"));
  EXPECT_THAT(result(1, TestState::negative), happened("isolation.asked_test_answered"));
  bench.now("2022-07-18 09:00");
  EXPECT_THAT(sample(2), happened("")) << "less than 24 hours after";
  bench.now("2022-07-19 09:00");
  EXPECT_THAT(sample(3), happened("isolation.asked_test_sampled"));
  EXPECT_THAT(result(3, TestState::no_answer), happened("isolation.asked_test_answered"));
  EXPECT_THAT(sample(4), happened("isolation.asked_test_sampled"));
  EXPECT_THAT(result(4, TestState::negative),
              happened("isolation.asked_test_answered isolation.asked_tests_done"));
  EXPECT_THAT(sample(5), happened("")) << "nothing is owed any more";
}

TEST_F(TestsOnly, APositiveIsACaseAndAJudgementThatFellOwesNothing) {
  ask(ControlClass::low_risk_area);
  EXPECT_TRUE(result(9, TestState::positive).get<AskedTestsDone>().positive) << "whichever tube it was";
  ask(ControlClass::low_risk_area);
  EXPECT_THAT(ask(std::nullopt), happened("isolation.asked_tests_dropped"));
}

TEST_F(TestsOnly, AStayHasItsOwnWhoeverAskedForOthers) {
  ask(ControlClass::low_risk_area);
  EXPECT_THAT(as_officer("order_stay", order(1)),
              happened("isolation.stay_ordered isolation.asked_tests_dropped"));
  EXPECT_THAT(ask(ControlClass::low_risk_area), happened(""));
}

TEST_F(TestsOnly, AClassWithAStayOrWithoutARuleOwesNone) {
  EXPECT_THAT(ask(ControlClass::high_risk_area), happened(""));
  EXPECT_THAT(ask(ControlClass::infection_reported), happened(""));
}

}  // namespace
}  // namespace fx::isolation
