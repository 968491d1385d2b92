// Without these, who is released when could depend on the order in which facts became known.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/investigation/classing/contact_class.hpp"
#include "desks/investigation/onward/commands.hpp"
#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

const Instant zero = at("2022-07-15 00:00");
Instant hour(int n) { return zero + std::chrono::hours(n); }

ClassRules rules() {
  return {.is_judged = true,
          .distance_m = 1.0,
          .rows_plane = 3,
          .rows_coach = 3,
          .carriage = true,
          .onward = ClassRules::Onward::all};
}
Sources one_case() {
  Sources sources;
  sources.cases[case_id(1)] = {case_id(1), {hour(0), hour(72)}};
  return sources;
}
Exposure met(int from, int until) {
  return {.id = exposure(1),
          .contact = contact(1),
          .case_id = case_id(1),
          .via = {},
          .via_person = {},
          .from = hour(from),
          .until = hour(until)};
}
ClassFinding judged(const Exposure& e) { return class_of({{e}}, contact(1), one_case(), rules()); }

TEST(ContactClass, ByDistanceAndProtection) {
  Exposure e = met(10, 12);
  e.setting = Setting::workplace;
  e.distance_m = 1.0;
  EXPECT_EQ(judged(e).class_, ContactClass::close);  // exactly the distance counts
  EXPECT_EQ(judged(e).day0, day("2022-07-15"));
  EXPECT_FALSE(judged(e).assessed);
  e.distance_m = 1.5;
  EXPECT_EQ(judged(e).class_, ContactClass::general);
  EXPECT_TRUE(judged(e).assessed);  // beyond the distance a named officer looks
  e.setting = Setting::shop;
  EXPECT_EQ(judged(e).class_, ContactClass::venue);
  e.distance_m = 0.5;
  e.is_protected = true;
  EXPECT_EQ(judged(e).reason, ClassReason::protected_throughout);
  EXPECT_EQ(judged(e).class_, ContactClass::general);
}

TEST(ContactClass, ByRowsAndCarriage) {
  Exposure e = met(10, 12);
  e.kind = StopKind::plane;
  e.rows_apart = 3;
  EXPECT_EQ(judged(e).class_, ContactClass::close);
  e.rows_apart = 4;
  EXPECT_EQ(judged(e).class_, ContactClass::general);
  e.rows_apart.reset();
  EXPECT_TRUE(judged(e).assessed);
  e.kind = StopKind::train;
  e.same_carriage = true;
  EXPECT_EQ(judged(e).reason, ClassReason::same_carriage);
  e.same_carriage = false;
  EXPECT_EQ(judged(e).class_, ContactClass::general);
  e.kind = StopKind::taxi;
  EXPECT_EQ(judged(e).class_, ContactClass::close);
}

TEST(ContactClass, OnlyInTheWindow) {
  EXPECT_EQ(judged(met(-5, 0)).reason, ClassReason::outside_window);
  EXPECT_EQ(judged(met(72, 80)).class_, ContactClass::none);
  EXPECT_EQ(judged(met(-5, 100)).day0, day("2022-07-17"));  // ends with the window, at 24:00 of 07-17
  Exposure withdrawn = met(1, 2);
  withdrawn.withdrawn = true;
  EXPECT_EQ(judged(withdrawn).reason, ClassReason::no_exposure);
  EXPECT_EQ(class_of({{met(1, 2)}}, contact(1), one_case(),
                     {.is_judged = false, .distance_m = {}, .rows_plane = {}, .rows_coach = {}})
                .class_,
            ContactClass::none);
}

TEST(ContactClass, OfContactsAsTheEditionSays) {
  Exposure e = met(10, 12);
  e.via = contact(7);
  e.via_person = person(7);
  Sources sources = one_case();
  ClassRules edition = rules();
  EXPECT_EQ(class_of({{e}}, contact(1), sources, edition).class_,
            ContactClass::general);  // met no close contact
  sources.close_contacts[contact(7)] = false;
  EXPECT_EQ(class_of({{e}}, contact(1), sources, edition).class_, ContactClass::coc);
  edition.onward = ClassRules::Onward::high_risk;
  EXPECT_EQ(class_of({{e}}, contact(1), sources, edition).class_, ContactClass::general);
  sources.close_contacts[contact(7)] = true;
  EXPECT_EQ(class_of({{e}}, contact(1), sources, edition).class_, ContactClass::coc);
  sources.became[person(7)] = {case_id(7), {hour(0), hour(80)}};
  EXPECT_EQ(class_of({{e}}, contact(1), sources, edition).reason, ClassReason::contact_became_case);
}

