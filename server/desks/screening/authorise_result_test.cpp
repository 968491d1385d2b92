// Without these, one person alone could turn a reading into a case, or a pool into ten of them.
#include "desks/screening/laboratories/commands.hpp"
#include "desks/screening/testing/point.hpp"
#include "kernel/derive.hpp"

namespace fx::screening::testing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

TEST(StartTest, NeedsAReceivedTubeATesterAndItsOwnWell) {
  Point p;
  p.sealed_single(1);
  EXPECT_THAT(p.start(1), refused("R-STATE"));
  p.receive(1);
  EXPECT_THAT(p.as_authoriser("start_test", StartTest{tube(1), {}, {}, "", {tube(2)}}),
              refused("R-TUB-6 R-TUB-7 F-SHAPE"));
  EXPECT_THAT(p.start(1), happened("screening.test_started"));
  EXPECT_EQ(p.row(1).reagent_lot, "LOT-7");
  EXPECT_EQ(p.bench.place(), p.laboratory);
}

TEST(StartTest, OfAClosedLaboratoryIsRefused) {
  Point p;
  p.sealed_single(1);
  p.receive(1);
  Unit closed = *p.bench.reference().unit(p.laboratory);
  closed.active = false;
  p.bench.reference().add(closed);
  EXPECT_THAT(p.start(1), refused("R-TUB-6"));
}

TEST(RecordResult, KeepsWhatTheTesterRead) {
  Point p;
  p.sealed_single(1);
  p.receive(1);
  EXPECT_THAT(p.read(1, TestResult::positive), refused("R-STATE"));
  p.start(1);
  EXPECT_THAT(p.as_tester("record_result", RecordResult{tube(1), TestResult::positive, {{"", -1}}, true}),
              refused("F-SHAPE F-SHAPE"));
  EXPECT_THAT(p.read(1, TestResult::positive), happened("screening.result_provisional"));
  EXPECT_EQ(p.row(1).provisional, TestResult::positive);
  EXPECT_EQ(p.row(1).result, std::nullopt);  // nobody acts on it yet
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::linked));
}

TEST(RecordResult, MayBeRepeatedFromTheSameSpecimen) {
  Point p;
  p.sealed_single(1);
  p.read_as(1, TestResult::invalid, false);
  EXPECT_THAT(p.start(1), happened("screening.test_started"));
  EXPECT_THAT(p.read(1, TestResult::negative), happened("screening.result_provisional"));
  EXPECT_THAT(p.authorise(1, TestResult::negative), happened("screening.result_authorised"));
}

// Without this, two lots of one product would pass as the two reagents that a release may need.
TEST(AuthoriseResult, SaysByWhatProductASingleWasTested) {
  Point p;
  p.sealed_single(1);
  p.read_as(1, TestResult::negative);
  EXPECT_EQ(p.authorise(1, TestResult::negative).get<ResultAuthorised>().reagent, std::nullopt)
      << "nobody registered the lot";
  p.as_tester("register_reagent_lot", RegisterReagentLot{"LOT-7", "kit", *parse_day("2022-09-12")});
  p.sealed_single(2);
  p.read_as(2, TestResult::negative);
  EXPECT_EQ(p.authorise(2, TestResult::negative).get<ResultAuthorised>().reagent, "kit");
}

TEST(AuthoriseResult, MakesAnIndividualPositiveACase) {
  Point p;
  p.bench.now("2022-07-17 18:25");
  p.sealed_single(1);
  p.read_as(1, TestResult::positive);
  p.bench.now("2022-07-17 22:40");
  const auto answer = p.authorise(1, TestResult::positive);
  ASSERT_THAT(answer, happened("screening.result_authorised"));
  const auto& result = answer.get<ResultAuthorised>();
  EXPECT_EQ(result.case_id, derive<CaseTag>(tube(1).raw, "case"));
  EXPECT_EQ(result.person, person(1));
  EXPECT_EQ(result.clinic, p.clinic);
  EXPECT_EQ(result.hospital, p.hospital);
  EXPECT_EQ(result.county, p.command_post);
  EXPECT_EQ(result.sampled_at, fx::testing::at("2022-07-17 18:25"));
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::pos));
  // Duties about the visit are met through this event, those about the tube and the case begin with it.
  EXPECT_TRUE(p.bench.was_subject(encounter(1).raw));
  EXPECT_TRUE(p.bench.was_subject(result.case_id->raw));
}

