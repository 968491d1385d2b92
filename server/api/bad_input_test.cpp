// Whatever is sent, the answer says what is wrong with it and nothing changes but the audit. Without these a malformed or
// forbidden request could leave half a fact behind, or tell a stranger that somebody exists.
#include <gmock/gmock.h>

#include <functional>

#include "api/testing/story.hpp"

namespace fx::api::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

struct BadInput : ::testing::Test {
  BadInput() : world(shared_world()), story(world) {}

  /// The answer to something that must change nothing.
  http::Answer unchanged(const std::function<http::Answer()>& send) {
    const std::string before = world.everything();
    auto answer = send();
    EXPECT_EQ(world.everything(), before) << answer.body;
    return answer;
  }
  void expect_refused(const std::function<http::Answer()>& send, unsigned status, std::string_view code) {
    const auto answer = unchanged(send);
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(code_in(answer), code);
  }
  /// Refused by a decision: recorded, with its code.
  void expect_recorded(const std::function<http::Answer()>& send, unsigned status, std::string_view code) {
    const auto lines = world.audit("refused").size();
    expect_refused(send, status, code);
    const auto after = world.audit("refused");
    ASSERT_EQ(after.size(), lines + 1);
    EXPECT_EQ(after.front().code, code);
  }
  std::string registration(std::string_view more) {
    return fmt::format(R"({{"person":"{}","name":"张伟",{}}})", World::id(), more);
  }

  World& world;
  Story story;
};

TEST_F(BadInput, BlanksAreNoReason) {
  const std::string body = registration(R"("reason":" \u3000  ")");
  expect_recorded([&] { return story.nurse.run("people/register_person", body); }, 422, "R-PER-1");
}

TEST_F(BadInput, WrongCheckDigit) {
  expect_recorded(
      [&] {
        return story.nurse.run(
            "people/register_person",
            registration(R"("document_type":"resident_id","document_number":"11010519491231002Y")"));
      },
      422, "R-PER-2");
  expect_recorded(
      [&] {
        return story.nurse.run(
            "people/register_person",
            registration(R"("document_type":"resident_id","document_number":"110105194912310021")"));
      },
      422, "R-PER-2");
}

TEST_F(BadInput, BirthInTheFuture) {
  expect_recorded(
      [&] {
        return story.nurse.run("people/register_person",
                               registration(R"("birth_day":"2031-01-01","reason":"弃婴")"));
      },
      422, "R-PER-2");
}

TEST_F(BadInput, UnknownUnitIsNamed) {
  const auto answer = unchanged([&] {
    return story.nurse.run(
        "hospitals/record_arrival",
        fmt::format(
            R"({{"encounter":"{}","clinic":"{}","person":"{}","pathogen":"covid19-cn","code":"green","history_flag":false}})",
            World::id(), World::id(), World::id()));
  });
  EXPECT_EQ(answer.status, 422U);
  EXPECT_EQ(code_in(answer), "F-REF");
  EXPECT_EQ(json_in(answer).at("refusals").at(0).at("path").as_string(), "/clinic");
}

TEST_F(BadInput, OccurredInTheFuture) {
  story.printed();
  expect_recorded(
      [&] {
        return story.nurse.run(
            "screening/void_tube",
            fmt::format(R"({{"tube":"{}","reason":"破损","occurred_at":"2022-07-19T00:00:00+08:00"}})",
                        story.tube));
      },
      422, "F-FUTURE");
}

TEST_F(BadInput, SameTubeTwice) {
  story.printed();
  expect_recorded(
      [&] { return story.nurse.run("screening/print_tubes", story.print_body(World::id(), story.code)); },
      422, "R-TUB-11");
}

TEST_F(BadInput, WhoeverTestedDoesNotAuthorise) {
  story.arrives();
  story.sampled();
  story.tested("negative");
  expect_recorded(
      [&] {
        return story.lab.run("screening/authorise_result",
                             fmt::format(R"({{"tube":"{}","result":"negative"}})", story.tube));
      },
      422, "R-TUB-8");
}

TEST_F(BadInput, NobodyIsClearedWithoutAResult) {
  story.arrives();
  story.sampled();
  const auto answer = unchanged([&] {
    return story.nurse.run("hospitals/clear_patient",
                           fmt::format(R"({{"encounter":"{}"}})", story.encounter));
  });
  EXPECT_EQ(answer.status, 422U);
  EXPECT_EQ(code_in(answer), "R-FEV-4");
  const boost::json::object refusal = json_in(answer).at("refusals").at(0).as_object();
  EXPECT_FALSE(refusal.at("zh").as_string().empty());
  EXPECT_FALSE(refusal.at("en").as_string().empty());
}

TEST_F(BadInput, NoResultForATubeNeverReceived) {
  story.arrives();
  story.sampled();
  expect_recorded(
      [&] {
        return story.lab.run(
            "screening/record_result",
            fmt::format(R"({{"tube":"{}","result":"negative","control_valid":true,"ct":[]}})", story.tube));
      },
      422, "R-STATE");
}

