// What rules can say beyond the plain duty.
#include <fmt/format.h>

#include "rulebook/compile.hpp"
#include "rulebook/testing/bench.hpp"

namespace fx::rulebook::testing {
namespace {

using State = DutyState;

std::string duty_text(std::string_view id, std::string_view body) {
  return "[[duty]]\nid = \"" + std::string(id) +
         "\"\nname = { zh = \"某\", en = \"some\" }\nsource = \"N1\"\nevidence = \"S\"\n" + std::string(body);
}

TEST(DutyLanguage, AValueMayBePickedByAFieldOfTheEventAndFallsBack) {
  File base = base_file();
  base.text += R"(
[[value]]
id = "R.h.contact"
unit = "hour"
meaning = { zh = "a", en = "a" }
stricter = "less"
v8 = { value = 12, source = "N1", evidence = "S" }
[[value]]
id = "R.h"
unit = "hour"
meaning = { zh = "a", en = "a" }
stricter = "less"
v8 = { value = 24, source = "N1", evidence = "S" }
[[value]]
id = "R.h.mass_round"
unit = "hour"
meaning = { zh = "a", en = "a" }
stricter = "less"
v8 = { not_allowed = true, source = "N1", evidence = "S" }
)";
  const auto book = load_well({base, rules(duty_text("OB-R", R"(
opens = { event = "screening.tube_received" }
about = "tube"
owed_by = "lab:LAA"
owed_to = "sender"
within = "@R.h.{class}"
notify = false
met_by = { event = "screening.result_authorised", same = "tube" }
)"))});
  Place place;
  Bench bench(*book, place);
  const auto receive = [&](std::uint64_t n, TubeClass as) {
    bench.happens(TubeReceived{make_id<TubeId>(n), place.lab, place.clinic, as}, "2022-07-17 19:10");
  };
  receive(1, TubeClass::contact);
  receive(2, TubeClass::voluntary);
  receive(3, TubeClass::mass_round);
  const auto duties = bench.duties_of("OB-R");
  ASSERT_EQ(duties.size(), 2U);  // not allowed: nothing is owed
  EXPECT_EQ(duties[0]->due_at, at("2022-07-18 07:10"));
  EXPECT_EQ(duties[1]->due_at, at("2022-07-18 19:10"));
  EXPECT_TRUE(bench.told("OB-R").empty());
}

/// Without this, a misspelt alarm would ring for nobody.
TEST(DutyLanguage, ADutySaysThatSomebodyIsLostWhenItIsNotMet) {
  const auto with = [](std::string_view about, std::string_view lost) {
    return std::vector{base_file(), rules(duty_text("OB-L", fmt::format(R"(
opens = {{ event = "screening.tube_sealed" }}
about = "{}"
owed_by = "lab:LAA"
owed_to = "sender"
within = "@X.h"
met_by = {{ event = "screening.result_authorised", same = "tube" }}
lost_control = {}
)",
                                                                        about, lost)))};
  };
  const auto lost_in = [](const Rulebook& book) {
    for (const auto& rule : book.compiled().rules)
      if (rule->lost_control) return *rule->lost_control;
    throw std::runtime_error("no rule says who is lost");
  };
  const auto book = load_well(with(
      "person",
      R"({ loss = "missed", reason = "check_missed", per_day = "@X.h", again = "check_missed_again" })"));
  const LostControl lost = lost_in(*book);
  EXPECT_EQ(lost.loss, Loss::missed);
  EXPECT_EQ(lost.reason, LossReason::check_missed);
  EXPECT_EQ(lost.again, LossReason::check_missed_again);
  EXPECT_EQ(lost.per_day, "X.h");
  EXPECT_TRUE(lost.itself);
  EXPECT_FALSE(lost.at_once);
  for (const auto& [about, wrong, says] : {
           std::tuple{"tube", R"({ loss = "left", reason = "left_control" })", "leads to no person"},
           std::tuple{"person", R"({ loss = "gone", reason = "left_control" })", "loss"},
           std::tuple{"person", R"({ loss = "left", reason = "gone" })", "reason"},
           std::tuple{"person", R"({ loss = "left", reason = "left_control", always = true })", "always"},
           std::tuple{"person", R"({ loss = "left", reason = "left_control", per_day = "@X.h" })",
                      "go together"},
           std::tuple{"person",
                      R"({ loss = "left", reason = "left_control", per_day = "@Y.h", again = "untraced" })",
                      "Y.h"},
       })
    EXPECT_NE(problems_of(with(about, wrong)).find(says), std::string::npos)
        << problems_of(with(about, wrong));
}

TEST(DutyLanguage, DaysEndAtMidnightOfDayN) {
  EXPECT_EQ(load_well({base_file()})->value("X.h", at("2022-07-01"), 990121).number(), 2);
  File base = base_file();
  base.text += R"(
[[value]]
id = "M.d.major"
unit = "day"
meaning = { zh = "a", en = "a" }
stricter = "less"
v8 = { value = 3, source = "N1", evidence = "P" }
)";
  const auto book = load_well({base, rules(duty_text("OB-M", R"(
opens = { event = "supervision.finding_notified" }
about = "finding"
owed_by = "unit:FRP"
owed_to = "place.county.cmd:DL"
within = "24:00 of day @M.d.<grade>"
met_by = { event = "supervision.finding_closed", same = "finding" }
)"))});
  Place place;
  Bench bench(*book, place);
  bench.happens(FindingNotified{make_id<FindingId>(1), place.hospital, Grade::major}, "2021-08-05 17:10");
  EXPECT_EQ(bench.duty("OB-M").due_at, at("2021-08-09 00:00"));  // 08-08 24:00
  EXPECT_EQ(bench.duty("OB-M").creditor_role, Role::DL);
  bench.happens(FindingNotified{make_id<FindingId>(2), place.hospital, Grade::minor}, "2021-08-05 17:10");
  EXPECT_EQ(bench.duties_of("OB-M").size(), 1U);  // no such value: off
}

TEST(DutyLanguage, CountedFromAFieldOfTheEventAndByAWeekday) {
  const auto book = load_well({base_file(), rules(duty_text("OB-F", R"(
opens = { event = "screening.result_authorised", where = { result = { not = "negative" }, size = { at_least = 2 } } }
about = "persons"
owed_by = "sender:SMP"
owed_to = "sender.county.cdc"
within = "@X.h"
counted_from = "event.sealed_at"
met_by = { event = "screening.tube_sealed", same = "person", where = { resample_of = { exists = true } } }
)") + duty_text("OB-W", R"(
opens = { event = "screening.result_authorised", where = { "result !=" = "negative" } }
about = "tube"
owed_by = ["lab:LAA", "sender:SMP"]
owed_to = "place.city.cdc"
within = "Friday 24:00"
met_by = { event = "screening.result_amended", same = "tube" }
)"))});
  Place place;
  Bench bench(*book, place);
  ResultAuthorised result{
      make_id<TubeId>(1), Outcome::positive, {}, {make_id<PersonId>(1), make_id<PersonId>(2)},
      place.clinic,       place.lab,         10};
  result.sealed_at = at("2022-07-17 18:25");
  bench.happens(result, "2022-07-17 22:40");  // a Sunday
  const auto members = bench.duties_of("OB-F");
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0]->due_at, at("2022-07-17 20:25"));
  EXPECT_EQ(members[0]->counted_from, at("2022-07-17 18:25"));
  EXPECT_EQ(bench.duty("OB-W").due_at, at("2022-07-23 00:00"));
  EXPECT_EQ(bench.duty("OB-W").creditor_unit, place.city_cdc);
  // One person's re-sample meets only that person's duty, and only if it is one.
  TubeSealed again{make_id<TubeId>(2), {make_id<PersonId>(1)}, make_id<PersonId>(1), place.clinic};
  bench.happens(again, "2022-07-17 20:00");
  EXPECT_TRUE(is_open(bench.duties_of("OB-F")[0]->state));
  again.resample_of = make_id<TubeId>(1);
  bench.happens(again, "2022-07-17 20:10");
  EXPECT_EQ(bench.duties_of("OB-F")[0]->state, State::discharged);
  EXPECT_TRUE(is_open(bench.duties_of("OB-F")[1]->state));
}

TEST(DutyLanguage, WhatHappenedBeforeTheOpeningMeetsItAtOnce) {
  const auto book = load_well({base_file(), rules(duty_text("OB-T", R"(
opens = { event = "screening.tube_sealed" }
about = "tube"
owed_by = "sender:SMP"
owed_to = "sender.county.ha"
within = "@X.h"
already = { row = "tube", at = "received_at" }
met_by = { event = "screening.tube_received", same = "tube" }
)"))});
  Place place;
  Bench bench(*book, place);
  Tube row{make_id<TubeId>(1), place.clinic, at("2022-07-17 19:10"), {}};
  bench.put(table_type<Tube>(), std::make_shared<Tube>(row));
  bench.happens(TubeSealed{row.id, {}, {}, place.clinic}, "2022-07-17 18:25", "2022-07-17 19:30");
  EXPECT_EQ(bench.duty("OB-T").state, State::discharged);
  EXPECT_EQ(bench.duty("OB-T").met_at, at("2022-07-17 19:10"));
}

TEST(DutyLanguage, AcknowledgingOnesOwnNoticeByTheRightUnit) {
  const auto book = load_well({base_file(), rules(duty_text("OB-E6", R"(
opens = { event = "screening.result_authorised", where = { result = "positive" } }
about = "tube"
owed_by = "lab:LAB"
owed_to = "lab.county.cdc:CDC"
within = "@X.h"
urgent = true
informs = ["creditor", "sender:NUR"]
met_by = { event = "command.notice_acknowledged", same = "about", this_duty = true, not_by = "debtor" }
)"))});
  Place place;
  Bench bench(*book, place);
  const auto tube = make_id<TubeId>(1);
  bench.happens(ResultAuthorised{tube, Outcome::positive, {}, {}, place.clinic, place.lab},
                "2022-07-17 22:40");
  const Duty& duty = bench.duty("OB-E6");
  const auto told = bench.told("OB-E6");
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[1].notice.unit, place.cdc);
  EXPECT_EQ(told[1].notice.kind, NoticeKind::informed);
  EXPECT_EQ(told[2].notice.unit, place.clinic);
  for (const auto& one : told) EXPECT_TRUE(one.notice.urgent);
  const auto acknowledge = [&](No of, UnitId unit, Role role) {
    bench.happens(NoticeAcknowledged{tube.raw, 1, of, unit, role}, "2022-07-17 22:45");
  };
  acknowledge(duty.no + 5, place.cdc, Role::CDC);
  acknowledge(duty.no, place.lab, Role::LAB);
  EXPECT_TRUE(is_open(duty.state));
  acknowledge(duty.no, place.clinic, Role::NUR);
  EXPECT_EQ(duty.state, State::discharged);
}

TEST(DutyLanguage, AmendingEndsWhatThePositiveOpenedAndReopensWhatItMet) {
  const auto book = load_well({base_file(), rules(duty_text("OB-E3", R"(
opens = { event = "screening.tube_received" }
about = "tube"
owed_by = "lab:LAA"
owed_to = "sender"
within = "@X.h"
ladder = "std"
met_by = { event = "screening.result_authorised", same = "tube" }
reopened_by = { event = "screening.result_amended", duties = "duties", because = { zh = "更正", en = "amended" } }
)") + duty_text("N.positive", R"(
opens = [{ event = "screening.result_authorised", where = { result = "positive" } }, { event = "screening.result_amended", where = { to = "positive" } }]
about = "tube"
owed_by = "place.county.cmd:DL"
owed_to = "sender.county.cdc"
within = "@X.h"
met_by = { event = "command.notice_acknowledged", same = "about" }
void_by = { event = "screening.result_amended", same = "tube", where = { to = { not = "positive" } } }
)"))});
  Place place;
  Bench bench(*book, place);
  const auto tube = make_id<TubeId>(1);
  bench.happens(TubeReceived{tube, place.lab, place.clinic}, "2022-07-17 19:10");
  bench.happens(ResultAuthorised{tube, Outcome::positive, {}, {}, place.clinic, place.lab},
                "2022-07-17 20:00");
  const No met = bench.duty("OB-E3").no;
  EXPECT_EQ(bench.duty("OB-E3").state, State::discharged);
  const auto out =
      bench.happens(ResultAmended{tube, Outcome::positive, Outcome::invalid, place.clinic, place.lab, {met}},
                    "2022-07-17 20:30");
  ASSERT_EQ(out.effects.reopened.size(), 1U);
  EXPECT_EQ(out.effects.reopened[0].reason, "更正 / amended");
  EXPECT_FALSE(out.effects.reopened[0].was_late);
  EXPECT_TRUE(is_open(bench.duty("OB-E3").state));
  EXPECT_EQ(bench.duty("N.positive").state, State::cancelled);
  bench.run_until("2022-07-18 00:00");
  EXPECT_EQ(bench.duty("OB-E3").state, State::overdue);
  bench.happens(ResultAmended{tube, Outcome::invalid, Outcome::positive, place.clinic, place.lab, {}},
                "2022-07-18 00:10");
  EXPECT_EQ(bench.duties_of("N.positive").size(), 2U);
}

TEST(DutyLanguage, WatchOpensWhenTheMeasureFallsAndClearsWhenItRises) {
  const auto book = load_well({base_file(), rules(R"(
[[watch]]
id = "OB-HW1"
name = { zh = "诊室", en = "rooms" }
source = "N1"
evidence = "P"
measure = "hospitals.free_rooms"
below = 1
clears_above = 2
owed_by = "unit:FRP"
owed_to = "hospital:FRP"
within = "@X.h"
)")});
  Place place;
  Bench bench(*book, place);
  const auto change = [&](std::int32_t before, std::int32_t after, std::string_view when,
                          bool fresh = false) {
    const Clinic a{place.clinic, place.hospital, before};
    const Clinic b{place.clinic, place.hospital, after};
    RowChange row;
    row.table = &table_type<Clinic>();
    row.before = fresh ? nullptr : &a;
    row.after = &b;
    bench.happens(Event(RoomsChanged{place.clinic}), at(when), at(when), {row});
  };
  change(0, 0, "2022-07-17 08:00", true);
  EXPECT_TRUE(bench.duties().empty());  // a new clinic has not lost a room
  change(2, 1, "2022-07-17 09:00");
  EXPECT_TRUE(bench.duties().empty());
  change(1, 0, "2022-07-17 10:00");
  const Duty& duty = bench.duty("OB-HW1");
  EXPECT_EQ(duty.debtor_unit, place.clinic);
  EXPECT_EQ(duty.creditor_unit, place.hospital);
  EXPECT_EQ(duty.about, place.clinic.raw);
  change(0, 1, "2022-07-17 10:10");
  EXPECT_TRUE(is_open(duty.state));  // hysteresis
  change(1, 0, "2022-07-17 10:20");
  EXPECT_EQ(bench.duties().size(), 1U);
  change(0, 2, "2022-07-17 10:30");
  EXPECT_EQ(duty.state, State::discharged);
}

TEST(DutyLanguage, RhythmOpensOneDutyAMemberAndPeriod) {
  const char* const text = R"(
[[rhythm]]
id = "OB-A2"
name = { zh = "签到", en = "check in" }
source = "N1"
evidence = "P"
population = "command.duty_posts"
roles = ["DO"]
every = "EVERY"
owed_to = "debtor.city.cmd:DL"
met_by = { event = "command.shift_checked_in", same = "post" }
ladder = "std"
)";
  const auto with = [&](std::string every) {
    std::string out = text;
    return load_well({base_file(), rules(out.replace(out.find("EVERY"), 5, every))});
  };
  Place place;
  const auto by =
      with("daily by 09:00")->periods(at("2022-07-17 21:00"), at("2022-07-19 00:00"), place.reference);
  ASSERT_EQ(by.size(), 2U);
  EXPECT_EQ(by[0].period, "2022-07-18");
  ASSERT_EQ(by[0].duties.size(), 2U);  // county and city
  const Duty& duty = by[0].duties[0];
  EXPECT_EQ(duty.due_at, at("2022-07-18 09:00"));
  EXPECT_EQ(duty.counted_from, at("2022-07-18 00:00"));
  EXPECT_EQ(duty.member, duty.about);
  EXPECT_EQ(duty.creditor_unit, place.city_cmd);
  EXPECT_FALSE(by[0].frozen.empty());
  const auto book = with("daily at 08:00, 20:00");
  const auto shifts = book->periods(at("2022-07-17 08:00"), at("2022-07-18 08:00"), place.reference);
  ASSERT_EQ(shifts.size(), 2U);
  EXPECT_EQ(shifts[0].period, "2022-07-17T20:00");
  EXPECT_EQ(shifts[1].starts, at("2022-07-18 08:00"));
  EXPECT_TRUE(with("weekly on Friday")
                  ->periods(at("2022-07-18 00:00"), at("2022-07-21 23:59"), place.reference)
                  .empty());
  EXPECT_EQ(with("weekly on Friday")
                ->periods(at("2022-07-18 00:00"), at("2022-07-22 00:00"), place.reference)
                .size(),
            1U);
  // Cutting the time elsewhere opens the same periods.
  std::size_t cut = 0;
  for (int hour = 8; hour < 32; ++hour)
    cut += book->periods(at("2022-07-17") + std::chrono::hours(hour),
                         at("2022-07-17") + std::chrono::hours(hour + 1), place.reference)
               .size();
  EXPECT_EQ(cut, shifts.size());
}

}  // namespace
}  // namespace fx::rulebook::testing