TEST(AuthoriseResult, IsNeverTheTesters) {
  Point p;
  p.sealed_single(1);
  p.read_as(1, TestResult::positive);
  EXPECT_THAT(p.bench.as(p.tester, p.laboratory, {Role::LAB, Role::LAA})
                  .ask("authorise_result", AuthoriseResult{tube(1), TestResult::positive}),
              refused("R-TUB-8"));
}

TEST(AuthoriseResult, IsNeverTheirsWhoStartedTheRunEither) {
  Point p;
  p.sealed_single(1);
  p.receive(1);
  p.bench.as(p.second, p.laboratory, {Role::LAB, Role::LAA})
      .ask("start_test", StartTest{tube(1), {}, {}, "LOT-7", {}});
  p.read(1, TestResult::positive);
  EXPECT_THAT(p.bench.as(p.second, p.laboratory, {Role::LAB, Role::LAA})
                  .ask("authorise_result", AuthoriseResult{tube(1), TestResult::positive}),
              refused("R-TUB-8"));
}

TEST(AuthoriseResult, OfAFailedControlIsInvalidOnly) {
  Point p;
  p.sealed_single(1);
  p.read_as(1, TestResult::negative, false);
  EXPECT_THAT(p.authorise(1, TestResult::negative), refused("R-TUB-9"));
  EXPECT_THAT(p.authorise(1, TestResult::invalid), happened("screening.result_authorised"));
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::recalled));
}

TEST(AuthoriseResult, OfAPositivePoolHoldsAllAndMakesNobodyPositive) {
  Point p;
  p.sealed_pool(1, 10, 7);
  p.read_as(1, TestResult::positive);
  const auto answer = p.authorise(1, TestResult::positive);
  EXPECT_EQ(answer.get<ResultAuthorised>().case_id, std::nullopt);
  EXPECT_EQ(answer.get<ResultAuthorised>().persons.size(), 7U);
  EXPECT_THAT(p.members(1), Each(MemberState::hold));
}

TEST(AuthoriseResult, OfAPoolByItsResult) {
  for (const auto& [result, member] :
       {std::pair{TestResult::negative, MemberState::neg}, std::pair{TestResult::grey, MemberState::hold},
        std::pair{TestResult::invalid, MemberState::recalled}}) {
    Point p;
    p.sealed_pool(1, 5, 5);
    p.authorised(1, result);
    EXPECT_THAT(p.members(1), Each(member));
  }
}

TEST(AuthoriseResult, OfASingleSettlesItsMemberOfThePool) {
  Point p;
  p.sealed_pool(1, 5, 2);
  p.authorised(1, TestResult::positive);
  const auto resample = [&](std::uint64_t n, PersonId who) {
    p.print(n, 1, SpecimenClass::contact);
    return p.as_sampler("link_person", LinkPerson{tube(n), who, {}, {}, tube(1)});
  };
  EXPECT_THAT(resample(2, person(101)), happened("screening.person_linked"));
  EXPECT_THAT(resample(3, person(102)), happened("screening.person_linked"));
  EXPECT_THAT(p.members(1), Each(MemberState::resampled));
  EXPECT_THAT(resample(4, person(101)), refused("R-STATE"));  // settled by one single only
  EXPECT_THAT(resample(5, person(9)), refused("F-REF"));      // nobody of that pool

  p.seal(2);
  p.authorised(2, TestResult::positive);
  p.seal(3);
  p.authorised(3, TestResult::negative);
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::pos, MemberState::neg));
  EXPECT_EQ(p.row(1).case_id, std::nullopt);
  EXPECT_TRUE(p.row(2).case_id.has_value());
}

TEST(RejectTube, OfASingleHoldsItsMemberOfThePoolAgain) {
  Point p;
  p.sealed_pool(1, 5, 1);
  p.authorised(1, TestResult::positive);
  p.print(2, 1, SpecimenClass::contact);
  p.as_sampler("link_person", LinkPerson{tube(2), person(101), {}, {}, tube(1)});
  p.seal(2);
  p.as_tester("reject_tube", RejectTube{tube(2), RejectReason::leaking, {}});
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::hold));
}

}  // namespace
}  // namespace fx::screening::testing
