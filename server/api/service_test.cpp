// The service around the desks: live updates, the realm's clock, health, the web UI, a full disk. Without these a board
// would stand still, or a live realm's clock could be turned.
#include <gmock/gmock.h>
#include <zlib.h>

#include <future>
#include <thread>

#include "api/row_json.hpp"
#include "api/static_files.hpp"
#include "api/testing/story.hpp"

namespace fx::api::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct ServiceTest : ::testing::Test {
  ServiceTest() : world(shared_world()) {}
  World& world;
};

/// An open stream of the caller.
http::Client listen(World& world, const Caller& caller) {
  http::Client client(world.server->port());
  client.connect();
  client.send_raw(fmt::format("GET /v1/stream HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", caller.cookie()));
  EXPECT_EQ(client.read_head().status, 200U);
  EXPECT_THAT(client.next_event().value_or(""), HasSubstr("hello"));
  return client;
}

/// Listens until a desk is named; `before`: what was heard until then.
std::string hear(http::Client& ear, const std::string& topic, std::string* before = nullptr) {
  while (const auto event = ear.next_event()) {
    if (event->find('"' + topic + '"') != std::string::npos) return *event;
    if (before != nullptr) *before += *event;
  }
  return "the stream ended";
}

TEST_F(ServiceTest, AListenerHearsThatADeskOfItsCountyChangedAndNoMore) {
  Caller cdc = world.sign_in("cdc");
  Caller neighbour = world.sign_in("other_cdc");
  auto own = listen(world, cdc);
  auto other = listen(world, neighbour);
  Story story(world);
  story.printed();
  const std::string heard = hear(own, "screening");
  EXPECT_THAT(heard, HasSubstr("event: changed"));
  EXPECT_THAT(heard, HasSubstr(R"("batch":)"));
  EXPECT_THAT(heard, Not(HasSubstr(story.tube)));
  Caller beside = world.sign_in("other_nurse");
  Story::done(beside.run(
      "people/register_person",
      fmt::format(R"({{"person":"{}","name":"李四","reason":"无证件"}})", World::id(World::neighbour))));
  std::string before;
  EXPECT_THAT(hear(other, "people", &before), HasSubstr("event: changed"));
  EXPECT_THAT(before, Not(HasSubstr("screening"))) << "its own county's news, not the other's";
}

