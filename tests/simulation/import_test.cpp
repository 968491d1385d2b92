// A list on its way in when the server is killed. Without this, a township could find half of its returnees, or some of them
// twice, and nobody would know which.
#include "importing/testing/resident_id.hpp"
#include "tests/simulation/served.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace fx::simulation {
namespace {

constexpr int people = 1'500;

std::string list() {
  std::string out = "姓名,证件号码,联系电话\n";
  for (int n = 0; n < people; ++n)
    out += fmt::format(
        "张{},{},139{:08}\n", n,
        importing::testing::resident_id("990121", fmt::format("19{:02}0412", 40 + n / 900), n % 900), n);
  return out;
}

boost::json::object object_of(const http::Answer& answer) { return parse_own_json(answer.body).as_object(); }

/// One import in the hands of one person at one server.
class Import {
 public:
  Import(std::uint16_t port, const std::string& bytes)
      : client_(port), who_(sign_in(port, "nurse", "beiling-2022")) {
    const auto answer =
        client_.request("POST", "/v1/imports?kind=returnees&file=list.csv", bytes,
                        {{"Cookie", who_.cookie}, {"Content-Type", "application/octet-stream"}});
    EXPECT_EQ(answer.status, 202U) << answer.body;
    id_ = std::string(object_of(answer).at("id").as_string());
    settled();
  }
  boost::json::object now() {
    return object_of(client_.get("/v1/imports/" + id_, {{"Cookie", who_.cookie}}));
  }
  void run() { client_.post("/v1/imports/" + id_ + "/run", "", {{"Cookie", who_.cookie}}); }
  /// The counts, when nothing is at work any more.
  boost::json::object settled() {
    for (;;) {
      const auto job = now();
      const auto& state = job.at("state").as_string();
      if (state != "reading" && state != "running") return job.at("summary").as_object();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

 private:
  http::Client client_;
  SignedIn who_;
  std::string id_;
};

TEST(Import, a_server_killed_in_the_middle_loses_nobody_and_doubles_nobody) {
  ASSERT_TRUE(fs::exists(program())) << program() << " is not built";
  const Scratch scratch;
  const fs::path data = scratch.path() / "realm";
  const fs::path log = scratch.path() / "log";
  run_program({"demo", "create", "--data", data.string()}, log);
  const std::string bytes = list();
  {
    Served server(data, log);
    Import import(server.port(), bytes);
    import.run();
    while (import.now().at("at").as_int64() < people / 4)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    server.child().end(SIGKILL);
  }
  {
    Served server(data, log);
    Import again(server.port(), bytes);
    const auto tried = again.settled();
    EXPECT_GE(tried.at("unchanged").as_int64(), people / 4) << "what was acknowledged is there";
    EXPECT_LT(tried.at("unchanged").as_int64(), people) << "it was killed in the middle";
    again.run();
    const auto done = again.settled();
    EXPECT_EQ(done.at("read").as_int64(), people);
    EXPECT_EQ(done.at("refused").as_int64(), 0);
    EXPECT_EQ(done.at("unchanged").as_int64(), tried.at("unchanged").as_int64());
    EXPECT_EQ(done.at("accepted").as_int64() + done.at("unchanged").as_int64(), people);
    Import third(server.port(), bytes);
    EXPECT_EQ(third.settled().at("unchanged").as_int64(), people);
    server.child().end(SIGTERM);
  }
  Child verify({program().string(), "verify", "--data", data.string(), "--json"}, log);
  const std::string verdict = verify.rest();
  EXPECT_EQ(verify.end(0), 0) << verdict;
}

}  // namespace
}  // namespace fx::simulation
