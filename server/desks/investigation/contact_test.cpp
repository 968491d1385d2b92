// Without these, somebody who met a case could be named twice, judged by nobody, or forgotten between two steps.
#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

TEST(NameContacts, NamesEachOnceAndKnowsTheExposure) {
  County c;
  c.open(1);
  ASSERT_THAT(c.name(1, {County::met(1, 11), County::met(2, 12)}),
              happened("investigation.contact_named investigation.exposure_recorded "
                       "investigation.contact_named investigation.exposure_recorded"));
  EXPECT_TRUE(c.bench.was_subject(contact(1).raw));
  EXPECT_TRUE(c.bench.was_subject(contact(2).raw));
  EXPECT_EQ(c.row(1).state, ContactState::named);
  EXPECT_EQ(c.row(1).cdc, c.cdc);
  EXPECT_THAT(c.name(1, {County::met(1, 13)}), refused("R-CON-7"));  // the id is another's
  EXPECT_THAT(c.name(1, {County::met(5, 11)}), refused("R-CON-7"));  // the person is named already
  EXPECT_THAT(c.name(1, {County::met(6, 14), County::met(7, 14)}), refused("R-CON-7"));  // twice in one list
  EXPECT_THAT(c.name(1, {County::met(9, 15), County::met(9, 16)}),
              refused("R-CON-7"));                                  // one id for two people
  EXPECT_THAT(c.name(1, {County::met(8, 1)}), refused("R-CON-8"));  // the case itself
  EXPECT_THAT(c.name(9, {}), refused("F-REF"));
}

TEST(NameContacts, RefusesAnExposureThatCannotBe) {
  County c;
  c.open(1);
  auto odd = County::met(1, 11);
  odd.exposure_from = at("2022-07-18 09:00");
  const auto answer = c.name(1, {odd});
  EXPECT_THAT(answer, refused("F-SHAPE F-FUTURE"));
  EXPECT_EQ(answer.refusals.list()[0].path, "/contacts/0/exposure_until");
}

TEST(NameContacts, BySystemLeavesOutOnlyThoseItKnows) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  EXPECT_THAT(
      c.name_by_system(1, {County::met(2, 11), County::met(3, 1), County::met(4, 12), County::met(5, 12)}),
      happened("investigation.contact_named investigation.exposure_recorded"));
  EXPECT_EQ(c.row(4).person, person(12));
}

TEST(NameContacts, BringsTheOnsetTheClinicKnew) {
  County c;
  c.open(1);
  const NameContacts by_clinic{case_id(1), day("2022-07-16"), {County::met(1, 11)}};
  EXPECT_THAT(
      c.as_system("name_contacts", by_clinic),
      happened("investigation.onset_known investigation.contact_named investigation.exposure_recorded"));
  EXPECT_EQ(c.file(1).window_from, at("2022-07-14 00:00"));
  c.core(1, day("2022-07-15"));
  const NameContacts later{case_id(1), day("2022-07-16"), {County::met(2, 12)}};
  EXPECT_THAT(
      c.as_system("name_contacts", later),
      happened(
          "investigation.contact_named investigation.exposure_recorded"));  // the investigator knows better
  EXPECT_EQ(c.file(1).onset_day, day("2022-07-15"));
}

TEST(NameContacts, NamesTheReleasedAgainUnderTheirOldName) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::close);
  c.exclude(1);
  EXPECT_THAT(c.name(1, {County::met(2, 12)}), refused("R-STATE"));
  c.open(1);
  ASSERT_THAT(c.name(1, {County::met(2, 11)}),
              happened("investigation.contact_named investigation.exposure_recorded"));
  EXPECT_EQ(c.row(1).state, ContactState::named);
  EXPECT_EQ(c.row(1).class_, std::nullopt);
  EXPECT_EQ(c.bench.find<Contact>(contact(2)), nullptr);
}

TEST(JudgeContact, NamesTheJudgeDayZeroAndThePersonToBeSampled) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  const auto answer = c.judge(1, ContactClass::close);
  ASSERT_THAT(answer, happened("investigation.contact_judged"));
  EXPECT_EQ(answer.get<ContactJudged>().judge, c.investigator);
  EXPECT_EQ(answer.get<ContactJudged>().last_exposure_day, day("2022-07-17"));
  EXPECT_TRUE(c.bench.was_subject(contact(1).raw));
  EXPECT_TRUE(c.bench.was_subject(person(11).raw));  // a first sample is owed about the person
  EXPECT_THAT(c.judge(1, ContactClass::general), refused("R-STATE"));
  EXPECT_THAT(
      c.as_investigator("judge_contact", JudgeContact{contact(1), ContactClass::close, {}, words("")}),
      refused("R-STATE F-SHAPE"));
  EXPECT_THAT(c.judge(9, ContactClass::close), refused("F-REF"));
}

