// Without these, a chain of infection could bite its own tail, run against time, or end in a blank nobody signed.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

struct Chains : County {
  Answer link(std::uint64_t of_case, std::uint64_t by, std::optional<Instant> exposed_at = {}) {
    return as_investigator("link_infector", LinkInfector{case_id(of_case), case_id(by), LinkStrength::proven,
                                                         exposed_at, words("shared an office")});
  }
  Answer unlink(std::uint64_t of_case) {
    return as_investigator("unlink_infector", UnlinkInfector{case_id(of_case), words("sequences differ")});
  }
  Answer belongs(std::uint64_t of_case, std::string place, ClusterSetting setting = ClusterSetting::school) {
    return as_investigator("record_affiliation",
                           RecordAffiliation{case_id(of_case), setting, place, 990121001});
  }
  Answer state(std::uint64_t of_case, SourceState source, Origin origin) {
    return as_investigator("state_source",
                           StateSource{case_id(of_case), source, origin, words("by sequence")});
  }
  Answer full(std::uint64_t of_case) {
    return as_investigator("submit_full_report", SubmitFullReport{case_id(of_case), words("all of it")});
  }
};

TEST(LinkInfector, MakesChainsAndRefusesCircles) {
  Chains c;
  for (std::uint64_t n = 1; n <= 4; ++n) c.open(n, day("2022-07-17"));
  ASSERT_THAT(c.link(2, 1), happened("investigation.infector_linked"));
  ASSERT_THAT(c.link(4, 3), happened("investigation.infector_linked"));
  ASSERT_THAT(c.link(3, 2), happened("investigation.infector_linked"));  // 1 → 2 → 3 → 4
  EXPECT_EQ(c.file(4).chain, case_id(1));
  EXPECT_EQ(c.bench.get<Chain>(case_id(1)).members.size(), 4U);
  EXPECT_THAT(c.link(1, 4), refused("R-CAS-10"));
  EXPECT_THAT(c.link(1, 1), refused("R-CAS-10"));
  EXPECT_THAT(c.link(4, 1), refused("R-CAS-13"));
  EXPECT_THAT(c.link(4, 9), refused("F-REF"));
  ASSERT_THAT(c.unlink(3), happened("investigation.infector_unlinked"));
  EXPECT_EQ(c.file(4).chain, case_id(3));
  EXPECT_EQ(c.file(2).chain, case_id(1));
  EXPECT_THAT(c.link(1, 4), happened("investigation.infector_linked"));  // no circle any more
  EXPECT_EQ(c.file(2).chain, case_id(3));
}

TEST(InfectorCandidate, SeveralAreKeptAndOneIsTheLink) {
  Chains c;
  for (std::uint64_t n = 1; n <= 3; ++n) c.open(n, day("2022-07-17"));
  const auto name = [&](std::uint64_t of_case, std::uint64_t by) {
    return c.as_investigator("name_infector_candidate",
                             NameInfectorCandidate{case_id(of_case), case_id(by), words("same ward")});
  };
  EXPECT_THAT(name(3, 1), happened("investigation.infector_candidate_named"));
  EXPECT_THAT(name(3, 2), happened("investigation.infector_candidate_named"));
  EXPECT_TRUE(name(3, 2).events.empty()) << "said twice is said once";
  EXPECT_FALSE(c.file(3).infector) << "a candidate is no link";
  ASSERT_THAT(c.link(3, 1), happened("investigation.infector_linked"));
  EXPECT_THAT(c.link(3, 2), refused("R-CAS-13"));
  EXPECT_THAT(name(3, 3), refused("R-CAS-10"));
  EXPECT_THAT(name(3, 9), refused("F-REF"));
  const auto withdraw = [&] {
    return c.as_investigator(
        "withdraw_infector_candidate",
        WithdrawInfectorCandidate{infector_candidate(case_id(3), case_id(2)), words("never met")});
  };
  EXPECT_THAT(withdraw(), happened("investigation.infector_candidate_withdrawn"));
  EXPECT_THAT(withdraw(), refused("R-STATE"));
  EXPECT_THAT(name(3, 2), happened("investigation.infector_candidate_named")) << "it may be said again";
}

TEST(LinkInfector, RespectsTime) {
  Chains c;
  c.open(1, day("2022-07-17"));  // infectious from 07-15 00:00
  c.open(2, day("2022-07-16"));
  EXPECT_THAT(c.link(2, 1, at("2022-07-14 23:59")), refused("R-CAS-11"));
  EXPECT_THAT(c.link(2, 1, at("2022-07-17 01:00")), refused("R-CAS-11"));  // after its own onset
  EXPECT_THAT(c.link(2, 1, at("2022-07-15 00:00")), happened("investigation.infector_linked"));
  c.open(3, day("2022-07-13"));
  EXPECT_THAT(c.link(3, 1), refused("R-CAS-11"));  // ill before the other was infectious
}

