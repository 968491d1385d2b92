// What waits at a laboratory. Without these a class could be late with nobody seeing it, or a neighbour's backlog be read.
#include <gmock/gmock.h>

#include "api/testing/story.hpp"
#include "bin/backlog_page.hpp"
#include "desks/screening/facts.hpp"
#include "journal/sqlite/connection.hpp"

namespace fx::bin {
namespace {

using api::testing::code_in;
using api::testing::fault_paths;
using api::testing::json_in;
using api::testing::Story;
using api::testing::World;

struct BacklogPage : ::testing::Test {
  BacklogPage() : world({.pages = [](World&) { return std::vector{backlog_page()}; }}), story(world) {}

  http::Answer ask(const std::string& user) {
    return world.sign_in(user).get("/v1/screening/backlog?lab=" + world.units.at("lab"));
  }
  boost::json::object row(std::string_view of_class) {
    const auto answer = ask("lab");
    EXPECT_EQ(answer.status, 200U) << answer.body;
    const auto told = json_in(answer);
    for (const auto& one : told.at("rows").as_array())
      if (one.at("class").as_string() == of_class) return one.as_object();
    return {};
  }
  void later(Duration by) { world.clock.set_offset(world.clock.offset() + by); }

  World world;
  Story story;
};

TEST_F(BacklogPage, CountsByClassWhereTheTubesLieAndWhoIsLate) {
  EXPECT_TRUE(row("fever_clinic").empty());
  story.arrives("王梅");
  story.sampled();
  EXPECT_EQ(row("fever_clinic").at("on_the_way").as_int64(), 1);
  EXPECT_FALSE(row("fever_clinic").contains("oldest_at")) << "the clock runs from receipt";
  Story::done(story.lab.run("screening/receive_tube", fmt::format(R"({{"tube":"{}"}})", story.tube)));
  EXPECT_EQ(row("fever_clinic").at("received").as_int64(), 1);
  EXPECT_EQ(row("fever_clinic").at("limit_h").to_number<double>(), 6);
  EXPECT_EQ(row("fever_clinic").at("late").as_int64(), 0);
  later(std::chrono::hours(5));
  EXPECT_EQ(row("fever_clinic").at("late").as_int64(), 0);
  later(std::chrono::minutes(61));
  EXPECT_EQ(row("fever_clinic").at("late").as_int64(), 1);
  later(std::chrono::minutes(-361));

  Story::done(story.lab.run("screening/start_test",
                            fmt::format(R"({{"tube":"{}","reagent_lot":"L1"}})", story.tube)));
  EXPECT_EQ(row("fever_clinic").at("testing").as_int64(), 1);
  Story::done(story.lab.run(
      "screening/record_result",
      fmt::format(R"({{"tube":"{}","result":"negative","control_valid":true,"ct":[]}})", story.tube)));
  EXPECT_EQ(row("fever_clinic").at("to_sign").as_int64(), 1);
  Story::done(story.lab2.run("screening/authorise_result",
                             fmt::format(R"({{"tube":"{}","result":"negative"}})", story.tube)));
  world.settle();
  const auto done = row("fever_clinic");
  EXPECT_EQ(done.at("to_sign").as_int64(), 0);
  EXPECT_EQ(done.at("late").as_int64(), 0);
  EXPECT_EQ(done.at("reported").as_int64(), 1);
  EXPECT_EQ(done.at("reported_in_time").as_int64(), 1);
  EXPECT_EQ(done.at("median_min").as_int64(), 0);
}

TEST_F(BacklogPage, AReceiptToldLateCountsFromWhenItHappened) {
  story.arrives("王梅");
  story.sampled();
  Story::done(
      story.lab.run("screening/receive_tube",
                    fmt::format(R"({{"tube":"{}","occurred_at":"2022-07-17T15:00:00+08:00"}})", story.tube)));
  EXPECT_EQ(row("fever_clinic").at("late").as_int64(), 1);
  Story::done(story.lab.run("screening/start_test",
                            fmt::format(R"({{"tube":"{}","reagent_lot":"L1"}})", story.tube)));
  Story::done(story.lab.run(
      "screening/record_result",
      fmt::format(R"({{"tube":"{}","result":"negative","control_valid":true,"ct":[]}})", story.tube)));
  Story::done(story.lab2.run("screening/authorise_result",
                             fmt::format(R"({{"tube":"{}","result":"negative"}})", story.tube)));
  world.settle();
  const auto done = row("fever_clinic");
  EXPECT_EQ(done.at("reported").as_int64(), 1);
  EXPECT_EQ(done.at("reported_in_time").as_int64(), 0) << "six hours and a half";
  EXPECT_GE(done.at("median_min").as_int64(), 390);
}

// Without this, a laboratory with a night's mass round would be shown a part of its backlog.
TEST_F(BacklogPage, CountsAllThatWaitsInTheIndexAlone) {
  if (api::testing::on_postgres()) GTEST_SKIP() << "rows are planted past the store, in a file";
  story.arrives("王梅");
  story.sampled();
  Story::done(story.lab.run("screening/receive_tube", fmt::format(R"({{"tube":"{}"}})", story.tube)));
  world.settle();
  constexpr int more = 6'000;
  {
    // Rows as they never came about: the like of the one that did, printed in two counties.
    journal::Connection ledger((world.directory / "ledger.db").string(), journal::Connection::Mode::create);
    std::string columns;
    for (const FieldInfo& field : table_type<screening::Tube>().info->fields)
      if (field.name != "id") columns += ", \"" + std::string(field.name) + "\"";
    ledger.run(fmt::format(
        R"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0})
           INSERT INTO "tube" ("home", "id"{1}) SELECT 990121 + i % 2, randomblob(16){1} FROM "tube", n)",
        more, columns));
    EXPECT_EQ(row("fever_clinic").at("received").as_int64(), more + 1);
    later(std::chrono::hours(7));
    EXPECT_EQ(row("fever_clinic").at("late").as_int64(), more + 1);
    std::string plan;
    journal::Statement explain(
        ledger,
        R"(EXPLAIN QUERY PLAN SELECT "class", count(*), min("received_at"), min("sealed_at") FROM "tube"
                   WHERE "home" = 1 AND "state" = 'received' AND "lab" = x'00' GROUP BY "class")");
    while (explain.step()) plan += explain.string_at(3) + "\n";
    EXPECT_THAT(plan, ::testing::HasSubstr("COVERING INDEX tube__state_lab_class"));
  }
}

TEST_F(BacklogPage, IsForTheLaboratoryAndItsAuthoritiesOnly) {
  EXPECT_EQ(ask("cdc").status, 200U);
  EXPECT_EQ(ask("nurse").status, 403U);
  EXPECT_EQ(ask("other_cdc").status, 404U) << "another county's";
  EXPECT_EQ(fault_paths(world.sign_in("lab").get("/v1/screening/backlog?lab=x")),
            std::vector<std::string>{"/lab"});
  EXPECT_EQ(world.nobody().get("/v1/screening/backlog?lab=x").status, 401U);
}

}  // namespace
}  // namespace fx::bin
