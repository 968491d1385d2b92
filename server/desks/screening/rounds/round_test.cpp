// Without these, a round could be called complete while somebody was forgotten: in the rain, in a lost tube, in a pool
// nobody looked into again.
#include "desks/screening/testing/round.hpp"

namespace fx::screening::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PlanRound, IsApprovedWhenTheArithmeticHolds) {
  SmallRound r;
  r.plan(1, 11, 431);  // 4,320 people: 2 points, 12 samplers, 432 tubes in one day
  const auto no = r.as_command("approve_round", ApproveRound{round_id(1)});
  EXPECT_THAT(no, refused("R-RND-1 R-RND-1 R-RND-1"));
  EXPECT_EQ(no.refusals.list()[0].path, "/points");
  EXPECT_EQ(no.refusals.list()[1].path, "/samplers");
  EXPECT_EQ(no.refusals.list()[2].path, "/labs");
  r.plan(2, 11, 432);
  EXPECT_THAT(r.as_command("approve_round", ApproveRound{round_id(1)}), refused("R-RND-1"));
  EXPECT_THAT(r.as_command("sign_support", SignSupport{round_id(1), 1}), refused("R-RND-1"));  // by itself
  EXPECT_THAT(r.as_city("sign_support", SignSupport{round_id(1), 1}), happened("screening.support_signed"));
  EXPECT_THAT(r.as_command("approve_round", ApproveRound{round_id(1)}), happened("screening.round_approved"));
  EXPECT_THAT(r.plan(), refused("R-STATE"));
}

TEST(EnrolPeople, PassesOverWhoIsThereAlready) {
  SmallRound r;
  r.plan();
  EXPECT_EQ(r.enrol(1, 10).get<RosterEnrolled>().moves.size(), 10U);
  EXPECT_EQ(r.enrol(5, 12).get<RosterEnrolled>().moves.size(), 2U);
  EXPECT_THAT(r.enrol(1, 12), happened(""));
  EXPECT_THAT(r.enrol(1, 1'001), refused("F-SHAPE"));
}

TEST(Round, CountsEverybodyOnce) {
  SmallRound r;
  r.open();
  r.bench.now("2022-08-13 06:05");
  r.sampled(1, 1, 10);
  r.sampled(2, 11, 19);
  r.bench.occurred("2022-08-13 06:03");
  r.sample(2, 20);  // told after the seal, done before it: a tenth member
  EXPECT_THAT(r.sample(3, 1), refused("F-REF"));
  r.print_for_round(3);
  EXPECT_THAT(r.sample(3, 1), refused("R-TUB-4"));
  EXPECT_THAT(r.sample(3, 77), happened("screening.person_linked"));  // not on the list
  EXPECT_TRUE(r.bench.get<RoundPerson>(round_person_id(round_id(1), person(77))).added);
  r.seal(3);
  r.as_command("exempt_people", ExemptPeople{round_id(1), {person(21), person(22)}, words("newborn")});
  EXPECT_THAT(r.as_command("exempt_people", ExemptPeople{round_id(1), {person(1)}, words("no")}),
              refused("R-STATE"));
  r.as_command("close_sampling", CloseSampling{round_id(1)});
  const auto e = r.equation();
  EXPECT_EQ(e.roster, 30);
  EXPECT_EQ(e.added, 1);
  EXPECT_EQ(e.sampled, 21);
  EXPECT_EQ(e.exempt, 2);
  EXPECT_EQ(e.missed, 8);
  EXPECT_EQ(e.issued, 3);
  EXPECT_EQ(e.sealed, 3);
  EXPECT_EQ(e.in_transit, 3);
  EXPECT_NEAR(e.coverage, 21.0 / 29, 1e-9);
}

TEST(Round, IsNotClosedWithOpenEnds) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 10);
  r.sampled(2, 11, 20);
  r.sampled(3, 21, 29);
  r.as_command("close_sampling", CloseSampling{round_id(1)});
  EXPECT_THAT(r.as_command("close_round", CloseRound{round_id(1)}), refused("R-RND-2 R-RND-3 R-STATE"));
  EXPECT_THAT(r.as_command("close_results", CloseResults{round_id(1)}), refused("R-RND-3"));
  r.authorised(1, TestResult::negative);
  r.authorised(2, TestResult::positive);
  r.as_tester("reject_tube", RejectTube{tube(3), RejectReason::leaking, {}});
  EXPECT_EQ(r.state_of(25), RosterState::rostered);  // called back
  EXPECT_EQ(r.state_of(15), RosterState::sampled);   // held, not missed
  EXPECT_THAT(r.as_command("close_results", CloseResults{round_id(1)}), happened("screening.results_closed"));
  EXPECT_THAT(r.as_command("reconcile_round", ReconcileRound{round_id(1)}),
              happened("screening.round_reconciled"));
  EXPECT_THAT(r.as_command("close_round", CloseRound{round_id(1)}), refused("R-RND-2 R-RND-4"));
  EXPECT_EQ(r.bench.get<Round>(round_id(1)).equation->missed, 10);
  EXPECT_EQ(r.bench.get<Round>(round_id(1)).equation->holds, 10);

  r.sampled(4, 21, 30);  // those called back, and the one who was missed
  r.authorised(4, TestResult::negative);
  for (std::uint64_t who = 11; who <= 20; ++who) {
    const std::uint64_t single = 100 + who;
    r.print_for_round(single, 1);
    EXPECT_THAT(r.sample(single, who, tube(2)), happened("screening.person_linked"));
    r.seal(single);
    r.authorised(single, who == 11 ? TestResult::positive : TestResult::negative);
  }
  const auto closed = r.as_command("close_round", CloseRound{round_id(1)});
  ASSERT_THAT(closed, happened("screening.round_closed"));
  const auto& e = closed.get<RoundClosed>().equation;
  EXPECT_EQ(e.sampled, 30);
  EXPECT_EQ(e.missed, 0);
  EXPECT_EQ(e.negative_people, 10 + 10 + 9);
  EXPECT_EQ(e.positive_people, 1);
  EXPECT_EQ(e.sealed, 14);
  EXPECT_EQ(e.authorised, 13);
  EXPECT_EQ(e.coverage, 1.0);
}

