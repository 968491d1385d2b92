#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <random>

#include "api/http/testing/fixture.hpp"

// Without these, one rude or broken client could stop the service for a county.
namespace fx::http::testing {
namespace {

TEST_F(HttpTest, RefusesMalformedRequestsWithTheirReason) {
  serve();
  const struct {
    std::string_view bytes;
    unsigned status;
    std::string_view code;
  } cases[] = {
      {"nonsense\r\n\r\n", 400, "H-SYNTAX"},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "H-SYNTAX"},  // a TLS greeting: answered at once
      {"GET / HTTP/1.1\r\nHost: h\r\nBad Header: x\r\n\r\n", 400, "H-SYNTAX"},
      {"GET / HTTP/1.1\r\nHost: h\r\nName : x\r\n\r\n", 400, "H-SYNTAX"},
      {"GET / HTTP/1.1\r\nHost: h\r\nX: \x01\r\n\r\n", 400, "H-SYNTAX"},
      {"GET / HTTP/1.1\r\nHost: h\r\nX: \xff\xfe\r\n\r\n", 400, "H-SYNTAX"},
      {"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 505, "H-VERSION"},
      {"GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400, "H-TARGET"},
      {"GET /../x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "H-TARGET"},
      {"GET /?a=%ff HTTP/1.1\r\nHost: h\r\n\r\n", 400, "H-TARGET"},
      {"GET / HTTP/1.1\r\n\r\n", 400, "H-HOST"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "H-HOST"},
      {"GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505, "H-VERSION"},
      {"TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 405, "H-METHOD"},
      {"CONNECT a:1 HTTP/1.1\r\nHost: h\r\n\r\n", 405, "H-METHOD"},
      {"POST / HTTP/1.1\r\nHost: h\r\nExpect: magic\r\n\r\n", 417, "H-EXPECT"},
      // Every way to leave the end of a body in doubt, which is how a second request is smuggled in.
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", 400, "H-FRAMING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", 400, "H-FRAMING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n", 400, "H-FRAMING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400, "H-FRAMING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "H-FRAMING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400,
       "H-FRAMING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "H-CODING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501, "H-CODING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 501,
       "H-CODING"},
      {"POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501, "H-CODING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 400,
       "H-FRAMING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n", 400,
       "H-FRAMING"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc", 413,
       "H-BODY"},
  };
  for (const auto& one : cases) {
    Client raw = client();
    raw.connect();
    raw.send_raw(one.bytes);
    const Answer answer = raw.read_answer();
    EXPECT_EQ(answer.status, one.status) << one.bytes;
    EXPECT_NE(answer.body.find(one.code), std::string::npos) << one.bytes << " -> " << answer.body;
    EXPECT_TRUE(raw.closes_within(patience)) << one.bytes;
  }
  EXPECT_EQ(counters().requests, 0u);
  EXPECT_EQ(counters().refused, std::size(cases));
  EXPECT_EQ(client().get("/").status, 200u);
}

TEST_F(HttpTest, AHeaderBombIs431) {
  serve();
  const std::string long_value(17 * 1024, 'x');
  EXPECT_EQ(ask_raw("GET / HTTP/1.1\r\nHost: h\r\nX: " + long_value).status, 431u);  // its end never comes
  EXPECT_EQ(ask_raw("GET / HTTP/1.1\r\nHost: h\r\nX: " + long_value + "\r\n\r\n").status, 431u);
  EXPECT_EQ(ask_raw("GET /" + long_value + " HTTP/1.1\r\n").status, 431u);
  std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 101; ++i) many += "a: b\r\n";
  EXPECT_EQ(ask_raw(many + "\r\n").status, 431u);
  // Sent in pieces, none of them too large by itself.
  Client pieces = client();
  pieces.connect();
  for (int i = 0; i < 40; ++i) {
    if (!pieces.send_raw(i == 0 ? "GET / HTTP/1.1\r\nHost: h\r\n" : "X: " + std::string(500, 'x') + "\r\n"))
      break;
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_EQ(pieces.read_answer().status, 431u);
  EXPECT_EQ(client().get("/", {{"X", std::string(15 * 1024, 'x')}}).status, 200u);
}

TEST_F(HttpTest, TenMegabytesAre413AndTheAnswerArrives) {
  serve();
  const std::string ten(10 * 1024 * 1024, 'x');
  const Answer answer = client().post("/v1/a/b", ten);
  EXPECT_EQ(answer.status, 413u);
  EXPECT_EQ(answer.header("connection"), "close");
  Client raw = client();
  raw.connect();
  raw.send_raw("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 10; ++i) raw.send_raw("100000\r\n" + ten.substr(0, 0x100000) + "\r\n");
  EXPECT_EQ(raw.read_answer().status, 413u);
  EXPECT_EQ(counters().requests, 0u);
  EXPECT_TRUE(client().post("/ok", ten.substr(0, 8 * 1024 * 1024)).status == 200);
}

TEST_F(HttpTest, ThePathDecidesHowLargeABodyMayBe) {
  Options options;
  options.body_limit = [](std::string_view, std::string_view path) -> std::size_t {
    return path == "/v1/batch" ? 1000 : 10;
  };
  serve(options);
  EXPECT_EQ(client().post("/v1/batch", std::string(1000, 'x')).status, 200u);
  EXPECT_EQ(client().post("/v1/batch", std::string(1001, 'x')).status, 413u);
  EXPECT_EQ(client().post("/v1/other", std::string(11, 'x')).status, 413u);
}

TEST_F(HttpTest, ASlowHeadIsCutWhileOthersAreServed) {
  Options options;
  options.limits.header_timeout = milliseconds(200);
  serve(options);
  Client slow = client();
  slow.connect();
  const auto begin = std::chrono::steady_clock::now();
  std::thread dribble([&slow] {
    const std::string head = "GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + std::string(400, 'x');
    for (const char byte : head) {
      if (!slow.send_raw({&byte, 1})) return;
      std::this_thread::sleep_for(milliseconds(10));
    }
  });
  EXPECT_EQ(client().get("/").status, 200u);
  EXPECT_EQ(slow.read_answer().status, 408u);  // although a byte came every 10 ms
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(3500));
  EXPECT_TRUE(slow.closes_within(patience));
  dribble.join();
  EXPECT_EQ(counters().timed_out, 1u);
}

TEST_F(HttpTest, ASlowBodyIsCutUnlessItKeepsItsRate) {
  Options options;
  options.limits.body_timeout = milliseconds(150);
  options.limits.min_bytes_per_second = 10'000;
  serve(options);
  Client stuck = client();
  stuck.connect();
  stuck.send_raw("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_EQ(stuck.read_answer().status, 408u);

  Client steady = client();  // takes longer than body_timeout, at more than twice the least rate
  steady.connect();
  steady.send_raw("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n");
  for (int i = 0; i < 20; ++i) {
    std::this_thread::sleep_for(milliseconds(20));
    steady.send_raw(std::string(1000, 'x'));
  }
  EXPECT_EQ(steady.read_answer().status, 200u);
}

TEST_F(HttpTest, ASilentConnectionIsClosedWithoutAWord) {
  Options options;
  options.limits.idle_timeout = milliseconds(100);
  serve(options);
  Client one = client();
  one.connect();
  EXPECT_EQ(one.read_some(), "");
  EXPECT_EQ(one.get("/a").status, 200u);
  EXPECT_TRUE(one.closes_within(patience));
  EXPECT_EQ(one.get("/b").status, 200u);  // the client connects again by itself
  EXPECT_EQ(counters().timed_out, 0u);
}

TEST_F(HttpTest, AClientThatLeavesMidBodyOrMidAnswerHarmsNobody) {
  serve();
  for (int i = 0; i < 20; ++i) {
    Client one = client();
    one.connect();
    one.send_raw("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nabc");
    one.disconnect();
    one.connect();
    one.send_raw("GET /thread HTTP/1.1\r\nHost: h\r\n\r\n");
    one.disconnect();
  }
  ASSERT_TRUE(eventually([&] { return counters().open == 0 && counters().in_flight == 0; }));
  EXPECT_EQ(client().get("/").status, 200u);
  EXPECT_LE(counters().requests, 21u);  // the half bodies never reached the handler
}

TEST_F(HttpTest, AReaderThatDoesNotReadIsCut) {
  Options options;
  options.limits.write_timeout = milliseconds(150);
  options.limits.min_bytes_per_second = 1'000'000'000;
  serve(options, [](Request&&, Reply reply) { reply(text(200, std::string(30'000'000, 'x'))); });
  Client one = client();
  one.connect();
  one.send_raw("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return counters().timed_out == 1 && counters().open == 0; }));
  EXPECT_THROW(one.read_answer(), std::runtime_error);  // a torn answer is never a short valid one
}

TEST_F(HttpTest, MoreConnectionsThanAllowedAreTold503) {
  Options options;
  options.limits.max_connections = 3;
  serve(options);
  std::vector<Client> inside;
  for (int i = 0; i < 3; ++i) {
    inside.push_back(client());
    EXPECT_EQ(inside.back().get("/").status, 200u);
  }
  const auto begin = std::chrono::steady_clock::now();
  Client outside = client();
  const Answer told = outside.get("/");
  EXPECT_EQ(told.status, 503u);
  EXPECT_NE(told.body.find("H-FULL"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(2000));
  EXPECT_EQ(counters().turned_away, 1u);
  EXPECT_EQ(inside[0].get("/still").status, 200u);
  inside.pop_back();
  EXPECT_TRUE(eventually([&] { return outside.get("/").status == 200; }));
}

TEST_F(HttpTest, MoreRequestsInFlightThanAllowedAreShed) {
  Options options;
  options.limits.max_in_flight = 2;
  serve(options);
  std::vector<Client> holding;
  for (int i = 0; i < 2; ++i) {
    holding.push_back(client());
    holding.back().connect();
    holding.back().send_raw("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  ASSERT_TRUE(eventually([&] { return held() == 2; }));
  Client third = client();
  const Answer shed = third.get("/");
  EXPECT_EQ(shed.status, 503u);
  EXPECT_EQ(shed.header("retry-after"), "1");
  for (Reply& reply : take_held()) reply(text(200, "done"));
  EXPECT_EQ(holding[0].read_answer().body, "done");
  EXPECT_EQ(holding[1].read_answer().body, "done");
  EXPECT_EQ(third.get("/").status, 200u);  // on the same connection
  EXPECT_EQ(counters().shed, 1u);
}

TEST_F(HttpTest, BodiesTogetherHaveALimit) {
  Options options;
  options.limits.body_bytes_total = 1'000'000;
  serve(options);
  std::vector<Client> half;
  for (int i = 0; i < 4; ++i) {
    half.push_back(client());
    half.back().connect();
    half.back().send_raw("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\n" +
                         std::string(300'000, 'x'));
  }
  ASSERT_TRUE(eventually([&] { return counters().shed >= 1; }));
  half.clear();
  EXPECT_TRUE(eventually([&] { return client().post("/", std::string(900'000, 'x')).status == 200; }));
}

TEST_F(HttpTest, NonsenseOfAnyKindLeavesTheServerServing) {
  Options options;
  options.limits.linger_timeout = milliseconds(20);
  serve(options);
  std::mt19937 chance(20220717);  // the same nonsense each time
  const auto below = [&chance](std::size_t n) { return static_cast<std::size_t>(chance() % n); };
  const std::string valid =
      "POST /v1/a/b?x=%E4%B8%AD HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n"
      "5\r\nabcde\r\n3;q=\"z\"\r\nfgh\r\n0\r\nT: u\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string_view tokens[] = {"\r\n",
                                     "\r\n\r\n",
                                     "0\r\n",
                                     " ",
                                     ":",
                                     "\n",
                                     "\r",
                                     "%",
                                     "chunked",
                                     "HTTP/1.1",
                                     "-1",
                                     "Content-Length: 5\r\n",
                                     "ffffffffffffffff",
                                     std::string_view("\0", 1),
                                     "\xff"};
  for (int round = 0; round < 1500; ++round) {
    std::string bytes = valid;
    if (round % 10 == 0) {
      bytes.resize(1 + below(300));
      std::ranges::generate(bytes, [&] { return static_cast<char>(chance()); });
    }
    for (std::size_t n = below(5); n > 0; --n) {
      const std::size_t at = below(bytes.size());
      switch (below(4)) {
        case 0: bytes[at] = static_cast<char>(chance()); break;
        case 1: bytes.erase(at, 1 + below(4)); break;
        case 2: bytes.insert(at, tokens[below(std::size(tokens))]); break;
        default: bytes.resize(std::max<std::size_t>(1, at)); break;
      }
      if (bytes.empty()) bytes = "x";
    }
    Client one = client();
    one.connect();
    for (std::size_t from = 0; from < bytes.size();) {
      const std::size_t size = 1 + below(bytes.size() - from);
      if (!one.send_raw(std::string_view(bytes).substr(from, size))) break;
      if (round % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
      from += size;
    }
  }
  EXPECT_EQ(client().get("/alive").body, "GET /alive");
  EXPECT_TRUE(eventually([&] { return counters().open <= 1; }));
  EXPECT_EQ(counters().defects, 0u);
}

TEST_F(HttpTest, OneWhoSendsWithoutPauseDoesNotStarveOthers) {
  std::vector<std::string> served;
  std::promise<void> many_begun, other_sent;
  Options options;
  options.threads = 1;
  serve(options, [&](Request&& request, Reply reply) {
    served.push_back(request.path);
    if (request.path == "/first") {
      // Holds the only thread until the other's request lies in its socket: from here on both want to be served.
      many_begun.set_value();
      other_sent.get_future().wait_for(patience);
    }
    reply(text(200, "ok"));
  });
  Client other = client(), greedy = client();
  other.get("/hello");
  greedy.connect();
  std::string many = "GET /first HTTP/1.1\r\nHost: h\r\n\r\n";
  for (int i = 0; i < 300; ++i) many += "GET /many HTTP/1.1\r\nHost: h\r\n\r\n";
  greedy.send_raw(many);
  many_begun.get_future().wait_for(patience);
  other.send_raw("GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
  other_sent.set_value();
  EXPECT_EQ(other.read_answer().status, 200u);
  for (int i = 0; i < 301; ++i) ASSERT_EQ(greedy.read_answer().status, 200u);
  stop();
  EXPECT_LT(std::ranges::find(served, "/other") - served.begin(), 100);
}

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * 4096;
}

TEST_F(HttpTest, TwoThousandIdleConnectionsCostLittle) {
  constexpr std::size_t count = 2000;
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < 2 * count + 100) GTEST_SKIP() << "needs " << 2 * count + 100 << " open files";
  serve();
  client().get("/warm");
  std::vector<Client> idle;
  idle.reserve(count);
  const std::size_t before = resident_bytes();
  for (std::size_t i = 0; i < count; ++i) {
    idle.push_back(client());
    ASSERT_EQ(idle.back().post("/", std::string(2000, 'x')).status, 200u);
  }
  EXPECT_GE(counters().open, count);
  const std::size_t each = (resident_bytes() - std::min(before, resident_bytes())) / count;
  // 10,000 stay under 100 MB, both ends of each connection counted.
  EXPECT_LT(each, 10'000u);
  RecordProperty("resident_bytes_each", static_cast<int>(each));
  for (std::size_t i = 0; i < count; i += 100) EXPECT_EQ(idle[i].get("/again").status, 200u);
  const auto begin = std::chrono::steady_clock::now();
  stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, patience);
}

}  // namespace
}  // namespace fx::http::testing
