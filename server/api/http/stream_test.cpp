#include <atomic>

#include "api/http/testing/fixture.hpp"

// Without these, a screen would show an old board and nobody would know, or one slow tab would eat the memory
// of all.
namespace fx::http::testing {
namespace {

/// Opens a stream at /stream, refuses /forbidden, keeps what was opened.
class HttpStreamTest : public HttpTest {
 protected:
  Server& serve_streams(Options options = {}) {
    return serve(std::move(options), [this](Request&& request, Reply reply) {
      if (request.path == "/forbidden") return reply(json(403, "{}"));
      if (request.path == "/bad") return reply(event_stream([](std::shared_ptr<Stream>) { throw 1; }));
      if (request.path != "/stream") return reply(text(200, "plain"));
      Response response = event_stream([this](std::shared_ptr<Stream> stream) {
        stream->on_close([this] { ++ended_; });
        const std::lock_guard lock(mutex_);
        streams_.push_back(std::move(stream));
      });
      response.headers.emplace_back("X-Mark", "m");
      reply(std::move(response));
    });
  }

  Client listen() {
    Client one = client();
    one.connect();
    one.send_raw("GET /stream HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n");
    const Answer head = one.read_head();
    EXPECT_EQ(head.status, 200u);
    EXPECT_EQ(head.header("content-type"), "text/event-stream; charset=utf-8");
    EXPECT_EQ(head.header("cache-control"), "no-store");
    EXPECT_EQ(head.header("content-length"), "");
    EXPECT_EQ(head.header("x-mark"), "m");
    return one;
  }

  std::shared_ptr<Stream> opened(std::size_t index) {
    EXPECT_TRUE(eventually([&] {
      const std::lock_guard lock(mutex_);
      return streams_.size() > index;
    }));
    const std::lock_guard lock(mutex_);
    return streams_.at(index);
  }