Exposure any_exposure(std::uint64_t n) {
  const int from = *rc::gen::inRange(-20, 90);
  Exposure e = met(from, from + *rc::gen::inRange(0, 30));
  e.id = exposure(n);
  e.contact = contact(*rc::gen::inRange(1, 3));
  e.case_id = case_id(*rc::gen::inRange(1, 4));
  e.setting = *rc::gen::element(Setting::home, Setting::workplace, Setting::shop, Setting::outdoors);
  e.kind = *rc::gen::element(StopKind::stay, StopKind::plane, StopKind::train, StopKind::car);
  if (*rc::gen::arbitrary<bool>()) e.distance_m = *rc::gen::element(0.5, 1.0, 3.0);
  if (*rc::gen::arbitrary<bool>()) e.rows_apart = *rc::gen::inRange(0, 8);
  e.is_protected = *rc::gen::inRange(0, 4) == 0;
  if (*rc::gen::inRange(0, 3) == 0) {
    e.via = contact(7);
    e.via_person = person(7);
  }
  return e;
}
Sources any_sources() {
  Sources sources;
  for (std::uint64_t n = 1; n <= 3; ++n) {
    const int from = *rc::gen::inRange(-10, 40);
    if (*rc::gen::inRange(0, 5) > 0) sources.cases[case_id(n)] = {case_id(n), {hour(from), hour(from + 48)}};
  }
  sources.close_contacts[contact(7)] = *rc::gen::arbitrary<bool>();
  return sources;
}
int strictness(ContactClass c) {
  using enum ContactClass;
  return c == none ? 0 : c == general ? 1 : c == venue ? 2 : c == coc ? 3 : 4;
}

RC_GTEST_PROP(ContactClassLaws, OrderOfFactsDoesNotMatter, ()) {
  std::vector<Exposure> facts;
  for (int n = *rc::gen::inRange(1, 9); n > 0; --n) facts.push_back(any_exposure(n));
  const Sources sources = any_sources();
  auto turned = facts;
  std::ranges::rotate(turned, turned.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, facts.size()));
  if (*rc::gen::arbitrary<bool>()) std::ranges::reverse(turned);
  RC_ASSERT(class_of(facts, contact(1), sources, rules()) == class_of(turned, contact(1), sources, rules()));
}

RC_GTEST_PROP(ContactClassLaws, AFurtherExposureNeverBringsReleaseForward, ()) {
  std::vector<Exposure> facts;
  for (int n = *rc::gen::inRange(0, 8); n > 0; --n) facts.push_back(any_exposure(n));
  const Sources sources = any_sources();
  const auto before = class_of(facts, contact(1), sources, rules());
  facts.push_back(any_exposure(20));
  const auto after = class_of(facts, contact(1), sources, rules());
  RC_ASSERT(strictness(after.class_) >= strictness(before.class_));
  if (asks_control(before.class_)) RC_ASSERT(*after.day0 >= *before.day0);
}

RC_GTEST_PROP(ContactClassLaws, WithdrawingUndoesExactlyItsConsequences, ()) {
  std::vector<Exposure> facts;
  for (int n = *rc::gen::inRange(0, 8); n > 0; --n) facts.push_back(any_exposure(n));
  Sources sources = any_sources();
  sources.cases.erase(case_id(3));
  const auto before = class_of(facts, contact(1), sources, rules());
  // an exposure comes and goes
  Exposure further = any_exposure(20);
  auto with = facts;
  with.push_back(further);
  with.back().withdrawn = true;
  RC_ASSERT(class_of(with, contact(1), sources, rules()).class_ == before.class_);
  RC_ASSERT(class_of(with, contact(1), sources, rules()).day0 == before.day0);
  // a case comes and goes: those who only met it are what they were
  std::vector<Exposure> without;
  for (const Exposure& e : facts)
    if (e.case_id != case_id(3) && (!e.via_person || *e.via_person != person(7))) without.push_back(e);
  std::vector<Exposure> all = facts;
  std::erase_if(all, [](const Exposure& e) { return e.via_person.has_value(); });
  const auto plain = class_of(without, contact(1), sources, rules());
  const auto excluded = class_of(all, contact(1), sources, rules());
  RC_ASSERT(plain.class_ == excluded.class_);
  RC_ASSERT(plain.day0 == excluded.day0);
}

// ---- at the desk ---------------------------------------------------------------------------------------------------

