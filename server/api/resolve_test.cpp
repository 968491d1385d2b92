// What a device asks before it sends: without it, labels printed at a desk could not be used by a sampling point that
// worked without network, for each tube of theirs would be another one.
#include <gmock/gmock.h>

#include "api/testing/story.hpp"

namespace fx::api::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Resolving : ::testing::Test {
  Resolving() : world(shared_world()), story(world) {}
  boost::json::array tubes(const std::string& codes) {
    const auto answer = story.nurse.post("/v1/tubes/resolve", fmt::format(R"({{"codes":[{}]}})", codes));
    EXPECT_EQ(answer.status, 200U) << answer.body;
    EXPECT_THAT(answer.body, Not(HasSubstr("person")));
    return json_in(answer).at("tubes").as_array();
  }
  World& world;
  Story story;
};

TEST_F(Resolving, APrintedLabelIsItsTubeHoweverItIsTyped) {
  story.printed();
  const auto found =
      tubes(fmt::format(R"("{}","{}","no code")", "t-" + story.code.substr(1), Story::fresh_code()));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.at(0).at("tube").as_string(), story.tube);
  EXPECT_EQ(found.at(0).at("state").as_string(), "printed");
  EXPECT_EQ(found.at(0).at("class").as_string(), "fever_clinic");
  EXPECT_EQ(found.at(0).at("size").as_int64(), 1);
  EXPECT_EQ(found.at(0).at("members").as_int64(), 0);
  EXPECT_TRUE(found.at(1).is_null()) << "nobody has printed it";
  EXPECT_TRUE(found.at(2).is_null());
}

TEST_F(Resolving, AUsedOneTellsHowFarItIs) {
  story.arrives();
  story.sampled();
  const auto found = tubes('"' + story.code + '"');
  EXPECT_EQ(found.at(0).at("state").as_string(), "sealed");
  EXPECT_EQ(found.at(0).at("members").as_int64(), 1);
  EXPECT_TRUE(found.at(0).as_object().contains("sealed_at"));
}

TEST_F(Resolving, OnlyThoseAskWhoHandleTubesAndNotTooMuchAtOnce) {
  EXPECT_EQ(world.sign_in("admin").post("/v1/tubes/resolve", R"({"codes":[]})").status, 403U);
  std::string many;
  for (int i = 0; i < 501; ++i) many += many.empty() ? "\"x\"" : ",\"x\"";
  EXPECT_EQ(story.nurse.post("/v1/tubes/resolve", fmt::format(R"({{"codes":[{}]}})", many)).status, 400U);
}

}  // namespace
}  // namespace fx::api::testing
