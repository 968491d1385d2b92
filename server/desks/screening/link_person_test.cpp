// Without these, a result could reach the wrong person: labels, links and their corrections before the seal.
#include "desks/screening/testing/point.hpp"

namespace fx::screening::testing {
namespace {

TEST(Screening, CardNamesOnlyWhatIsThere) {
  EXPECT_THAT(fx::testing::card_faults(desk()), ::testing::IsEmpty());
}

TEST(PrintTubes, MakesOneTubeALabel) {
  Point p;
  const auto answer =
      p.as_sampler("print_tubes", PrintTubes{p.clinic,
                                             {{tube(1), "t-00000001 1"}, {tube(2), tube_code(2)}},
                                             1,
                                             SpecimenClass::fever_clinic,
                                             "covid19-cn"});
  EXPECT_THAT(answer, happened("screening.tube_printed screening.tube_printed"));
  EXPECT_EQ(p.row(1).code, tube_code(1));  // however it was typed
  EXPECT_EQ(p.row(1).state, TubeState::printed);
  EXPECT_EQ(p.bench.place(), p.clinic);
}

TEST(PrintTubes, NeverUsesACodeTwice) {
  Point p;
  p.print(1);
  EXPECT_THAT(
      p.as_sampler("print_tubes", PrintTubes{p.clinic, {{tube(2), tube_code(1)}}, 1, {}, "covid19-cn"}),
      refused("R-TUB-11"));
  EXPECT_THAT(
      p.as_sampler(
          "print_tubes",
          PrintTubes{p.clinic, {{tube(2), tube_code(2)}, {tube(3), tube_code(2)}}, 1, {}, "covid19-cn"}),
      refused("R-TUB-11"));
  p.as_sampler("void_tube", VoidTube{tube(1), words("smudged")});
  EXPECT_THAT(
      p.as_sampler("print_tubes", PrintTubes{p.clinic, {{tube(2), tube_code(1)}}, 1, {}, "covid19-cn"}),
      refused("R-TUB-11"));
}

TEST(PrintTubes, TellsEveryFaultAtOnce) {
  Point p;
  const auto answer =
      p.as_sampler("print_tubes",
                   PrintTubes{id<UnitId>(7), {{tube(1), "T12345678X"}}, 20, SpecimenClass::fever_clinic, ""});
  EXPECT_THAT(answer, refused("F-REF R-TUB-3 R-TUB-2 F-SHAPE F-REF"));
  EXPECT_EQ(answer.refusals.list().back().path, "/tubes/0/code");
}

TEST(PrintTubes, PoolsOnlyWhereARuleListsTheSize) {
  Point p;
  EXPECT_THAT(p.print(1, 10, SpecimenClass::voluntary), happened("screening.tube_printed"));
  EXPECT_THAT(p.print(2, 20, SpecimenClass::voluntary), refused("R-TUB-3"));
  p.bench.rules.forbid("E.pool.sizes");
  EXPECT_THAT(p.print(3, 10, SpecimenClass::voluntary), refused("R-TUB-3"));
  EXPECT_THAT(p.print(4, 1, SpecimenClass::voluntary), happened("screening.tube_printed"));
}

TEST(LinkPerson, OpensTheTubeAndNamesASingle) {
  Point p;
  p.print(1);
  const auto answer = p.link(1, person(1), encounter(1));
  ASSERT_THAT(answer, happened("screening.person_linked"));
  EXPECT_EQ(answer.get<PersonLinked>().sender, p.clinic);
  EXPECT_EQ(p.row(1).state, TubeState::open);
  EXPECT_EQ(p.row(1).person, person(1));
  EXPECT_EQ(p.row(1).encounter, encounter(1));
  EXPECT_TRUE(p.bench.was_subject(encounter(1).raw));
}

TEST(LinkPerson, NeedsTheSamplersCertificate) {
  Point p;
  p.print(1);
  EXPECT_THAT(p.bench.as(p.nurse, p.clinic, {Role::NUR})
                  .ask("link_person", LinkPerson{tube(1), person(1), {}, {}, {}}),
              refused("R-TUB-1"));
}

TEST(LinkPerson, KeepsSingleClassesOutOfPools) {
  Point p;
  p.print(1, 5, SpecimenClass::voluntary);
  EXPECT_THAT(p.as_sampler("link_person", LinkPerson{tube(1), person(1), {}, SpecimenClass::contact, {}}),
              refused("R-TUB-2"));
}

TEST(LinkPerson, RefusesWhoeverIsOneTooManyOrInItAlready) {
  Point p;
  p.print(1);
  p.link(1, person(1));
  EXPECT_THAT(p.link(1, person(2)), refused("R-TUB-3"));
  EXPECT_THAT(p.link(1, person(1)), refused("R-TUB-3 R-TUB-4"));
  EXPECT_THAT(p.link(9, person(1)), refused("F-REF"));
}

TEST(LinkPerson, IsOverOnceTheTubeIsSealed) {
  Point p;
  p.print(1, 5, SpecimenClass::voluntary);
  p.link(1, person(1));
  p.seal(1);
  const auto answer = p.link(1, person(2));
  EXPECT_THAT(answer, refused("R-STATE"));
  EXPECT_EQ(answer.refusals.list().front().say.en, "the state is sealed; this step needs printed, open");
}

TEST(CorrectLink, ReplacesTheWrongPersonBeforeTheSeal) {
  Point p;
  p.print(1);
  p.link(1, person(1), encounter(1));
  EXPECT_THAT(p.as_sampler("correct_link",
                           CorrectLink{tube(1), person(1), person(2), encounter(2), words("wrong card")}),
              happened("screening.link_corrected"));
  EXPECT_EQ(p.row(1).person, person(2));
  EXPECT_EQ(p.row(1).encounter, encounter(2));
  p.seal(1);
  EXPECT_THAT(p.as_sampler("correct_link", CorrectLink{tube(1), person(2), person(1), {}, words("again")}),
              refused("R-STATE"));
}

TEST(CorrectLink, SaysWhoWasWrongAndWhy) {
  Point p;
  p.print(1, 5, SpecimenClass::voluntary);
  p.link(1, person(1));
  p.link(1, person(2));
  EXPECT_THAT(p.as_sampler("correct_link", CorrectLink{tube(1), person(3), person(2), {}, words("")}),
              refused("F-REF R-TUB-4 F-SHAPE"));
}

TEST(VoidTube, OnlyWhileNobodyIsInIt) {
  Point p;
  p.print(1);
  p.link(1, person(1));
  EXPECT_THAT(p.as_sampler("void_tube", VoidTube{tube(1), words("dropped")}), refused("R-STATE"));
  p.as_sampler("correct_link", CorrectLink{tube(1), person(1), {}, {}, words("did not come")});
  EXPECT_EQ(p.row(1).person, std::nullopt);
  EXPECT_THAT(p.as_sampler("void_tube", VoidTube{tube(1), words("dropped")}),
              happened("screening.tube_voided"));
  EXPECT_EQ(p.row(1).state, TubeState::voided);
  EXPECT_THAT(p.link(1, person(1)), refused("R-STATE"));
}

}  // namespace
}  // namespace fx::screening::testing
