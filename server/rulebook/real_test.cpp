// The repository's own rulebook: it loads, and the clocks of SC-01 and SC-04 come out to the minute.

#include <gmock/gmock.h>

#include <filesystem>

#include "rulebook/testing/bench.hpp"

namespace fx::rulebook::testing {
namespace {

using State = DutyState;
using ::testing::HasSubstr;

const std::vector<std::string> rules_of_the_first_loop = {"std",
                                                          "urgent",
                                                          "command",
                                                          "lab",
                                                          "duty_leader",
                                                          "hospital",
                                                          "hospital_city",
                                                          "health_authority",
                                                          "city_cdc",
                                                          "city_command",
                                                          "next_level",
                                                          "investigation",
                                                          "contact_control",
                                                          "command_first",
                                                          "OB-H3",
                                                          "OB-H3b",
                                                          "OB-H3b-search",
                                                          "OB-EMG",
                                                          "OB-E2",
                                                          "OB-E3",
                                                          "OB-E6",
                                                          "N.positive",
                                                          "OB-D1.start",
                                                          "OB-D1.core",
                                                          "OB-D1.report",
                                                          "OB-C1",
                                                          "OB-C2",
                                                          "OB-C3",
                                                          "OB-C4.inst",
                                                          "OB-C4.dept",
                                                          "OB-C4.county",
                                                          "OB-C4.city",
                                                          "OB-C4.prov",
                                                          "OB-D2",
                                                          "OB-M1",
                                                          "OB-A2",
                                                          "H3.result_before_leaving"};

/// Drops the clauses that end duties by events outside the tests' small vocabulary; the desks' own is checked by
/// `fangxian rulebook check`.
std::string known_words(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    bool known = true;
    if (line.starts_with("void_by = "))
      for (std::size_t at = 0; (at = line.find("event = \"", at)) != std::string::npos; ++at)
        known =
            known && fake_registry().event(line.substr(at + 9, line.find('"', at + 9) - at - 9)) != nullptr;
    if (known) out += line + "\n";
  }
  return out;
}

std::vector<File> real_files() {
  namespace fs = std::filesystem;
  std::vector<File> files = real_values();
  const fs::path folder = fs::path(FX_SOURCE_DIR) / "rulebook/rules";
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = "rules/" + entry.path().filename().string();
    files.push_back({name, known_words(only(read_file(entry.path().string()), rules_of_the_first_loop))});
  }
  return files;
}

struct RealTest : ::testing::Test {
  Place place;
  std::shared_ptr<const Rulebook> book = load_well(real_files());
  Bench bench{*book, place};

  void due(std::string_view rule, std::string_view when) {
    EXPECT_EQ(format(bench.duty(rule).due_at), format(at(when))) << rule;
  }
};

