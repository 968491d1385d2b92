// Without these, an individual positive could open no case or two, or be called confirmed by nobody in particular.
#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

TEST(OpenCase, LiesWithTheCountysCdcAndOpensTheWindow) {
  County c;
  const auto answer = c.open(1);
  ASSERT_THAT(answer, happened("investigation.case_opened"));
  const auto& opened = answer.get<CaseOpened>();
  EXPECT_EQ(opened.state, CaseState::screen_positive);
  EXPECT_EQ(opened.cdc, c.cdc);
  EXPECT_EQ(opened.county, c.command_post);
  EXPECT_EQ(opened.window_from, at("2022-07-15 00:00"));  // no onset known: before the sampling
  EXPECT_TRUE(c.bench.was_subject(case_id(1).raw));
}

TEST(OpenCase, TakesTheWindowFromTheOnset) {
  County c;
  c.open(1, day("2022-07-16"));
  EXPECT_EQ(c.file(1).window_from, at("2022-07-14 00:00"));
  County without;
  without.bench.rules.forbid("D.window.back_d");
  without.open(1);
  EXPECT_EQ(without.file(1).window_from, std::nullopt);
}

TEST(OpenCase, IsNotMadeTwiceNorOutOfAPool) {
  County c;
  OpenCase pool{case_id(1), person(1), "covid19-cn",           c.hospital, {}, tube(1),
                {},         {},        at("2022-07-17 18:25"), false};
  EXPECT_THAT(c.as_officer("open_case", pool), refused("R-CAS-1"));
  EXPECT_EQ(c.bench.place(), c.hospital);
  c.open(1);
  EXPECT_THAT(c.open(1), refused("R-CAS-5"));
  pool.hospital = id<UnitId>(77);
  EXPECT_THAT(c.as_officer("open_case", pool), refused("F-REF"));
}

TEST(OpenCase, FallsToTheHospitalWhereTheCountyHasNoCdc) {
  County c;
  Unit closed = *c.bench.reference().unit(c.cdc);
  closed.active = false;
  c.bench.reference().add(closed);
  EXPECT_EQ(c.open(1).get<CaseOpened>().cdc, c.hospital);
}

TEST(StartInvestigation, PutsATeamOnTheCaseOnce) {
  County c;
  EXPECT_THAT(c.start(1), refused("F-REF"));
  c.open(1);
  ASSERT_THAT(c.start(1), happened("investigation.team_started"));
  EXPECT_EQ(c.file(1).lead, c.investigator);
  EXPECT_EQ(c.bench.place(), c.cdc);
  EXPECT_THAT(c.start(1), refused("R-STATE"));
}

TEST(CoreFacts, CorrectTheOnsetAndWithItTheWindow) {
  County c;
  c.open(1);
  EXPECT_THAT(c.core(1, day("2022-07-16")),
              happened("investigation.core_facts_recorded investigation.onset_known"));
  EXPECT_EQ(c.file(1).window_from, at("2022-07-14 00:00"));
  EXPECT_EQ(c.file(1).stage, InvestigationStage::core_facts);
  EXPECT_THAT(c.core(1, day("2022-07-16")),
              happened("investigation.core_facts_recorded"));  // nothing new about the onset
  EXPECT_THAT(
      c.as_investigator("record_core_facts", RecordCoreFacts{case_id(1), day("2022-07-18"), {}, words("")}),
      refused("F-FUTURE F-SHAPE"));
}

TEST(FirstReport, ComesAfterTheCoreFacts) {
  County c;
  c.open(1);
  EXPECT_THAT(c.report(1), refused("R-STATE"));
  c.core(1);
  EXPECT_THAT(c.report(1), happened("investigation.first_report_submitted"));
  EXPECT_EQ(c.file(1).stage, InvestigationStage::first_report);
  EXPECT_THAT(c.as_investigator("submit_first_report", SubmitFirstReport{case_id(1), words("")}),
              refused("F-SHAPE"));
}

