// Without these, one more red fact could turn a stop into a pass, or the browser's gate judge by another table.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "desks/gates/verdict.hpp"

namespace fx::gates {
namespace {

const GateRules v9{.fever_c = 37.3,
                   .health_code = true,
                   .travel_code = true,
                   .stars = false,
                   .certificate_h = 48,
                   .snapshot_min = 120};

Observed well() {
  return {.health = HealthCode::green,
          .travel = TravelCode::clear,
          .temperature = 36.5,
          .certificate_age = 20,
          .key_region = false,
          .on_control_list = false,
          .not_classed = false,
          .snapshot_age = {}};
}

Judged with(void (*change)(Observed&), const GateRules& rules = v9) {
  Observed o = well();
  change(o);
  return judge(o, rules);
}

TEST(Verdict, PassesWhomNothingSpeaksAgainst) {
  EXPECT_EQ(judge(well(), v9).verdict, Verdict::pass);
  EXPECT_TRUE(judge(well(), v9).reasons.empty());
}

TEST(Verdict, NamesEachReasonWithWhatItAsksFor) {
  const auto expect = [](void (*change)(Observed&), Reason reason, Verdict verdict) {
    const Judged judged = with(change);
    EXPECT_EQ(judged.verdict, verdict);
    EXPECT_EQ(judged.reasons, std::vector{reason});
  };
  expect([](Observed& o) { o.health.reset(); }, Reason::no_code, Verdict::second_check);
  expect([](Observed& o) { o.travel.reset(); }, Reason::no_travel_code, Verdict::second_check);
  expect([](Observed& o) { o.health = HealthCode::yellow; }, Reason::yellow_code, Verdict::second_check);
  expect([](Observed& o) { o.health = HealthCode::red; }, Reason::red_code, Verdict::red_channel);
  expect([](Observed& o) { o.temperature.reset(); }, Reason::no_temperature, Verdict::second_check);
  expect([](Observed& o) { o.temperature = 37.3; }, Reason::fever, Verdict::fever_clinic);
  expect([](Observed& o) { o.certificate_age.reset(); }, Reason::certificate_missing, Verdict::second_check);
  expect([](Observed& o) { o.certificate_age = 51.0 + 10.0 / 60; }, Reason::certificate_expired,
         Verdict::second_check);
  expect([](Observed& o) { o.key_region = true; }, Reason::key_region, Verdict::red_channel);
  expect([](Observed& o) { o.on_control_list = true; }, Reason::on_control_list, Verdict::red_channel);
  expect([](Observed& o) { o.not_classed = true; }, Reason::not_classed, Verdict::red_channel);
  expect([](Observed& o) { o.snapshot_age = 121; }, Reason::snapshot_old, Verdict::second_check);
}

TEST(Verdict, StandsOnTheBorderAsTheRuleSays) {
  EXPECT_EQ(with([](Observed& o) { o.temperature = 37.2; }).verdict, Verdict::pass);
  EXPECT_EQ(with([](Observed& o) { o.certificate_age = 48; }).verdict, Verdict::pass) << "48 h is in date";
  EXPECT_EQ(with([](Observed& o) { o.snapshot_age = 120; }).verdict, Verdict::pass);
}

TEST(Verdict, AsksForNothingTheProfileDoesNot) {
  const GateRules t10{.fever_c = 37.3,
                      .health_code = false,
                      .travel_code = false,
                      .stars = false,
                      .certificate_h = {},
                      .snapshot_min = 120};
  Observed o = well();
  o.health.reset();
  o.travel.reset();
  o.certificate_age.reset();
  EXPECT_EQ(judge(o, t10).verdict, Verdict::pass);
  EXPECT_EQ(with([](Observed& seen) { seen.travel = TravelCode::starred; }).verdict, Verdict::pass)
      << "no stars since 2022-06-29";
  GateRules v8 = v9;
  v8.stars = true;
  EXPECT_EQ(with([](Observed& seen) { seen.travel = TravelCode::starred; }, v8).verdict,
            Verdict::second_check);
}

Observed any() {
  Observed o;
  if (*rc::gen::arbitrary<bool>()) o.health = HealthCode(*rc::gen::inRange(0, 3));
  if (*rc::gen::arbitrary<bool>()) o.travel = TravelCode(*rc::gen::inRange(0, 2));
  if (*rc::gen::arbitrary<bool>()) o.temperature = *rc::gen::inRange(350, 400) / 10.0;
  if (*rc::gen::arbitrary<bool>()) o.certificate_age = *rc::gen::inRange(0, 100);
  o.key_region = *rc::gen::arbitrary<bool>();
  o.on_control_list = *rc::gen::arbitrary<bool>();
  o.not_classed = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) o.snapshot_age = *rc::gen::inRange(0, 300);
  return o;
}

GateRules any_rules() {
  GateRules rules = v9;
  rules.health_code = *rc::gen::arbitrary<bool>();
  rules.travel_code = *rc::gen::arbitrary<bool>();
  rules.stars = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) rules.certificate_h.reset();
  return rules;
}

/// Something about the person turns out worse.
Observed worse(Observed o) {
  switch (*rc::gen::inRange(0, 6)) {
    case 0: o.health = HealthCode::red; break;
    case 1: o.temperature = *rc::gen::inRange(373, 400) / 10.0; break;
    case 2: o.key_region = true; break;
    case 3: o.on_control_list = true; break;
    case 4: o.not_classed = true; break;
    default:
      if (o.health == HealthCode::green) o.health = HealthCode::yellow;
  }
  return o;
}

RC_GTEST_PROP(Verdict, IsNeverMilderForAWorseFact, ()) {
  const Observed o = any();
  const GateRules rules = any_rules();
  const Judged before = judge(o, rules);
  const Judged after = judge(worse(o), rules);
  if (forbids_passing(before.verdict)) RC_ASSERT(forbids_passing(after.verdict));
  // What is missing asks for a second look; a red fact in its place asks for more, never less.
  RC_ASSERT(after.verdict >= before.verdict || before.verdict == Verdict::second_check);
  RC_ASSERT(after.verdict != Verdict::pass || before.verdict != Verdict::red_channel);
}

RC_GTEST_PROP(Verdict, IsTheGravestOfItsReasons, ()) {
  const Judged judged = judge(any(), any_rules());
  Verdict gravest = Verdict::pass;
  for (const Reason reason : judged.reasons) gravest = std::max(gravest, least(reason));
  RC_ASSERT(judged.verdict == gravest);
}

}  // namespace
}  // namespace fx::gates