TEST_F(RealTest, Sc01PositiveAtAFeverClinic) {
  const auto encounter = make_id<EncounterId>(1);
  const auto tube = make_id<TubeId>(1);
  const auto the_case = make_id<CaseId>(1);
  const auto card = make_id<CardId>(1);
  const auto report = make_id<EventReportId>(1);
  bench.put(table_type<Tube>(), std::make_shared<Tube>(Tube{tube, place.clinic, {}, {}}));
  bench.happens(TubeSealed{tube, {}, {}, place.clinic, place.lab}, "2022-07-17 18:25");
  bench.happens(PatientSampled{encounter, tube, place.clinic, place.hospital}, "2022-07-17 18:25");
  due("OB-H3", "2022-07-18 00:25");
  due("OB-E2", "2022-07-17 22:25");
  bench.happens(TubeReceived{tube, place.lab, place.clinic}, "2022-07-17 19:10");
  EXPECT_EQ(bench.duty("OB-E2").state, State::discharged);
  due("OB-E3", "2022-07-18 01:10");

  ResultAuthorised positive{tube, Outcome::positive, encounter, {}, place.clinic, place.lab};
  bench.happens(positive, "2022-07-17 22:40");
  EXPECT_EQ(bench.duty("OB-H3").state, State::discharged);
  EXPECT_EQ(bench.duty("OB-E3").state, State::discharged);
  due("OB-E6", "2022-07-17 22:55");
  due("N.positive", "2022-07-17 22:55");
  EXPECT_EQ(bench.duty("N.positive").debtor_unit, place.cmd);
  EXPECT_EQ(bench.duty("N.positive").debtor_role, Role::DL);
  EXPECT_TRUE(bench.told("N.positive").front().notice.urgent);
  bench.happens(CaseOpened{the_case, place.cdc}, "2022-07-17 22:40");
  due("OB-D1.start", "2022-07-18 00:40");
  due("OB-D1.core", "2022-07-18 02:40");
  due("OB-D1.report", "2022-07-18 22:40");
  bench.happens(EventReportExpected{report, place.hospital}, "2022-07-17 22:40");
  due("OB-C4.inst", "2022-07-18 00:40");
  bench.happens(EventReceived{report, ChainLevel::county_ha, place.ha, place.gov}, "2022-07-17 23:05");
  EXPECT_EQ(bench.duty("OB-C4.inst").state, State::discharged);
  due("OB-C4.dept", "2022-07-18 01:05");
  for (std::uint64_t i = 1; i <= 10; ++i)
    bench.happens(ContactNamed{make_id<ContactId>(i), the_case, place.cdc}, "2022-07-17 22:40");
  ASSERT_EQ(bench.duties_of("OB-D2").size(), 10U);
  for (const Duty* duty : bench.duties_of("OB-D2")) EXPECT_EQ(duty->due_at, at("2022-07-18 10:40"));

  // SC-01.4: unacknowledged at 22:55, it goes to the city duty leader at 22:55.
  bench.run_until("2022-07-17 22:56");
  bool city = false;
  for (const auto& told : bench.told("N.positive"))
    city = city || (told.notice.unit == place.city_cmd && told.notice.role == Role::DL &&
                    told.due == at("2022-07-17 22:55"));
  EXPECT_TRUE(city);

  bench.happens(CaseClassified{the_case, CaseClass::confirmed, place.hospital, place.cdc, true},
                "2022-07-18 00:10");
  due("OB-C1", "2022-07-18 02:10");
  due("OB-C3", "2022-07-18 02:10");
  bench.happens(CardSubmitted{card, the_case, place.hospital, place.cdc}, "2022-07-18 00:50");
  EXPECT_EQ(bench.duty("OB-C1").state, State::discharged);
  due("OB-C2", "2022-07-18 02:50");
  bench.happens(CardPassed{card}, "2022-07-18 01:30");
  EXPECT_EQ(bench.duty("OB-C2").state, State::discharged);
}

TEST_F(RealTest, Sc01VariantWithoutCardClimbsTheLadder) {
  bench.happens(CaseClassified{make_id<CaseId>(1), CaseClass::confirmed, place.hospital, place.cdc},
                "2022-07-18 00:10");
  bench.run_until("2022-07-18 09:00");
  EXPECT_EQ(bench.duty("OB-C1").state, State::overdue);
  std::vector<std::string> told;
  for (const auto& one : bench.told("OB-C1")) {
    const UnitId u = one.notice.unit;
    const std::string unit = u == place.hospital   ? "hospital"
                             : u == place.cmd      ? "county"
                             : u == place.city_cmd ? "city"
                                                   : "?";
    told.push_back(format_short(one.due).substr(11) + " " + std::string(enum_text(one.notice.kind)) + " " +
                   unit + ":" + std::string(enum_text(one.notice.role)));
  }
  EXPECT_THAT(told, ::testing::IsSupersetOf({"01:10 due_soon hospital:DOC", "01:46 due_soon hospital:DOC",
                                             "02:10 overdue hospital:FRP", "02:40 climbed county:DO",
                                             "02:40 climbed county:DL", "03:10 climbed city:DO",
                                             "03:10 climbed city:DL"}));
}

