// Without these, a wrong positive could never be taken back, or could take a county's real first case with it.
#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

TEST(ExcludeCase, NeedsTheSecondNegativeAndAnotherTube) {
  County c;
  c.open(1);
  EXPECT_THAT(c.exclude(1, false), refused("R-CAS-2"));
  EXPECT_THAT(c.as_officer("exclude_case",
                           ExcludeCase{case_id(1), SecondTest::other_reagent, true, tube(1), words("")}),
              refused("R-CAS-2 F-SHAPE"));
  ASSERT_THAT(c.exclude(1), happened("investigation.case_excluded"));
  EXPECT_EQ(c.bench.place(), c.cdc);
  EXPECT_TRUE(c.bench.was_subject(case_id(1).raw));
  EXPECT_EQ(c.file(1).state, CaseState::excluded);
  EXPECT_THAT(c.exclude(1), refused("R-STATE"));
}

TEST(ExcludeCase, OfAConfirmedCaseIsOnlyForAnAmendedResult) {
  County c;
  c.open(1);
  c.classify(1, CaseClass::confirmed);
  EXPECT_THAT(c.exclude(1), refused("R-STATE"));
  EXPECT_THAT(c.propose(1), happened("investigation.exclusion_proposed"));
  EXPECT_THAT(c.propose(1), happened(""));  // proposed already
  EXPECT_THAT(c.exclude(1, false), happened("investigation.case_excluded"));
  EXPECT_THAT(c.propose(1), happened(""));  // over
}

TEST(ExcludeCase, LeavesTheNextCaseTheCountysFirst) {
  County c;
  c.open(1);
  c.open(2);
  EXPECT_TRUE(c.classify(1, CaseClass::suspected).get<CaseClassified>().first_of_county);
  c.exclude(1);
  EXPECT_EQ(c.county_count(), 0);
  EXPECT_TRUE(c.classify(2, CaseClass::confirmed).get<CaseClassified>().first_of_county);
  c.open(3);
  c.exclude(3);  // never classified, never counted
  EXPECT_EQ(c.county_count(), 1);
}

TEST(ExcludeCase, LetsContactsGoButNotThoseInControl) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11), County::met(2, 12), County::met(3, 13)});
  c.judge(2, ContactClass::close);
  c.judge(3, ContactClass::close);
  c.control(3);
  const auto answer = c.exclude(1);
  EXPECT_THAT(answer.get<CaseExcluded>().contacts, ::testing::ElementsAre(contact(1), contact(2)));
  EXPECT_TRUE(c.bench.was_subject(contact(1).raw));
  EXPECT_THAT(answer.get<CaseExcluded>().persons, ::testing::ElementsAre(person(11), person(12)));
  EXPECT_THAT(answer.get<CaseExcluded>().not_close, ::testing::ElementsAre(person(12)));
  EXPECT_TRUE(c.bench.was_subject(person(12).raw)) << "the first sample is owed no more";
  EXPECT_EQ(c.row(1).state, ContactState::released);
  EXPECT_EQ(c.row(3).state, ContactState::in_control);  // an officer's order is ended by an officer
}

TEST(ExcludeCase, LeavesWhatAnotherCaseAsksOfTheSamePerson) {
  County c;
  c.open(1);
  c.open(2);
  c.name(1, {County::met(1, 11)});
  c.name(2, {County::met(2, 11)});
  c.judge(1, ContactClass::close);
  c.judge(2, ContactClass::close);
  const auto answer = c.exclude(1);
  EXPECT_THAT(answer.get<CaseExcluded>().persons, ::testing::ElementsAre(person(11)));
  EXPECT_THAT(answer.get<CaseExcluded>().not_close, ::testing::IsEmpty());
}

TEST(ExcludedCase, OpensAgainFromTheBeginning) {
  County c;
  c.open(1);
  c.start(1);
  c.core(1);
  c.classify(1, CaseClass::suspected);
  c.exclude(1);
  ASSERT_THAT(c.open(1), happened("investigation.case_opened"));
  EXPECT_EQ(c.file(1).class_, std::nullopt);
  EXPECT_EQ(c.file(1).stage, InvestigationStage::assigned);
  EXPECT_THAT(c.start(1),
              happened("investigation.team_started"));  // it is owed again, so it must be possible
  EXPECT_TRUE(c.classify(1, CaseClass::confirmed).get<CaseClassified>().first_of_county);
}

TEST(KeepCase, AnswersAProposalAndSaysWhatIsNotDoneYet) {
  County c;
  c.open(1);
  EXPECT_THAT(c.keep(1), refused("R-CAS-8"));
  c.start(1);
  c.propose(1);
  EXPECT_THAT(c.as_officer("keep_case", KeepCase{case_id(1), words("")}), refused("F-SHAPE"));
  const auto answer = c.keep(1);
  ASSERT_THAT(answer, happened("investigation.exclusion_dismissed"));
  EXPECT_EQ(answer.get<ExclusionDismissed>().stage, InvestigationStage::started);
  EXPECT_FALSE(c.file(1).exclusion_proposed);
  EXPECT_THAT(c.exclude(1, false), refused("R-CAS-2"));
}

TEST(KeepCase, FollowsByItselfWhenTheResultIsAmendedBack) {
  County c;
  c.open(1);
  c.classify(1, CaseClass::confirmed);
  c.propose(1);
  EXPECT_THAT(c.open(1), happened("investigation.exclusion_dismissed"));
  EXPECT_EQ(c.file(1).state, CaseState::confirmed);
  EXPECT_THAT(c.open(1), refused("R-CAS-5"));
}

TEST(ClassifyCase, SaysThatItIsOne) {
  County c;
  c.open(1);
  c.propose(1);
  c.classify(1, CaseClass::confirmed);
  EXPECT_FALSE(c.file(1).exclusion_proposed);
}

}  // namespace
}  // namespace fx::investigation::testing
