// Who is signed in, and who is kept out. Without these a guesser would try passwords all night, or another site would act
// in a nurse's name.
#include <gmock/gmock.h>

#include <filesystem>

#include "api/session_book.hpp"
#include "api/testing/story.hpp"
#include "journal/sqlite/connection.hpp"

namespace fx::api::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct SignIn : ::testing::Test {
  SignIn() : world(shared_world()) {}
  http::Answer post(const std::string& user, std::string_view password, std::vector<http::Header> more = {}) {
    return world.nobody().request("POST", "/v1/session",
                                  fmt::format(R"({{"user":"{}","password":"{}"}})", user, password),
                                  std::move(more));
  }
  World& world;
};

TEST_F(SignIn, TellsWhoOneIsAndWhatTimeItIs) {
  const auto lines = world.audit("signed_in").size();
  const auto answer = post("nurse", World::password);
  ASSERT_EQ(answer.status, 200U);
  const auto json = json_in(answer);
  EXPECT_EQ(json.at("account").as_string(), world.accounts.at("nurse"));
  EXPECT_EQ(json.at("person_name").as_string(), "刘护士");
  EXPECT_EQ(json.at("unit").at("id").as_string(), world.units.at("clinic"));
  EXPECT_EQ(json.at("unit").at("jurisdiction").as_int64(), 990121);
  EXPECT_EQ(json.at("unit").at("kind").as_string(), "fever_clinic");
  EXPECT_EQ(json.at("roles"), parse_own_json(R"(["DOC","NUR","SMP"])"));
  EXPECT_EQ(json.at("realm").as_string(), "training");
  EXPECT_THAT(std::string(json.at("clock").at("now").as_string()), HasSubstr("2022-07-17T2"));
  EXPECT_EQ(json.at("clock").at("zone").as_string(), "+08:00");
  const std::string cookie(answer.header("set-cookie"));
  EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
  EXPECT_THAT(cookie, HasSubstr("SameSite=Strict"));
  EXPECT_THAT(cookie, Not(HasSubstr("Secure"))) << "plain HTTP on the loopback";
  EXPECT_EQ(world.audit("signed_in").size(), lines + 1);
}

TEST_F(SignIn, WithoutASessionNothingIsTold) {
  for (const std::string path :
       {"/v1/session", "/v1/duties", "/v1/command/units", "/v1/rulebook", "/v1/stream", "/v1/audit"})
    EXPECT_EQ(world.nobody().get(path).status, 401U) << path;
  EXPECT_EQ(world.nobody().run("screening/seal_tube", "{}").status, 401U);
}

TEST_F(SignIn, ANameThatIsNoneAndAWrongPasswordSoundTheSame) {
  const auto wrong = post("head", "not the password");
  const auto nobody = post("nobody-of-that-name", "not the password");
  EXPECT_EQ(wrong.status, 401U);
  EXPECT_EQ(wrong.body, nobody.body);
  EXPECT_EQ(wrong.status, nobody.status);
  const auto lines = world.audit("sign_in_failed");
  ASSERT_GE(lines.size(), 2U);
  EXPECT_TRUE(lines[0].actor.is_nil());
  EXPECT_EQ(lines[1].actor.text(), world.accounts.at("head"));
}

TEST_F(SignIn, AGuesserWaitsLongerEachTimeKnownOrNot) {
  for (const std::string user : {"victim", "nobody-at-all"}) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(post(user, "wrong password").status, 401U);
    const auto answer = post(user, World::password);
    EXPECT_EQ(answer.status, 429U) << "even with the right password";
    EXPECT_EQ(code_in(answer), "R-SIGN-3");
    EXPECT_EQ(answer.header("retry-after"), "2");
  }
}

TEST_F(SignIn, SigningOutEndsTheSessionAtOnce) {
  Caller nurse = world.sign_in("nurse");
  EXPECT_EQ(nurse.get("/v1/session").status, 200U);
  const auto out = nurse.request("DELETE", "/v1/session", "", {});
  EXPECT_EQ(out.status, 204U);
  EXPECT_THAT(std::string(out.header("set-cookie")), HasSubstr("Max-Age=0"));
  EXPECT_EQ(nurse.get("/v1/session").status, 401U);
}

TEST_F(SignIn, AnotherSiteCannotActInOnesName) {
  Caller nurse = world.sign_in("nurse");
  const std::string host = "127.0.0.1";  // as the client names it
  const auto send = [&](std::vector<http::Header> headers) {
    return nurse.request("POST", "/v1/batch", "[]", std::move(headers));
  };
  EXPECT_EQ(send({{"Origin", "http://" + host}}).status, 200U);
  for (const std::string& origin : std::vector<std::string>{
           "http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1.evil.example"}) {
    const auto answer = send({{"Origin", origin}});
    EXPECT_EQ(answer.status, 403U) << origin;
    EXPECT_EQ(code_in(answer), "R-ORIGIN");
  }
  EXPECT_EQ(send({{"Sec-Fetch-Site", "cross-site"}}).status, 403U);
  EXPECT_EQ(post("nurse", World::password, {{"Origin", "http://evil.example"}}).status, 403U)
      << "signing in too";
}