TEST(ExcludeCase, TakesTheCaseOutOfChainAndPlace) {
  Chains c;
  for (std::uint64_t n = 1; n <= 4; ++n) c.open(n, day("2022-07-17"));
  c.link(2, 1);
  c.link(3, 2);
  c.link(4, 2);
  c.belongs(2, "No. 1 Primary School");
  const auto answer = c.exclude(2);
  ASSERT_TRUE(answer.refusals.empty());
  EXPECT_FALSE(c.file(2).infector);
  EXPECT_FALSE(c.file(3).infector);
  EXPECT_EQ(c.file(1).chain, case_id(1));
  EXPECT_EQ(c.file(3).chain, case_id(3));
  EXPECT_THAT(c.link(3, 2), refused("R-STATE"));
}

/// Whatever is linked, cut and excluded, in whatever order: the laws hold after each step (the bench checks them).
RC_GTEST_PROP(Chains, StayWholeUnderAnySteps, ()) {
  Chains c;
  constexpr std::uint64_t cases = 6;
  for (std::uint64_t n = 1; n <= cases; ++n) c.open(n, day("2022-07-17"));
  for (int i = *rc::gen::inRange(1, 40); i > 0; --i) {
    const auto n = *rc::gen::inRange<std::uint64_t>(1, cases + 1);
    switch (*rc::gen::inRange(0, 6)) {
      case 0: c.unlink(n); break;
      case 1: c.exclude(n); break;
      case 2: c.open(n, day("2022-07-17")); break;
      default: c.link(n, *rc::gen::inRange<std::uint64_t>(1, cases + 1));
    }
  }
}

TEST(Clusters, AreRecognisedOnceAndGrow) {
  Chains c;
  c.bench.rules.set("C.cluster.min", 2);
  c.bench.rules.set("C.cluster.window_d", 7);
  for (std::uint64_t n = 1; n <= 3; ++n) c.open(n, day("2022-07-16"));
  EXPECT_THAT(c.belongs(1, "No. 1 School"), happened("investigation.affiliation_recorded"));
  EXPECT_THAT(c.belongs(1, "No. 1 School"), happened("investigation.affiliation_recorded"));
  EXPECT_THAT(c.belongs(2, "No. 2 School"), happened("investigation.affiliation_recorded"));
  const auto answer = c.belongs(2, "No. 1 School");
  ASSERT_THAT(answer, happened("investigation.affiliation_recorded investigation.cluster_recognised"));
  const ClusterId cluster = answer.get<ClusterRecognised>().cluster;
  EXPECT_EQ(c.bench.get<Cluster>(cluster).cases.size(), 2U);
  EXPECT_THAT(c.belongs(3, "No. 1 School"),
              happened("investigation.affiliation_recorded investigation.cluster_grown"));
  EXPECT_THAT(c.as_officer("report_cluster", ReportCluster{cluster, words("card 12")}),
              happened("investigation.cluster_reported"));
  EXPECT_THAT(c.belongs(1, ""), refused("F-SHAPE"));
}

TEST(FullReport, WaitsForEveryStopEveryGapAndTheSource) {
  Chains c;
  c.open(1, day("2022-07-17"));
  c.start(1);
  c.core(1);
  EXPECT_THAT(c.full(1), refused("R-STATE R-CAS-9 R-CAS-12"));
  c.report(1);
  c.record(County::was(1, 1, "2022-07-15 00:00", "2022-07-17 12:00"));
  EXPECT_THAT(c.full(1), refused("R-CAS-9 R-CAS-12"));
  EXPECT_EQ(c.full(1).refusals.list()[0].say.en,
            "1 stops of the window are not settled, 1 gaps not answered");
  c.settle(1, StopOutcome::no_contact_possible, "alone at home");
  const GapId gap = c.bench.get<Trajectory>(trajectory_of(case_id(1))).gaps.at(0);
  c.as_investigator("answer_gap", AnswerGap{gap, true, words("asleep in the car")});
  EXPECT_THAT(c.full(1), refused("R-CAS-12"));
  EXPECT_THAT(c.state(1, SourceState::unsaid, Origin::unsaid), refused("R-CAS-12 R-CAS-12"));
  c.state(1, SourceState::unknown, Origin::local);
  ASSERT_THAT(c.full(1), happened("investigation.full_report_submitted investigation.source_concluded"));
  EXPECT_EQ(c.file(1).stage, InvestigationStage::source_unknown);
  c.open(2, day("2022-07-15"));
  c.link(1, 2);
  EXPECT_THAT(c.state(1, SourceState::unknown, Origin::local), refused("R-CAS-12"));  // a link says otherwise
  c.state(1, SourceState::proven, Origin::local);
  EXPECT_EQ(c.file(1).stage, InvestigationStage::source_found);
}