TEST_F(BadInput, FiveWrongTypesAreAllNamed) {
  const auto answer = unchanged([&] {
    return story.nurse.run(
        "hospitals/record_arrival",
        fmt::format(
            R"({{"encounter":"{}","clinic":5,"person":"{}","pathogen":"covid19-cn","code":"blue","temperature":"hot","symptoms":["fever","spots"],"history_flag":"no"}})",
            World::id(), World::id()));
  });
  EXPECT_EQ(answer.status, 400U);
  EXPECT_EQ(code_in(answer), "F-SHAPE");
  EXPECT_THAT(fault_paths(answer),
              UnorderedElementsAre("/clinic", "/code", "/temperature", "/symptoms/1", "/history_flag"));
}

TEST_F(BadInput, ReservedFieldsAndUnknownOnesAreJudgedWithTheRest) {
  const auto answer = unchanged([&] {
    return story.nurse.run("screening/seal_tube",
                           R"({"tube":"x","occurred_at":"yesterday","device_seq":"one","colour":1})");
  });
  EXPECT_THAT(fault_paths(answer), UnorderedElementsAre("/tube", "/occurred_at", "/device_seq", "/colour"));
}

TEST_F(BadInput, WithoutAKeyNothingIsDone) {
  const auto answer = unchanged([&] {
    return story.nurse.post("/v1/screening/seal_tube", fmt::format(R"({{"tube":"{}"}})", World::id()));
  });
  EXPECT_EQ(answer.status, 400U);
  EXPECT_THAT(fault_paths(answer), ElementsAre("/Idempotency-Key"));
}

TEST_F(BadInput, NotJsonNotAnObjectTooDeepTooLong) {
  for (const std::string body : {"", "{", "nonsense", "[1]", "42", "{\"tube\":\"\xff\"}"}) {
    const auto answer = unchanged([&] { return story.nurse.run("screening/seal_tube", body); });
    EXPECT_EQ(answer.status, 400U) << body;
    EXPECT_EQ(code_in(answer), "F-SHAPE");
  }
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  EXPECT_EQ(
      unchanged([&] { return story.nurse.run("screening/seal_tube", R"({"tube":)" + deep + "}"); }).status,
      400U);
  const std::string big = R"({"tube":")" + std::string(10'000'000, 'x') + R"("})";
  expect_refused([&] { return story.nurse.run("screening/seal_tube", big); }, 413, "H-BODY");
}

TEST_F(BadInput, UnknownRoutesOperationsAndInternalOnes) {
  for (const std::string path : {"nowhere/nothing", "screening/burn_tube", "hospitals/note_sample",
                                 "investigation/propose_exclusion"}) {
    const auto answer = unchanged([&] { return story.nurse.run(path, "{}"); });
    EXPECT_EQ(answer.status, 404U) << path;
    EXPECT_EQ(code_in(answer), "F-ROUTE");
  }
  EXPECT_EQ(story.nurse.get("/v1/screening/nothing").status, 404U);
  EXPECT_EQ(story.nurse.request("PUT", "/v1/duties", "{}", {}).status, 405U);
}

TEST_F(BadInput, ListsTakeDeclaredFiltersAndOurOwnCursors) {
  const auto answer = story.nurse.get("/v1/screening/tubes?colour=red&state=liquid&limit=0");
  EXPECT_EQ(answer.status, 400U);
  EXPECT_THAT(fault_paths(answer), UnorderedElementsAre("/colour", "/state"));
  EXPECT_THAT(fault_paths(story.nurse.get("/v1/screening/tubes?limit=many")), ElementsAre("/limit"));
  EXPECT_THAT(fault_paths(story.nurse.get("/v1/screening/tubes?after=abc")), ElementsAre("/after"));
}

TEST_F(BadInput, MissingAndForeignThingsSoundTheSame) {
  story.arrives();
  auto stranger = world.sign_in("other_nurse");
  const auto act = [&](const std::string& encounter) {
    return stranger.run(
        "hospitals/triage_1",
        fmt::format(R"({{"encounter":"{}","temperature":37.0,"identity_checked":true,"history_taken":true}})",
                    encounter));
  };
  const auto foreign = unchanged([&] { return act(story.encounter); });
  const auto missing = unchanged([&] { return act(World::id()); });
  EXPECT_EQ(foreign.status, 404U) << foreign.body;
  EXPECT_EQ(foreign.status, missing.status);
  EXPECT_EQ(foreign.body, missing.body);
  EXPECT_EQ(code_in(foreign), "R-SCOPE");
}

TEST_F(BadInput, ARoleThatIsMissingIsAnotherMatter) {
  story.arrives();
  story.sampled();
  const auto lines = world.audit("refused").size();
  const auto answer = unchanged([&] {
    return story.nurse.run("screening/authorise_result",
                           fmt::format(R"({{"tube":"{}","result":"negative"}})", story.tube));
  });
  EXPECT_EQ(answer.status, 403U);
  EXPECT_EQ(code_in(answer), "R-ROLE");
  const auto after = world.audit("refused");
  ASSERT_EQ(after.size(), lines + 1);
  EXPECT_EQ(after.front().code, "R-ROLE");
  EXPECT_EQ(after.front().operation, "screening.authorise_result");
}

}  // namespace
}  // namespace fx::api::testing