TEST(JudgeContact, KnowsOnlyTheClassesOfTheProfile) {
  County c;
  c.bench.rules.forbid("F.contact_of_contact");
  c.open(1);
  c.name(1, {County::met(1, 11)});
  EXPECT_THAT(c.judge(1, ContactClass::coc), refused("R-CON-2"));
  EXPECT_THAT(c.judge(1, ContactClass::venue), refused("R-CON-2"));  // no rule at all
  EXPECT_THAT(c.judge(1, ContactClass::none), happened("investigation.contact_judged"));
}

TEST(JudgeContact, MakesAContactOfAContactCloseButNothingElseOfIt) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::coc);
  EXPECT_THAT(c.judge(1, ContactClass::none), refused("R-STATE"));
  EXPECT_THAT(c.judge(1, ContactClass::close), happened("investigation.contact_judged"));
}

TEST(ContactSteps, LeadFromNamedIntoControl) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  EXPECT_THAT(c.notify(1), refused("R-STATE"));
  EXPECT_THAT(c.verify(1), happened("investigation.contact_verified"));
  EXPECT_THAT(c.verify(1), refused("R-STATE"));
  c.judge(1, ContactClass::close);
  EXPECT_THAT(c.notify(1), happened("investigation.contact_notified"));
  EXPECT_THAT(c.as_investigator("locate_contact", LocateContact{contact(1), words("")}), refused("F-SHAPE"));
  EXPECT_THAT(c.locate(1), happened("investigation.contact_located"));
  EXPECT_THAT(c.take(1), refused("R-CON-3")) << "no order stands for this contact";
  EXPECT_THAT(c.as_investigator("take_into_control", TakeIntoControl{contact(1), words("")}),
              refused("R-CON-3 R-CON-3"));
  EXPECT_THAT(c.control(1), happened("investigation.contact_in_control"));
  EXPECT_TRUE(c.bench.was_subject(contact(1).raw));
  EXPECT_THAT(c.control(1), refused("R-STATE"));
}

TEST(ContactSteps, ControlNobodyWithoutAClassThatAsksForIt) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  EXPECT_THAT(c.control(1), refused("R-STATE R-CON-9"));
  c.judge(1, ContactClass::general);
  EXPECT_THAT(c.control(1), refused("R-CON-9"));
}

TEST(ContactSteps, AreTakenWhereTheyBelong) {
  County c;
  c.open(1);
  c.name(1, {County::met(1, 11)});
  c.judge(1, ContactClass::close);
  EXPECT_EQ(c.bench.place(), c.cdc);
  c.order(1, 11);
  const AccountId manager = c.bench.holder(c.site, Role::QM);
  EXPECT_THAT(c.bench.as(manager, c.site, {Role::QM})
                  .ask("take_into_control", TakeIntoControl{contact(1), words("room 3")}),
              happened("investigation.contact_in_control"));
  EXPECT_EQ(c.bench.place(), c.site);
}

TEST(ContactUpgraded, WhenTheContactIsPositive) {
  County c;
  c.open(1);
  c.open(2);
  c.name(1, {County::met(1, 11), County::met(2, 12)});
  c.name(2, {County::met(3, 11)});
  c.judge(1, ContactClass::close);
  c.judge(2, ContactClass::none);
  c.control(1);
  const auto answer = c.open(11);
  EXPECT_THAT(
      answer,
      happened("investigation.case_opened investigation.contact_upgraded investigation.contact_upgraded"));
  EXPECT_TRUE(c.bench.was_subject(contact(1).raw));
  EXPECT_TRUE(c.bench.was_subject(person(11).raw)) << "a first sample may be owed of the person";
  EXPECT_EQ(answer.get<ContactUpgraded>().person, person(11));
  EXPECT_EQ(c.row(1).state, ContactState::upgraded_to_case);
  EXPECT_EQ(c.row(3).state, ContactState::upgraded_to_case);  // of the other case, not even judged
  c.open(12);
  EXPECT_EQ(c.row(2).state, ContactState::judged);  // judged to be no contact
}

}  // namespace
}  // namespace fx::investigation::testing
