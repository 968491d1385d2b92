// Without these, a program that writes scenarios could lose half of what it meant.
#include <gmock/gmock.h>

#include "scenario/testing/parsed.hpp"

namespace fx::scenario::testing {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view as_text = R"(title Both forms
start 2022-07-17 18:00
unit clinic fever_clinic 990121 in hospital "发热门诊" "Fever clinic"
unit lab laboratory 990121
post nurse NUR,SMP at clinic "陈护士"
person li "李建国" 990121195302081010
rule H.fever.result_h = 4 in 990121
18:25 nurse@clinic screening.seal_tube queued occurred 18:20 tube=T tubes=[T1,T2]
22:55 clock
let C = screening.result_authorised case_id
let N = notice OB-E6 to county_cdc:CDC
-> screening.tube_sealed person=li
-> no-event screening.tube_lost
-> refused R-ROLE,R-FEV-4
-> duty OB-H3 about E due 2022-07-18 24:00 from clinic:DOC state discharged at 22:40
-> no-duty OB-H3
-> notice N.positive to county_cmd:DL kind opened about T at 22:40
-> no-notice N.positive
-> row encounter id=E state=awaiting
-> count contact kind=patient = 6
)";

constexpr std::string_view as_json = R"({"title": "Both forms", "start": "2022-07-17 18:00", "lines": [
{"unit": {"name": "clinic", "kind": "fever_clinic", "jurisdiction": 990121, "parent": "hospital", "zh": "发热门诊", "en": "Fever clinic"}},
{"unit": {"name": "lab", "kind": "laboratory", "jurisdiction": 990121}},
{"post": {"name": "nurse", "roles": ["NUR", "SMP"], "unit": "clinic", "full_name": "陈护士"}},
{"person": {"name": "li", "full_name": "李建国", "document": "990121195302081010"}},
{"rule": {"id": "H.fever.result_h", "value": "4", "jurisdiction": 990121}},
{"at": "18:25", "actor": "nurse@clinic", "do": "screening.seal_tube", "queued": true, "occurred": "18:20", "with": {"tube": "T", "tubes": ["T1", "T2"]}},
{"clock": "22:55"},
{"let": {"name": "C", "event": "screening.result_authorised", "field": "case_id"}},
{"let": {"name": "N", "notice": "OB-E6", "to": "county_cdc:CDC"}},
{"expect": {"event": "screening.tube_sealed", "fields": {"person": "li"}}},
{"expect": {"no-event": "screening.tube_lost"}},
{"expect": {"refused": "R-ROLE,R-FEV-4"}},
{"expect": {"duty": "OB-H3", "about": "E", "due": "2022-07-18 24:00", "from": "clinic:DOC", "state": "discharged", "at": "22:40"}},
{"expect": {"no-duty": "OB-H3"}},
{"expect": {"notice": "N.positive", "to": "county_cmd:DL", "kind": "opened", "about": "T", "at": "22:40"}},
{"expect": {"no-notice": "N.positive"}},
{"expect": {"row": "encounter", "fields": {"id": "E", "state": "awaiting"}}},
{"expect": {"count": "contact", "fields": {"kind": "patient"}, "equals": 6}}
]})";

// ---- what a line says, whatever it was written in ----

std::string said(const UnitLine& l) {
  return "unit " + l.name + " " + std::string(enum_text(l.kind)) + " " + std::to_string(l.jurisdiction) +
         " " + l.parent + l.zh + l.en;
}
std::string said(const PostLine& l) {
  std::string out = "post " + l.name + " " + l.unit + l.full_name;
  for (const Role role : l.roles) out += " " + std::string(enum_text(role));
  return out;
}
std::string said(const PersonLine& l) { return "person " + l.name + " " + l.full_name + " " + l.document; }
std::string said(const RuleLine& l) {
  return "rule " + l.id + " " + l.value + " " + std::to_string(l.jurisdiction);
}
std::string said(const DoLine& l) {
  return "do " + l.at + " " + (l.queued ? "queued " : "") + l.occurred + " " + l.actor + " " + l.operation +
         " " + json(l.fields);
}
std::string said(const ClockLine& l) { return "clock " + l.at; }
std::string said(const LetLine& l) {
  return "let " + l.name + " " + l.event + " " + l.field + " " + l.notice_rule + " " + l.notice_to;
}
std::string said(const ExpectLine& l) {
  std::string out =
      "expect " + std::to_string(static_cast<int>(l.what)) + " " + l.name + " " + json(l.fields);
  for (const auto* part : {&l.due, &l.state, &l.at, &l.to, &l.about, &l.debtor, &l.kind}) out += "|" + *part;
  return out + " " + std::to_string(l.count);
}
std::vector<std::string> said(const Script& script) {
  std::vector<std::string> out{script.title, script.start};
  for (const Line& line : script.lines)
    out.push_back(std::visit([](const auto& what) { return said(what); }, line.what));
  return out;
}