TEST(Proposals, ALaterExposureRestartsDayZeroByAnOfficer) {
  County c;
  c.open(1, day("2022-07-17"));
  c.name(1, {County::met(1, 11)});
  EXPECT_EQ(c.row(1).found_class, ContactClass::close);
  EXPECT_EQ(c.row(1).found_reason, ClassReason::same_home);
  c.judge(1, ContactClass::close);
  EXPECT_EQ(c.row(1).last_exposure_day, day("2022-07-17"));
  c.control(1);
  c.open(2, day("2022-07-17"));
  c.name(2, {County::met(2, 11)});  // the same person met another case
  EXPECT_THAT(c.expose(1, 2, "2022-07-15 10:00", "2022-07-15 11:00", 0.5),
              happened("investigation.exposure_recorded"));
  c.bench.now("2022-07-18 12:00");
  c.open(3, day("2022-07-18"));
  auto later = County::met(3, 11);
  later.exposure_from = at("2022-07-18 08:00");
  later.exposure_until = at("2022-07-18 09:00");
  ASSERT_THAT(
      c.name(3, {later}),
      happened("investigation.contact_named investigation.exposure_recorded investigation.class_found "
               "investigation.class_proposed investigation.class_found"));
  ASSERT_NE(c.proposal(1), nullptr);
  EXPECT_EQ(c.proposal(1)->to_day0, day("2022-07-18"));
  EXPECT_EQ(c.row(1).last_exposure_day, day("2022-07-17"));  // nothing changes by itself
  ASSERT_THAT(c.accept(1), happened("investigation.contact_reclassed investigation.class_proposal_settled"));
  EXPECT_EQ(c.row(1).last_exposure_day, day("2022-07-18"));
  EXPECT_EQ(c.row(1).state, ContactState::in_control);
  EXPECT_TRUE(c.bench.was_subject(person(11).raw));
  EXPECT_THAT(c.accept(1), refused("R-CON-11"));
}

TEST(Proposals, FallWhenTheExposureIsWithdrawn) {
  County c;
  c.open(1, day("2022-07-17"));
  auto far = County::met(1, 11);
  far.kind = ContactKind::colleague;
  far.setting = Setting::workplace;
  far.distance_m = 4;
  c.name(1, {far});
  c.judge(1, ContactClass::general);
  ASSERT_THAT(
      c.expose(1, 1, "2022-07-17 09:00", "2022-07-17 10:00", 0.5),
      happened("investigation.exposure_recorded investigation.class_found investigation.class_proposed"));
  EXPECT_EQ(c.proposal(1)->from, ContactClass::general);
  EXPECT_EQ(c.proposal(1)->to, ContactClass::close);
  ASSERT_THAT(
      c.withdraw(1, 1),
      happened(
          "investigation.exposure_withdrawn investigation.class_found investigation.class_proposal_settled"));
  EXPECT_EQ(c.proposal(1)->state, ProposalState::fallen);
  EXPECT_EQ(c.row(1).class_, ContactClass::general);
  EXPECT_THAT(c.withdraw(1, 1), refused("R-STATE"));
  EXPECT_THAT(c.withdraw(2, 1), refused("F-REF"));
}

TEST(Proposals, AContactOfAContactThatTurnsPositive) {
  County c;
  c.open(1, day("2022-07-17"));
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::close);
  auto onward = County::met(2, 12);
  onward.via = contact(1);
  c.name(1, {onward});
  EXPECT_EQ(c.row(2).found_class, ContactClass::coc);
  c.judge(2, ContactClass::coc);
  c.open(11, day("2022-07-17"));  // person 11 is positive
  EXPECT_EQ(c.row(1).state, ContactState::upgraded_to_case);
  ASSERT_NE(c.proposal(2), nullptr);
  EXPECT_EQ(c.proposal(2)->to, ContactClass::close);
  EXPECT_EQ(c.proposal(2)->reason, ClassReason::contact_became_case);
  c.exclude(11);
  c.as_system("review_onward", ReviewOnward{person(11)});  // the arrow of the exclusion
  EXPECT_EQ(c.proposal(2)->state, ProposalState::fallen);
}

