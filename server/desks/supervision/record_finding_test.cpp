// Without these, a fault that was seen could stay without an owner or a day to mend it by.
#include <gtest/gtest.h>

#include "desks/supervision/commands.hpp"
#include "desks/supervision/desk.hpp"
#include "desks/supervision/facts.hpp"
#include "kernel/testing/desk_bench.hpp"

namespace fx::supervision {
namespace {

using fx::testing::at;
using fx::testing::happened;
using fx::testing::id;
using fx::testing::refused;

const auto finding = id<FindingId>(1);

struct Round {
  fx::testing::DeskBench bench{desk()};
  UnitId team = bench.unit(UnitKind::inspection);
  UnitId hospital = bench.unit(UnitKind::hospital);
  AccountId inspector = bench.holder(team, Role::INS);

  Round() {
    bench.now("2021-08-05 17:09");
    bench.rules.set("M.fix.days.major", 3);
    bench.rules.set("M.grade.p09_left_before_result", std::string("major"));
  }
  fx::testing::Answer record(RecordFinding c) {
    return bench.as(inspector, team, {Role::INS}).ask("record_finding", std::move(c));
  }
};

TEST(RecordFinding, TakesGradeAndDaysFromTheRulebook) {
  Round r;
  r.bench.occurred("2021-08-05 17:02");
  const auto answer =
      r.record({finding, r.hospital, Problem::p09_left_before_result, {}, id<EncounterId>(4).raw, {}});
  ASSERT_THAT(answer, happened("supervision.finding_recorded supervision.finding_notified"));
  EXPECT_EQ(r.bench.place(), r.hospital);
  EXPECT_TRUE(r.bench.was_subject(finding.raw));
  const auto& row = r.bench.get<Finding>(finding);
  EXPECT_EQ(row.grade, Grade::major);
  EXPECT_EQ(row.due_day, parse_day("2021-08-08"));  // its last day, 24:00 (SC-04.3)
  EXPECT_EQ(row.found_at, at("2021-08-05 17:02"));
  EXPECT_EQ(row.state, FindingState::notified);
}

TEST(RecordFinding, LetsTheInspectorGradeIt) {
  Round r;
  r.bench.rules.set("M.fix.days.critical", 1);
  r.record({finding, r.hospital, Problem::p09_left_before_result, Grade::critical, {}, {}});
  EXPECT_EQ(r.bench.get<Finding>(finding).due_day, parse_day("2021-08-06"));
}

TEST(RecordFinding, NeedsAGradeFromSomebody) {
  Round r;
  const auto answer = r.record({finding, r.hospital, Problem::p02_mask, {}, {}, {}});
  EXPECT_THAT(answer, refused("F-SHAPE"));
  EXPECT_EQ(answer.refusals.list()[0].path, "/grade");
  EXPECT_THAT(r.record({finding, id<UnitId>(77), Problem::p02_mask, Grade::minor, {}, {}}), refused("F-REF"));
}

TEST(RecordFinding, WithoutANumberOfDaysIsDueOnNoDay) {
  Round r;
  ASSERT_THAT(r.record({finding, r.hospital, Problem::other, Grade::minor, {}, {}}),
              happened("supervision.finding_recorded supervision.finding_notified"));
  EXPECT_EQ(r.bench.get<Finding>(finding).due_day, std::nullopt);
  EXPECT_THAT(r.record({finding, r.hospital, Problem::other, Grade::minor, {}, {}}), refused("R-FND-6"));
}

}  // namespace
}  // namespace fx::supervision
