// Without these, a case could go unreported, be reported twice, or keep a card that says what is no longer true.
#include "desks/reporting/testing/office.hpp"

namespace fx::reporting::testing {
namespace {

TEST(ExpectCard, OnceForAnInfection) {
  Office o;
  ASSERT_THAT(o.expect(1), happened("reporting.card_expected"));
  EXPECT_EQ(o.card(1).state, CardState::due);
  EXPECT_TRUE(o.bench.was_subject(case_id(1).raw));
  EXPECT_TRUE(o.bench.was_subject(o.card(1).id.raw));
  EXPECT_THAT(o.expect(1), happened(""));
}

TEST(SubmitCard, SaysWhatItsReviewNeeds) {
  Office o;
  EXPECT_THAT(o.submit(1), refused("F-REF"));
  o.expect(1);
  const auto answer = o.submit(1);
  ASSERT_THAT(answer, happened("reporting.card_submitted"));
  EXPECT_EQ(answer.get<CardSubmitted>().version, 1);
  EXPECT_EQ(answer.get<CardSubmitted>().cdc, o.cdc);
  EXPECT_EQ(o.bench.place(), o.hospital);
  EXPECT_TRUE(o.bench.was_subject(case_id(1).raw));    // the card was owed about the case
  EXPECT_TRUE(o.bench.was_subject(o.card(1).id.raw));  // its review is owed about the card
  EXPECT_THAT(o.submit(1), refused("R-CRD-2"));
}

TEST(SubmitCard, NamesEveryFieldThatIsMissing) {
  Office o;
  o.expect(1);
  const auto empty = o.as_doctor("submit_card", SubmitCard{case_id(1), {}, {}, {}, {}, {}, {}});
  EXPECT_THAT(empty, refused("R-CRD-1 R-CRD-1 R-CRD-1 R-CRD-1"));
  EXPECT_EQ(empty.refusals.list()[0].path, "/class");
  auto card = Office::filled(1);
  card.severity.reset();
  card.onset_day.reset();
  EXPECT_THAT(o.as_doctor("submit_card", card), refused("R-CRD-1 R-CRD-1"));  // confirmed: both
  card.class_ = CardClass::asymptomatic;
  EXPECT_THAT(o.as_doctor("submit_card", card), happened("reporting.card_submitted"));  // neither
}

TEST(SubmitCard, KnowsNoTomorrow) {
  Office o;
  o.expect(1);
  auto card = Office::filled(1);
  card.onset_day = day("2022-07-19");
  card.diagnosis_day = day("2022-07-19");
  EXPECT_THAT(o.as_doctor("submit_card", card), refused("F-FUTURE F-FUTURE"));
}

TEST(ReviewCard, PassesOrReturnsWithAReason) {
  Office o;
  EXPECT_THAT(o.pass(1), refused("F-REF"));
  o.expect(1);
  EXPECT_THAT(o.pass(1), refused("R-STATE"));
  o.submit(1);
  EXPECT_THAT(o.as_officer("return_card", ReturnCard{case_id(1), words("")}), refused("R-CRD-3"));
  ASSERT_THAT(o.give_back(1), happened("reporting.card_returned"));
  EXPECT_EQ(o.bench.place(), o.cdc);
  EXPECT_THAT(o.correct(1), refused("R-STATE"));  // it is sent in again, not corrected
  o.submit(1);
  EXPECT_EQ(o.card(1).version, 2);
  ASSERT_THAT(o.pass(1), happened("reporting.card_passed"));
  EXPECT_TRUE(o.bench.was_subject(o.card(1).id.raw));
  EXPECT_EQ(o.card(1).state, CardState::passed);
  EXPECT_THAT(o.give_back(1), refused("R-STATE"));
}

TEST(Correction, FollowsAChangeOfClassOrSeverity) {
  Office o;
  o.expect(1, CardClass::suspected);
  EXPECT_THAT(o.expect_correction(1), happened(""));  // not even submitted
  o.submit(1, CardClass::suspected);
  o.pass(1);
  EXPECT_THAT(o.expect(1, CardClass::suspected), happened(""));  // nothing changed
  ASSERT_THAT(o.expect(1, CardClass::confirmed), happened("reporting.correction_expected"));
  EXPECT_TRUE(o.bench.was_subject(o.card(1).id.raw));
  EXPECT_THAT(o.expect_correction(1), happened(""));  // owed already
  EXPECT_THAT(o.as_doctor("correct_card",
                          CorrectCard{case_id(1), CardClass::confirmed, {}, {}, {}, {}, {}, words("")}),
              refused("R-CRD-1 R-CRD-1 R-CRD-1 R-CRD-1 R-CRD-1 R-CRD-3"));
  ASSERT_THAT(o.correct(1), happened("reporting.card_corrected"));
  EXPECT_EQ(o.card(1).version, 2);
  EXPECT_THAT(o.pass(1), happened("reporting.card_passed"));
}

TEST(Correction, DoesNotTakeTheCardOutOfReview) {
  Office o;
  o.expect(1, CardClass::suspected);
  o.submit(1, CardClass::suspected);
  o.expect(1, CardClass::confirmed);
  EXPECT_EQ(o.card(1).state, CardState::correction_due);
  EXPECT_THAT(o.give_back(1), refused("R-STATE"));  // it comes back anyway
  ASSERT_THAT(o.pass(1), happened("reporting.card_passed"));
  EXPECT_EQ(o.card(1).state, CardState::correction_due);  // still owed
  EXPECT_THAT(o.pass(1), refused("R-STATE"));
  o.correct(1);
  EXPECT_THAT(o.pass(1), happened("reporting.card_passed"));
}

TEST(Correction, OfAReturnedCardComesWithItsNextVersion) {
  Office o;
  o.expect(1, CardClass::suspected);
  o.submit(1, CardClass::suspected);
  o.give_back(1);
  EXPECT_THAT(o.expect(1, CardClass::confirmed), happened(""));
  EXPECT_THAT(o.submit(1, CardClass::confirmed), happened("reporting.card_submitted"));
}

TEST(WithdrawCard, IsForTheExcludedAndForTheCdc) {
  Office o;
  o.expect(1);
  o.submit(1);
  EXPECT_THAT(o.withdraw(1), refused("R-CRD-4"));
  ASSERT_THAT(o.propose(1), happened("reporting.withdrawal_proposed"));
  EXPECT_THAT(o.propose(1), happened(""));
  EXPECT_THAT(o.as_officer("withdraw_card", WithdrawCard{case_id(1), words("")}), refused("R-CRD-3"));
  ASSERT_THAT(o.withdraw(1), happened("reporting.card_withdrawn"));
  EXPECT_EQ(o.bench.place(), o.cdc);
  EXPECT_THAT(o.withdraw(1), refused("R-STATE"));
  EXPECT_THAT(o.submit(1), refused("R-STATE"));
  EXPECT_THAT(o.propose(2), happened(""));  // no card, nothing to withdraw
}

TEST(WithdrawCard, NotWhenTheCaseStays) {
  Office o;
  o.expect(1);
  o.submit(1);
  o.propose(1);
  EXPECT_THAT(o.drop(1), happened("reporting.withdrawal_dropped"));
  EXPECT_THAT(o.drop(1), happened(""));
  EXPECT_THAT(o.withdraw(1), refused("R-CRD-4"));
  o.propose(1);
  EXPECT_THAT(o.expect(1), happened("reporting.withdrawal_dropped"));  // classified again: it is a case
}

TEST(WithdrawnCard, IsOwedAgainWhenTheCaseIsClassifiedAgain) {
  Office o;
  o.expect(1);
  o.submit(1);
  o.pass(1);
  o.propose(1);
  o.withdraw(1);
  ASSERT_THAT(o.expect(1), happened("reporting.card_expected"));
  EXPECT_EQ(o.card(1).state, CardState::due);
  ASSERT_THAT(o.submit(1), happened("reporting.card_submitted"));
  EXPECT_EQ(o.card(1).version, 2);
  EXPECT_THAT(o.pass(1), happened("reporting.card_passed"));
}

TEST(PheReport, IsMadeOnceAndMeetsWhatIsOwedAboutTheCase) {
  Office o;
  const auto tell = [&](std::string text) {
    return o.as_officer("submit_phe_report", SubmitPheReport{case_id(1), words(std::move(text))});
  };
  EXPECT_THAT(tell("first case"), refused("F-REF"));
  o.expect(1);
  EXPECT_THAT(tell(""), refused("F-SHAPE"));
  ASSERT_THAT(tell("first case"), happened("reporting.phe_reported"));
  EXPECT_EQ(o.bench.place(), o.cdc);
  EXPECT_TRUE(o.bench.was_subject(case_id(1).raw));
  EXPECT_THAT(tell("first case"), refused("R-STATE"));
}

}  // namespace
}  // namespace fx::reporting::testing
