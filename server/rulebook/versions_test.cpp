#include "rulebook/versions.hpp"

#include "rulebook/testing/bench.hpp"

namespace fx::rulebook::testing {
namespace {

struct VersionsTest : ::testing::Test {
  std::vector<File> files{base_file()};
  AccountId author = make_id<AccountId>(1);
  AccountId approver = make_id<AccountId>(2);
  Instant now = at("2022-07-17 10:00");

  Loaded loaded() { return load(files, fake_registry()); }
  Version draft() { return {loaded().version, VersionState::draft, author, now, {}, {}, {}, {}, {}}; }
};

TEST_F(VersionsTest, ADraftBecomesApprovedThenInForceAndSupersedesTheOld) {
  const auto approved = approve(draft(), loaded(), approver, "联防〔2022〕1号", now);
  ASSERT_TRUE(approved);
  EXPECT_EQ(approved->document_number, "联防〔2022〕1号");
  Version old = draft();
  old.state = VersionState::in_force;
  const auto change = put_in_force(*approved, old, loaded(), now);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->now.state, VersionState::in_force);
  EXPECT_EQ(change->before->state, VersionState::superseded);
  EXPECT_EQ(repeal(change->now, now)->state, VersionState::repealed);
  EXPECT_TRUE(repeal(old, now));
  EXPECT_TRUE(repeal(draft(), now).error().has("R-STATE"));
}

TEST_F(VersionsTest, TheAuthorCannotApprove) {
  EXPECT_TRUE(approve(draft(), loaded(), author, "", now).error().has("R-RUL-1"));
}

TEST_F(VersionsTest, ALaxOverlayNeedsApprovalAbove) {
  files.push_back(
      {"linxi.toml",
       "pathogen = \"covid19-cn\"\n[[overlay]]\nid = \"X.h\"\njurisdiction = 990121\nsource = \"N1\"\n"
       "evidence = \"S\"\nprofile = \"v9\"\nfrom = 2022-07-01\nvalue = 5\n"});
  const auto no = approve(draft(), loaded(), approver, "", now);
  ASSERT_FALSE(no);
  EXPECT_TRUE(no.error().has("R-RUL-2"));
  EXPECT_EQ(no.error().list().front().path, "linxi.toml:9");
}

TEST_F(VersionsTest, NothingIsApprovedThatDoesNotLoadOrIsAnotherText) {
  Version other = draft();
  files.front().text += "[[value]]\nid = \"half\"\n";
  EXPECT_TRUE(approve(draft(), loaded(), approver, "", now).error().has("F-SHAPE"));
  EXPECT_TRUE(approve(other, loaded(), approver, "", now).error().has("F-REF"));
  EXPECT_TRUE(put_in_force(draft(), {}, loaded(), now).error().has("R-STATE"));
}

}  // namespace
}  // namespace fx::rulebook::testing