TEST(PositivePool, HoldsItsMembersAndTakesThemOnlySingly) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.authorised(1, TestResult::positive);
  EXPECT_THAT(r.bench.get<TestedPerson>(person(2)).held_in, ElementsAre(tube(1)));
  r.print_for_round(2);
  EXPECT_THAT(r.sample(2, 2, tube(1)), refused("R-TUB-2 R-TUB-2"));
  EXPECT_THAT(r.sample(2, 2), refused("R-TUB-2 R-TUB-4"));
  r.print_for_round(3, 1);
  EXPECT_THAT(r.sample(3, 2, tube(1)), happened("screening.person_linked"));
  r.seal(3);
  r.authorised(3, TestResult::grey);  // says nothing yet: held still, sampled again
  EXPECT_THAT(r.bench.get<TestedPerson>(person(2)).held_in, ElementsAre(tube(1)));
  r.print_for_round(4, 1);
  EXPECT_THAT(r.sample(4, 2, tube(1)), happened("screening.person_linked"));
  r.seal(4);
  r.authorised(4, TestResult::negative);
  EXPECT_THAT(r.bench.get<TestedPerson>(person(2)).held_in, IsEmpty());
  r.amend(1, TestResult::negative);
  EXPECT_THAT(r.bench.get<TestedPerson>(person(1)).held_in, IsEmpty());
  r.amend(1, TestResult::positive);
  EXPECT_THAT(r.bench.get<TestedPerson>(person(1)).held_in, ElementsAre(tube(1)));
  EXPECT_THAT(r.bench.get<TestedPerson>(person(2)).held_in, IsEmpty());  // has an answer of its own
}

