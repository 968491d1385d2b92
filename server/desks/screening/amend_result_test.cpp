// Without these, a wrong result would stay in force, or be changed by one person in silence.
#include "desks/screening/testing/point.hpp"
#include "kernel/derive.hpp"

namespace fx::screening::testing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

TEST(AmendResult, FromPositiveToNegativeNamesTheCaseItMade) {
  Point p;
  p.sealed_single(1);
  p.authorised(1, TestResult::positive);
  const auto answer = p.amend(1, TestResult::negative);
  ASSERT_THAT(answer, happened("screening.result_amended"));
  const auto& amended = answer.get<ResultAmended>();
  EXPECT_EQ(amended.from, TestResult::positive);
  EXPECT_EQ(amended.to, TestResult::negative);
  EXPECT_EQ(amended.case_id, derive<CaseTag>(tube(1).raw, "case"));
  EXPECT_EQ(amended.encounter, encounter(1));
  EXPECT_FALSE(amended.reason.hash.empty());
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::neg));
  EXPECT_TRUE(p.bench.was_subject(encounter(1).raw));
  EXPECT_TRUE(p.bench.was_subject(amended.case_id->raw));
}

TEST(AmendResult, FromNegativeToPositiveMakesTheCase) {
  Point p;
  p.sealed_single(1);
  p.authorised(1, TestResult::negative);
  EXPECT_EQ(p.row(1).case_id, std::nullopt);
  const auto answer = p.amend(1, TestResult::positive);
  EXPECT_EQ(answer.get<ResultAmended>().case_id, derive<CaseTag>(tube(1).raw, "case"));
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::pos));
  EXPECT_EQ(p.row(1).state, TubeState::amended);
  EXPECT_THAT(p.amend(1, TestResult::negative), happened("screening.result_amended"));  // and back
}

TEST(AmendResult, NeedsAReasonASecondSignatureAndTheListOfThoseTold) {
  Point p;
  p.sealed_single(1);
  p.authorised(1, TestResult::negative);
  const auto answer = p.as_authoriser(
      "amend_result", AmendResult{tube(1), TestResult::positive, words(""), p.authoriser, false});
  EXPECT_THAT(answer, refused("R-TUB-10 R-TUB-10 R-TUB-10"));
  EXPECT_EQ(answer.refusals.list()[1].path, "/second");
  EXPECT_THAT(p.as_authoriser("amend_result", AmendResult{tube(1), TestResult::negative, words("why"),
                                                          id<AccountId>(5), true}),
              refused("F-REF F-SHAPE"));
}

TEST(AmendResult, IsNotTheTestersAndNotOfAFailedControl) {
  Point p;
  p.sealed_single(1);
  p.read_as(1, TestResult::invalid, false);
  p.authorise(1, TestResult::invalid);
  EXPECT_THAT(p.amend(1, TestResult::negative), refused("R-TUB-9"));
  p.sealed_single(2);
  p.authorised(2, TestResult::negative);
  EXPECT_THAT(
      p.bench.as(p.tester, p.laboratory, {Role::LAB, Role::LAA})
          .ask("amend_result", AmendResult{tube(2), TestResult::positive, words("why"), p.second, true}),
      refused("R-TUB-8"));
}

TEST(AmendResult, NeedsAResult) {
  Point p;
  p.sealed_single(1);
  EXPECT_THAT(p.amend(1, TestResult::positive), refused("R-STATE"));
  EXPECT_THAT(p.amend(2, TestResult::positive), refused("F-REF"));
}

TEST(AmendResult, OfAPoolMovesOnlyMembersWithoutAnOwnTube) {
  Point p;
  p.sealed_pool(1, 5, 2);
  p.authorised(1, TestResult::positive);
  p.print(2, 1, SpecimenClass::contact);
  p.as_sampler("link_person", LinkPerson{tube(2), person(101), {}, {}, tube(1)});
  p.seal(2);
  p.authorised(2, TestResult::positive);
  p.amend(1, TestResult::negative);
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::pos, MemberState::neg));
  p.amend(1, TestResult::grey);
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::pos, MemberState::hold));
  p.amend(2, TestResult::negative);
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::neg, MemberState::hold));
}

TEST(RecordExternalResult, IsKeptCorrectedAndWithdrawn) {
  Point p;
  const auto external = id<ExternalResultId>(1);
  const auto tell = [&](ExternalStatus status, TestResult result) {
    return p.as_tester(
        "record_external_result",
        RecordExternalResult{
            external, "S-17", {}, p.laboratory, {}, "covid19-cn", result, status, {}, {}, {}, {"birth_day"}});
  };
  EXPECT_THAT(tell(ExternalStatus::preliminary, TestResult::grey),
              happened("screening.external_result_recorded"));
  EXPECT_THAT(tell(ExternalStatus::reported, TestResult::negative),
              happened("screening.external_result_recorded"));
  EXPECT_THAT(tell(ExternalStatus::preliminary, TestResult::grey), refused("R-STATE"));
  EXPECT_THAT(tell(ExternalStatus::corrected, TestResult::positive),
              happened("screening.external_result_recorded"));
  EXPECT_THAT(tell(ExternalStatus::withdrawn, TestResult::positive),
              happened("screening.external_result_recorded"));
  const auto& row = p.bench.get<ExternalResult>(external);
  EXPECT_EQ(row.versions, 4);
  EXPECT_EQ(row.status, ExternalStatus::withdrawn);
}

TEST(RecordExternalResult, ACorrectionWithoutAnOriginalCountsAsFirst) {
  Point p;
  EXPECT_THAT(p.as_tester("record_external_result", RecordExternalResult{id<ExternalResultId>(1),
                                                                         "S-18",
                                                                         {},
                                                                         {},
                                                                         {},
                                                                         "covid19-cn",
                                                                         TestResult::negative,
                                                                         ExternalStatus::corrected,
                                                                         {},
                                                                         {},
                                                                         {},
                                                                         {}}),
              happened("screening.external_result_recorded"));
  EXPECT_THAT(p.as_tester("record_external_result", RecordExternalResult{id<ExternalResultId>(2),
                                                                         "",
                                                                         {},
                                                                         id<UnitId>(1),
                                                                         id<UnitId>(2),
                                                                         "",
                                                                         TestResult::negative,
                                                                         ExternalStatus::reported,
                                                                         {},
                                                                         {},
                                                                         {},
                                                                         {}}),
              refused("F-SHAPE F-SHAPE F-REF F-REF"));
}

}  // namespace
}  // namespace fx::screening::testing
