// A command sent twice is done once; a batch keeps its order; a full disk or queue is told. Without these a nurse who
// presses twice on a bad line would have two patients.
#include <gmock/gmock.h>

#include <boost/json/serialize.hpp>
#include <future>
#include <thread>

#include "api/front_door.hpp"
#include "api/testing/story.hpp"

namespace fx::api::testing {
namespace {

using ::testing::Contains;

struct Door : ::testing::Test {
  Door() : world(shared_world()), story(world) {}
  World& world;
  Story story;
};

TEST_F(Door, AnAnswerTellsEventsAndDuties) {
  story.arrives();
  story.printed();
  Story::done(
      story.nurse.run("hospitals/order_sample", fmt::format(R"({{"encounter":"{}"}})", story.encounter)));
  Story::done(story.nurse.run("screening/link_person",
                              fmt::format(R"({{"tube":"{}","person":"{}","encounter":"{}"}})", story.tube,
                                          story.person, story.encounter)));
  const auto answer = story.nurse.run(
      "screening/seal_tube",
      fmt::format(R"({{"tube":"{}","occurred_at":"2022-07-17T21:20:00+08:00"}})", story.tube));
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto json = json_in(answer);
  const auto& event = json.at("events").at(0).as_object();
  EXPECT_EQ(event.at("type").as_string(), "screening.tube_sealed");
  EXPECT_EQ(event.at("occurred_at").as_string(), "2022-07-17T21:20:00+08:00");
  EXPECT_TRUE(event.at("no").is_string()) << "beyond 2^53";
  ASSERT_FALSE(json.at("duties").as_array().empty());
  const auto& duty = json.at("duties").at(0).as_object();
  for (const char* field :
       {"no", "rule", "about", "about_kind", "due_at", "debtor_unit", "debtor_role", "state"})
    EXPECT_TRUE(duty.contains(field)) << field;
  EXPECT_GT(json.at("batch").as_int64(), 0);
}

TEST_F(Door, TheSameKeyIsTheSameAnswerAndOtherContentAConflict) {
  const std::string tube = World::id();
  const std::string key = World::id();
  const std::string body = story.print_body(tube, Story::fresh_code());
  const auto first = story.nurse.post("/v1/screening/print_tubes", body, key);
  ASSERT_EQ(first.status, 200U) << first.body;
  const std::string after_first = world.everything();
  const auto again = story.nurse.post("/v1/screening/print_tubes", body, key);
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(json_in(again).at("events"), json_in(first).at("events"));
  const auto other =
      story.nurse.post("/v1/screening/print_tubes", story.print_body(tube, Story::fresh_code()), key);
  EXPECT_EQ(other.status, 409U);
  EXPECT_EQ(code_in(other), "F-KEY");
  EXPECT_EQ(world.everything(), after_first);
}

TEST_F(Door, TheOrderOfFieldsIsNoOtherContent) {
  const std::string key = World::id();
  const auto body = parse_own_json(story.print_body(World::id(), Story::fresh_code()));
  std::string turned = "{";
  for (const auto& member : body.as_object())
    turned = "{\"" + std::string(member.key()) + "\":" + boost::json::serialize(member.value()) +
             (turned.size() > 1 ? "," : "") + turned.substr(1);
  const std::string first = boost::json::serialize(body);
  ASSERT_NE(first, turned + "}");
  EXPECT_EQ(story.nurse.post("/v1/screening/print_tubes", first, key).status, 200U);
  EXPECT_EQ(story.nurse.post("/v1/screening/print_tubes", turned + "}", key).status, 200U);
}

TEST_F(Door, AFieldThatIsThereTwiceIsNamed) {
  const auto answer = story.nurse.post(
      "/v1/screening/void_tube",
      fmt::format(R"({{"tube":"{0}","reason":"a \"b\": {{","tube":"{0}"}})", World::id()), World::id());
  EXPECT_EQ(answer.status, 400U);
  EXPECT_THAT(fault_paths(answer), Contains("/tube"));
  const auto batch = story.nurse.post("/v1/batch", R"([1,{"body":{"reason":"x","reason":"y"}}])");
  EXPECT_EQ(batch.status, 400U);
  EXPECT_THAT(fault_paths(batch), Contains("/1/body/reason"));
}

TEST_F(Door, AKeyOlderThanAnswersAreKeptIsNotRunAsNew) {
  story.printed();
  const std::string body = fmt::format(R"({{"tube":"{}","reason":"印坏"}})", story.tube);
  const Instant kept = world.clock.wall() - std::chrono::days(7);
  const auto key = [&](Duration after) {
    return RawId::make((kept + after).ms, 990121, runtime::random_u64(), 0).text();
  };
  const std::string after_print = world.everything();
  const auto old = story.nurse.post("/v1/screening/void_tube", body, key(-std::chrono::minutes(5)));
  EXPECT_EQ(old.status, 422U) << old.body;
  EXPECT_EQ(code_in(old), "F-OLD");
  const auto queued = json_in(story.nurse.post(
      "/v1/batch", fmt::format(R"([{{"operation":"screening.void_tube","idempotency_key":"{}","body":{}}}])",
                               key(-std::chrono::minutes(5)), body)));
  EXPECT_EQ(queued.at(0).at("status").as_int64(), 422);
  EXPECT_EQ(world.everything(), after_print);
  EXPECT_EQ(story.nurse.post("/v1/screening/void_tube", body, key(std::chrono::minutes(5))).status, 200U);
}

TEST_F(Door, ResultsHoldsAndExitsGoBeforeOtherWork) {
  const auto lane = [&](const char* name) { return lane_of(*world.registry->operation(name)); };
  for (const char* urgent : {"screening.authorise_result", "gates.check_person", "gates.hold_driver",
                             "hospitals.clear_patient", "hospitals.declare_emergency"})
    EXPECT_EQ(lane(urgent), runtime::Lane::life) << urgent;
  EXPECT_EQ(lane("screening.print_tubes"), runtime::Lane::normal);
}

TEST_F(Door, ARefusalIsRememberedToo) {
  story.printed();
  const std::string key = World::id();
  const std::string body = story.print_body(World::id(), story.code);
  const auto first = story.nurse.post("/v1/screening/print_tubes", body, key);
  const auto lines = world.audit("refused").size();
  const auto again = story.nurse.post("/v1/screening/print_tubes", body, key);
  EXPECT_EQ(first.status, 422U);
  EXPECT_EQ(again.status, 422U);
  EXPECT_EQ(code_in(again), "R-TUB-11");
  EXPECT_EQ(world.audit("refused").size(), lines) << "refused once, recorded once";
}

TEST_F(Door, ABatchIsAnsweredItemByItemInOrder) {
  const std::string tube = World::id();
  const auto item = [](std::string_view operation, const std::string& body) {
    return fmt::format(
        R"({{"operation":"{}","idempotency_key":"{}","body":{},"device":"gate-3","device_seq":7}})",
        operation, World::id(), body);
  };
  const std::string batch =
      "[" + item("screening.print_tubes", story.print_body(tube, Story::fresh_code())) + "," +
      item("screening.link_person", fmt::format(R"({{"tube":"{}"}})", tube)) + "," +
      item("screening.authorise_result", fmt::format(R"({{"tube":"{}","result":"negative"}})", tube)) + "," +
      item("screening.void_tube", fmt::format(R"({{"tube":"{}","reason":"印坏"}})", tube)) + "," +
      item("screening.void_tube", fmt::format(R"({{"tube":"{}","reason":"印坏"}})", tube)) + ",7]";
  const auto answer = story.nurse.post("/v1/batch", batch);
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto answers = json_in(answer).as_array();
  ASSERT_EQ(answers.size(), 6U);
  EXPECT_EQ(answers[0].at("status").as_int64(), 200);
  EXPECT_EQ(answers[0].at("events").at(0).at("type").as_string(), "screening.tube_printed");
  EXPECT_EQ(answers[1].at("status").as_int64(), 400);
  EXPECT_EQ(answers[1].at("faults").at(0).at("path").as_string(), "/body/person");
  EXPECT_EQ(answers[2].at("status").as_int64(), 403);
  EXPECT_EQ(answers[3].at("status").as_int64(), 200) << "follows what the batch itself made";
  EXPECT_EQ(answers[4].at("status").as_int64(), 422);
  EXPECT_EQ(answers[5].at("status").as_int64(), 400);
  EXPECT_EQ(story.nurse.post("/v1/batch", "[]").body, "[]");
  std::string many = "[0";
  for (int i = 0; i < 1000; ++i) many += ",0";
  EXPECT_EQ(story.nurse.post("/v1/batch", many + "]").status, 400U);
}

TEST_F(Door, GapsOfADeviceShowUntilTheyAreFilled) {
  const std::string device = "point-" + World::id();
  const auto item = [&](int number, bool well_formed = true) {
    return fmt::format(
        R"({{"operation":"screening.print_tubes","idempotency_key":"{}","body":{},"device":"{}","device_seq":{}}})",
        World::id(), well_formed ? story.print_body(World::id(), Story::fresh_code()) : "{}", device, number);
  };
  const auto row = [&] {
    world.settle();
    const auto page = json_in(story.nurse.get("/v1/command/devices?name=" + device));
    return page.at("rows").as_array().empty() ? boost::json::value{} : page.at("rows").at(0);
  };
  const auto send = [&](const std::string& items) {
    return story.nurse.post("/v1/batch", "[" + items + "]");
  };
  (void)send(item(1) + "," + item(2, false) + "," + item(5));  // a record that was declined did come
  EXPECT_EQ(row().at("highest").as_int64(), 5);
  EXPECT_EQ(row().at("missing").as_int64(), 2);
  EXPECT_EQ(row().at("gaps").at(0).at("from").as_int64(), 3);
  EXPECT_EQ(row().at("gaps").at(0).at("until").as_int64(), 4);
  (void)send(item(4));
  EXPECT_EQ(row().at("missing").as_int64(), 1);
  (void)send(item(3) + "," + item(6));
  EXPECT_EQ(row().at("missing").as_int64(), 0);
  EXPECT_EQ(row().at("highest").as_int64(), 6);
  // Nor is one lost that the door itself sent back: too old, of another's post, of no operation at all.
  const auto at_door = [&](int number, std::string_view operation, const std::string& key) {
    return fmt::format(
        R"({{"operation":"{}","idempotency_key":"{}","body":{{}},"device":"{}","device_seq":{}}})", operation,
        key, device, number);
  };
  const Instant old = world.clock.wall() - std::chrono::days(8);
  const auto answers = json_in(send(at_door(7, "screening.void_tube",
                                            RawId::make(old.ms, 990121, runtime::random_u64(), 0).text()) +
                                    "," + at_door(8, "screening.authorise_result", World::id()) + "," +
                                    at_door(9, "screening.nothing", World::id())))
                           .as_array();
  EXPECT_EQ(answers[0].at("status").as_int64(), 422);
  EXPECT_EQ(answers[1].at("status").as_int64(), 403);
  EXPECT_EQ(answers[2].at("status").as_int64(), 400);
  EXPECT_EQ(row().at("highest").as_int64(), 9);
  EXPECT_EQ(row().at("missing").as_int64(), 0);
}

// A phone wiped in the middle of a shift counts from 1 again: without this its records would fill its own gaps.
TEST_F(Door, ANumberThatTwoRecordsBearIsCounted) {
  const std::string device = "point-" + World::id();
  const auto item = [&](int number) {
    return fmt::format(
        R"({{"operation":"screening.print_tubes","idempotency_key":"{}","body":{},"device":"{}","device_seq":{}}})",
        World::id(), story.print_body(World::id(), Story::fresh_code()), device, number);
  };
  const auto reused = [&] {
    world.settle();
    const auto page = json_in(story.nurse.get("/v1/command/devices?name=" + device));
    return page.at("rows").at(0).at("reused").as_int64();
  };
  const auto send = [&](const std::string& items) {
    return json_in(story.nurse.post("/v1/batch", "[" + items + "]")).as_array();
  };
  const std::string first = item(1) + "," + item(2);
  (void)send(first);
  EXPECT_EQ(reused(), 0);
  (void)send(first);
  EXPECT_EQ(reused(), 0) << "the same record sent again";
  const auto answers = send(item(1));
  EXPECT_EQ(answers[0].at("status").as_int64(), 200) << "it has happened, and stands";
  EXPECT_EQ(reused(), 1);
  (void)send(item(7) + "," + item(7));
  EXPECT_EQ(reused(), 2);
}

TEST_F(Door, ADeedOfAQueueThatFailsAGuardStandsAsADispute) {
  story.arrives();
  story.printed();
  const auto link = [&] {
    return fmt::format(
        R"({{"operation":"screening.link_person","idempotency_key":"{}","body":{{"tube":"{}","person":"{}"}},)"
        R"("device":"point-3","device_seq":8}})",
        World::id(), story.tube, story.person);
  };
  const std::string twice = "[" + link() + "," + link() + "]";
  const auto answers = json_in(story.nurse.post("/v1/batch", twice)).as_array();
  EXPECT_EQ(answers[0].at("status").as_int64(), 200);
  EXPECT_EQ(answers[1].at("status").as_int64(), 422);
  (void)story.nurse.post("/v1/batch", twice);  // sent again after a lost answer: still one dispute
  const auto rows = json_in(story.nurse.get("/v1/command/disputes")).at("rows").as_array();
  const auto ours = std::ranges::count_if(rows, [&](const boost::json::value& row) {
    return row.at("ids").at(0).at("id").as_string() == story.tube &&
           row.at("operation").as_string() == "screening.link_person";
  });
  EXPECT_EQ(ours, 1);
}

TEST(FullQueue, IsToldToComeBackAndReadsStandBackFirst) {
  World world({.queue = 2, .one_hand = true});
  Caller nurse = world.sign_in("nurse");
  std::promise<void> hold;
  std::promise<void> held;
  world.writer->post([&](Engine&) {
    held.set_value();
    hold.get_future().wait();
  });
  held.get_future().wait();
  std::vector<std::future<unsigned>> waiting;
  for (int i = 0; i < 2; ++i)
    waiting.push_back(std::async(std::launch::async, [&, cookie = nurse.cookie()] {
      return Caller(world.server->port(), cookie)
          .run("screening/seal_tube", fmt::format(R"({{"tube":"{}"}})", World::id()))
          .status;
    }));
  while (world.writer->counters().waiting < 2) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const auto turned_away = nurse.run("screening/seal_tube", fmt::format(R"({{"tube":"{}"}})", World::id()));
  EXPECT_EQ(turned_away.status, 503U);
  EXPECT_EQ(turned_away.header("retry-after"), "1");
  EXPECT_NE(turned_away.body.find("F-BUSY"), std::string::npos);
  EXPECT_EQ(Caller(world.server->port(), "").run("screening/seal_tube", "not even JSON").status, 503U)
      << "said before anything is looked at";
  EXPECT_EQ(world.writer->counters().turned_away, 2U);
  EXPECT_EQ(nurse.get("/v1/screening/tubes").status, 503U);
  EXPECT_EQ(nurse.get("/v1/duties").status, 200U) << "what is owed is shown to the last";
  EXPECT_EQ(json_in(nurse.get("/healthz")).at("shedding").as_bool(), true);
  hold.set_value();
  for (auto& one : waiting) EXPECT_EQ(one.get(), 404U) << "queued writes still land";
  world.settle();
  EXPECT_EQ(nurse.get("/v1/screening/tubes").status, 200U);
}

}  // namespace
}  // namespace fx::api::testing
