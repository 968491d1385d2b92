// Without these, somebody could lie in two rooms under two names and nobody would have to do anything about it.
#include <gtest/gtest.h>

#include "desks/isolation/commands.hpp"
#include "desks/isolation/desk.hpp"
#include "desks/isolation/facts.hpp"
#include "desks/isolation/merge/commands.hpp"
#include "desks/isolation/merge/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::isolation {
namespace {

using fx::testing::Answer;
using fx::testing::DeskBench;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;
using fx::testing::words;

PersonId person(std::uint64_t n) { return id<PersonId>(1'000 + n); }
StayId stay(std::uint64_t n) { return id<StayId>(2'000 + n); }

struct Merges : ::testing::Test {
  DeskBench bench{desk()};
  UnitId cdc = bench.unit(UnitKind::cdc);
  UnitId site = bench.unit(UnitKind::quarantine_site);
  AccountId officer = bench.holder(cdc, Role::CDC);
  AccountId manager = bench.holder(site, Role::QM);

  Merges() {
    bench.now("2022-07-17 22:40");
    bench.rules.set("F.high_risk_area", R"({"regime":"central","days":7,"tests":[1,7]})");
    bench.as(manager, site, {Role::QM}).ask("open_site", OpenSite{site});
  }
  Answer order(std::uint64_t n) {
    return bench.as(officer, cdc, {Role::CDC})
        .ask("order_stay", OrderStay{.stay = stay(n),
                                     .person = person(n),
                                     .class_ = ControlClass::high_risk_area,
                                     .pathogen = "covid19-cn",
                                     .regime = Regime::central,
                                     .contact = {},
                                     .day0 = parse_day("2022-07-16"),
                                     .site = site,
                                     .legal_basis = "39",
                                     .notice_given = true,
                                     .address = {}});
  }
  Answer same(bool are) {
    return bench.as_system().ask("note_same_person", NoteSamePerson{person(1), person(2), are});
  }
  Answer settle() {
    return bench.as(officer, cdc, {Role::CDC})
        .ask("settle_conflict",
             SettleConflict{conflict_of(person(1), person(2)), words("one room too many")});
  }
};

TEST_F(Merges, TwoMeasuresOfOnePersonAreRecordedAndOwed) {
  order(1);
  order(2);
  ASSERT_THAT(same(true), happened("isolation.same_person_noted isolation.measure_conflict_found"));
  EXPECT_THAT(settle(), refused("R-STY-19")) << "both still run";
  bench.as(officer, cdc, {Role::CDC}).ask("cancel_stay", CancelStay{stay(1), words("the same person")});
  EXPECT_THAT(settle(), happened("isolation.measure_conflict_settled"));
  EXPECT_THAT(settle(), refused("R-STATE"));
}

TEST_F(Merges, OfSomebodyHeldOnceAreNoConflict) {
  order(1);
  EXPECT_THAT(same(true), happened("isolation.same_person_noted"));
}

TEST_F(Merges, UndoneTheyAreTwoPersonsAfterAll) {
  order(1);
  order(2);
  same(true);
  EXPECT_THAT(same(false), happened("isolation.same_person_noted isolation.measure_conflict_settled"));
  EXPECT_TRUE(bench.get<MeasureConflict>(conflict_of(person(1), person(2))).unmerged);
  EXPECT_TRUE(bench.get<SamePerson>(person(1)).others.empty());
}

TEST_F(Merges, SaidTwiceAreOneConflict) {
  order(1);
  order(2);
  same(true);
  EXPECT_THAT(same(true), happened("isolation.same_person_noted"));
}

}  // namespace
}  // namespace fx::isolation