// Without this, a device that knows no pools could never settle anybody, and the round would stay open for ever.
TEST(LinkPerson, SettlesThePoolThatHoldsThePersonWithoutBeingTold) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.authorised(1, TestResult::positive);
  r.print_for_round(2, 1);
  const auto linked = r.link(2, person(1));
  EXPECT_EQ(linked.get<PersonLinked>().resample_of, tube(1));
  EXPECT_TRUE(linked.get<PersonLinked>().share->moves.empty());  // stands on the list as sampled
  r.seal(2);
  r.authorised(2, TestResult::negative);
  EXPECT_THAT(r.bench.get<TestedPerson>(person(1)).held_in, IsEmpty());
  // A single of no round, taken anywhere: it joins that of the pool.
  r.print(3);
  EXPECT_EQ(r.link(3, person(2)).get<PersonLinked>().share->round, round_id(1));
  r.seal(3);
  r.authorised(3, TestResult::negative);
  EXPECT_EQ(r.row(1).members[1].state, MemberState::neg);
  // Taken before anybody knew: it is no second look.
  r.print_for_round(4, 1);
  r.bench.now("2022-08-13 09:00").occurred("2022-08-13 05:59");
  EXPECT_THAT(r.link(4, person(3)), refused("R-STATE R-TUB-4"));
}

TEST(LinkPerson, SettlesOnePoolAfterTheOther) {
  Point p;
  p.sealed_pool(1, 5, 1);
  p.print(2, 5, SpecimenClass::voluntary);
  p.link(2, person(101));
  p.seal(2);
  p.authorised(1, TestResult::positive);
  p.authorised(2, TestResult::grey);
  const auto single = [&](std::uint64_t n) {
    p.print(n, 1, SpecimenClass::voluntary);
    const auto linked = p.link(n, person(101));
    p.seal(n);
    p.read_as(n, TestResult::negative);
    return std::pair(linked.get<PersonLinked>().resample_of,
                     p.authorise(n, TestResult::negative).get<ResultAuthorised>().held_again);
  };
  EXPECT_EQ(single(3), std::pair(std::optional(tube(1)), std::vector{person(101)}));  // the other holds still
  EXPECT_EQ(single(4), std::pair(std::optional(tube(2)), std::vector<PersonId>{}));
  EXPECT_THAT(p.bench.get<TestedPerson>(person(101)).held_in, IsEmpty());
}

TEST(CorrectLink, SettlesThePoolOfTheRightOne) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.authorised(1, TestResult::positive);
  r.print_for_round(2, 1);
  r.link(2, person(1));
  EXPECT_EQ(r.as_sampler("correct_link", CorrectLink{tube(2), person(1), person(2), {}, words("sisters")})
                .get<LinkCorrected>()
                .settles,
            tube(1));
  EXPECT_EQ(r.row(2).resample_of, tube(1));
  EXPECT_THAT(r.members(1), ElementsAre(MemberState::hold, MemberState::resampled, MemberState::hold));
}

// Without this, a member whose re-sample went wrong would be held with nobody owing anything.
TEST(HeldAgain, NamesWhomASingleLeavesWithoutAnAnswer) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.authorised(1, TestResult::positive);
  const auto single = [&](std::uint64_t n, std::uint64_t who) {
    r.print_for_round(n, 1);
    r.sample(n, who);
    r.seal(n);
  };
  single(2, 1);
  EXPECT_THAT(r.as_tester("reject_tube", RejectTube{tube(2), RejectReason::leaking, {}})
                  .get<TubeRejected>()
                  .held_again,
              ElementsAre(person(1)));
  single(3, 1);
  EXPECT_THAT(r.as_sampler("declare_lost", DeclareLost{tube(3), words("van")}).get<TubeLost>().held_again,
              ElementsAre(person(1)));
  for (const TestResult result : {TestResult::grey, TestResult::invalid}) {
    const std::uint64_t n = result == TestResult::grey ? 4 : 5;
    single(n, 1);
    r.read_as(n, result);
    EXPECT_THAT(r.authorise(n, result).get<ResultAuthorised>().held_again, ElementsAre(person(1)));
  }
  EXPECT_EQ(r.row(1).awaits, Awaits::singles);
  single(6, 1);
  r.read_as(6, TestResult::negative);
  EXPECT_THAT(r.authorise(6, TestResult::negative).get<ResultAuthorised>().held_again, IsEmpty());
  EXPECT_THAT(r.amend(1, TestResult::invalid).get<ResultAmended>().cleared,
              ElementsAre(person(2), person(3)));  // recalled, held no longer
  EXPECT_EQ(r.row(1).awaits, Awaits::nothing);
}