TEST(Proposals, OfAnExcludedCaseEndNobodysControlByTheWay) {
  County c;
  c.open(1, day("2022-07-17"));
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::close);
  c.control(1);
  c.exclude(1);
  EXPECT_EQ(c.row(1).state, ContactState::in_control);
  ASSERT_NE(c.proposal(1), nullptr);
  EXPECT_EQ(c.proposal(1)->to, ContactClass::none);
  c.accept(1);
  EXPECT_TRUE(c.row(1).release_due);
  EXPECT_THAT(c.as_officer("complete_contact", CompleteContact{contact(1), true, words("case excluded")}),
              refused("R-CON-5"))
      << "the stay goes on";
  c.order(1, 101, std::nullopt);
  EXPECT_THAT(c.as_officer("complete_contact", CompleteContact{contact(1), true, words("case excluded")}),
              happened("investigation.contact_completed"));
}

TEST(Proposals, FollowTheWindowAndTheEdition) {
  County c;
  c.open(1, day("2022-07-17"));
  auto early = County::met(1, 11);
  early.exposure_from = at("2022-07-14 08:00");
  early.exposure_until = at("2022-07-14 20:00");
  c.name(1, {early});
  EXPECT_EQ(c.row(1).found_reason, ClassReason::outside_window);
  c.judge(1, ContactClass::none);
  c.core(1, day("2022-07-16"));  // the window opens on 07-14
  ASSERT_NE(c.proposal(1), nullptr);
  EXPECT_EQ(c.proposal(1)->to, ContactClass::close);
  c.accept(1);
  c.bench.rules.set("D.coc.judge", "all");
  EXPECT_THAT(c.as_officer("review_contacts", ReviewContacts{case_id(1)}), happened(""));
  EXPECT_THAT(c.as_officer("decline_class", DeclineClass{contact(1), words("no")}), refused("R-CON-11"));
}

TEST(Search, UntracedNeedsThePolice) {
  County c;
  const AccountId police = c.bench.holder(c.bench.unit(UnitKind::police), Role::POL);
  c.open(1);
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::close);
  c.notify(1);
  const DeclareUntraced lost{contact(1), words("the number does not exist")};
  EXPECT_THAT(c.as_investigator("declare_untraced", lost), refused("R-CON-6"));
  const OpenPoliceRequest ask{contact(1), words("last seen at the market")};
  ASSERT_THAT(c.as_investigator("open_police_request", ask), happened("investigation.police_request_opened"));
  EXPECT_THAT(c.as_investigator("open_police_request", ask), refused("R-CON-12"));
  ASSERT_THAT(c.as_investigator("declare_untraced", lost), happened("investigation.contact_untraced"));
  c.bench.as(police, c.cdc, {Role::POL});
  EXPECT_THAT(
      c.bench.ask("answer_police_request", AnswerPoliceRequest{contact(1), false, words("not at home")}),
      happened("investigation.police_request_answered"));
  EXPECT_EQ(c.row(1).state, ContactState::untraced);
  EXPECT_THAT(
      c.bench.ask("answer_police_request", AnswerPoliceRequest{contact(1), true, words("at the station")}),
      happened("investigation.police_request_answered investigation.contact_located"));
  EXPECT_EQ(c.row(1).police_request, PoliceRequest::closed);
  EXPECT_THAT(c.control(1), happened("investigation.contact_in_control"));
}

/// Contact 1, judged close of one exposure, whom the police look for.
void seek(County& c) {
  c.bench.rules.set("F.close_contact", R"({"days":7,"then":{"days":3}})");
  c.open(1, day("2022-07-17"));
  NewContact far = County::met(1, 11);
  far.kind = ContactKind::other;
  far.exposure_from.reset();
  far.exposure_until.reset();
  c.name(1, {far});
  c.expose(1, 1, "2022-07-16 10:00", "2022-07-16 11:00", 0.5);
  c.judge(1, ContactClass::close);
  ASSERT_THAT(c.as_investigator("open_police_request", OpenPoliceRequest{contact(1), words("not at home")}),
              happened("investigation.police_request_opened"));
}

TEST(Search, EndsWhenTheContactIsJudgedToBeNone) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  c.as_investigator("open_police_request", OpenPoliceRequest{contact(1), words("not at home")});
  c.judge(1, ContactClass::none);
  EXPECT_EQ(c.row(1).police_request, PoliceRequest::closed);
  EXPECT_THAT(c.as_investigator("open_police_request", OpenPoliceRequest{contact(1), words("once more")}),
              refused("R-STATE"))
      << "nor is anybody sought anew who is no contact";
}

