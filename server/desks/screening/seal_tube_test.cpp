// Without these, a tube could drop out between the sampler and the laboratory, and its people would wait for ever.
#include "desks/screening/testing/point.hpp"

namespace fx::screening::testing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

TEST(SealTube, SaysWhoseItIsAndWhereItGoes) {
  Point p;
  p.print(1);
  p.link(1, person(1), encounter(1));
  p.bench.now("2022-07-17 18:31").occurred("2022-07-17 18:25");
  const auto answer = p.seal(1);
  ASSERT_THAT(answer, happened("screening.tube_sealed"));
  const auto& sealed = answer.get<TubeSealed>();
  EXPECT_EQ(sealed.person, person(1));
  EXPECT_EQ(sealed.encounter, encounter(1));
  EXPECT_EQ(sealed.sealed_at, fx::testing::at("2022-07-17 18:25"));  // when it was done, not when it was told
  EXPECT_EQ(sealed.lab, p.laboratory);
  EXPECT_EQ(sealed.county, p.command_post);
  EXPECT_TRUE(p.bench.was_subject(encounter(1).raw));
}

TEST(SealTube, NamesNoSinglePersonForAPool) {
  Point p;
  p.sealed_pool(1, 5, 3);
  EXPECT_EQ(p.row(1).person, std::nullopt);
  EXPECT_EQ(p.row(1).members.size(), 3U);
  EXPECT_EQ(p.row(1).state, TubeState::sealed);
}

TEST(SealTube, NeedsSomebodyInIt) {
  Point p;
  p.print(1);
  EXPECT_THAT(p.seal(1), refused("R-STATE"));
  p.link(1, person(1));
  EXPECT_THAT(p.seal(1), happened("screening.tube_sealed"));
  EXPECT_THAT(p.seal(1), refused("R-STATE"));
}

TEST(BoxTubes, PutsSealedTubesOnTheWay) {
  Point p;
  p.sealed_single(1);
  p.sealed_single(2);
  const BoxTubes command{box(1), write_code({'B', 1}), p.laboratory, {tube(1), tube(2)}, 4.5};
  EXPECT_THAT(p.bench.as(p.courier, p.hospital, {Role::COU}).ask("box_tubes", command),
              happened("screening.tubes_boxed"));
  EXPECT_EQ(p.row(1).state, TubeState::in_transit);
  EXPECT_EQ(p.bench.get<Box>(box(1)).courier, p.courier);
  EXPECT_EQ(p.bench.place(), p.clinic);

  p.receive(1);
  EXPECT_EQ(p.bench.get<Box>(box(1)).state, BoxState::part_received);
  p.as_tester("reject_tube", RejectTube{tube(2), RejectReason::leaking, {}});
  EXPECT_EQ(p.bench.get<Box>(box(1)).state, BoxState::reconciled);
}

TEST(BoxTubes, RefusesWhatIsNotReadyToTravel) {
  Point p;
  p.sealed_single(1);
  p.print(2);
  const auto answer = p.as_sampler(
      "box_tubes", BoxTubes{box(1), "B1", id<UnitId>(7), {tube(1), tube(2), tube(3), tube(1)}, {}});
  EXPECT_THAT(answer, refused("F-REF F-REF F-SHAPE R-STATE F-REF"));
  const auto& path = answer.refusals.list()[3].path;
  EXPECT_EQ(path, "/tubes/1");
}

TEST(BoxTubes, UsesEachBoxCodeOnce) {
  Point p;
  p.sealed_single(1);
  p.sealed_single(2);
  p.as_sampler("box_tubes", BoxTubes{box(1), write_code({'B', 1}), p.laboratory, {tube(1)}, {}});
  EXPECT_THAT(p.as_sampler("box_tubes", BoxTubes{box(2), write_code({'B', 1}), p.laboratory, {tube(2)}, {}}),
              refused("R-TUB-11"));
}

TEST(ReceiveTube, IsTheLaboratorysInWhoseHandsItIs) {
  Point p;
  p.sealed_single(1);
  const auto answer = p.receive(1);
  ASSERT_THAT(answer, happened("screening.tube_received"));
  EXPECT_EQ(answer.get<TubeReceived>().lab, p.laboratory);
  EXPECT_TRUE(answer.get<TubeReceived>().sealed_at.has_value());
  EXPECT_THAT(p.receive(1), refused("R-STATE"));
  EXPECT_THAT(p.receive(8), refused("F-REF"));
}

TEST(ReceiveTube, MayBeToldBeforeTheSeal) {  // couriers sync first
  Point p;
  p.print(1);
  EXPECT_THAT(p.receive(1), happened("screening.tube_received"));
  EXPECT_FALSE(p.row(1).sealed_at.has_value());
  EXPECT_THAT(p.link(1, person(1), encounter(1)), happened("screening.person_linked"));
  p.start(1);
  p.read(1, TestResult::negative);
  EXPECT_THAT(p.authorise(1, TestResult::negative), refused("R-STATE"));  // whose it is is not certain yet
  EXPECT_THAT(p.seal(1), happened("screening.tube_sealed"));
  EXPECT_EQ(p.row(1).state, TubeState::provisional);
  EXPECT_THAT(p.authorise(1, TestResult::negative), happened("screening.result_authorised"));
}

TEST(RejectTube, RecallsEverybodyInIt) {
  Point p;
  p.sealed_pool(1, 5, 3);
  const auto answer = p.as_tester("reject_tube", RejectTube{tube(1), RejectReason::leaking, {}});
  ASSERT_THAT(answer, happened("screening.tube_rejected"));
  EXPECT_EQ(answer.get<TubeRejected>().persons.size(), 3U);
  EXPECT_THAT(p.members(1), Each(MemberState::recalled));
  EXPECT_THAT(p.start(1), refused("R-STATE"));
}

TEST(RejectTube, SaysWhyWhenTheListDoesNot) {
  Point p;
  p.sealed_single(1);
  EXPECT_THAT(p.as_tester("reject_tube", RejectTube{tube(1), RejectReason::other, {}}), refused("R-TUB-5"));
  EXPECT_THAT(p.as_tester("reject_tube", RejectTube{tube(1), RejectReason::other, words("frozen")}),
              happened("screening.tube_rejected"));
}

TEST(DeclareLost, NeedsASearchNoteAndATubeOnTheWay) {
  Point p;
  p.sealed_single(1);
  EXPECT_THAT(p.as_sampler("declare_lost", DeclareLost{tube(1), words("")}), refused("F-SHAPE"));
  EXPECT_THAT(p.as_sampler("declare_lost", DeclareLost{tube(1), words("van searched")}),
              happened("screening.tube_lost"));
  EXPECT_THAT(p.members(1), ElementsAre(MemberState::recalled));
  p.sealed_single(2);
  p.receive(2);
  EXPECT_THAT(p.as_sampler("declare_lost", DeclareLost{tube(2), words("van searched")}), refused("R-STATE"));
}

}  // namespace
}  // namespace fx::screening::testing