TEST_F(SignIn, AClosedAccountIsOutAtOnce) {
  Caller admin = world.sign_in("admin");
  const std::string account = World::id();
  Story::done(admin.run(
      "command/create_account",
      fmt::format(R"({{"account":"{}","user":"leaver","display_name":"蒋离职","password":"{}","unit":"{}"}})",
                  account, World::password, world.units.at("cmd"))));
  Caller leaver = world.sign_in("leaver");
  EXPECT_EQ(leaver.get("/v1/session").status, 200U);
  Story::done(admin.run("command/close_account", fmt::format(R"({{"account":"{}"}})", account)));
  world.settle();
  EXPECT_EQ(leaver.get("/v1/session").status, 401U);
  EXPECT_EQ(post("leaver", World::password).status, 403U);
}

// ---- the book itself ---------------------------------------------------------------------------------------------

constexpr std::int64_t noon = 1'658'000'000'000;
MachineTime at(std::chrono::minutes minutes) {
  return {std::chrono::hours(100) + minutes, {noon + Duration(minutes).count()}};
}
using std::chrono::minutes;

TEST(SessionBook, EndsByIdlenessAndByAge) {
  SessionBook book({}, at(minutes(0)));
  const std::string token = book.open({}, {}, at(minutes(0)));
  EXPECT_TRUE(book.use(token, at(minutes(29))));
  EXPECT_TRUE(book.use(token, at(minutes(58))));
  EXPECT_TRUE(book.alive(token, at(minutes(80)))) << "looking is not use";
  EXPECT_FALSE(book.use(token, at(minutes(88))));
  const std::string busy = book.open({}, {}, at(minutes(0)));
  for (int m = 20; m < 720; m += 20) EXPECT_TRUE(book.use(busy, at(minutes(m))));
  EXPECT_FALSE(book.use(busy, at(minutes(720))));
}

TEST(SessionBook, OutlivesARestartWithoutKeepingTokens) {
  const auto path = (std::filesystem::temp_directory_path() / ("fx-sessions-" + World::id())).string();
  std::string token;
  {
    SessionBook book(path, at(minutes(0)));
    token = book.open({*RawId::parse(World::id())}, {}, at(minutes(0)));
    EXPECT_TRUE(book.use(token, at(minutes(20))));
  }
  {
    // A restart of the machine too: its monotonic clock began anew.
    SessionBook book(path, {minutes(1), at(minutes(40)).wall});
    EXPECT_TRUE(book.use(token, {minutes(2), at(minutes(41)).wall}));
    journal::Connection file(path, journal::Connection::Mode::read);
    EXPECT_EQ(file.number("SELECT count(*) FROM session WHERE key = '" + token + "'"), 0);
    EXPECT_EQ(file.number("SELECT count(*) FROM session"), 1);
    book.close(token);
    EXPECT_EQ(file.number("SELECT count(*) FROM session"), 0);
  }
  for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(path + tail);
}

TEST(SessionBook, WhoSignedOutStaysOutThoughTheFileCouldNotBeWritten) {
  const auto path = (std::filesystem::temp_directory_path() / ("fx-sessions-" + World::id())).string();
  std::string token;
  {
    SessionBook book(path, at(minutes(0)));
    token = book.open({*RawId::parse(World::id())}, {}, at(minutes(0)));
    journal::Connection file(path, journal::Connection::Mode::create);
    file.run("CREATE TRIGGER full BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'full'); END");
    book.close(token);
    EXPECT_FALSE(book.use(token, at(minutes(1))));
  }
  SessionBook after(path, at(minutes(2)));
  EXPECT_FALSE(after.use(token, at(minutes(3))));
  for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(path + tail);
}

TEST(SignInGuard, SlowsAPeerThatTriesManyNames) {
  SignInGuard guard;
  const Duration now = std::chrono::hours(1);
  for (int i = 0; i < 45; ++i) guard.failed("user" + std::to_string(i), "10.0.0.9", now);
  EXPECT_EQ(guard.wait("fresh", "10.0.0.9", now), Duration::zero());
  for (int i = 0; i < 10; ++i) guard.failed("again" + std::to_string(i), "10.0.0.9", now);
  EXPECT_GT(guard.wait("fresh", "10.0.0.9", now), Duration::zero());
  EXPECT_EQ(guard.wait("fresh", "10.0.0.8", now), Duration::zero());
}

}  // namespace
}  // namespace fx::api::testing