// Without this, a link that was put right would end the recall of somebody who was never sampled, and keep another's.
TEST(Recall, EndsForWhomTheSealedTubeHolds) {
  Point p;
  p.sealed_pool(1, 5, 2);
  p.as_tester("reject_tube", RejectTube{tube(1), RejectReason::empty, {}});
  p.print(2, 5, SpecimenClass::voluntary);
  p.link(2, person(101));
  p.as_sampler("correct_link", CorrectLink{tube(2), person(101), person(102), {}, words("mistaken")});
  EXPECT_THAT(p.seal(2).get<TubeSealed>().recall_ended, ElementsAre(person(102)));
  EXPECT_THAT(p.bench.get<TestedPerson>(person(101)).called_back_from, ElementsAre(tube(1)));
  EXPECT_THAT(p.bench.get<TestedPerson>(person(102)).called_back_from, IsEmpty());
}

// Without these, whoever gave a specimen outside of a round would wait for a result that never comes.
TEST(Recall, ListsPeopleOutsideOfRoundsUntilTheirNextSample) {
  Point p;
  p.sealed_pool(1, 5, 2);
  EXPECT_THAT(p.as_tester("reject_tube", RejectTube{tube(1), RejectReason::empty, {}})
                  .get<TubeRejected>()
                  .called_back,
              ElementsAre(person(101), person(102)));
  EXPECT_THAT(p.bench.get<TestedPerson>(person(101)).called_back_from, ElementsAre(tube(1)));
  p.print(2, 5, SpecimenClass::voluntary);
  p.link(2, person(101));
  EXPECT_THAT(p.bench.get<TestedPerson>(person(101)).called_back_from, ElementsAre(tube(1)));
  EXPECT_THAT(p.seal(2).get<TubeSealed>().recall_ended, ElementsAre(person(101)));
  EXPECT_THAT(p.bench.get<TestedPerson>(person(101)).called_back_from, IsEmpty());
  p.sealed_pool(3, 5, 1);
  p.authorised(3, TestResult::invalid);
  EXPECT_THAT(p.bench.get<TestedPerson>(person(301)).called_back_from, ElementsAre(tube(3)));
  EXPECT_THAT(p.amend(3, TestResult::negative).get<ResultAmended>().recall_ended, ElementsAre(person(301)));
  EXPECT_THAT(p.bench.get<TestedPerson>(person(301)).called_back_from, IsEmpty());
  p.sealed_single(4);  // the clinic holds its patient itself
  EXPECT_THAT(p.as_tester("reject_tube", RejectTube{tube(4), RejectReason::empty, {}})
                  .get<TubeRejected>()
                  .called_back,
              IsEmpty());
}

TEST(LinkPerson, ToldLateInheritsWhatTheTubeCameTo) {
  SmallRound r;
  r.open();
  r.bench.now("2022-08-13 07:00");
  r.sampled(1, 1, 3);
  r.sampled(2, 4, 6);
  r.sampled(3, 7, 9);
  r.bench.now("2022-08-13 12:00");
  r.authorised(1, TestResult::negative);
  r.authorised(2, TestResult::positive);
  r.as_tester("reject_tube", RejectTube{tube(3), RejectReason::empty, {}});
  EXPECT_THAT(r.sample(1, 11), refused("R-STATE"));  // now: it is sealed
  r.bench.occurred("2022-08-13 06:00");
  EXPECT_THAT(r.sample(1, 11), happened("screening.person_linked"));
  EXPECT_EQ(r.row(1).members.back().state, MemberState::neg);
  r.bench.occurred("2022-08-13 06:00");
  const auto held = r.sample(2, 12);
  EXPECT_EQ(held.get<PersonLinked>().held, std::vector{person(12)});
  EXPECT_EQ(held.get<PersonLinked>().held_from, r.row(2).authorised_at);
  r.bench.occurred("2022-08-13 06:00");
  r.sample(3, 13);
  EXPECT_EQ(r.state_of(13), RosterState::rostered);
  EXPECT_EQ(r.row(3).members.back().state, MemberState::recalled);
}

