// Without these, a scenario could be green because nobody looked.
#include "scenario/testing/played.hpp"

namespace fx::scenario::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Eleven lines: a county, its hospital and laboratory, a sampler, a tester, an authoriser, a person.
const std::string cast = R"(title one tube
start 2022-07-17 18:00
unit county_cmd  command_post  990121
unit hospital    hospital      990121
unit lab         laboratory    990121 in hospital
post officer     DO   at county_cmd
post sampler     SMP  at hospital
post tester      LAB  at lab
post authoriser  LAA  at lab
person li "李建国" 990121195302081010
person wang "王"
)";
/// Lines 12 to 14: T holds Li.
const std::string sampled =
    R"(18:10 sampler screening.print_tubes sender=hospital tubes=[{"tube":"T","code":"T0000000QQ"}] size=1 class=voluntary pathogen=covid19-cn
18:12 sampler screening.link_person tube=T person=li
18:14 sampler screening.seal_tube tube=T lab=lab
)";

std::vector<Failure> failures(const std::string& rest) { return played(cast + rest).failures; }

TEST(Runner, CountsWhatItDid) {
  const Report report = played(cast + sampled + "-> screening.tube_sealed\n-> count tube = 1\n");
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(report.title, "one tube");
  EXPECT_EQ(report.commands, 3);
  EXPECT_EQ(report.expectations, 2);
  EXPECT_GE(report.events, 3 + 3 + 8 + 2);
}

TEST(Runner, SaysWhichStepWasRefusedAndWhy) {
  const auto found = failures("18:10 tester screening.seal_tube tube=T\n");
  ASSERT_THAT(found, ElementsAre(failed(12, "refused: R-ROLE")));
  EXPECT_EQ(found.front().text, "18:10 tester screening.seal_tube tube=T");
  EXPECT_EQ(found.front().at, "2022-07-17 18:10");
}

TEST(Runner, TakesARefusalThatIsExpected) {
  EXPECT_THAT(failures(sampled + R"(18:20 tester screening.seal_tube tube=T
-> no-event screening.tube_sealed
-> refused R-ROLE
)"),
              IsEmpty());
}

TEST(Runner, SaysWhatHappenedInsteadOfARefusal) {
  EXPECT_THAT(failures(sampled + "-> refused R-ROLE\n"),
              ElementsAre(failed(15, "accepted; happened: screening.tube_sealed")));
  EXPECT_THAT(failures("-> refused R-ROLE\n"), ElementsAre(failed(12, "nothing was asked")));
  EXPECT_THAT(failures("18:10 tester screening.seal_tube tube=T\n-> refused R-ROLE,R-TUB-1\n"),
              ElementsAre(failed(13, "refused with R-ROLE")));
}

TEST(Runner, SaysWhatHappenedInsteadOfAnEvent) {
  EXPECT_THAT(failures(sampled + R"(-> screening.tube_received
-> screening.tube_sealed person=wang
-> screening.tube_sealed colour=red
-> no-event screening.tube_sealed
-> screening.no_such_event
-> screening.person_linked
22:00 clock
-> screening.tube_sealed
)"),
              ElementsAre(failed(15, "happened: screening.tube_sealed"),
                          failed(16, "screening.tube_sealed: person is "), failed(17, "has no field colour"),
                          failed(18, "screening.tube_sealed happened"),
                          failed(19, "no desk publishes screening.no_such_event"),
                          failed(20, "happened: screening.tube_sealed"), failed(22, "happened: runtime.")));
}

TEST(Runner, SaysWhichDutiesThereAreInstead) {
  EXPECT_THAT(
      failures(sampled + R"(-> duty OB-H3
-> duty OB-E2 about T due 18:15
-> no-duty OB-E2 about T
-> duty OB-E2 from nobody:LAB
-> duty OB-E2 to hospital:LAB
)"),
      ElementsAre(failed(15, "there is no duty OB-H3"), failed(16, "there is only OB-E2 about T from"),
                  failed(17, "there is OB-E2 about T"), failed(18, "nobody:LAB is no post"),
                  failed(19, "a duty is owed by somebody")));
}

TEST(Runner, SaysWhatTheRowsHold) {
  EXPECT_THAT(failures(sampled + R"(-> row tube id=T state=open
-> row tube id=nobody state=open
-> row cup id=T
-> count tube = 2
-> count screening.tube_sealed person=li = 0
-> count cups = 1
-> row tube id=T sealed_at="2022-07-17 18:14" size=1 result=none encounter=none person=li
)"),
              ElementsAre(failed(15, "state is sealed, not open"), failed(16, "there is no such row"),
                          failed(17, "there is no table cup"), failed(18, "there are 1"),
                          failed(19, "there are 1"), failed(20, "cups is neither an event nor a table")));
}