TEST_F(RealTest, Sc04LeavingBeforeTheResult) {
  const auto encounter = make_id<EncounterId>(4);
  const auto tube = make_id<TubeId>(4);
  bench.happens(PatientSampled{encounter, tube, place.clinic, place.hospital}, "2021-08-05 14:20");
  due("OB-H3", "2021-08-05 20:20");
  bench.happens(PatientLeftEarly{encounter, place.clinic, place.hospital}, "2021-08-05 17:02",
                "2021-08-05 17:09");
  due("OB-H3b", "2021-08-05 17:17");
  bench.happens(SearchOpened{encounter, place.clinic, place.hospital}, "2021-08-05 17:10");
  EXPECT_EQ(bench.duty("OB-H3b").state, State::discharged);
  bench.happens(FindingNotified{make_id<FindingId>(1), place.hospital, Grade::major}, "2021-08-05 17:09");
  due("OB-M1", "2021-08-09 00:00");  // 08-08 24:00
  bench.happens(EmergencyDeclared{make_id<EncounterId>(5), place.clinic, place.hospital, false},
                "2021-08-05 17:20");
  due("OB-EMG", "2021-08-05 19:20");
  bench.happens(SearchEnded{encounter}, "2021-08-05 17:40");
  for (const Duty* duty : bench.duties_of("OB-H3b-search")) EXPECT_FALSE(is_open(duty->state));
  bench.happens(ResultAuthorised{tube, Outcome::negative, encounter, {}, place.clinic, place.lab},
                "2021-08-05 18:40");
  EXPECT_EQ(bench.duty("OB-H3").state, State::discharged);
  EXPECT_TRUE(bench.duties_of("N.positive").empty());
  EXPECT_TRUE(is_open(bench.duty("OB-M1").state));
}

TEST_F(RealTest, ClearingWaitsForTheNegative) {
  const auto encounter = make_id<EncounterId>(1);
  const Operation& operation = *fake_registry().operation("hospitals.clear_patient");
  const ClearPatient command{encounter};
  const Context context{at("2022-07-17 22:45"),
                        at("2022-07-17 22:45"),
                        Actor{{}, place.clinic, 990121, {Role::DOC}},
                        {},
                        place.reference,
                        *book};
  bench.put(table_type<Encounter>(),
            std::make_shared<Encounter>(Encounter{encounter, {}, Outcome::positive}));
  EXPECT_TRUE(book->bars(operation, &command, bench, context).has("R-FEV-4"));
  bench.put(table_type<Encounter>(),
            std::make_shared<Encounter>(Encounter{encounter, {}, Outcome::negative}));
  EXPECT_TRUE(book->bars(operation, &command, bench, context).empty());
}

TEST_F(RealTest, ListingsSpeakOfTheRealThing) {
  EXPECT_THAT(why(*book, "H.admit.cert_h", at("2021-06-15"), 990121), HasSubstr("approved by 990100"));
  EXPECT_EQ(book->value("H.admit.cert_h", at("2022-01-20"), 990121).number(), 24);
  EXPECT_EQ(book->value("C.case.report_h", at("2023-02-01"), 990121).number(), 24);
  EXPECT_EQ(book->value("D.coc.judge", at("2022-11-20"), 990121).state, RuleValue::State::not_allowed);
  EXPECT_EQ(book->value("C.case.report_h", at("2025-01-01"), 990121, "measles").number(), 24);
  EXPECT_EQ(book->value("H.fever.result_h", at("2025-01-01"), 990121, "measles").state,
            RuleValue::State::absent);
  const std::string csv = export_csv(*book);
  EXPECT_THAT(csv, HasSubstr("value,C.case.report_h,covid19-cn,bb,0,value,24,hour,less,"));
  EXPECT_EQ(diff(*book, *book), "");
  const auto json = parse_own_json(document_json(*book));
  EXPECT_EQ(std::string(json.at("version").as_string()), book->version());
  EXPECT_THAT(export_document(*book, true), HasSubstr("病例网络直报时限"));
  bench.happens(CaseClassified{make_id<CaseId>(1), CaseClass::confirmed, place.hospital, place.cdc},
                "2022-07-18 00:10");
  const Duty& duty = bench.duty("OB-C1");
  const Words told = why_duty(bench.frozen().at(duty.frozen), duty);
  EXPECT_THAT(told.en, HasSubstr("2022-07-18 00:10 + 2 h = 2022-07-18 02:10"));
  EXPECT_THAT(told.zh, HasSubstr("2022-07-18 00:10 + 2小时 = 2022-07-18 02:10"));
}

}  // namespace
}  // namespace fx::rulebook::testing
