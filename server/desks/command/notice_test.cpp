// Without these, anybody could say that a notice was read, or wipe out what they owe.
#include "desks/command/testing/post.hpp"
#include "kernel/runtime_events.hpp"

namespace fx::command::testing {
namespace {

constexpr No number = 64;

struct Told : County {
  CaseId about = id<CaseId>(9);

  Told() {
    bench.put(Notice{.no = number,
                     .jurisdiction = 990121,
                     .duty = 128,
                     .rule = "N.positive",
                     .about = about.raw,
                     .about_kind = "case",
                     .unit = post,
                     .role = Role::DL,
                     .sent_at = at("2022-07-17 20:00"),
                     .due_at = at("2022-07-17 20:15")});
  }
  Answer acknowledge(AccountId who, UnitId where, Role role) {
    return bench.as(who, where, {role}).ask("acknowledge_notice", AcknowledgeNotice{std::to_string(number)});
  }
  const Notice& notice() { return bench.get<Notice>(key_of_no(number)); }
};

TEST(AcknowledgeNotice, IsForThePostThatWasTold) {
  Told t;
  EXPECT_THAT(t.acknowledge(t.officer, t.post, Role::DO), refused("R-NOT-1"));
  EXPECT_THAT(t.acknowledge(t.leader, t.hospital, Role::DL), refused("R-NOT-1"));
  t.bench.now("2022-07-17 20:04");
  const auto answer = t.acknowledge(t.leader, t.post, Role::DL);
  ASSERT_THAT(answer, happened("command.notice_acknowledged"));
  EXPECT_EQ(t.bench.place(), t.post);
  EXPECT_TRUE(t.bench.was_subject(t.about.raw));  // the duty it speaks of is met through this
  EXPECT_EQ(answer.get<NoticeAcknowledged>().duty, 128);
  EXPECT_EQ(t.notice().acknowledged_at, at("2022-07-17 20:04"));
  EXPECT_EQ(t.notice().delivered_by, "in_app");  // who reads it has it
  EXPECT_THAT(t.acknowledge(t.leader, t.post, Role::DL), refused("R-STATE"));
  EXPECT_THAT(t.acknowledge(t.officer, t.post, Role::DO), refused("R-STATE R-NOT-1"));
}

TEST(AcknowledgeNotice, MayBeAnsweredFor) {
  Told t;
  EXPECT_THAT(t.acknowledge(t.admin, t.post, Role::FRP), happened("command.notice_acknowledged"));
}

TEST(AcknowledgeNotice, IsNeverBeforeTheSending) {
  Told t;
  t.bench.occurred("2022-07-17 19:58");  // the device's clock is slow
  EXPECT_THAT(t.acknowledge(t.leader, t.post, Role::DL), happened("command.notice_acknowledged"));
  EXPECT_EQ(t.notice().acknowledged_at, t.notice().sent_at);
}

TEST(Notices, AreNamedByTheirNumber) {
  Told t;
  for (const char* odd : {"", "x", "64x", "-64", "65", "99999999999999999999"})
    EXPECT_THAT(t.as_holder(t.leader, Role::DL, "acknowledge_notice", AcknowledgeNotice{odd}),
                refused("F-REF"))
        << odd;
}

TEST(RecordDelivery, BySpeakingNamesWhoWasSpokenTo) {
  Told t;
  const auto record = [&](DeliveryWay by, std::optional<FreeText> to) {
    return t.as_holder(t.officer, Role::DO, "record_delivery",
                       RecordDelivery{std::to_string(number), by, std::move(to)});
  };
  EXPECT_THAT(record(DeliveryWay::spoken, {}), refused("R-NOT-2"));
  EXPECT_THAT(record(DeliveryWay::spoken, words("")), refused("R-NOT-2"));
  ASSERT_THAT(record(DeliveryWay::spoken, words("带班领导本人")), happened("command.notice_delivered"));
  EXPECT_EQ(t.notice().delivered_by, "spoken");
  EXPECT_EQ(t.notice().acknowledged_at, std::nullopt);
  EXPECT_THAT(record(DeliveryWay::webhook, {}), refused("R-STATE"));
}

struct Owed : County {
  CaseId about = id<CaseId>(9);

  explicit Owed(UnitKind debtor) { owes(bench.unit(debtor)); }
  void owes(UnitId debtor, DutyState state = DutyState::open) {
    bench.put(Duty{.no = number,
                   .jurisdiction = 990121,
                   .rule = "OB-C1",
                   .about = about.raw,
                   .about_kind = "case",
                   .debtor_unit = debtor,
                   .debtor_role = Role::DOC,
                   .state = state});
  }
  Answer cancel(UnitId by, std::string reason = "the hospital burned down") {
    return bench.as(leader, by, {Role::DL, Role::HA})
        .ask("cancel_duty", CancelDuty{std::to_string(number), words(std::move(reason))});
  }
};

TEST(CancelDuty, IsForAnAuthorityAboveTheDebtorWithAReason) {
  Owed o(UnitKind::hospital);
  EXPECT_THAT(o.cancel(o.hospital), refused("R-OBL-1"));
  EXPECT_THAT(o.cancel(o.hospital, ""), refused("R-OBL-1 R-OBL-2"));
  const auto answer = o.cancel(o.authority);
  ASSERT_THAT(answer, happened("command.duty_cancelled"));
  EXPECT_TRUE(o.bench.was_subject(o.about.raw));
  EXPECT_EQ(answer.get<DutyCancelled>().duty, number);
  EXPECT_THAT(o.bench.as(o.leader, o.post, {Role::DL}).ask("cancel_duty", CancelDuty{"7", words("x")}),
              refused("F-REF"));
}

TEST(CancelDuty, OfTheCommandPostIsTheCitysAlone) {
  Owed o(UnitKind::hospital);
  o.owes(o.post);
  EXPECT_THAT(o.cancel(o.post), refused("R-OBL-1"));       // its own
  EXPECT_THAT(o.cancel(o.authority), refused("R-OBL-1"));  // below it
  EXPECT_THAT(o.cancel(o.city), happened("command.duty_cancelled"));
  const UnitId neighbour = o.bench.unit(UnitKind::command_post, {}, 990122);
  EXPECT_THAT(o.cancel(neighbour), refused("R-OBL-1"));
}

TEST(CancelDuty, NotOfWhatIsDone) {
  Owed o(UnitKind::hospital);
  o.owes(o.hospital, DutyState::discharged);
  EXPECT_THAT(o.cancel(o.authority), refused("R-STATE"));
}

TEST(ConfirmTime, IsAboutTheUnit) {
  County c;
  EXPECT_THAT(c.as_holder(c.officer, Role::DO, "confirm_time", ConfirmTime{c.post}),
              happened("command.time_confirmed"));
  EXPECT_EQ(c.bench.place(), c.post);
  EXPECT_THAT(c.as_holder(c.officer, Role::DO, "confirm_time", ConfirmTime{unit(9)}), refused("F-REF"));
}

}  // namespace
}  // namespace fx::command::testing
