// Without these, a slip of the pen in a scenario would be played as something else, or not at all.
#include <gmock/gmock.h>

#include "scenario/testing/parsed.hpp"

namespace fx::scenario::testing {
namespace {

using ::testing::ElementsAre;

TEST(ParseText, ReadsTheCast) {
  const Script script = parsed(R"(title The night, as "they" said
start 2022-07-17 18:00
unit clinic fever_clinic 990121 in hospital "发热门诊" "Fever clinic"
unit lab laboratory 990121
post nurse NUR,SMP at clinic "陈护士"
person li "李建国" 990121195302081010
person wang "王"
rule H.fever.result_h = 4 in 990121
rule D.contact.days = not_allowed
)");
  EXPECT_EQ(script.title, "The night, as \"they\" said");
  EXPECT_EQ(script.start, "2022-07-17 18:00");
  const auto& clinic = at<UnitLine>(script, 0);
  EXPECT_EQ(clinic.name, "clinic");
  EXPECT_EQ(clinic.kind, UnitKind::fever_clinic);
  EXPECT_EQ(clinic.jurisdiction, 990121);
  EXPECT_EQ(clinic.parent, "hospital");
  EXPECT_EQ(clinic.zh, "发热门诊");
  EXPECT_EQ(clinic.en, "Fever clinic");
  const auto& lab = at<UnitLine>(script, 1);
  EXPECT_EQ(lab.parent, "");
  EXPECT_EQ(lab.zh, "lab");
  EXPECT_EQ(lab.en, "lab");
  const auto& nurse = at<PostLine>(script, 2);
  EXPECT_THAT(nurse.roles, ElementsAre(Role::NUR, Role::SMP));
  EXPECT_EQ(nurse.unit, "clinic");
  EXPECT_EQ(nurse.full_name, "陈护士");
  EXPECT_EQ(at<PersonLine>(script, 3).document, "990121195302081010");
  EXPECT_EQ(at<PersonLine>(script, 4).document, "");
  EXPECT_EQ(at<RuleLine>(script, 5).id, "H.fever.result_h");
  EXPECT_EQ(at<RuleLine>(script, 5).value, "4");
  EXPECT_EQ(at<RuleLine>(script, 5).jurisdiction, 990121);
  EXPECT_EQ(at<RuleLine>(script, 6).jurisdiction, 0);
}

TEST(ParseText, ReadsSteps) {
  const Script script = parsed(R"(start 2022-07-17 18:00
18:25 nurse@clinic screening.seal_tube occurred 18:20 tube=T lab=lab
2022-07-18 00:10 doctor investigation.classify_case note="two words" tubes=[T1, T2] ct=[{"gene":"N","ct":26.4}] empty=
22:55 clock
let C = screening.result_authorised case_id
let N = notice OB-E6 to county_cdc:CDC
let M = notice OB-E6
)");
  const auto& seal = at<DoLine>(script, 0);
  EXPECT_EQ(seal.at, "18:25");
  EXPECT_EQ(seal.occurred, "18:20");
  EXPECT_EQ(seal.actor, "nurse@clinic");
  EXPECT_EQ(seal.operation, "screening.seal_tube");
  EXPECT_EQ(json(seal.fields), R"({"tube":"T","lab":"lab"})");
  EXPECT_EQ(script.lines[0].number, 2);
  EXPECT_EQ(script.lines[0].text, "18:25 nurse@clinic screening.seal_tube occurred 18:20 tube=T lab=lab");
  const auto& classify = at<DoLine>(script, 1);
  EXPECT_EQ(classify.at, "2022-07-18 00:10");
  EXPECT_EQ(classify.fields.at("note").as_string(), "two words");
  EXPECT_EQ(json(classify.fields.at("tubes")), R"(["T1","T2"])");
  EXPECT_EQ(classify.fields.at("ct").at(0).at("gene").as_string(), "N");
  EXPECT_EQ(classify.fields.at("empty").as_string(), "");
  EXPECT_EQ(at<ClockLine>(script, 2).at, "22:55");
  EXPECT_EQ(at<LetLine>(script, 3).event, "screening.result_authorised");
  EXPECT_EQ(at<LetLine>(script, 3).field, "case_id");
  EXPECT_EQ(at<LetLine>(script, 4).notice_rule, "OB-E6");
  EXPECT_EQ(at<LetLine>(script, 4).notice_to, "county_cdc:CDC");
  EXPECT_EQ(at<LetLine>(script, 5).notice_to, "");
}

TEST(ParseText, ReadsExpectations) {
  using What = ExpectLine::What;
  const Script script = parsed(R"(start 2022-07-17 18:00
-> screening.tube_sealed person=li
-> event screening.tube_sealed
-> no-event screening.tube_lost
-> refused R-ROLE,R-FEV-4
-> duty OB-H3 about E by 2022-07-18 24:00 from clinic:DOC state discharged at 22:40
-> no-duty OB-H3
-> notice N.positive to county_cmd:DL kind opened about T at 22:40
-> no-notice N.positive
-> row encounter id=E state=awaiting
-> count contact kind=patient = 6
)");
  EXPECT_EQ(at<ExpectLine>(script, 0).what, What::event);
  EXPECT_EQ(at<ExpectLine>(script, 0).name, "screening.tube_sealed");
  EXPECT_EQ(json(at<ExpectLine>(script, 0).fields), R"({"person":"li"})");
  EXPECT_EQ(at<ExpectLine>(script, 1).what, What::event);
  EXPECT_EQ(at<ExpectLine>(script, 2).what, What::no_event);
  EXPECT_EQ(at<ExpectLine>(script, 3).name, "R-ROLE,R-FEV-4");
  const auto& duty = at<ExpectLine>(script, 4);
  EXPECT_EQ(duty.what, What::duty);
  EXPECT_EQ(duty.about, "E");
  EXPECT_EQ(duty.due, "2022-07-18 24:00");
  EXPECT_EQ(duty.debtor, "clinic:DOC");
  EXPECT_EQ(duty.state, "discharged");
  EXPECT_EQ(duty.at, "22:40");
  EXPECT_EQ(at<ExpectLine>(script, 5).what, What::no_duty);
  const auto& notice = at<ExpectLine>(script, 6);
  EXPECT_EQ(notice.to, "county_cmd:DL");
  EXPECT_EQ(notice.kind, "opened");
  EXPECT_EQ(at<ExpectLine>(script, 7).what, What::no_notice);
  EXPECT_EQ(at<ExpectLine>(script, 8).what, What::row);
  const auto& count = at<ExpectLine>(script, 9);
  EXPECT_EQ(count.what, What::count);
  EXPECT_EQ(count.count, 6);
  EXPECT_EQ(json(count.fields), R"({"kind":"patient"})");
}

TEST(ParseText, NamesEveryFaultWithItsLine) {
  EXPECT_THAT(
      faults_of(R"(title nothing is right
start 2022-07-17 18:00
unit clinic fever_hut 990121
unit lab laboratory nowhere
post nurse NURSE at clinic
post nurse NUR clinic
person li
rule H.x 4
let C screening.result_authorised
let C = screening.result_authorised
tomorrow nurse screening.seal_tube
18:25
18:25 nurse
18:25 nurse screening.seal_tube tube
18:25 nurse screening.seal_tube occurred yesterday tube=T
-> nonsense
-> duty OB-H3 due soon
-> duty OB-H3 twice
-> count contact = many
18:25 nurse screening.seal_tube note="open
)"),
      ElementsAre(fault(3, "no kind of unit is called 'fever_hut'"),
                  fault(4, "expected a number, found 'nowhere'"), fault(5, "no role is called 'NURSE'"),
                  fault(6, "expected 'at UNIT'"), fault(7, "the person's full name in quotes is missing"),
                  fault(8, "expected '='"), fault(9, "expected '='"),
                  fault(9, "a field of the event is missing"), fault(10, "a field of the event is missing"),
                  fault(11, "a line starts with"), fault(12, "who acts is missing"),
                  fault(12, "an operation, desk.operation is missing"),
                  fault(13, "an operation, desk.operation is missing"),
                  fault(14, "expected field=value, found 'tube'"), fault(15, "occurred: expected a time"),
                  fault(15, "expected field=value, found 'yesterday'"),
                  fault(16, "'nonsense' is not something to expect"), fault(17, "due: expected a time"),
                  fault(17, "cannot read 'soon' here"), fault(18, "cannot read 'twice' here"),
                  fault(19, "count: expected a number, found 'many'"),
                  fault(20, "a quote or bracket is not closed")));
}

TEST(ParseText, NeedsAStartWithADate) {
  EXPECT_THAT(faults_of("title no start\n"), ElementsAre(fault(1, "says no start")));
  EXPECT_THAT(faults_of("\nstart 18:00\n"), ElementsAre(fault(2, "start needs a date and a time")));
  EXPECT_THAT(faults_of("start tomorrow\n"), ElementsAre(fault(1, "start: expected a time")));
}

}  // namespace
}  // namespace fx::scenario::testing