TEST(CorrectLink, PutsTheRightOneOnTheList) {
  SmallRound r;
  r.open();
  r.print_for_round(1);
  r.sample(1, 1);
  r.sample(1, 2);
  EXPECT_THAT(r.as_sampler("correct_link", CorrectLink{tube(1), person(1), person(3), {}, words("twins")}),
              happened("screening.link_corrected"));
  EXPECT_EQ(r.state_of(1), RosterState::rostered);
  EXPECT_EQ(r.state_of(3), RosterState::sampled);
  EXPECT_THAT(r.as_sampler("correct_link", CorrectLink{tube(1), person(2), person(3), {}, words("twins")}),
              refused("R-TUB-4"));
  r.as_sampler("correct_link", CorrectLink{tube(1), person(2), {}, {}, words("went away")});
  r.as_sampler("correct_link", CorrectLink{tube(1), person(3), {}, {}, words("went away")});
  EXPECT_THAT(r.as_sampler("void_tube", VoidTube{tube(1), words("empty")}),
              happened("screening.tube_voided"));
}

TEST(ReceiveBox, CountsWhatIsMissingAndWhatIsUnfit) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.sampled(2, 4, 6);
  r.sampled(3, 7, 9);
  r.as_sampler("box_tubes",
               BoxTubes{box(1), write_code({'B', 1}), r.laboratory, {tube(1), tube(2), tube(3)}, {}});
  EXPECT_THAT(r.as_tester("receive_box", ReceiveBox{box(1), {tube(9)}, {}, {}}), refused("F-REF"));
  EXPECT_THAT(
      r.as_tester("receive_box", ReceiveBox{box(1), {tube(3)}, {{tube(2), RejectReason::leaking}}, {}}),
      happened("screening.tube_received screening.tube_rejected"));
  EXPECT_EQ(r.bench.get<Box>(box(1)).state, BoxState::part_received);
  EXPECT_EQ(r.row(3).awaits, Awaits::receipt);
  EXPECT_EQ(r.state_of(5), RosterState::rostered);
  EXPECT_THAT(r.as_sampler("declare_box_lost", DeclareBoxLost{box(1), words("van searched")}),
              happened("screening.tube_lost screening.box_lost"));
  EXPECT_EQ(r.bench.get<Box>(box(1)).state, BoxState::lost);
  EXPECT_EQ(r.state_of(8), RosterState::rostered);
  EXPECT_THAT(r.as_tester("receive_box", ReceiveBox{box(1), {}, {}, {}}), refused("R-STATE"));
}

TEST(Duplicate, StopsTheSignatureUntilItIsSettled) {
  SmallRound r;
  r.open();
  r.sampled(1, 1, 3);
  r.read_as(1, TestResult::negative);
  r.as_tester("report_duplicate", ReportDuplicate{tube(1), words("second tube in box 7")});
  EXPECT_EQ(r.row(1).awaits, Awaits::duplicate);
  EXPECT_THAT(r.authorise(1, TestResult::negative), refused("R-TUB-12"));
  r.as_authoriser("settle_duplicate", SettleDuplicate{tube(1), words("other point's misprint")});
  EXPECT_THAT(r.authorise(1, TestResult::negative), happened("screening.result_authorised"));
}

TEST(NoteTestedElsewhere, HoldsForADay) {
  SmallRound r;
  r.open();
  const auto note = [&](std::string_view when) {
    return r.bench.as(r.commander, r.command_post, {Role::DO})
        .ask("note_tested_elsewhere",
             NoteTestedElsewhere{round_id(1), {person(1)}, fx::testing::at(when), "R-77"});
  };
  EXPECT_THAT(note("2022-08-12 05:59"), refused("R-RND-6"));
  EXPECT_THAT(note("2022-08-12 06:00"), happened("screening.persons_settled"));
  EXPECT_EQ(r.state_of(1), RosterState::tested_elsewhere);
}

