// Without these, somebody could leave with a result pending, on one reagent where the law asks for two, or while the contact
// behind a contact was never tested.
#include <gmock/gmock.h>

#include "desks/isolation/testing/isolation_bench.hpp"

namespace fx::isolation {
namespace {

using namespace testing;

constexpr const char* double_test =
    R"({"regime":"central","days":7,"tests":[],"release_samples":2,"release_reagents":2,"release_labs":2})";
constexpr const char* coc =
    R"({"regime":"home_isolation","days":7,"tests":[],"release_needs_contact_negatives":2})";
constexpr const char* case_at_home =
    R"({"regime":"home_isolation","days":7,"tests":[6,7],"severity":["asymptomatic","mild"],"release":"ct","release_ct_min":35,"release_days":[6,7]})";

struct Release : Isolation {
  UnitId lab = bench.unit(UnitKind::laboratory);
  UnitId other_lab = bench.unit(UnitKind::laboratory);

  void sampled(std::uint64_t n, std::uint64_t number) {
    as_system("note_sample", NoteSample{person(n), tube(number), bench.time()});
  }
  Answer read(std::uint64_t n, std::uint64_t number, TestState result, UnitId by, const std::string& reagent,
              std::optional<double> ct = {}, const std::optional<std::string>& product = {}) {
    return as_system("note_result", NoteResult{person(n), tube(number), result, by, reagent, ct, product});
  }
  void negative(std::uint64_t n, std::uint64_t number, UnitId by, const std::string& reagent,
                const std::optional<std::string>& product = {}) {
    sampled(n, number);
    read(n, number, TestState::negative, by, reagent, {}, product);
  }
  /// Everything but the tests is as a release wants it.
  void ready(std::uint64_t n) {
    bench.now("2022-07-24 00:00");
    as_doctor("propose_release", ProposeRelease{stay(n), village});
    as_grid("accept_release", AcceptRelease{stay(n)});
  }
  Answer release(std::uint64_t n) { return as_doctor("release_stay", ReleaseStay{stay(n), {}}); }
  void at_home(std::uint64_t n, ControlClass class_, const std::string& now) {
    OrderStay c = order(n);
    c.class_ = class_;
    c.regime = Regime::home_isolation;
    c.site = village;
    c.address = words("1号");
    if (class_ == ControlClass::contact_of_contact) c.contact = contact(n);
    bench.now(now);
    ASSERT_THAT(as_officer("order_stay", c), happened("isolation.stay_ordered"));
    ASSERT_TRUE(as_grid("settle_at_home", SettleAtHome{stay(n), true, true, 0}).refusals.empty());
  }
  void ask(std::uint64_t ground, std::uint64_t n, ControlClass class_, std::string_view day0) {
    as_system("ask_control", AskControl{contact(ground), person(n), class_, id<CaseId>(1), day(day0), cdc});
  }
  /// 1 is a close contact, 2 had met 1 and stays at home with an own negative.
  void met_at_home() {
    ask(1, 1, ControlClass::close_contact, "2022-07-16");
    ask(2, 2, ControlClass::contact_of_contact, "2022-07-16");
    as_system("note_met_contact", NoteMetContact{contact(2), person(1)});
    at_home(2, ControlClass::contact_of_contact, "2022-07-17 23:00");
    negative(2, 20, lab, "L-1");
  }
};

TEST_F(Release, WaitsForATubeOfADayWithoutATest) {
  bench.rules.set("F.high_risk_area", R"({"regime":"central","days":7,"tests":[]})");
  admitted(1, 1);
  negative(1, 1, lab, "L-1");
  bench.now("2022-07-23 09:00");
  EXPECT_THAT(as_system("note_sample", NoteSample{person(1), tube(2), bench.time()}),
              happened("isolation.extra_sampled"));
  ready(1);
  EXPECT_THAT(release(1), refused("R-STY-6")) << "pending";
  EXPECT_THAT(read(1, 2, TestState::no_answer, lab, ""), happened("isolation.extra_answered"))
      << "a lost one is owed by nobody";
  EXPECT_TRUE(release(1).refusals.empty());
}

TEST_F(Release, OnTwoSamplesNeedsTwoReagentsAndInPrincipleTwoLaboratories) {
  bench.rules.set("F.high_risk_area", double_test);
  bench.now("2022-07-23 08:00");
  admitted(1, 1);
  negative(1, 1, lab, "L-1");
  ready(1);
  EXPECT_THAT(release(1), refused("R-STY-6")) << "one sample";
  bench.now("2022-07-23 12:00");
  negative(1, 2, lab, "L-1");
  ready(1);
  EXPECT_THAT(release(1), refused("R-STY-6 R-STY-6")) << "the same reagent, the same laboratory";
  bench.now("2022-07-23 13:00");
  negative(1, 3, lab, "L-2");
  ready(1);
  EXPECT_THAT(release(1), refused("R-STY-6")) << "one laboratory, and nobody says why";
  EXPECT_TRUE(as_doctor("release_stay", ReleaseStay{stay(1), words("全县仅一家实验室")}).refusals.empty());
}

TEST_F(Release, TwoLotsOfOneProductAreOneReagent) {
  bench.rules.set("F.high_risk_area", double_test);
  bench.now("2022-07-23 08:00");
  admitted(1, 1);
  negative(1, 1, lab, "L-1", "kit");
  negative(1, 2, other_lab, "L-2", "kit");
  ready(1);
  EXPECT_THAT(release(1), refused("R-STY-6"));
  bench.now("2022-07-23 13:00");
  negative(1, 3, other_lab, "L-3", "another kit");
  ready(1);
  EXPECT_TRUE(release(1).refusals.empty());
}

TEST_F(Release, OnTwoSamplesOfTwoLaboratoriesNeedsNoReason) {
  bench.rules.set("F.high_risk_area", double_test);
  bench.now("2022-07-23 08:00");
  admitted(1, 1);
  negative(1, 1, lab, "L-1");
  negative(1, 2, other_lab, "L-2");
  ready(1);
  EXPECT_TRUE(release(1).refusals.empty());
}

TEST_F(Release, OfAContactOfAContactWaitsForTheFirstTestsOfTheContact) {
  bench.rules.set("F.contact_of_contact", coc);
  met_at_home();
  bench.now("2022-07-24 00:00");
  const auto leave = [&] { return as_grid("release_stay", ReleaseStay{stay(2), {}}); };
  EXPECT_THAT(leave(), refused("R-STY-6")) << "the contact was never sampled";
  bench.now("2022-07-18 09:00");
  sampled(1, 1);
  EXPECT_THAT(read(1, 1, TestState::no_answer, lab, ""), happened("isolation.first_test_answered"));
  negative(1, 2, lab, "L-1");
  bench.now("2022-07-24 00:00");
  EXPECT_THAT(leave(), refused("R-STY-6")) << "one of two";
  bench.now("2022-07-19 09:00");
  negative(1, 3, lab, "L-1");
  bench.now("2022-07-24 00:00");
  EXPECT_TRUE(leave().refusals.empty());
}

// Without this, two tests for influenza would stand for the two that the rule asks for.
TEST_F(Release, CountsTheContactsTestsForThePathogenOfTheStay) {
  bench.rules.set("F.contact_of_contact", coc);
  met_at_home();
  const auto tested = [&](std::uint64_t number, const std::string& pathogen) {
    bench.now(number < 4 ? "2022-07-18 09:00" : "2022-07-19 09:00");
    as_system("note_sample", NoteSample{person(1), tube(number), bench.time(), pathogen});
    NoteResult result{person(1), tube(number), TestState::negative};
    result.pathogen = pathogen;
    as_system("note_result", result);
    bench.now("2022-07-24 00:00");
  };
  const auto leave = [&] { return as_grid("release_stay", ReleaseStay{stay(2), {}}); };
  tested(1, "influenza");
  tested(2, "influenza");
  EXPECT_THAT(leave(), refused("R-STY-6"));
  tested(3, order(2).pathogen);
  EXPECT_THAT(leave(), refused("R-STY-6")) << "one of two";
  tested(4, order(2).pathogen);
  EXPECT_TRUE(leave().refusals.empty());
}

TEST_F(Release, NeedsTestsOfTheContactSinceTheExposureItIsAbout) {
  bench.rules.set("F.contact_of_contact", coc);
  ask(1, 1, ControlClass::close_contact, "2022-07-16");
  negative(1, 1, lab, "L-1");
  bench.now("2022-07-19 09:00");
  negative(1, 2, lab, "L-1");
  bench.now("2022-10-02 09:00");
  ask(3, 1, ControlClass::close_contact, "2022-10-01");
  ask(2, 2, ControlClass::contact_of_contact, "2022-10-01");
  as_system("note_met_contact", NoteMetContact{contact(2), person(1)});
  at_home(2, ControlClass::contact_of_contact, "2022-10-02 09:10");
  negative(2, 20, lab, "L-1");
  const auto leave = [&] {
    bench.now("2022-10-09 00:00");
    return as_grid("release_stay", ReleaseStay{stay(2), {}});
  };
  EXPECT_THAT(leave(), refused("R-STY-6")) << "July's tests say nothing about October";
  bench.now("2022-10-03 09:00");
  negative(1, 3, lab, "L-1");
  ask(3, 1, ControlClass::close_contact, "2022-10-01");
  negative(1, 4, lab, "L-1");
  EXPECT_TRUE(leave().refusals.empty());
}

TEST_F(Release, OfACaseAtHomeReadsTheLowestCtOfADay) {
  bench.rules.set("F.case_home", case_at_home);
  at_home(1, ControlClass::case_home, "2022-07-16 09:00");
  const auto on = [&](const std::string& now, std::uint64_t number, std::optional<double> ct) {
    bench.now(now);
    sampled(1, number);
    read(1, number, TestState::positive, lab, "L-1", ct);
  };
  on("2022-07-22 09:00", 1, 30.0);
  on("2022-07-22 10:00", 2, 36.0);
  on("2022-07-23 09:00", 3, 36.5);
  on("2022-07-23 10:00", 4, {});
  bench.now("2022-07-24 00:00");
  const auto leave = [&] { return as_grid("release_stay", ReleaseStay{stay(1), {}}); };
  EXPECT_THAT(leave(), refused("R-STY-6")) << "36 later on the same day does not undo 30";
  on("2022-07-24 09:00", 5, 35.0);
  EXPECT_TRUE(leave().refusals.empty()) << "a tube without a value does not undo 36.5";
}

TEST_F(Release, OfACaseAtHomeReadsCtValuesAndAPositiveConvertsNothing) {
  bench.rules.set("F.case_home", case_at_home);
  at_home(1, ControlClass::case_home, "2022-07-16 09:00");
  const auto on = [&](const std::string& now, std::uint64_t number, std::optional<double> ct) {
    bench.now(now);
    sampled(1, number);
    const TestState result = ct ? TestState::positive : TestState::negative;
    EXPECT_THAT(read(1, number, result, lab, "L-1", ct), happened("isolation.test_answered"));
  };
  on("2022-07-22 09:00", 1, 36.5);
  on("2022-07-23 09:00", 2, 33.0);
  bench.now("2022-07-24 00:00");
  const auto leave = [&] { return as_grid("release_stay", ReleaseStay{stay(1), {}}); };
  EXPECT_THAT(leave(), refused("R-STY-6")) << "33 is below 35";
  on("2022-07-24 09:00", 3, 35.0);
  EXPECT_THAT(leave(), refused("R-STY-6")) << "two days running";
  on("2022-07-25 09:00", 4, {});
  EXPECT_TRUE(leave().refusals.empty());
}

TEST_F(Release, ACaseTooIllForHomeIsNotLeftThere) {
  bench.rules.set("F.case_home", case_at_home);
  OrderStay c = order(1);
  c.class_ = ControlClass::case_home;
  c.regime = Regime::home_isolation;
  c.site = village;
  c.address = words("1号");
  as_system("note_severity", NoteSeverity{id<CaseId>(1), person(1), "mild"});
  as_system("note_severity", NoteSeverity{id<CaseId>(1), {}, "severe"});
  EXPECT_THAT(as_officer("order_stay", c), refused("R-STY-2"));
  as_system("note_severity", NoteSeverity{id<CaseId>(1), {}, "mild"});
  EXPECT_THAT(as_officer("order_stay", c), happened("isolation.stay_ordered"));
}

TEST_F(Release, WaitsForGoodsAndSurfacesWhereTheRulebookAsks) {
  bench.rules.set("F.high_risk_area", R"({"regime":"central","days":7,"tests":[]})");
  bench.rules.set("F.release.env", "negative");
  admitted(1, 1);
  negative(1, 1, lab, "L-1");
  ready(1);
  EXPECT_THAT(release(1), refused("R-STY-6"));
  as_doctor("record_surfaces", RecordSurfaces{stay(1), SurfaceResult::positive});
  EXPECT_THAT(release(1), refused("R-STY-6"));
  EXPECT_THAT(as_doctor("record_surfaces", RecordSurfaces{stay(1), SurfaceResult::negative}),
              happened("isolation.surfaces_recorded"));
  EXPECT_TRUE(release(1).refusals.empty());
}

}  // namespace
}  // namespace fx::isolation