  std::atomic<int> ended_{0};
  std::mutex mutex_;
  std::vector<std::shared_ptr<Stream>> streams_;
};

TEST_F(HttpStreamTest, DeliversEventsInOrderToEveryListener) {
  serve_streams();
  Client first = listen(), second = listen();
  const auto a = opened(0), b = opened(1);
  EXPECT_EQ(counters().streams, 2u);
  for (int i = 0; i < 500; ++i) {
    const auto shared = std::make_shared<const std::string>(event_text("changed", std::to_string(i)));
    EXPECT_TRUE(a->send(shared));
    EXPECT_TRUE(b->send(shared));
  }
  for (int i = 0; i < 500; ++i) {
    const std::string expected = "event: changed\ndata: " + std::to_string(i) + "\n\n";
    ASSERT_EQ(first.next_event(), expected);
    ASSERT_EQ(second.next_event(), expected);
  }
  EXPECT_TRUE(eventually([&] { return a->backlog() == 0 && b->backlog() == 0; }));
}

TEST_F(HttpStreamTest, TakesEventsFromManyThreads) {
  serve_streams();
  Client one = listen();
  const auto stream = opened(0);
  std::vector<std::thread> senders;
  for (int t = 0; t < 4; ++t) {
    senders.emplace_back([&stream] {
      for (int i = 0; i < 250; ++i) stream->send(event_text("", "x"));
    });
  }
  for (auto& sender : senders) sender.join();
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(one.next_event(), "data: x\n\n");
}

TEST_F(HttpStreamTest, ClosingDeliversWhatWasSentBefore) {
  serve_streams();
  for (int round = 0; round < 50; ++round) {
    Client one = listen();
    const auto stream = opened(static_cast<std::size_t>(round));
    stream->send(event_text("", "last"));
    stream->close();
    EXPECT_FALSE(stream->send(event_text("", "after")));
    ASSERT_EQ(one.next_event(), "data: last\n\n");
    ASSERT_EQ(one.next_event(), std::nullopt);
  }
  EXPECT_TRUE(eventually([&] { return ended_ == 50 && counters().streams == 0; }));
}

TEST_F(HttpStreamTest, NoticesThatTheListenerLeft) {
  serve_streams();
  Client one = listen();
  const auto stream = opened(0);
  one.disconnect();
  EXPECT_TRUE(eventually([&] { return ended_ == 1 && stream->closed() && counters().streams == 0; }));
  EXPECT_FALSE(stream->send(event_text("", "x")));
  bool told = false;
  stream->on_close([&told] { told = true; });
  EXPECT_TRUE(told);
}

TEST_F(HttpStreamTest, ASlowListenerIsBoundedAndClosedWhileOthersGetTheirs) {
  Options options;
  options.limits.stream_backlog_bytes = 100'000;
  serve_streams(options);
  Client slow = listen(), quick = listen();
  const auto for_slow = opened(0), for_quick = opened(1);
  const std::string event = event_text("changed", std::string(1000, 'x'));
  int sent = 0;
  while (for_slow->send(event)) {
    EXPECT_LE(for_slow->backlog(), 100'000u);
    ASSERT_LT(++sent, 200'000) << "the slow stream never closed";
    if (sent % 50 == 0) {
      ASSERT_TRUE(for_quick->send(event));
      ASSERT_EQ(quick.next_event(), event);
    }
  }
  EXPECT_TRUE(for_slow->closed());
  EXPECT_TRUE(eventually([&] { return ended_ == 1; }));
  EXPECT_EQ(counters().streams_too_slow, 1u);
  EXPECT_TRUE(for_quick->send(event));
  EXPECT_EQ(quick.next_event(), event);
}

TEST_F(HttpStreamTest, AListenerThatStopsReadingIsCutInTime) {
  Options options;
  options.limits.write_timeout = milliseconds(150);
  options.limits.stream_backlog_bytes = 64 * 1024 * 1024;
  options.limits.min_bytes_per_second = 1'000'000'000;
  serve_streams(options);
  Client slow = listen();
  opened(0)->send(std::string(30'000'000, ':') + "\n\n");
  EXPECT_TRUE(eventually([&] { return ended_ == 1 && counters().streams == 0; }));
  EXPECT_EQ(counters().timed_out, 1u);
}

TEST_F(HttpStreamTest, GivesASignOfLifeWhenThereIsNoNews) {
  Options options;
  options.limits.stream_heartbeat = milliseconds(50);
  serve_streams(options);
  Client one = listen();
  EXPECT_EQ(one.next_event(), ":\n\n");
  EXPECT_EQ(one.next_event(), ":\n\n");
}

TEST_F(HttpStreamTest, RefusalsAreOrdinaryAnswersAndTooManyAreShed) {
  Options options;
  options.limits.max_streams = 1;
  serve_streams(options);
  EXPECT_EQ(client().get("/forbidden").status, 403u);
  EXPECT_EQ(client().request("HEAD", "/stream").status, 200u);
  Client one = listen();
  opened(0);
  EXPECT_EQ(client().get("/stream").status, 503u);
  EXPECT_EQ(client().get("/plain").status, 200u);
  one.disconnect();
  ASSERT_TRUE(eventually([&] { return counters().streams == 0; }));
  Client bad = client();  // the callback throws: the stream ends, the server does not
  bad.connect();
  bad.send_raw("GET /bad HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(bad.read_head().status, 200u);
  EXPECT_EQ(bad.next_event(), std::nullopt);
  EXPECT_EQ(counters().defects, 1u);
}

TEST_F(HttpStreamTest, StopEndsStreams) {
  serve_streams();
  Client one = listen();
  const auto stream = opened(0);
  stop();
  EXPECT_EQ(one.next_event(), std::nullopt);
  EXPECT_EQ(ended_, 1);
  EXPECT_FALSE(stream->send("data: x\n\n"));
}

}  // namespace
}  // namespace fx::http::testing
