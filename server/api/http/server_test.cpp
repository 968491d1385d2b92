#include "api/http/testing/fixture.hpp"

// Without these, an answer could go to the wrong question, or none would come at all.
namespace fx::http::testing {
namespace {

TEST_F(HttpTest, AnswersWithLengthDateAndTheCallersHeaders) {
  serve({.headers = {{"X-Frame-Options", "DENY"}}});
  const Answer answer = client().get("/%E6%B5%8B?q=a+b");
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.body, "GET /测 q=a b");
  EXPECT_EQ(answer.header("Content-Length"), "14");
  EXPECT_TRUE(answer.header("Date").ends_with(" GMT"));
  EXPECT_EQ(answer.header("X-Frame-Options"), "DENY");
  EXPECT_EQ(answer.header("Connection"), "");
}

TEST_F(HttpTest, GivesTheHandlerWhatWasSent) {
  Request seen;
  serve({}, [&seen](Request&& request, Reply reply) {
    seen = std::move(request);
    reply(json(200, "{}"));
  });
  client().post("/v1/a/b", "{\"x\":1}", {{"Idempotency-KEY", "k"}, {"X-Name", "值"}});
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/v1/a/b");
  EXPECT_EQ(seen.body, "{\"x\":1}");
  EXPECT_EQ(seen.peer, "127.0.0.1");
  EXPECT_FALSE(seen.secure);
  EXPECT_EQ(seen.header("idempotency-key"), "k");
  EXPECT_EQ(seen.header("x-NAME"), "值");
  EXPECT_EQ(seen.find_header("cookie"), nullptr);
  EXPECT_EQ(seen.headers.front().first, "host");
}

TEST_F(HttpTest, KeepsTheConnection) {
  serve();
  Client one = client();
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(one.post("/n", std::to_string(i)).body, "POST /n [" + std::to_string(i) + "]");
  EXPECT_EQ(counters().accepted, 1u);
  EXPECT_EQ(counters().requests, 50u);
}

TEST_F(HttpTest, ClosesWhenAskedAndForHttp10) {
  serve();
  Client one = client();
  EXPECT_EQ(one.get("/", {{"Connection", "close"}}).header("connection"), "close");
  one.connect();
  one.send_raw("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_EQ(one.read_answer().body, "GET /old");
  EXPECT_TRUE(one.closes_within(patience));
}

TEST_F(HttpTest, AnswersPipelinedRequestsInOrder) {
  serve();
  Client one = client();
  one.connect();
  std::string all;
  for (int i = 0; i < 300; ++i) {
    // Some are answered by another thread, later than the next could be.
    const std::string path = i % 100 == 7 ? "/thread" : "/p";
    all +=
        "POST " + path + "?i=" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
  }
  all += "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  one.send_raw(all);
  for (int i = 0; i < 300; ++i) {
    const std::string path = i % 100 == 7 ? "/thread" : "/p";
    ASSERT_EQ(one.read_answer().body, "POST " + path + " i=" + std::to_string(i) + " [abc]");
  }
  EXPECT_EQ(one.read_answer().body, "GET /last");
  EXPECT_TRUE(one.closes_within(patience));
}

TEST_F(HttpTest, TakesAChunkedBodyHoweverItIsCut) {
  serve();
  const std::string request =
      "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4;ext=1\r\nWiki\r\n6\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\nTrailer: x\r\n\r\n";
  const std::string expected = "POST /c [Wikipedia in \r\n\r\nchunks.]";
  EXPECT_EQ(ask_raw(request).body, expected);
  Client one = client();
  one.connect();
  for (const char byte : request) {  // each byte a packet of its own, as near as one can get
    one.send_raw({&byte, 1});
    if (&byte - &*request.begin() > 60) std::this_thread::sleep_for(std::chrono::microseconds(300));
  }
  EXPECT_EQ(one.read_answer().body, expected);
  // An empty chunked body cut inside its last chunk: Beast would assert here if it were shown too little.
  one.send_raw("POST /e HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
  std::this_thread::sleep_for(milliseconds(30));
  one.send_raw("\r");
  std::this_thread::sleep_for(milliseconds(30));
  one.send_raw("\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(one.read_answer().body, "POST /e");
  EXPECT_EQ(one.read_answer().body, "GET /next");
}

TEST_F(HttpTest, SaysContinueBeforeABodyThatAsksFirst) {
  serve();
  Client one = client();
  one.connect();
  one.send_raw("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(one.read_head().status, 100u);
  one.send_raw("ok");
  EXPECT_EQ(one.read_answer().body, "POST /x [ok]");
}

TEST_F(HttpTest, HeadAndOptions) {
  serve();
  Client one = client();
  const Answer head = one.request("HEAD", "/h");
  EXPECT_EQ(head.header("content-length"), "7");
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(one.get("/after").body, "GET /after");  // no stray body in between
  EXPECT_EQ(one.request("OPTIONS", "/o").body, "OPTIONS /o");
  const Answer star = one.request("OPTIONS", "*");
  EXPECT_EQ(star.status, 204u);
  EXPECT_NE(star.header("allow").find("POST"), std::string_view::npos);
  EXPECT_EQ(counters().accepted, 1u);
}

TEST_F(HttpTest, BodilessStatusesCarryNoBodyAndNoLength) {
  serve({}, [](Request&& request, Reply reply) {
    reply(text(request.path == "/204" ? 204 : 304, "never sent"));
  });
  Client one = client();
  for (const char* path : {"/204", "/304", "/204"}) {
    const Answer answer = one.get(path);
    EXPECT_EQ(answer.header("content-length"), "");
  }
  EXPECT_EQ(counters().accepted, 1u);
}

TEST_F(HttpTest, SendsBigAnswersAndSharedBytes) {
  std::string big(20'000'000, 'x');
  for (std::size_t i = 0; i < big.size(); i += 4093) big[i] = static_cast<char>('a' + i % 26);
  const auto shared = std::make_shared<const std::string>(big.substr(0, 300'000));
  serve({}, [&](Request&& request, Reply reply) {
    if (request.path == "/shared") return reply(bytes(*shared, "text/css", shared));
    reply(text(200, big));
  });
  Client one = client();
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(one.get("/big").body == big);
    EXPECT_TRUE(one.get("/shared").body == *shared);
  }
  EXPECT_EQ(counters().accepted, 1u);
  stop();
  EXPECT_EQ(shared.use_count(), 1);  // nothing keeps the bytes once they are sent
}

TEST_F(HttpTest, TakesRepliesFromOtherThreads) {
  serve();
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      Client one = client();
      for (int i = 0; i < 20; ++i) {
        const std::string mark = std::to_string(t) + "." + std::to_string(i);
        if (one.post("/thread", mark).body == "POST /thread [" + mark + "]") ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 160);
  EXPECT_EQ(counters().in_flight, 0u);
}

TEST_F(HttpTest, AHandlerThatThrowsOrDropsItsReplyAnswers500AndTellsNothing) {
  serve();
  Client one = client();
  for (const char* path : {"/throw", "/drop"}) {
    const Answer answer = one.get(path);
    EXPECT_EQ(answer.status, 500u) << path;
    EXPECT_NE(answer.body.find("H-DEFECT"), std::string::npos);
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
  }
  EXPECT_EQ(one.get("/next").status, 200u);
  EXPECT_EQ(counters().accepted, 1u);
  EXPECT_EQ(counters().defects, 2u);
}

TEST_F(HttpTest, WhatIsTurnedAwayNeverReachesTheHandlerAndKeepsItsConnection) {
  Response full = json(503, R"({"code":"FULL"})");
  full.headers.emplace_back("Retry-After", "1");
  Options options;
  options.turn_away = [&full](std::string_view method, std::string_view path) {
    return method == "POST" && path == "/full" ? &full : nullptr;
  };
  serve(options);
  Client one = client();
  for (int i = 0; i < 3; ++i) {
    const Answer no = one.post("/full", std::string(100'000, 'x'));
    EXPECT_EQ(no.status, 503u);
    EXPECT_EQ(no.body, full.body);
    EXPECT_EQ(no.header("retry-after"), "1");
    EXPECT_EQ(one.get("/full").body, "GET /full");
  }
  EXPECT_EQ(counters().accepted, 1u);
  EXPECT_EQ(counters().requests, 3u) << "of six";
  EXPECT_EQ(counters().shed, 3u);
}

TEST_F(HttpTest, AReplyThatNeverComesIs503AndALateOneIsIgnored) {
  Options options;
  options.limits.reply_timeout = milliseconds(100);
  serve(options);
  Client one = client();
  const Answer late = one.get("/hold");
  EXPECT_EQ(late.status, 503u);
  EXPECT_EQ(late.header("retry-after"), "1");
  EXPECT_NE(late.body.find("H-LATE"), std::string::npos);
  for (Reply& reply : take_held()) reply(text(200, "too late"));
  EXPECT_EQ(one.get("/next").body, "GET /next");
  EXPECT_EQ(counters().late_replies, 1u);
  EXPECT_EQ(counters().in_flight, 0u);
}

TEST_F(HttpTest, OnlyTheFirstReplyCounts) {
  serve({}, [](Request&&, Reply reply) {
    reply(text(200, "first"));
    reply(text(200, "second"));
  });
  Client one = client();
  EXPECT_EQ(one.get("/").body, "first");
  EXPECT_EQ(one.get("/").body, "first");
}

TEST_F(HttpTest, AReplyMayOutliveTheServer) {
  Options options;
  options.limits.stop_grace = milliseconds(50);
  serve(options);
  Client one = client();
  one.connect();
  one.send_raw("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return held() == 1; }));
  std::vector<Reply> replies = take_held();
  stop();
  replies.front()(text(200, "nobody listens"));
  EXPECT_TRUE(one.closes_within(patience));
}

TEST_F(HttpTest, AHeaderWithALineBreakBecomesADefectNotASecondAnswer) {
  serve({}, [](Request&&, Reply reply) {
    Response response = text(200, "body");
    response.headers.emplace_back("X-Name", "a\r\nSet-Cookie: stolen");
    reply(std::move(response));
  });
  const Answer answer = client().get("/");
  EXPECT_EQ(answer.status, 500u);
  EXPECT_EQ(answer.header("set-cookie"), "");
}

TEST_F(HttpTest, TheCallerWordsTheFaults) {
  serve({.fault = [](const Fault& fault) { return json(200, "\"" + std::string(fault.code) + "\""); }});
  const Answer answer = ask_raw("GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(answer.status, 400u);
  EXPECT_EQ(answer.body, "\"H-TARGET\"");
}

// ---- stopping
// ---------------------------------------------------------------------------------------------------

TEST_F(HttpTest, StopLetsAnswersUnderWayFinishAndClosesTheIdle) {
  Server& server = serve();
  Client idle = client(), busy = client();
  idle.get("/");
  busy.connect();
  busy.send_raw("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return held() == 1; }));
  std::thread stopper([&server] { server.stop(); });
  EXPECT_TRUE(idle.closes_within(patience));
  for (Reply& reply : take_held()) reply(text(200, "finished"));
  const Answer last = busy.read_answer();
  EXPECT_EQ(last.body, "finished");
  EXPECT_EQ(last.header("connection"), "close");
  busy.disconnect();
  stopper.join();
  EXPECT_THROW(client().connect(), std::runtime_error);
  EXPECT_EQ(server.counters().open, 0u);
}

TEST_F(HttpTest, StopDoesNotWaitForeverForAHandler) {
  Options options;
  options.limits.stop_grace = milliseconds(100);
  Server& server = serve(options);
  Client one = client();
  one.connect();
  one.send_raw("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return held() == 1; }));
  const auto begin = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, patience);
  EXPECT_TRUE(one.closes_within(patience));
}

TEST_F(HttpTest, RunReturnsAfterStopAndStoppingTwiceIsHarmless) {
  Server& server = serve();
  std::thread runner([&server] { server.run(); });
  EXPECT_EQ(client().get("/").status, 200u);
  server.stop();
  runner.join();
  server.stop();
}

TEST(HttpServer, NamesTheAddressItCannotHave) {
  const Handler none = [](Request&&, Reply) {};
  const Server first({.threads = 1}, none);
  try {
    Server second({.port = first.port(), .threads = 1}, none);
    FAIL() << "two servers on one port";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string_view(error.what()).find("127.0.0.1 port " + std::to_string(first.port())),
              std::string_view::npos)
        << error.what();
  }
  EXPECT_THROW(Server({.address = "nowhere", .threads = 1}, none), std::runtime_error);
}

}  // namespace
}  // namespace fx::http::testing