TEST(Search, EndsWhenTheClassAsksForNoneAnyMore) {
  County c;
  seek(c);
  c.as_investigator("declare_untraced", DeclareUntraced{contact(1), words("nobody knows")});
  c.withdraw(1, 1);
  ASSERT_THAT(c.accept(1), happened("investigation.contact_reclassed investigation.class_proposal_settled"));
  EXPECT_EQ(c.row(1).police_request, PoliceRequest::closed);
  EXPECT_EQ(c.row(1).state, ContactState::judged) << "untraced would say that somebody looks";
}

TEST(Search, EndsWithTheCaseTheContactBecomesOrWasOf) {
  County excluded;
  seek(excluded);
  excluded.exclude(1);
  EXPECT_EQ(excluded.row(1).police_request, PoliceRequest::closed);
  County positive;
  seek(positive);
  positive.open(11);
  EXPECT_EQ(positive.row(1).police_request, PoliceRequest::closed);
}

TEST(Search, EndsWithTheMeasureAndWithTheDecision) {
  County completed;
  seek(completed);
  completed.control(1);
  completed.as_system("note_completed", NoteCompleted{contact(1)});
  EXPECT_EQ(completed.row(1).police_request, PoliceRequest::closed);
  County late;
  late.bench.rules.set("F.close_contact", R"({"days":7,"then":{"days":3}})");
  late.open(1, day("2022-07-17"));
  late.bench.now("2022-07-28 09:00");
  late.name(1, {County::met(1, 11)});
  late.judge(1, ContactClass::close);
  late.as_investigator("open_police_request", OpenPoliceRequest{contact(1), words("not at home")});
  ASSERT_EQ(late.row(1).police_request, PoliceRequest::open);
  late.as_officer("decide_late_contact", DecideLateContact{contact(1), words("one negative test")});
  EXPECT_EQ(late.row(1).police_request, PoliceRequest::closed);
}

TEST(Reclassed, SaysWhetherAnyJudgementStillMakesACloseContact) {
  County c;
  c.open(1, day("2022-07-17"));
  c.open(2, day("2022-07-17"));
  const auto met_far = [](std::uint64_t n) {
    NewContact out = County::met(n, 11);
    out.kind = ContactKind::other;
    out.exposure_from.reset();
    out.exposure_until.reset();
    return out;
  };
  c.name(1, {met_far(1)});
  c.name(2, {met_far(2)});
  for (const std::uint64_t n : {1, 2}) {
    c.expose(n, n, "2022-07-16 10:00", "2022-07-16 11:00", 0.5);
    c.judge(n, ContactClass::close);
  }
  c.withdraw(1, 1);
  ASSERT_NE(c.proposal(1), nullptr);
  EXPECT_FALSE(c.accept(1).get<ContactReclassed>().not_close) << "of the other case, still";
  c.withdraw(2, 2);
  EXPECT_EQ(c.accept(2).get<ContactReclassed>().not_close, person(11));
  EXPECT_TRUE(c.bench.was_subject(person(11).raw));
}

TEST(LateContact, IsDecidedOnAndNotHeldBack) {
  County c;
  c.bench.rules.set("F.close_contact", R"({"days":7,"then":{"days":3}})");
  c.open(1, day("2022-07-17"));
  c.bench.now("2022-07-28 09:00");
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::close);  // 07-17 + 10 days: over at 24:00 of 07-27
  EXPECT_FALSE(c.row(1).owed);
  const DecideLateContact end{contact(1), words("one negative test, released")};
  ASSERT_THAT(c.as_officer("decide_late_contact", end), happened("investigation.late_contact_decided"));
  EXPECT_EQ(c.row(1).state, ContactState::completed);
  EXPECT_THAT(c.as_officer("decide_late_contact", end), refused("R-CON-13"));
}

TEST(CompleteContact, NeedsPeriodAndTests) {
  County c;
  c.bench.rules.set("F.close_contact", R"({"days":7,"then":{"days":3}})");
  c.open(1, day("2022-07-17"));
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::close);
  c.control(1);
  EXPECT_THAT(c.as_officer("complete_contact", CompleteContact{contact(1), false, words("?")}),
              refused("R-CON-5 R-CON-5"));
  c.bench.now("2022-07-28 00:00");
  EXPECT_THAT(c.as_officer("complete_contact", CompleteContact{contact(1), true, words("all negative")}),
              refused("R-CON-5"))
      << "a stay that goes on ends by itself, and its tests are looked at";
  c.order(1, 101, std::nullopt);
  EXPECT_THAT(c.as_officer("complete_contact", CompleteContact{contact(1), true, words("all negative")}),
              happened("investigation.contact_completed"));
}

}  // namespace
}  // namespace fx::investigation::testing