TEST(Ring, WhoWasInControlIsInside) {
  Chains c;
  c.open(1);
  EXPECT_EQ(c.file(1).found_by, FoundBy::fever_clinic);
  EXPECT_FALSE(c.file(1).in_ring);
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::close);
  c.control(1);
  c.open(11);
  EXPECT_TRUE(c.file(11).in_ring);
  const SignRingReview review{case_id(11), false, words("none")};
  EXPECT_THAT(c.as_officer("sign_ring_review", review), refused("R-STATE"));
  c.as_officer("record_detection", RecordDetection{case_id(11), FoundBy::home, false});
  EXPECT_THAT(c.as_officer("sign_ring_review", review), happened("investigation.ring_review_signed"));
  EXPECT_TRUE(c.file(11).ring_reviewed);
}

TEST(Teams, OfTheCountyAnswerAndOfTheCityJoin) {
  Chains c;
  const UnitId city = c.bench.unit(UnitKind::cdc, {}, 990100);
  const AccountId city_officer = c.bench.holder(city, Role::CDC);
  const auto team = [](std::uint64_t n) { return id<TeamId>(7'000 + n); };
  c.open(1);
  ASSERT_THAT(c.as_officer("form_team", FormTeam{team(1), "Team 1", c.investigator, {}}),
              happened("investigation.team_formed"));
  EXPECT_EQ(c.bench.get<Team>(team(1)).members.size(), 1U);
  c.bench.as(city_officer, city, {Role::CDC})
      .ask("form_team", FormTeam{team(2), "City team", city_officer, {}});
  EXPECT_EQ(c.bench.get<Team>(team(2)).tier, Level::city);
  ASSERT_THAT(c.as_officer("assign_case", AssignCase{case_id(1), team(1)}),
              happened("investigation.case_assigned"));
  ASSERT_THAT(c.as_officer("assign_case", AssignCase{case_id(1), team(2)}),
              happened("investigation.case_assigned"));
  EXPECT_EQ(c.file(1).team, team(1));
  EXPECT_EQ(c.file(1).lead, c.investigator);
  EXPECT_EQ(c.file(1).joined_teams, std::vector{team(2)});
  c.as_officer("dissolve_team", DissolveTeam{team(1)});
  EXPECT_THAT(c.as_officer("assign_case", AssignCase{case_id(1), team(1)}), refused("R-CAS-15"));
  EXPECT_THAT(c.as_officer("form_team", FormTeam{team(2), "Mine", c.investigator, {}}), refused("R-CAS-16"));
}

TEST(Interview, IsSavedSittingBySitting) {
  Chains c;
  c.open(1);
  RecordInterview first{.case_id = case_id(1),
                        .symptoms = std::vector{Symptom::fever, Symptom::cough},
                        .onset_day = day("2022-07-16"),
                        .occupation = {},
                        .doses = 3,
                        .last_dose_day = {},
                        .household_size = {},
                        .illnesses = {},
                        .household = words("wife and son"),
                        .workplaces = {},
                        .remarks = {}};
  ASSERT_THAT(c.as_investigator("record_interview", first),
              happened("investigation.interview_amended investigation.onset_known"));
  EXPECT_EQ(c.file(1).window_from, at("2022-07-14 00:00"));
  RecordInterview second{.case_id = case_id(1),
                         .symptoms = {},
                         .onset_day = {},
                         .occupation = "driver",
                         .doses = {},
                         .last_dose_day = {},
                         .household_size = 3,
                         .illnesses = std::vector{Illness::none},
                         .household = {},
                         .workplaces = {},
                         .remarks = {}};
  c.as_investigator("record_interview", second);
  const Interview& row = c.bench.get<Interview>(interview_of(case_id(1)));
  EXPECT_EQ(row.version, 2);
  EXPECT_EQ(row.symptoms.size(), 2U);
  EXPECT_EQ(row.doses, 3);
  EXPECT_EQ(row.occupation, "driver");
  EXPECT_FALSE(row.household.hash.empty());
  second.doses = -1;
  second.household_size = 0;
  second.onset_day = day("2023-01-01");
  EXPECT_THAT(c.as_investigator("record_interview", second), refused("F-FUTURE F-SHAPE F-SHAPE"));
}

}  // namespace
}  // namespace fx::investigation::testing
