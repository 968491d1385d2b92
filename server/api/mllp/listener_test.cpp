// Real sockets and a handler of the test's own. Without these, a slow or garbled sender could hold the line of the others.
#include "api/mllp/listener.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/http/client.hpp"
#include "api/mllp/frames.hpp"

namespace fx::mllp {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Echo : public ::testing::Test {
 protected:
  Options options;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Cut> cuts;
  std::vector<Reply> kept;
  std::unique_ptr<Listener> listener;

  /// "keep" is not answered before the test does it; "drop" never; else the message comes back.
  void listen() {
    options.cut = [this](const std::string&, Cut why) {
      const std::lock_guard lock(mutex);
      cuts.push_back(why);
      changed.notify_all();
    };
    listener = std::make_unique<Listener>(options, [this](Message&& message, Reply reply) {
      if (message.text == "drop") return;
      if (message.text == "throw") throw std::runtime_error("the handler broke");
      if (message.text == "keep") {
        const std::lock_guard lock(mutex);
        kept.push_back(std::move(reply));
        changed.notify_all();
        return;
      }
      reply((message.too_long ? "too long " : "") + message.text.substr(0, 8));
    });
    listener->start();
  }
  http::Client client() {
    http::Client out(listener->port());
    out.connect();
    return out;
  }
  static std::string read_until(http::Client& from, std::size_t messages) {
    std::string all;
    while (static_cast<std::size_t>(std::ranges::count(all, end_of_block)) < messages) {
      const std::string some = from.read_some();
      if (some.empty()) break;
      all += some;
    }
    return all;
  }
  void wait_for(const std::function<bool()>& what) {
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, 10s, what));
  }
};

TEST_F(Echo, answers_in_order_however_the_bytes_come) {
  listen();
  http::Client one = client();
  const std::string wire = framed("MSH|a") + framed("MSH|b");
  one.send_raw(wire);
  EXPECT_EQ(read_until(one, 2), wire) << "two messages in one packet";
  for (const char c : framed("MSH|c")) {
    one.send_raw(std::string(1, c));
    std::this_thread::sleep_for(2ms);
  }
  EXPECT_EQ(read_until(one, 1), framed("MSH|c")) << "one message in many packets";
}

TEST_F(Echo, cuts_whoever_talks_nonsense_and_nobody_else) {
  listen();
  http::Client good = client();
  http::Client bad = client();
  bad.send_raw("hello?\x0BMSH|a\x1C\r");
  EXPECT_TRUE(bad.closes_within(5s));
  http::Client unfinished = client();
  unfinished.send_raw("\x0BMSH|a" + framed("MSH|b"));
  EXPECT_TRUE(unfinished.closes_within(5s)) << "an end is missing: what follows may be half of something";
  good.send_raw(framed("MSH|g"));
  EXPECT_EQ(read_until(good, 1), framed("MSH|g"));
  const std::lock_guard lock(mutex);
  EXPECT_THAT(cuts, ElementsAre(Cut::garbled, Cut::garbled));
}

TEST_F(Echo, a_message_too_long_is_told_so_and_cut) {
  options.limits.message_bytes = 1000;
  listen();
  http::Client one = client();
  one.send_raw("\x0B" + std::string(1001, 'x'));
  EXPECT_EQ(read_until(one, 1), framed("too long xxxxxxxx"));
  EXPECT_TRUE(one.closes_within(5s));
}

TEST_F(Echo, a_slow_message_and_an_idle_line_end) {
  options.limits.message_timeout = 200ms;
  options.limits.idle_timeout = 600ms;
  listen();
  http::Client slow = client();
  std::atomic<bool> over{false};
  std::thread trickle([&] {
    slow.send_raw("\x0B");
    while (!over) {
      slow.send_raw("x");
      std::this_thread::sleep_for(20ms);
    }
  });
  wait_for([&] { return !cuts.empty(); });
  over = true;
  trickle.join();
  http::Client idle = client();
  EXPECT_TRUE(idle.closes_within(5s));
  const std::lock_guard lock(mutex);
  EXPECT_THAT(cuts, ElementsAre(Cut::too_slow));
}

TEST_F(Echo, takes_so_many_connections_and_no_more) {
  options.limits.connections = 16;
  listen();
  std::vector<http::Client> all;
  for (int i = 0; i < 16; ++i) {
    all.push_back(client());
    all.back().send_raw(framed("MSH|h"));
    EXPECT_EQ(read_until(all.back(), 1), framed("MSH|h"));
  }
  http::Client more = client();
  EXPECT_TRUE(more.closes_within(5s));
  all.pop_back();
  wait_for([&] { return !cuts.empty(); });
  for (int tries = 0; tries < 100; ++tries) {  // the place is free as soon as its end was noticed
    try {
      http::Client next = client();
      next.send_raw(framed("MSH|n"));
      if (read_until(next, 1) == framed("MSH|n")) return;
    } catch (const std::runtime_error&) {  // cut while it spoke
      continue;
    }
    std::this_thread::sleep_for(20ms);
  }
  FAIL() << "the place of one that left was not given away";
}

TEST_F(Echo, takes_nobody_who_may_not_call) {
  options.allowed = [](const std::string& peer) { return peer != "127.0.0.1"; };
  listen();
  http::Client one = client();
  EXPECT_TRUE(one.closes_within(5s));
  const std::lock_guard lock(mutex);
  EXPECT_THAT(cuts, ElementsAre(Cut::not_allowed));
}

TEST_F(Echo, cuts_what_its_handler_leaves_unanswered) {
  options.limits.reply_timeout = 300ms;
  listen();
  for (const char* text : {"drop", "throw", "keep"}) {
    http::Client one = client();
    one.send_raw(framed(text));
    EXPECT_TRUE(one.closes_within(5s)) << text;
  }
  wait_for([&] { return cuts.size() == 3; });
  kept.front()("late");  // nobody is there any more, and nothing breaks
}

TEST_F(Echo, answers_what_is_under_way_before_it_stops) {
  listen();
  http::Client busy = client();
  http::Client idle = client();
  busy.send_raw(framed("keep"));
  wait_for([&] { return kept.size() == 1; });
  std::thread stop([&] { listener->stop(); });
  EXPECT_TRUE(idle.closes_within(5s));
  kept.front()("MSA|AA");
  EXPECT_EQ(read_until(busy, 1), framed("MSA|AA"));
  stop.join();
  EXPECT_TRUE(busy.closes_within(5s));
  listener.reset();
}

TEST_F(Echo, an_answer_after_the_end_is_nobodys) {
  options.limits.stop_grace = 100ms;
  listen();
  http::Client one = client();
  one.send_raw(framed("keep"));
  wait_for([&] { return kept.size() == 1; });
  listener->stop();
  listener.reset();
  kept.front()("MSA|AA");
}

}  // namespace
}  // namespace fx::mllp