TEST(ParseJson, SaysTheSameAsText) {
  const auto expected = said(parsed(as_text));
  EXPECT_EQ(expected.size(), 20U);
  EXPECT_EQ(said(parsed(as_json, true)), expected);
}

TEST(ParseJson, CountsLinesFromOne) {
  const Script script = parsed(as_json, true);
  ASSERT_EQ(script.lines.size(), 18U);
  EXPECT_EQ(script.lines.front().number, 1);
  EXPECT_EQ(script.lines.back().number, 18);
  EXPECT_EQ(script.lines[6].text, R"({"clock":"22:55"})");
}

std::string with_lines(std::string_view lines) {
  return R"({"start": "2022-07-17 18:00", "lines": [)" + std::string(lines) + "]}";
}

TEST(ParseJson, NamesEveryFaultWithItsLine) {
  EXPECT_THAT(
      faults_of(with_lines(R"(
{"unit": {"name": "lab", "kind": "hut", "jurisdiction": 990121}},
{"post": {"name": "nurse", "roles": ["NUR"]}},
{"person": {"name": "li", "full_name": "Li", "documents": "x"}},
{"at": "25:00", "actor": "nurse", "do": "screening.seal_tube"},
{"do": "screening.seal_tube", "with": [1]},
{"at": "18:00", "actor": "nurse", "do": "screening.seal_tube", "wiht": {}},
{"clock": 5},
{"let": {"name": "C"}},
{"let": {"name": "C", "event": "a.b", "field": "c", "notice": "d"}},
{"expect": {"dutty": "OB-H3"}},
{"expect": {"duty": "OB-H3", "no-duty": "OB-H4"}},
{"expect": {"duty": "OB-H3", "due": "soon"}},
{"expect": {"count": "contact"}},
{"expect": {"count": "contact", "equals": "many"}},
{"say": "hello"},
7
)"),
                true),
      ElementsAre(fault(1, "/kind"), fault(2, "/unit"), fault(3, "/documents"),
                  fault(4, "at: expected a time"), fault(5, "at is missing"), fault(5, "actor is missing"),
                  fault(5, "with: expected object"), fault(6, "'wiht' is not known here"),
                  fault(7, "clock: expected text"), fault(8, "let: a name and either"),
                  fault(9, "let: a name and either"), fault(10, "'dutty' is not known here"),
                  fault(10, "expect: one of"), fault(11, "expect: one of"), fault(12, "due: expected a time"),
                  fault(13, "equals: expected a whole number"), fault(14, "equals: expected a whole number"),
                  fault(15, "a line has one of"), fault(16, "expected an object")));
}

TEST(ParseJson, NeedsAnObjectWithStartAndLines) {
  EXPECT_THAT(faults_of("[]", true), ElementsAre(fault(0, "expected an object with title, start and lines")));
  EXPECT_EQ(faults_of("{", true).size(), 1U);
  EXPECT_THAT(faults_of(R"({"lines": []})", true), ElementsAre(fault(0, "start needs a date")));
  EXPECT_THAT(faults_of(R"({"start": "18:00", "lines": []})", true),
              ElementsAre(fault(0, "start needs a date")));
  EXPECT_THAT(faults_of(R"({"start": "2022-07-17 18:00"})", true),
              ElementsAre(fault(0, "expected a list of lines")));
  EXPECT_THAT(faults_of(R"({"start": "2022-07-17 18:00", "lines": [], "tittle": "x"})", true),
              ElementsAre(fault(0, "'tittle' is not known here")));
}

}  // namespace
}  // namespace fx::scenario::testing