TEST_F(ServiceTest, ATrainingClockMovesForwardOnly) {
  World moved;
  Caller leader = moved.sign_in("leader");
  const auto before =
      *parse_instant(std::string(json_in(leader.get("/v1/session")).at("clock").at("now").as_string()));
  auto ear = listen(moved, leader);
  const auto answer = leader.post("/v1/clock", R"({"advance_s":3600})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto after =
      *parse_instant(std::string(json_in(leader.get("/v1/session")).at("clock").at("now").as_string()));
  EXPECT_GE((after - before).count(), 3'600'000);
  EXPECT_LT((after - before).count(), 3'700'000);
  EXPECT_THAT(hear(ear, "clock"), HasSubstr("changed"));
  EXPECT_EQ(code_in(leader.post("/v1/clock", R"({"set":"2022-07-17T20:00:00+08:00"})")), "R-CLK-2");
  EXPECT_EQ(leader.post("/v1/clock", R"({"set":"2022-07-18T06:00:00+08:00"})").status, 200U);
  EXPECT_EQ(leader.post("/v1/clock", R"({"advance_s":-5})").status, 400U);
  EXPECT_EQ(leader.post("/v1/clock", "{}").status, 400U);
  EXPECT_EQ(moved.audit("clock_moved").size(), 2U);
  const auto arrival = moved.sign_in("nurse").run("screening/print_tubes",
                                                  Story(moved).print_body(World::id(), Story::fresh_code()));
  ASSERT_EQ(arrival.status, 200U) << arrival.body;
  EXPECT_THAT(std::string(json_in(arrival).at("events").at(0).at("recorded_at").as_string()),
              HasSubstr("2022-07-18T06:0"));
}

TEST_F(ServiceTest, ALiveClockStands) {
  World live({.realm = Realm::live});
  Caller leader = live.sign_in("leader");
  EXPECT_EQ(code_in(leader.post("/v1/clock", R"({"advance_s":60})")), "R-CLK-1");
}

TEST_F(ServiceTest, AFullDiskServesMaskedReadsAndRefusesWhatItCannotRecord) {
  if (on_postgres()) GTEST_SKIP() << "the database's disk is not ours to fill";
  World small;
  Story story(small);
  story.arrives();
  small.disk->full = true;
  const auto write =
      story.nurse.run("screening/print_tubes", story.print_body(World::id(), Story::fresh_code()));
  EXPECT_EQ(write.status, 507U) << write.body;
  EXPECT_EQ(code_in(write), "F-DISK");
  EXPECT_EQ(story.nurse.get("/v1/hospitals/encounters").status, 200U);
  EXPECT_EQ(story.nurse.post("/v1/people/" + story.person + "/unmask", R"({"purpose":"treatment"})").status,
            507U);
  EXPECT_EQ(story.nurse.get("/v1/search?q=" + story.document).status, 507U);
  EXPECT_EQ(json_in(story.nurse.get("/healthz")).at("writes").as_bool(), false);
}

TEST(DegradedHealth, IsToldAfterADefectWhileWorkGoesOn) {
  World world;
  Story story(world);
  Operation broken = *world.registry->operation("screening.void_tube");
  broken.decide = [](const void*, const View&, const Context&) -> Result<Decision> {
    defect("planted", __FILE__, __LINE__, "a defect of this test");
  };
  Command command;
  command.operation = &broken;
  Faults faults;
  command.body = broken.decode(boost::json::object{{"tube", World::id()}, {"reason", "坏"}}, faults, {});
  ASSERT_TRUE(faults.empty()) << faults.front().path;
  command.system = true;
  command.jurisdiction = World::county;
  command.id = *RawId::parse(World::id());
  std::promise<Outcome::Kind> became;
  ASSERT_TRUE(world.writer->submit(std::move(command), runtime::Lane::normal,
                                   [&](const Outcome& outcome) { became.set_value(outcome.kind); }));
  ASSERT_EQ(became.get_future().get(), Outcome::Kind::defect);
  const auto health = story.nurse.get("/healthz");
  EXPECT_EQ(health.status, 200U);
  EXPECT_TRUE(json_in(health).at("degraded").as_bool());
  EXPECT_EQ(json_in(health).at("defects").as_int64(), 1);
  EXPECT_TRUE(json_in(health).at("writes").as_bool()) << "one command failed, the next ones go on";
  EXPECT_THAT(story.nurse.get("/metrics").body, HasSubstr("fangxian_degraded 1"));
}

TEST_F(ServiceTest, MachinesAreToldHowItIs) {
  auto nobody = world.nobody();
  const auto health = nobody.get("/healthz");
  EXPECT_EQ(health.status, 200U);
  const auto json = json_in(health);
  for (const char* part : {"reads", "writes"}) EXPECT_TRUE(json.at(part).as_bool()) << part;
  for (const char* part : {"shedding", "time_held", "degraded"})
    EXPECT_FALSE(json.at(part).as_bool()) << part;
  EXPECT_GT(json.at("batch").as_int64(), 0);
  const auto metrics = nobody.get("/metrics");
  EXPECT_THAT(metrics.body, HasSubstr("# TYPE fangxian_requests_total counter"));
  EXPECT_THAT(metrics.body, HasSubstr("fangxian_commands_accepted_total"));
  const auto api = json_in(nobody.get("/openapi.json"));
  EXPECT_EQ(api.at("openapi").as_string(), "3.1.0");
  EXPECT_TRUE(api.at("paths").as_object().contains("/v1/screening/seal_tube"));
  EXPECT_FALSE(api.at("paths").as_object().contains("/v1/hospitals/note_sample")) << "internal";
}

TEST_F(ServiceTest, EveryRequestIsALineWithoutNames) {
  Story story(world);
  story.arrives("令狐冲");
  story.nurse.get("/v1/search?q=" + story.document);
  const std::lock_guard lock(world.log_mutex);
  ASSERT_FALSE(world.log.empty());
  bool searched = false;
  for (const std::string& line : world.log) {
    const auto json = parse_own_json(line);
    EXPECT_THAT(line, Not(HasSubstr(story.document)));
    EXPECT_THAT(line, Not(HasSubstr("令狐冲")));
    searched = searched || (json.at("what").as_string() == "search" && json.at("status").as_int64() == 200);
  }
  EXPECT_TRUE(searched);
}

// ---- the web UI --------------------------------------------------------------------------------------------------

std::string packed(const std::string& text) {
  z_stream stream{};
  constexpr int gzip_header = 16;
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + gzip_header, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + 100, '\0');
  stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<unsigned>(text.size());
  stream.next_out = reinterpret_cast<unsigned char*>(out.data());
  stream.avail_out = static_cast<unsigned>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Pages : ::testing::Test {
  http::Request ask(std::string path, std::vector<http::Header> headers = {}) {
    http::Request request;
    request.method = "GET";
    request.path = std::move(path);
    request.headers = std::move(headers);
    return request;
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
      if (key == name) return value;
    return {};
  }
  static std::span<const unsigned char> bytes(const std::string& text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
  }
  std::string index = packed("<html><meta name=\"csp-nonce\" content=\"__CSP_NONCE__\"></html>");
  std::string script = packed("let a = 1;");
  std::vector<assets::Asset> assets{
      {"/assets/app-abc.js", "text/javascript", "\"abc\"", bytes(script), true, {}},
      {"/index.html", "text/html; charset=utf-8", "\"idx\"", bytes(index), false, {}}};
  StaticFiles files{assets};
};

TEST_F(Pages, EachIndexHasItsOwnNonceAndThePolicyNamesIt) {
  const auto first = files.answer(ask("/"));
  const auto second = files.answer(ask("/hospitals/rooms"));
  EXPECT_EQ(first.status, 200U);
  EXPECT_NE(first.body, second.body);
  EXPECT_THAT(first.body, Not(HasSubstr("__CSP_NONCE__")));
  const std::string policy = header(first, "Content-Security-Policy");
  const auto at = policy.find("'nonce-") + 7;
  const std::string nonce = policy.substr(at, policy.find('\'', at) - at);
  EXPECT_GE(nonce.size(), 16U);
  EXPECT_THAT(first.body, HasSubstr(nonce));
  EXPECT_THAT(policy, HasSubstr("default-src 'self'"));
  EXPECT_THAT(policy, HasSubstr("script-src 'self' 'wasm-unsafe-eval'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(header(first, "Cache-Control"), "no-store");
}

TEST_F(Pages, HashedFilesAreKeptForGoodAndPackedWhereTaken) {
  const auto taken = files.answer(ask("/assets/app-abc.js", {{"accept-encoding", "br, gzip"}}));
  EXPECT_EQ(header(taken, "Content-Encoding"), "gzip");
  EXPECT_EQ(taken.view, std::string_view(script));
  EXPECT_THAT(header(taken, "Cache-Control"), HasSubstr("immutable"));
  const auto plain = files.answer(ask("/assets/app-abc.js", {{"accept-encoding", "gzip;q=0"}}));
  EXPECT_EQ(header(plain, "Content-Encoding"), "");
  EXPECT_EQ(plain.view, "let a = 1;");
  EXPECT_EQ(files.answer(ask("/assets/app-abc.js", {{"if-none-match", "\"abc\""}})).status, 304U);
  EXPECT_EQ(files.answer(ask("/assets/gone-123.js")).status, 404U) << "a missing file is no page";
}

TEST_F(ServiceTest, EveryAnswerForbidsWhatABrowserMustNotDo) {
  for (const std::string path : {"/", "/healthz", "/v1/session"}) {
    const auto answer = world.nobody().get(path);
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << path;
    EXPECT_THAT(std::string(answer.header("content-security-policy")), HasSubstr("frame-ancestors 'none'"))
        << path;
  }
}

TEST(RowJson, NumbersBeyondABrowserBecomeTexts) {
  EXPECT_EQ(without_big_numbers(
                R"({"no":18014398509482048,"n":12,"x":-3.5e2,"t":"18014398509482048 \" 18014398509482048"})"),
            R"({"no":"18014398509482048","n":12,"x":-3.5e2,"t":"18014398509482048 \" 18014398509482048"})");
  EXPECT_EQ(without_big_numbers(R"({"t":"ends in \\\\","no":18014398509482048,"u":"\\\"1","open":"never)"),
            R"({"t":"ends in \\\\","no":"18014398509482048","u":"\\\"1","open":"never)");
  EXPECT_EQ(without_big_numbers("[18014398509482048,0.18014398509482048]"),
            R"(["18014398509482048",0.18014398509482048])");
}

}  // namespace
}  // namespace fx::api::testing