TEST(ClassifyCase, ConfirmsWithTheExpertsNoteAndTellsTheCountysFirst) {
  County c;
  c.open(1);
  EXPECT_THAT(c.as_doctor("classify_case", ClassifyCase{case_id(1), CaseClass::confirmed, {}, {}}),
              refused("R-CAS-3 F-SHAPE"));
  EXPECT_EQ(c.bench.place(), c.hospital);
  const auto answer = c.classify(1, CaseClass::confirmed);
  ASSERT_THAT(answer, happened("investigation.case_classified"));
  EXPECT_EQ(c.bench.place(), c.cdc);
  const auto& classified = answer.get<CaseClassified>();
  EXPECT_TRUE(classified.first_of_county);
  EXPECT_EQ(classified.former, std::nullopt);
  EXPECT_EQ(classified.hospital, c.hospital);
  EXPECT_TRUE(c.bench.was_subject(case_id(1).raw));
  EXPECT_EQ(c.file(1).state, CaseState::confirmed);
  EXPECT_EQ(c.file(1).severity, Severity::mild);
  c.open(2);
  EXPECT_FALSE(c.classify(2, CaseClass::asymptomatic).get<CaseClassified>().first_of_county);
  EXPECT_EQ(c.county_count(), 2);
}

TEST(ClassifyCase, CountsACaseOnceHoweverOftenItsClassChanges) {
  County c;
  c.open(1);
  c.classify(1, CaseClass::suspected);
  const auto answer = c.classify(1, CaseClass::confirmed);
  EXPECT_EQ(answer.get<CaseClassified>().former, CaseClass::suspected);
  EXPECT_FALSE(answer.get<CaseClassified>().first_of_county);
  EXPECT_EQ(c.county_count(), 1);
}

TEST(ClassifyCase, DoesNotGoBack) {
  County c;
  EXPECT_THAT(c.classify(1, CaseClass::suspected), refused("F-REF"));
  c.open(1);
  c.classify(1, CaseClass::confirmed);
  EXPECT_THAT(c.classify(1, CaseClass::asymptomatic), refused("R-STATE"));
  EXPECT_THAT(
      c.as_officer("classify_case", ClassifyCase{case_id(1), CaseClass::suspected, Severity::mild, {}}),
      refused("R-STATE R-CAS-6"));
}

TEST(ChangeSeverity, IsForConfirmedCasesAndForARealChange) {
  County c;
  c.open(1);
  const auto change = [&](Severity severity, std::string note) {
    return c.as_doctor("change_severity", ChangeSeverity{case_id(1), severity, words(std::move(note))});
  };
  EXPECT_THAT(change(Severity::severe, "x"), refused("R-STATE"));
  c.classify(1, CaseClass::confirmed);
  EXPECT_THAT(change(Severity::mild, ""), refused("R-CAS-7 R-CAS-3"));
  const auto answer = change(Severity::severe, "SpO2 91");
  EXPECT_EQ(answer.get<SeverityChanged>().former, Severity::mild);
  EXPECT_EQ(c.file(1).severity, Severity::severe);
}

TEST(HistoricCase, IsKnownAndOwesNothing) {
  County c;
  const RecordHistoricCase old{case_id(1),        person(1),          "covid19-cn",      day("2021-01-03"),
                               day("2021-01-05"), Severity::ordinary, CaseOutcome::died, words("line list")};
  ASSERT_THAT(c.as_officer("record_historic_case", old), happened("investigation.case_recorded"));
  EXPECT_TRUE(c.file(1).history);
  EXPECT_EQ(c.file(1).state, CaseState::died);
  EXPECT_EQ(c.file(1).opened_at, at("2021-01-05 00:00"));
  EXPECT_THAT(c.as_officer("record_historic_case", old), refused("R-CAS-5"));
  EXPECT_THAT(c.start(1), refused("R-STATE R-STATE"));
  RecordHistoricCase future = old;
  future.case_id = case_id(2);
  future.onset_day = day("2022-07-18");
  future.confirm_day = day("2022-07-19");
  EXPECT_THAT(c.as_officer("record_historic_case", future), refused("F-FUTURE F-FUTURE"));
}

}  // namespace
}  // namespace fx::investigation::testing