TEST(Runner, ComparesListsNumbersAndNothing) {
  const Report report = played(R"({"start": "2022-07-17 18:00", "lines": [
{"unit": {"name": "hospital", "kind": "hospital", "jurisdiction": 990121}},
{"post": {"name": "sampler", "roles": ["SMP"], "unit": "hospital"}},
{"person": {"name": "li", "full_name": "李建国", "document": "990121195302081010"}},
{"person": {"name": "wang", "full_name": "王"}},
{"at": "18:10", "actor": "sampler", "do": "screening.print_tubes", "with": {"sender": "hospital", "size": 5, "class": "mass_round",
 "tubes": [{"tube": "T", "code": "T0000000QQ"}], "pathogen": "covid19-cn"}},
{"at": "18:11", "actor": "sampler", "do": "screening.link_person", "with": {"tube": "T", "person": "li"}},
{"at": "18:12", "actor": "sampler", "do": "screening.link_person", "with": {"tube": "T", "person": "wang"}},
{"at": "18:13", "actor": "sampler", "do": "screening.seal_tube", "with": {"tube": "T"}},
{"expect": {"event": "screening.tube_sealed", "fields": {"persons": ["li", "wang"], "size": 5, "person": null, "lab": "none"}}},
{"expect": {"event": "screening.tube_sealed", "fields": {"persons": ["wang", "li"]}}},
{"expect": {"event": "screening.tube_sealed", "fields": {"size": 5.5}}}
]})",
                               true);
  EXPECT_THAT(report.failures, ElementsAre(failed(10, "persons is "), failed(11, "size is 5, not 5.5")));
}

TEST(Runner, NeedsToKnowWhoDoesWhat) {
  EXPECT_THAT(failures(R"(18:10 nobody screening.seal_tube tube=T
18:10 sampler screening.no_such_thing tube=T
18:10 sampler investigation.close_by_itself
post someone DO at nowhere
)"),
              ElementsAre(failed(12, "nobody is called nobody"),
                          failed(13, "no operation is called screening.no_such_thing"),
                          failed(14, "no operation is called"), failed(15, "no unit is called nowhere")));
}

TEST(Runner, JudgesTheShapeOfFields) {
  EXPECT_THAT(failures("18:10 sampler screening.seal_tube tubes=T\n"),
              ElementsAre(failed(12, "the fields do not fit")));
  EXPECT_THAT(failures("18:10 sampler screening.seal_tube tubes=T\n-> refused F-SHAPE\n"), IsEmpty());
  EXPECT_THAT(failures("18:10 sampler screening.seal_tube tube=T tubes=T\n-> refused R-STATE\n"),
              ElementsAre(failed(12, "the fields do not fit"), failed(13, "nothing was asked")));
}

TEST(Clock, GoesToTheNextSuchMoment) {
  EXPECT_THAT(
      failures(
          R"(23:50 sampler screening.print_tubes sender=hospital tubes=[{"tube":"T","code":"T0000000QQ"}] size=1 class=voluntary pathogen=covid19-cn
00:10 sampler screening.link_person tube=T person=li
00:20 sampler screening.seal_tube occurred 23:55 tube=T lab=lab
-> screening.tube_sealed sealed_at="2022-07-17 23:55"
-> screening.tube_sealed sealed_at=23:55
-> row tube id=T printed_at="2022-07-17 23:50" opened_at="2022-07-18 00:10"
2022-07-20 24:00 clock
2022-07-21 00:00 clock
)"),
      IsEmpty());
}

TEST(Clock, NeverGoesBack) {
  EXPECT_THAT(
      failures(R"(18:30 clock
2022-07-17 18:10 sampler screening.seal_tube tube=T
-> no-event screening.tube_sealed
2022-07-16 23:00 clock
)"),
      ElementsAre(failed(13, "the clock stands at 2022-07-17 18:30 and cannot go to 2022-07-17 18:10"),
                  failed(15, "cannot go to 2022-07-16 23:00")));
}

TEST(Clock, MeetsTheRulesOfItsTime) {
  // A duty that was open becomes overdue at its minute, not one before.
  EXPECT_THAT(failures(sampled + R"(2022-07-17 18:15 clock
-> no-duty OB-E2 about T state overdue
2022-07-20 18:15 clock
-> no-duty OB-E2 about T state open
)"),
              IsEmpty());
}

TEST(Let, NamesWhatHappened) {
  EXPECT_THAT(failures(sampled + R"(let it = screening.tube_sealed tube
18:20 tester screening.receive_tube tube=it
-> row tube id=T state=received
)"),
              IsEmpty());
}

TEST(Let, FailsForWhatDidNot) {
  EXPECT_THAT(
      failures(sampled + R"(let x = screening.tube_lost tube
let x = screening.tube_sealed size
let x = notice OB-E6
let x = notice OB-E6 to county_cmd:DO
)"),
      ElementsAre(failed(15, "screening.tube_lost has not happened"),
                  failed(16, "size of screening.tube_sealed is not an id"),
                  failed(17, "no notice of OB-E6 was sent"), failed(18, "no notice of OB-E6 was sent")));
}

TEST(Actors, ActForTheUnitTheyName) {
  EXPECT_THAT(failures(R"(unit clinic fever_clinic 990121 in hospital
post sampler SMP at clinic
18:10 sampler@clinic screening.print_tubes sender=clinic tubes=[{"tube":"T","code":"T0000000QQ"}] size=1 class=voluntary pathogen=covid19-cn
18:11 sampler@lab screening.print_tubes sender=lab tubes=[{"tube":"U","code":"T0000000RR"}] size=1 class=voluntary pathogen=covid19-cn
-> refused R-ROLE
)"),
              IsEmpty());
}

}  // namespace
}  // namespace fx::scenario::testing
