#pragma once

#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "api/http/client.hpp"
#include "api/http/http.hpp"

namespace fx::http::testing {

using std::chrono::milliseconds;

/// Long enough for a busy machine; only a failing test waits so long.
inline constexpr milliseconds patience{10'000};

template <class Condition>
bool eventually(Condition condition) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return true;
}

/// A server on a free port with a handler that echoes what it understood; kept replies wait in `held`.
class HttpTest : public ::testing::Test {
 protected:
  Server& serve(Options options = {}, Handler handler = {}) {
    if (options.threads == 0) options.threads = 2;
    if (!handler)
      handler = [this](Request&& request, Reply reply) { echo(std::move(request), std::move(reply)); };
    server_.emplace(std::move(options), std::move(handler));
    server_->start();
    return *server_;
  }

  Client client(milliseconds timeout = patience) { return Client(server_->port(), "127.0.0.1", timeout); }
  /// One connection, one request given byte by byte as it is; the answer.
  Answer ask_raw(std::string_view bytes) {
    Client raw = client();
    raw.connect();
    raw.send_raw(bytes);
    return raw.read_answer();
  }
  Counters counters() const { return server_->counters(); }
  void stop() { server_.reset(); }

  std::size_t held() {
    const std::lock_guard lock(mutex_);
    return held_.size();
  }
  std::vector<Reply> take_held() {
    const std::lock_guard lock(mutex_);
    return std::exchange(held_, {});
  }

  std::optional<Server> server_;

 private:
  void echo(Request&& request, Reply reply) {
    if (request.path == "/hold") {
      const std::lock_guard lock(mutex_);
      held_.push_back(std::move(reply));
      return;
    }
    if (request.path == "/throw") throw std::runtime_error("secret");
    if (request.path == "/drop") return;
    std::string said = request.method + " " + request.path;
    for (const auto& [name, value] : request.query) said += " " + name + "=" + value;
    if (!request.body.empty()) said += " [" + request.body + "]";
    if (request.path == "/thread") {
      std::thread([reply = std::move(reply), said]() mutable {
        std::this_thread::sleep_for(milliseconds(20));
        reply(text(200, said));
      }).detach();
      return;
    }
    reply(text(200, said));
  }

  std::mutex mutex_;
  std::vector<Reply> held_;
};

}  // namespace fx::http::testing