TEST(ReportQueue, ProposesTheNearestFreeTeam) {
  SmallRound r;
  r.open();
  const auto order = [&](std::uint64_t n, double longitude) {
    r.as_command("order_point",
                 OrderPoint{point_id(n), round_id(1), "p", r.clinic, east, longitude, 30.0, 100, 2});
    r.as_sampler("set_up_point", SetUpPoint{point_id(n),
                                            {PointCheck::one_way_flow, PointCheck::zones,
                                             PointCheck::wait_area, PointCheck::waste, PointCheck::signs}});
    r.as_sampler("open_point", OpenPoint{point_id(n)});
  };
  order(2, 110.00);
  order(3, 110.02);
  order(4, 110.01);
  r.as_sampler("report_queue", ReportQueue{point_id(4), 50});  // near, but busy
  EXPECT_THAT(r.as_sampler("report_queue", ReportQueue{point_id(2), 200}),
              happened("screening.queue_reported"));
  const auto crowded = r.as_sampler("report_queue", ReportQueue{point_id(2), 201});
  ASSERT_THAT(crowded, happened("screening.queue_reported screening.point_crowded"));
  EXPECT_EQ(crowded.get<PointCrowded>().free_point, point_id(3));
  EXPECT_NEAR(*crowded.get<PointCrowded>().distance_m, 1926, 2);
  EXPECT_EQ(r.bench.get<SamplingPoint>(point_id(2)).free_point, point_id(3));
  EXPECT_THAT(r.as_sampler("report_queue", ReportQueue{point_id(2), 250}),
              happened("screening.queue_reported"));
  EXPECT_THAT(r.as_sampler("report_queue", ReportQueue{point_id(2), 20}),
              happened("screening.queue_reported screening.point_relieved"));
  EXPECT_EQ(r.bench.get<SamplingPoint>(point_id(2)).free_point, std::nullopt);
}

// Without this, the team of a point that will never open would be owed for for ever.
TEST(CancelPoint, EndsWhatWasOrdered) {
  SmallRound r;
  r.plan();
  const auto order = [&](std::uint64_t n) {
    return r.as_command("order_point",
                        OrderPoint{point_id(n), round_id(1), "p", r.clinic, east, {}, {}, 9, 1});
  };
  for (std::uint64_t n = 1; n <= 3; ++n) order(n);
  EXPECT_THAT(r.as_command("cancel_point", CancelPoint{point_id(1), words("flooded")}),
              happened("screening.point_cancelled"));
  EXPECT_THAT(r.as_command("cancel_point", CancelPoint{point_id(1), words("again")}), refused("R-STATE"));
  EXPECT_THAT(r.as_command("cancel_round", CancelRound{round_id(1), words("rain")}),
              happened("screening.round_cancelled screening.point_cancelled screening.point_cancelled"));
  EXPECT_EQ(r.bench.get<SamplingPoint>(point_id(3)).state, PointState::cancelled);
  EXPECT_THAT(order(4), refused("R-STATE"));
}

TEST(SetUpPoint, NeedsTheWholeList) {
  SmallRound r;
  r.open();
  EXPECT_THAT(r.as_sampler("set_up_point", SetUpPoint{point_id(1), {PointCheck::waste}}), refused("R-PNT-1"));
  EXPECT_THAT(r.as_sampler("open_point", OpenPoint{point_id(1)}), refused("R-STATE"));
}

TEST(StopSeries, WaitsForTheRoundsThatAreDue) {
  SmallRound r;
  r.bench.rules.set("E.mass.rounds.min", 1);
  const auto series = id<SeriesId>(1);
  r.as_command("plan_series", PlanSeries{series, "covid19-cn", 3, false});
  const auto stop = [&] { return r.as_command("stop_series", StopSeries{series, words("clean")}); };
  EXPECT_THAT(stop(), refused("R-RND-5"));
  r.as_command(
      "plan_round",
      PlanRound{round_id(1), "1", "covid19-cn", series, true, 2'000, 1, 6, 10, {{r.laboratory, 500}}, {}});
  r.as_command("approve_round", ApproveRound{round_id(1)});
  r.as_command("open_round", OpenRound{round_id(1)});
  r.as_command("close_sampling", CloseSampling{round_id(1)});
  r.as_command("close_results", CloseResults{round_id(1)});
  EXPECT_TRUE(r.as_command("reconcile_round", ReconcileRound{round_id(1)}).get<RoundReconciled>().in_series);
  EXPECT_THAT(stop(), refused("R-RND-5"));
  r.as_command("close_round", CloseRound{round_id(1)});
  r.bench.now("2022-08-13 20:00");
  r.bench.as(r.commander, r.command_post, {Role::DO})
      .ask("note_case_outside", NoteCaseOutside{series, id<CaseId>(1)});
  EXPECT_THAT(stop(), refused("R-RND-5"));
}

}  // namespace
}  // namespace fx::screening::testing
