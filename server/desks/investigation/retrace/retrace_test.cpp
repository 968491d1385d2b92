// Without these, a corrected trajectory would leave people in rooms for a meeting that never was, and never find those who
// were there instead.
#include <rapidcheck/gtest.h>

#include "desks/investigation/retrace/facts.hpp"
#include "desks/investigation/testing/county.hpp"
#include "desks/investigation/visits/facts.hpp"

namespace fx::investigation::testing {
namespace {

constexpr const char* ten_days = R"({"days":7,"then":{"days":3}})";

/// A case that was at the market, and contact 1, person 11, met there a metre away.
struct Retrace : ::testing::Test, County {
  Retrace() {
    bench.rules.set("F.close_contact", ten_days);
    open(1, day("2022-07-17"));
    record(was(1, 1, "2022-07-16 10:00", "2022-07-16 12:00"));
    name(1, {at_the_market()});
  }
  static NewContact at_the_market() {
    auto line = met(1, 11);
    line.kind = ContactKind::other;
    line.exposure_from = at("2022-07-16 10:30");
    line.exposure_until = at("2022-07-16 11:30");
    line.setting = Setting::shop;
    line.distance_m = 1;
    line.stop = stop(1);
    return line;
  }
  static RecordStop market(std::string_view from, std::string_view until) { return was(1, 1, from, until); }
  static FoundExposure found(std::uint64_t who, std::string_view from, std::string_view until) {
    return {person(who), at(from), at(until), {}, {}, KnownBy::scan};
  }
  Answer traced(std::int32_t version, std::vector<FoundExposure> who) {
    return as_system("propose_exposures",
                     ProposeExposures{stop(1), case_id(1), version, std::move(who), true});
  }
  const ExposureProposal* found_proposal(std::uint64_t who, std::string_view from) {
    return bench.find<ExposureProposal>(exposure_proposal_of(stop(1), person(who), at(from)));
  }
  Answer accept_found(std::uint64_t who, std::string_view from, std::uint64_t as) {
    return as_investigator("accept_exposure",
                           AcceptExposure{exposure_proposal_of(stop(1), person(who), at(from)), contact(as)});
  }
  Answer decline_found(std::uint64_t who, std::string_view from) {
    return as_investigator(
        "decline_exposure",
        DeclineExposure{exposure_proposal_of(stop(1), person(who), at(from)), words("the other entrance")});
  }
};

TEST_F(Retrace, AStopWithdrawnProposesThatWhoeverWasMetThereIsNone) {
  judge(1, ContactClass::close);
  control(1);
  ASSERT_THAT(withdraw_stop(1, 1),
              happened("investigation.stop_withdrawn investigation.gap_closed investigation.gap_closed "
                       "investigation.class_found investigation.class_proposed"));
  ASSERT_NE(proposal(1), nullptr);
  EXPECT_EQ(proposal(1)->to, ContactClass::none);
  EXPECT_EQ(proposal(1)->reason, ClassReason::stop_moved);
  EXPECT_EQ(proposal(1)->changed, ChangeCause::stop_withdrawn);
  EXPECT_EQ(proposal(1)->stop, stop(1));
  EXPECT_FALSE(proposal(1)->words.hash.empty()) << "the reason of the withdrawal goes with it";
  EXPECT_EQ(proposal(1)->lost.size(), 1U);
  EXPECT_EQ(proposal(1)->from_last_day, day("2022-07-26"));
  EXPECT_FALSE(proposal(1)->to_last_day);
  EXPECT_EQ(row(1).state, ContactState::in_control) << "nothing changes by itself";
  EXPECT_THAT(accept(1), happened("investigation.contact_reclassed investigation.class_proposal_settled"));
  EXPECT_TRUE(row(1).release_due);
}

TEST_F(Retrace, AnotherDayMovesDayZeroAndAnotherPlaceEndsTheExposure) {
  judge(1, ContactClass::close);
  ASSERT_THAT(correct(market("2022-07-16 10:00", "2022-07-16 11:00")),
              happened("investigation.stop_recorded investigation.gap_found investigation.gap_closed"))
      << "shorter, the same day: the class stays";
  auto other = market("2022-07-16 10:00", "2022-07-16 12:00");
  other.place = "West Market";
  correct(other);
  ASSERT_NE(proposal(1), nullptr);
  EXPECT_EQ(proposal(1)->to, ContactClass::none);
  EXPECT_EQ(proposal(1)->changed, ChangeCause::stop_corrected);
  ASSERT_THAT(correct(market("2022-07-16 10:00", "2022-07-16 12:00")),
              happened("investigation.stop_recorded investigation.class_found "
                       "investigation.class_proposal_settled"))
      << "corrected back, nothing is lost";
  EXPECT_EQ(proposal(1)->state, ProposalState::fallen);
  EXPECT_EQ(row(1).found_class, ContactClass::close);
  EXPECT_EQ(row(1).found_day0, day("2022-07-16"));
}

TEST_F(Retrace, ASeatKnownBetterVoidsWhatWasMeasuredFromTheFormer) {
  auto coach = was(2, 1, "2022-07-17 08:00", "2022-07-17 10:00");
  coach.kind = StopKind::coach;
  coach.service = "K12";
  coach.row = 3;
  record(coach);
  bench.rules.set("D.contact.rows_coach", 3);
  auto line = met(2, 12);
  line.kind = ContactKind::other;
  line.exposure_from = at("2022-07-17 08:00");
  line.exposure_until = at("2022-07-17 10:00");
  line.vehicle = StopKind::coach;
  line.setting = Setting::transport;
  line.rows_apart = 9;
  line.stop = stop(2);
  name(1, {line});
  EXPECT_EQ(row(2).found_class, ContactClass::general);
  judge(2, ContactClass::general);
  coach.row = 11;
  correct(coach);
  ASSERT_NE(proposal(2), nullptr) << "a named officer looks";
  EXPECT_EQ(proposal(2)->to, ContactClass::close);
  EXPECT_EQ(proposal(2)->reason, ClassReason::not_measured);
  as_system(
      "propose_exposures",
      ProposeExposures{stop(2),
                       case_id(1),
                       1,
                       {{person(12), at("2022-07-17 08:00"), at("2022-07-17 10:00"), 1, {}, KnownBy::ticket}},
                       true});
  const auto id = exposure_proposal_of(stop(2), person(12), at("2022-07-17 08:00"));
  ASSERT_NE(bench.find<ExposureProposal>(id), nullptr);
  EXPECT_THAT(as_investigator("accept_exposure", AcceptExposure{id, contact(90)}),
              happened("investigation.exposure_withdrawn investigation.exposure_recorded "
                       "investigation.class_found investigation.exposure_proposal_settled "
                       "investigation.stop_reviewed"));
  EXPECT_EQ(row(2).found_reason, ClassReason::near_rows);
}

TEST_F(Retrace, WhoeverIsFoundAtTheCorrectedStopIsProposedAndNamedByAnOfficer) {
  correct(market("2022-07-17 10:00", "2022-07-17 12:00"));
  EXPECT_TRUE(bench.get<StopReview>(stop(1)).to_trace);
  ASSERT_THAT(traced(1, {found(11, "2022-07-17 10:00", "2022-07-17 11:00"),
                         found(12, "2022-07-17 10:30", "2022-07-17 11:30"),
                         found(1, "2022-07-17 10:30", "2022-07-17 11:30")}),
              happened("investigation.exposure_proposed investigation.exposure_proposed "
                       "investigation.stop_retraced"))
      << "the case itself is nobody's contact";
  const auto* known = found_proposal(11, "2022-07-17 10:00");
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->contact, contact(1));
  EXPECT_EQ(known->to_day0, day("2022-07-17"));
  const auto* fresh = found_proposal(12, "2022-07-17 10:30");
  ASSERT_NE(fresh, nullptr);
  EXPECT_FALSE(fresh->contact);
  EXPECT_EQ(fresh->to, ContactClass::venue);
  EXPECT_THAT(traced(1, {found(13, "2022-07-17 10:00", "2022-07-17 11:00")}), happened(""))
      << "answered once";
  EXPECT_THAT(accept_found(12, "2022-07-17 10:30", 1), refused("R-CON-7")) << "contact 1 is somebody else";
  ASSERT_THAT(accept_found(12, "2022-07-17 10:30", 2),
              happened("investigation.contact_named investigation.exposure_recorded "
                       "investigation.exposure_proposal_settled"));
  EXPECT_EQ(row(2).stop, stop(1));
  ASSERT_THAT(decline_found(11, "2022-07-17 10:00"),
              happened("investigation.exposure_proposal_settled investigation.stop_reviewed"));
  EXPECT_THAT(decline_found(11, "2022-07-17 10:00"), refused("R-CON-11"));
  EXPECT_EQ(bench.get<StopReview>(stop(1)).open, 0);
}

TEST_F(Retrace, WhatIsRecordedIsNotProposedAndWhatIsFoundNoMoreFalls) {
  correct(market("2022-07-16 10:00", "2022-07-16 13:00"));
  traced(1, {found(11, "2022-07-16 10:30", "2022-07-16 11:30"),
             found(12, "2022-07-16 12:00", "2022-07-16 12:40")});
  EXPECT_EQ(found_proposal(11, "2022-07-16 10:30"), nullptr) << "it is recorded so";
  ASSERT_NE(found_proposal(12, "2022-07-16 12:00"), nullptr);
  correct(market("2022-07-16 10:00", "2022-07-16 12:00"));
  EXPECT_THAT(traced(1, {}), happened("")) << "an answer of the former words";
  ASSERT_THAT(traced(2, {}), happened("investigation.exposure_proposal_settled investigation.stop_retraced"));
  EXPECT_EQ(found_proposal(12, "2022-07-16 12:00")->state, ProposalState::fallen);
  EXPECT_THAT(accept_found(12, "2022-07-16 12:00", 2), refused("R-CON-11"));
  exclude(1);
  correct(market("2022-07-16 10:00", "2022-07-16 13:00"));
  EXPECT_THAT(traced(3, {found(12, "2022-07-16 12:00", "2022-07-16 12:40")}),
              happened("investigation.stop_retraced"))
      << "of an excluded case nobody is a contact";
}

TEST_F(Retrace, VisitsAskTheStopsTheyTouchAnewOnceAndOnlyOfOpenCases) {
  const auto batch = id<VisitBatchId>(7'001);
  const VisitSeen seen{person(12), "990121 Market", at("2022-07-16 10:30"), at("2022-07-16 11:30")};
  as_officer("record_visits", RecordVisits{batch, {seen}});
  EXPECT_TRUE(bench.get<VisitBatch>(batch).to_trace);
  const auto ask = [&](bool withdrawn, bool last) {
    return as_system("ask_stops_anew", AskStopsAnew{batch, withdrawn, {{stop(1), {}}, {stop(9), {}}}, last});
  };
  EXPECT_THAT(ask(true, true), happened("")) << "it is not withdrawn";
  EXPECT_THAT(ask(false, false), happened("investigation.stop_asked_anew")) << "there is no stop 9";
  EXPECT_TRUE(bench.get<VisitBatch>(batch).to_trace) << "more follow";
  EXPECT_THAT(ask(false, true), happened("investigation.stop_asked_anew investigation.visits_retraced"));
  EXPECT_THAT(ask(false, true), happened("")) << "answered once";
  EXPECT_EQ(bench.get<StopReview>(stop(1)).version, 2);
  traced(2, {found(12, "2022-07-16 10:30", "2022-07-16 11:30")});
  ASSERT_NE(found_proposal(12, "2022-07-16 10:30"), nullptr);
  as_officer("withdraw_visits", WithdrawVisits{batch, words("another door")});
  EXPECT_TRUE(bench.get<VisitBatch>(batch).to_trace);
  exclude(1);
  EXPECT_THAT(ask(true, true), happened("investigation.visits_retraced"))
      << "of an excluded case nobody is a contact";
}

TEST_F(Retrace, WhoeverWasThereByVisitsAloneThatWereWithdrawnIsLookedAtAgain) {
  const auto batch = id<VisitBatchId>(7'001);
  const VisitSeen seen{person(12), "990121 Market", at("2022-07-16 10:30"), at("2022-07-16 11:30")};
  as_officer("record_visits", RecordVisits{batch, {seen}});
  as_system("ask_stops_anew", AskStopsAnew{batch, false, {{stop(1), {}}}, true});
  auto by_register = found(12, "2022-07-16 10:30", "2022-07-16 11:30");
  by_register.known_by = KnownBy::registration;
  traced(1, {by_register});
  accept_found(12, "2022-07-16 10:30", 2);
  judge(2, ContactClass::close);
  as_officer("withdraw_visits", WithdrawVisits{batch, words("another town's")});
  const auto gone = [&](std::vector<WithdrawnPresence> who) {
    return as_system("ask_stops_anew", AskStopsAnew{batch, true, {{stop(1), std::move(who)}}, true});
  };
  gone({{person(12)}, {person(11)}});
  EXPECT_THAT(traced(2, {}), happened("investigation.exposure_withdrawn investigation.class_found "
                                      "investigation.class_proposed investigation.stop_retraced"))
      << "person 11 was asked, not read from a list";
  ASSERT_NE(proposal(2), nullptr);
  EXPECT_EQ(proposal(2)->to, ContactClass::none);
  EXPECT_EQ(proposal(2)->changed, ChangeCause::visits_withdrawn);
  EXPECT_FALSE(proposal(2)->words.hash.empty()) << "with the reason of who withdrew them";
  EXPECT_EQ(row(2).class_, ContactClass::close) << "by an officer alone";
  EXPECT_TRUE(bench.get<StopReview>(stop(1)).withdrawn.empty());
}

TEST_F(Retrace, WhoeverWasThereByOtherVisitsTooStaysAContact) {
  const auto batch = id<VisitBatchId>(7'001);
  const VisitSeen seen{person(12), "990121 Market", at("2022-07-16 10:30"), at("2022-07-16 11:30")};
  as_officer("record_visits", RecordVisits{batch, {seen}});
  as_system("ask_stops_anew", AskStopsAnew{batch, false, {{stop(1), {}}}, true});
  traced(1, {found(12, "2022-07-16 10:30", "2022-07-16 11:30")});
  accept_found(12, "2022-07-16 10:30", 2);
  as_officer("withdraw_visits", WithdrawVisits{batch, words("sent twice")});
  as_system("ask_stops_anew", AskStopsAnew{batch, true, {{stop(1), {{person(12), KnownBy::scan}}}}, true});
  EXPECT_THAT(traced(2, {found(12, "2022-07-16 10:40", "2022-07-16 11:30")}),
              happened("investigation.stop_retraced"));
}

TEST_F(Retrace, OfMoreThanAreProposedAtOnceTheRestIsAskedForWhenTheFirstAreDecidedOn) {
  correct(market("2022-07-16 10:00", "2022-07-16 13:00"));
  as_system(
      "propose_exposures",
      ProposeExposures{stop(1), case_id(1), 1, {found(12, "2022-07-16 12:00", "2022-07-16 12:40")}, false});
  EXPECT_FALSE(bench.get<StopReview>(stop(1)).whole);
  decline_found(12, "2022-07-16 12:00");
  EXPECT_TRUE(bench.get<StopReview>(stop(1)).to_trace);
  EXPECT_EQ(bench.get<StopReview>(stop(1)).version, 2);
  traced(2, {});
  EXPECT_FALSE(bench.get<StopReview>(stop(1)).to_trace);
}

TEST_F(Retrace, AFoundExposureOfAJudgedContactProposesTheClassWithItsDates) {
  judge(1, ContactClass::close);
  EXPECT_EQ(row(1).last_exposure_day, day("2022-07-16"));
  auto later = was(2, 1, "2022-07-15 10:00", "2022-07-15 12:00");
  record(later);
  later.from = at("2022-07-17 10:00");
  later.until = at("2022-07-17 12:00");
  later.kind = StopKind::taxi;
  later.service = "T-1";
  correct(later);
  as_system(
      "propose_exposures",
      ProposeExposures{stop(2), case_id(1), 1, {found(11, "2022-07-17 10:00", "2022-07-17 10:30")}, true});
  const auto id = exposure_proposal_of(stop(2), person(11), at("2022-07-17 10:00"));
  const auto* row_ = bench.find<ExposureProposal>(id);
  ASSERT_NE(row_, nullptr);
  EXPECT_EQ(row_->from_last_day, day("2022-07-26"));
  EXPECT_EQ(row_->to_last_day, day("2022-07-27"));
  as_investigator("accept_exposure", AcceptExposure{id, contact(90)});
  ASSERT_NE(proposal(1), nullptr);
  EXPECT_EQ(proposal(1)->to_day0, day("2022-07-17"));
  EXPECT_EQ(proposal(1)->to_last_day, day("2022-07-27"));
  EXPECT_EQ(proposal(1)->gained.size(), 1U);
  ASSERT_THAT(accept(1), happened("investigation.contact_reclassed investigation.class_proposal_settled"));
  EXPECT_EQ(row(1).last_exposure_day, day("2022-07-17"));
}

/// Whatever is corrected, withdrawn and corrected back: what the facts make of a contact depends on the stops as they are,
/// and not on the way there.
RC_GTEST_PROP(RetraceLaws, TheClassDependsOnTheStopsAndNotOnTheirHistory, ()) {
  County c;
  c.open(1, day("2022-07-17"));
  const auto at_hour = [](int hour) { return at("2022-07-16 00:00") + std::chrono::hours(hour); };
  const auto market = [&](std::uint64_t n, int from, int hours, bool other) {
    auto out = County::was(n, 1, "2022-07-16 10:00", "2022-07-16 12:00");
    out.from = at_hour(from);
    out.until = at_hour(from + hours);
    if (other) out.place = "West Market";
    return out;
  };
  constexpr std::uint64_t stops = 3;
  std::map<std::uint64_t, RecordStop> told;
  for (std::uint64_t n = 1; n <= stops; ++n) {
    told[n] = market(n, *rc::gen::inRange(0, 20), *rc::gen::inRange(1, 5), false);
    c.record(told[n]);
    NewContact line = County::met(n, 10 + n);
    line.kind = ContactKind::other;
    line.setting = Setting::shop;
    line.distance_m = *rc::gen::element(0.5, 3.0);
    line.stop = stop(n);
    line.exposure_from = told[n].from;
    line.exposure_until = told[n].until;
    c.name(1, {line});
    if (*rc::gen::arbitrary<bool>()) c.judge(n, ContactClass::close);
  }
  const auto finding = [&](std::uint64_t n) {
    const Contact& row = c.row(n);
    return std::tuple(row.found_class, row.found_day0, row.found_reason);
  };
  std::map<std::uint64_t, decltype(finding(1))> before;
  for (std::uint64_t n = 1; n <= stops; ++n) before[n] = finding(n);
  for (int steps = *rc::gen::inRange(1, 8); steps > 0; --steps) {
    const auto n = *rc::gen::inRange<std::uint64_t>(1, stops + 1);
    c.correct(market(n, *rc::gen::inRange(0, 20), *rc::gen::inRange(1, 5), *rc::gen::inRange(0, 3) == 0));
    for (std::uint64_t other = 1; other <= stops; ++other)
      if (c.row(other).class_) RC_ASSERT(c.row(other).class_ == ContactClass::close);  // by an officer alone
  }
  for (std::uint64_t n = 1; n <= stops; ++n) c.correct(told[n]);
  for (std::uint64_t n = 1; n <= stops; ++n) RC_ASSERT(finding(n) == before[n]);
  for (std::uint64_t n = 1; n <= stops; ++n)
    if (const auto* proposal = c.proposal(n);
        proposal != nullptr && std::get<0>(before[n]) == ContactClass::close)
      RC_ASSERT(proposal->state == ProposalState::fallen);
}

/// A case that comes, with all its contacts, and is excluded again leaves what the facts make of everybody else as it was.
RC_GTEST_PROP(RetraceLaws, AnExcludedCaseUndoesExactlyItsConsequences, ()) {
  County c;
  c.open(1, day("2022-07-17"));
  const auto line = [](std::uint64_t n, std::uint64_t who) {
    NewContact out = County::met(n, who);
    const int from = *rc::gen::inRange(0, 40);
    out.kind = ContactKind::colleague;
    out.setting = Setting::workplace;
    out.distance_m = *rc::gen::element(0.5, 3.0);
    out.exposure_from = at("2022-07-15 12:00") + std::chrono::hours(from);
    out.exposure_until = *out.exposure_from + std::chrono::hours(*rc::gen::inRange(1, 8));
    return out;
  };
  constexpr std::uint64_t people = 4;
  for (std::uint64_t n = 1; n <= people; ++n) c.name(1, {line(n, 10 + n)});
  for (std::uint64_t n = 1; n <= people; ++n)
    if (*rc::gen::arbitrary<bool>()) c.judge(n, ContactClass::close);
  std::vector<Contact> before;
  for (std::uint64_t n = 1; n <= people; ++n) before.push_back(c.row(n));
  c.open(2, day("2022-07-17"));
  for (std::uint64_t n = 1; n <= people; ++n)
    if (*rc::gen::arbitrary<bool>()) c.name(2, {line(20 + n, 10 + n)});
  c.exclude(2);
  for (std::uint64_t n = 1; n <= people; ++n) {
    const Contact& was = before[n - 1];
    const Contact& now = c.row(n);
    RC_ASSERT(now.found_class == was.found_class);
    RC_ASSERT(now.found_day0 == was.found_day0);
    RC_ASSERT(now.class_ == was.class_);
    RC_ASSERT(now.last_exposure_day == was.last_exposure_day);
  }
}

}  // namespace
}  // namespace fx::investigation::testing
