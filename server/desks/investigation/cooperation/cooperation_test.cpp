// Without these, a contact could lie between two counties with nobody responsible, or be read by a county that never
// took the matter up.
#include <gtest/gtest.h>

#include "desks/investigation/cooperation/commands.hpp"
#include "desks/investigation/cooperation/facts.hpp"
#include "desks/investigation/testing/county.hpp"

namespace fx::investigation::testing {
namespace {

constexpr std::int32_t shiqiao = 990122;

RequestId request(std::uint64_t n) { return id<RequestId>(6'000 + n); }
RequestLineId line(std::uint64_t n) { return id<RequestLineId>(7'000 + n); }

struct Cooperation : ::testing::Test, County {
  UnitId other = bench.unit(UnitKind::cdc, {}, shiqiao);
  UnitId third = bench.unit(UnitKind::cdc, {}, 990123);
  AccountId colleague = bench.holder(other, Role::CDC);

  template <class C>
  Answer as_other(std::string_view operation, C c) {
    return bench.as(colleague, other, {Role::CDC}).ask(operation, std::move(c));
  }
  Answer draft(std::uint64_t n, std::vector<NewRequestLine> lines) {
    return as_investigator("draft_request",
                           DraftRequest{request(n), other, words("cargo"), std::move(lines)});
  }
  static NewRequestLine take_over(std::uint64_t n) {
    return {line(n), RequestTask::take_over, {}, contact(n), {}};
  }
  /// Contact 1 of case 1, judged close, in a request that was sent.
  void sent() {
    open(1);
    name(1, {met(1, 11), met(2, 12)});
    judge(1, ContactClass::close);
    ASSERT_TRUE(draft(1, {take_over(1), {line(9), RequestTask::find_contacts, {}, {}, words("market")}})
                    .refusals.empty());
    ASSERT_THAT(as_investigator("send_request", SendRequest{request(1)}),
                happened("investigation.request_sent"));
  }
  Answer hand_over(std::uint64_t n, std::uint64_t by_line) {
    return as_system("hand_over_contact", HandOverContact{contact(n), line(by_line)});
  }
  /// Contact 1 goes over to the other county.
  void over() {
    draft(1, {take_over(1)});
    as_investigator("send_request", SendRequest{request(1)});
    as_other("accept_request", AcceptRequest{request(1)});
    ASSERT_THAT(hand_over(1, 1), happened("investigation.contact_handed_over"));
  }
  Answer outcome(std::uint64_t n, RequestOutcome what) {
    return as_other("answer_request_line", AnswerRequestLine{line(n), what, 2, words("seen")});
  }
  const Request& row(std::uint64_t n) { return bench.get<Request>(request(n)); }
};

TEST_F(Cooperation, AsksAnotherPlaceAboutSomebody) {
  open(1);
  name(1, {met(1, 11)});
  EXPECT_THAT(as_investigator("draft_request", DraftRequest{request(1), cdc, {}, {}}), refused("R-COP-2"));
  EXPECT_THAT(as_investigator("draft_request", DraftRequest{request(1), hospital, {}, {}}),
              refused("R-COP-2"));
  EXPECT_THAT(draft(1, {{line(1), RequestTask::take_over, person(11), {}, {}}}), refused("R-COP-4"));
  EXPECT_THAT(draft(1, {{line(1), RequestTask::take_over, person(12), contact(1), {}}}), refused("F-REF"))
      << "another person than the contact is";
  EXPECT_THAT(draft(1, {{line(1), RequestTask::find_contacts, {}, {}, {}}}), refused("F-SHAPE"));
  EXPECT_THAT(draft(1, {take_over(1), take_over(1)}), refused("R-COP-1"));
  ASSERT_THAT(draft(1, {}), happened("investigation.request_drafted"));
  EXPECT_THAT(as_investigator("send_request", SendRequest{request(1)}), refused("R-COP-3"));
  EXPECT_FALSE(row(1).receiver) << "a draft is nobody else's affair";
  EXPECT_THAT(as_investigator("add_to_request", AddToRequest{request(1), {take_over(1)}}),
              happened("investigation.request_line_added"));
  EXPECT_EQ(bench.get<RequestLine>(line(1)).person, person(11));
}

TEST_F(Cooperation, TheSenderStaysResponsibleUntilAccepted) {
  sent();
  EXPECT_THAT(hand_over(1, 1), refused("R-CON-4"));
  EXPECT_FALSE(bench.get<RequestLine>(line(1)).receiver) << "not read before it is accepted";
  EXPECT_THAT(outcome(1, RequestOutcome::in_control), refused("R-STATE"));
  const Answer accepted = as_other("accept_request", AcceptRequest{request(1)});
  ASSERT_THAT(accepted, happened("investigation.request_accepted"));
  ASSERT_EQ(accepted.get<RequestAccepted>().contacts.size(), 1U);
  EXPECT_EQ(bench.get<RequestLine>(line(1)).receiver, other);
  EXPECT_THAT(hand_over(2, 1), refused("R-CON-4")) << "a contact who is not in it";
  const Answer over = hand_over(1, 1);
  ASSERT_THAT(over, happened("investigation.contact_handed_over"));
  EXPECT_EQ(over.get<ContactHandedOver>().to, other);
  EXPECT_EQ(over.get<ContactHandedOver>().class_, ContactClass::close);
  EXPECT_TRUE(bench.was_subject(person(11).raw));
  EXPECT_EQ(over.get<ContactHandedOver>().cdc, other);
  EXPECT_EQ(over.get<ContactHandedOver>().owed, true);
  EXPECT_EQ(over.get<ContactHandedOver>().reported, false);
  EXPECT_THAT(hand_over(1, 1), happened("")) << "said twice, done once";
}

TEST_F(Cooperation, WhoAcceptedGoesOnWithTheContact) {
  sent();
  as_other("accept_request", AcceptRequest{request(1)});
  hand_over(1, 1);
  const Contact& taken = bench.get<Contact>(contact(1));
  EXPECT_EQ(taken.in_charge(), other);
  EXPECT_THAT(as_other("locate_contact", LocateContact{contact(1), words("at home")}),
              happened("investigation.contact_located"));
  EXPECT_EQ(bench.place(), other);
  EXPECT_THAT(as_other("submit_contact_report", SubmitContactReport{contact(1), words("report")}),
              happened("investigation.contact_first_report_submitted"));
  order(1, 11);
  EXPECT_THAT(as_system("note_control", NoteControl{contact(1)}),
              happened("investigation.contact_in_control"));
  EXPECT_THAT(as_system("note_completed", NoteCompleted{contact(1)}),
              happened("investigation.contact_completed"));
}

TEST_F(Cooperation, WhoWasHandedOverUnjudgedIsJudgedThere) {
  open(1);
  name(1, {met(1, 11)});
  over();
  EXPECT_THAT(notify(1), refused("R-STATE")) << "nobody judged";
  const Answer judged =
      bench.as(colleague, other, {Role::INV})
          .ask("judge_contact", JudgeContact{contact(1), ContactClass::close, {}, words("same home"), {}});
  ASSERT_THAT(judged, happened("investigation.contact_judged"));
  EXPECT_EQ(judged.get<ContactJudged>().cdc, other) << "control is owed there";
}

TEST_F(Cooperation, WhoWasHandedOverUnjudgedBecomesACaseAllTheSame) {
  open(1);
  name(1, {met(1, 11)});
  over();
  EXPECT_THAT(open(11), happened("investigation.case_opened investigation.contact_upgraded"));
  EXPECT_EQ(bench.get<Contact>(contact(1)).state, ContactState::upgraded_to_case);
}

TEST_F(Cooperation, WhoAcceptedIsToldWhatAnExposureMakesOfTheContact) {
  open(1, day("2022-07-17"));
  NewContact far = met(1, 11);
  far.kind = ContactKind::other;
  far.distance_m = 5;
  name(1, {far});
  judge(1, ContactClass::general);
  over();
  const Answer near = as_other("record_exposure", RecordExposure{.exposure = exposure(1),
                                                                 .contact = contact(1),
                                                                 .from = at("2022-07-17 09:00"),
                                                                 .until = at("2022-07-17 10:00"),
                                                                 .setting = Setting::workplace,
                                                                 .vehicle = {},
                                                                 .distance_m = 0.5,
                                                                 .rows_apart = {},
                                                                 .same_carriage = {},
                                                                 .is_protected = false,
                                                                 .known_by = {},
                                                                 .stop = {}});
  ASSERT_THAT(near, happened("investigation.exposure_recorded investigation.class_found "
                             "investigation.class_proposed"));
  EXPECT_EQ(near.get<ClassProposed>().to, ContactClass::close);
  EXPECT_EQ(near.get<ClassProposed>().cdc, other) << "it is decided there";
}

TEST_F(Cooperation, WhoWasHandedOverIsLetGoWithTheCase) {
  sent();
  as_other("accept_request", AcceptRequest{request(1)});
  hand_over(1, 1);
  EXPECT_THAT(exclude(1).get<CaseExcluded>().contacts, ::testing::Contains(contact(1)));
}

TEST_F(Cooperation, IsAnsweredWhenEverybodyHasAnOutcome) {
  sent();
  as_other("receive_request", ReceiveRequest{request(1)});
  as_other("accept_request", AcceptRequest{request(1)});
  outcome(1, RequestOutcome::in_control);
  outcome(1, RequestOutcome::verified);  // said anew, counted once
  EXPECT_THAT(as_other("answer_request", AnswerRequest{request(1)}), refused("R-COP-5"));
  EXPECT_THAT(as_other("answer_request_line", AnswerRequestLine{line(9), RequestOutcome::not_here, {}, {}}),
              refused("F-SHAPE"));
  outcome(9, RequestOutcome::contacts_found);
  EXPECT_EQ(bench.get<RequestLine>(line(9)).found, 2);
  EXPECT_THAT(as_other("answer_request", AnswerRequest{request(1)}),
              happened("investigation.request_answered"));
  EXPECT_THAT(outcome(1, RequestOutcome::verified), refused("R-STATE"));
  EXPECT_THAT(as_investigator("close_request", CloseRequest{request(1)}),
              happened("investigation.request_closed"));
}

TEST_F(Cooperation, SentOnItKeepsWhoHadIt) {
  sent();
  EXPECT_THAT(as_other("redirect_request", RedirectRequest{request(1), cdc, words("x")}), refused("R-COP-2"))
      << "back to the sender";
  as_other("receive_request", ReceiveRequest{request(1)});
  ASSERT_THAT(as_other("redirect_request", RedirectRequest{request(1), third, words("lives there")}),
              happened("investigation.request_redirected"));
  EXPECT_EQ(row(1).receiver, third);
  EXPECT_EQ(row(1).passed, std::vector<UnitId>{other});
  EXPECT_EQ(row(1).state, RequestState::sent);
  EXPECT_THAT(hand_over(1, 1), refused("R-CON-4"));
}

TEST_F(Cooperation, IsWithdrawnOnlyWhileNobodyHasTakenItUp) {
  sent();
  as_other("accept_request", AcceptRequest{request(1)});
  EXPECT_THAT(as_investigator("withdraw_request", WithdrawRequest{request(1), words("found here")}),
              refused("R-STATE"));
}

}  // namespace
}  // namespace fx::investigation::testing
