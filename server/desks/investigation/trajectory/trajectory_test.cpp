// Without these, hours of an infectious person could go unasked, and a stop be forgotten once it was corrected.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/investigation/testing/county.hpp"
#include "desks/investigation/trajectory/gaps.hpp"

namespace fx::investigation::testing {
namespace {

Stretch hours(int from, int until) {
  const Instant zero = at("2022-07-15 00:00");
  return {zero + std::chrono::hours(from), zero + std::chrono::hours(until)};
}

std::vector<const Gap*> standing(County& c, std::uint64_t of_case) {
  std::vector<const Gap*> out;
  if (const auto* row = c.bench.find<Trajectory>(trajectory_of(case_id(of_case))))
    for (const GapId id : row->gaps)
      if (const Gap& gap = c.bench.get<Gap>(id); gap.stands) out.push_back(&gap);
  return out;
}

TEST(Gaps, AreWhatNoStopCoversForTooLong) {
  const std::vector<Stretch> stops{hours(10, 12), hours(2, 4), hours(3, 9)};
  EXPECT_EQ(gaps_of(stops, hours(0, 24), std::chrono::hours(2)), (std::vector{hours(12, 24)}));
  EXPECT_EQ(gaps_of(stops, hours(0, 24), std::chrono::minutes(119)),
            (std::vector{hours(0, 2), hours(12, 24)}));
  EXPECT_EQ(gaps_of({}, hours(0, 3), std::chrono::hours(2)), (std::vector{hours(0, 3)}));
  EXPECT_TRUE(gaps_of({}, hours(0, 2), std::chrono::hours(2)).empty());  // exactly the limit is no question
}

RC_GTEST_PROP(Gaps, DependOnNoOrderAndShrinkWithEachStop, ()) {
  std::vector<Stretch> stops;
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
    const int from = *rc::gen::inRange(-10, 60);
    stops.push_back(hours(from, from + *rc::gen::inRange(0, 20)));
  }
  const Stretch window = hours(0, 48);
  const auto gaps = gaps_of(stops, window, std::chrono::hours(2));
  auto shuffled = stops;
  std::ranges::reverse(shuffled);
  RC_ASSERT(gaps_of(shuffled, window, std::chrono::hours(2)) == gaps);
  for (const Stretch& gap : gaps) {
    RC_ASSERT(gap.until - gap.from > std::chrono::hours(2));
    for (const Stretch& stop : stops) RC_ASSERT(stop.until <= gap.from || stop.from >= gap.until);
  }
  stops.push_back(hours(5, 5 + *rc::gen::inRange(0, 20)));
  for (const Stretch& gap : gaps_of(stops, window, std::chrono::hours(2)))
    RC_ASSERT(std::ranges::any_of(
        gaps, [&](const Stretch& old) { return old.from <= gap.from && gap.until <= old.until; }));
}

TEST(RecordStop, RaisesTheQuestionsOfTheWindow) {
  County c;
  c.open(1, day("2022-07-17"));  // infectious from 07-15 00:00, in hands at 07-17 22:40
  ASSERT_THAT(c.record(County::was(1, 1, "2022-07-15 00:00", "2022-07-16 08:00")),
              happened("investigation.stop_recorded investigation.gap_found"));
  EXPECT_TRUE(c.bench.get<Stop>(stop(1)).in_window);
  ASSERT_EQ(standing(c, 1).size(), 1U);
  EXPECT_EQ(standing(c, 1)[0]->from, at("2022-07-16 08:00"));
  EXPECT_EQ(standing(c, 1)[0]->until, at("2022-07-17 22:40"));
  ASSERT_THAT(c.record(County::was(2, 1, "2022-07-16 20:00", "2022-07-17 22:00")),
              happened("investigation.stop_recorded investigation.gap_found investigation.gap_closed"));
  ASSERT_EQ(standing(c, 1).size(), 1U);
  EXPECT_EQ(standing(c, 1)[0]->until, at("2022-07-16 20:00"));
  const GapId open = standing(c, 1)[0]->id;
  EXPECT_THAT(c.as_investigator("answer_gap", AnswerGap{open, false, words("")}), refused("F-SHAPE"));
  ASSERT_THAT(c.as_investigator("answer_gap", AnswerGap{open, true, words("remembers nothing")}),
              happened("investigation.gap_answered"));
  EXPECT_TRUE(c.bench.get<Gap>(open).left_open);
  // known better, the window opens a day earlier: nobody accounts for that day
  c.core(1, day("2022-07-16"));
  ASSERT_EQ(standing(c, 1).size(), 2U);
  EXPECT_EQ(standing(c, 1)[1]->from, at("2022-07-14 00:00"));
  EXPECT_EQ(standing(c, 1)[1]->until, at("2022-07-15 00:00"));
}

TEST(RecordStop, RefusesWhatCannotBe) {
  County c;
  c.open(1);
  auto odd = County::was(1, 1, "2022-07-19 08:00", "2022-07-16 08:00");
  odd.division = 12;
  odd.row = 0;
  odd.place = "";
  EXPECT_THAT(c.record(odd), refused("F-SHAPE F-FUTURE F-SHAPE F-SHAPE F-SHAPE"));
  EXPECT_THAT(c.record(County::was(1, 9, "2022-07-16 08:00", "2022-07-16 09:00")), refused("F-REF"));
  c.record(County::was(1, 1, "2022-07-16 08:00", "2022-07-16 09:00"));
  EXPECT_THAT(c.record(County::was(1, 1, "2022-07-16 08:00", "2022-07-16 09:00")), refused("F-SHAPE"));
}

CorrectStop corrected(std::string_view until) {
  return {stop(1),
          case_id(1),
          StopKind::train,
          Setting::transport,
          "G77",
          {},
          {},
          at("2022-07-16 08:00"),
          at(until),
          "G77",
          "05",
          12,
          "F",
          KnownBy::ticket,
          true,
          words("ticket")};
}

TEST(CorrectStop, OpensAgainWhatWasSettled) {
  County c;
  c.open(1);
  c.record(County::was(1, 1, "2022-07-16 08:00", "2022-07-16 09:00"));
  c.settle(1, StopOutcome::asked);
  ASSERT_TRUE(is_done(c.bench.get<Stop>(stop(1))));
  ASSERT_THAT(c.as_investigator("correct_stop", corrected("2022-07-16 12:00")),
              happened("investigation.stop_recorded investigation.gap_found investigation.gap_closed"));
  const Stop& row = c.bench.get<Stop>(stop(1));
  EXPECT_EQ(row.kind, StopKind::train);
  EXPECT_EQ(row.row, 12);
  EXPECT_FALSE(is_done(row));
  auto nameless = corrected("2022-07-16 12:00");
  nameless.reason = words("");
  EXPECT_THAT(c.as_investigator("correct_stop", nameless), refused("F-SHAPE"));
  const WithdrawStop gone{stop(1), case_id(1), words("another person")};
  ASSERT_TRUE(c.as_investigator("withdraw_stop", gone).refusals.empty());
  EXPECT_THAT(c.as_investigator("withdraw_stop", gone), refused("R-STATE"));
  EXPECT_THAT(c.as_investigator("correct_stop", corrected("2022-07-16 13:00")), refused("R-STATE"));
  EXPECT_TRUE(is_done(c.bench.get<Stop>(stop(1))));
}

TEST(SettleStop, CountsWhoWasFoundAndJudged) {
  County c;
  c.open(1);
  c.record(County::was(1, 1, "2022-07-16 08:00", "2022-07-16 09:00"));
  auto met = County::met(1, 11);
  met.stop = stop(1);
  c.name(1, {met});
  EXPECT_EQ(c.bench.get<Stop>(stop(1)).found, 1);
  EXPECT_THAT(c.settle(1, StopOutcome::no_contact_possible, "alone"), refused("R-CAS-14"));
  ASSERT_THAT(c.settle(1, StopOutcome::asked), happened("investigation.stop_settled"));
  EXPECT_FALSE(is_done(c.bench.get<Stop>(stop(1))));  // found 1, judged 0
  c.judge(1, ContactClass::close);
  EXPECT_TRUE(is_done(c.bench.get<Stop>(stop(1))));
  auto elsewhere = County::met(2, 12);
  elsewhere.stop = stop(9);
  EXPECT_THAT(c.name(1, {elsewhere}), refused("F-REF"));
}

}  // namespace
}  // namespace fx::investigation::testing
