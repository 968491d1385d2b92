// Two real servers on one database: who signs in at one is in at the other, what one acknowledged the other knows, and
// when one is killed the other goes on. Without this a second server would be a second truth.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/code.hpp"
#include "journal/testing/cluster.hpp"
#include "tests/simulation/served.hpp"

namespace fx::simulation {
namespace {

using journal::testing_desk::Cluster;

constexpr std::int32_t county = 990121;

struct Servers : ::testing::Test {
  Servers() {
    const std::string name = cluster.create();
    cluster.create(name + "_keys");
    database = name;
    run_program({"database", "prepare", "--owner", cluster.url("fangxian_owner", name)}, log);
    run_program({"demo", "create", "--data", one.string(), "--store", cluster.url("fangxian_app", name)},
                log);
    fs::create_directory(two);
    for (const char* file : {"realm.json", "realm.key"}) fs::copy_file(one / file, two / file);
  }
  ~Servers() override {
    cluster.drop(database);
    cluster.drop(database + "_keys");
  }
  static RawId id(std::uint64_t n) {
    return RawId::make(1'700'000'000'000 + static_cast<std::int64_t>(n), county, n * 0x9E3779B97F4A7C15ULL,
                       7);
  }
  static std::vector<http::Header> headers(const SignedIn& who, const RawId& key) {
    return {{"Cookie", who.cookie}, {"Idempotency-Key", key.text()}, {"Content-Type", "application/json"}};
  }
  static http::Answer register_person(http::Client& client, const SignedIn& who, std::uint64_t n) {
    return client.post(
        "/v1/people/register_person",
        fmt::format(R"({{"person":"{}","name":"王{}","reason":"none carried"}})", id(n).text(), n),
        headers(who, id(1'000'000 + n)));
  }
  std::int64_t number(const std::string& sql) {
    return cluster.link("postgres", database).ask(sql).take_number();
  }

  Cluster& cluster = Cluster::shared();
  std::string database;
  Scratch scratch;
  fs::path one = scratch.path() / "one";
  fs::path two = scratch.path() / "two";
  fs::path log = scratch.path() / "log";
};

TEST_F(Servers, ShareOneRealmAndOutliveEachOther) {
  auto first = std::make_unique<Served>(one, log);
  Served second(two, log);
  const SignedIn nurse = sign_in(first->port(), "nurse", "beiling-2022");
  http::Client at_first(first->port());
  http::Client at_second(second.port());
  EXPECT_EQ(at_second.get("/v1/session", {{"Cookie", nurse.cookie}}).status, 200U) << "signed in at both";

  const auto told = register_person(at_first, nurse, 1);
  ASSERT_EQ(told.status, 200U) << told.body;
  const auto again = register_person(at_second, nurse, 1);
  EXPECT_EQ(again.status, 200U);
  EXPECT_EQ(parse_own_json(again.body).at("events"), parse_own_json(told.body).at("events"))
      << "the same command at the other server hears the first answer";

  std::atomic<int> acked{0};
  std::atomic<int> odd{0};
  {
    std::vector<std::jthread> people;
    for (std::uint64_t who = 0; who < 4; ++who)
      people.emplace_back([&, who] {
        http::Client client(who % 2 == 0 ? first->port() : second.port());
        for (std::uint64_t n = 0; n < 20; ++n) {
          const auto answer = register_person(client, nurse, 100 + who * 100 + n);
          ++(answer.status == 200 ? acked : odd);
        }
      });
  }
  EXPECT_EQ(acked, 80);
  EXPECT_EQ(odd, 0);

  first->child().end(SIGKILL);
  first.reset();
  EXPECT_EQ(register_person(at_second, nurse, 2).status, 200U) << "the other goes on at once";
  const std::string read =
      "SELECT count(*) FROM event WHERE operation = 'people.register_person' AND actor <> "
      "'\\x00000000000000000000000000000000'";
  EXPECT_EQ(number(read), 82);
  Served third(one, log);
  http::Client at_third(third.port());
  EXPECT_EQ(at_third.get("/v1/session", {{"Cookie", nurse.cookie}}).status, 200U);
  EXPECT_EQ(register_person(at_third, nurse, 2).status, 200U);
  EXPECT_EQ(number(read), 82);
  const std::string report = run_program({"verify", "--data", two.string(), "--json"}, log);
  EXPECT_NE(report.find("\"ok\":true"), std::string::npos) << report;
}

TEST_F(Servers, ARealmMovesThereAndBack) {
  const fs::path file = scratch.path() / "file";
  run_program({"demo", "create", "--data", file.string()}, log);
  const std::string name = cluster.create();
  cluster.create(name + "_keys");
  const std::string moved =
      run_program({"copy", "--quiet", "--from", "sqlite:" + file.string(), "--to",
                   cluster.url("fangxian_owner", name), "--app", cluster.url("fangxian_app", name)},
                  log);
  EXPECT_NE(moved.find("verified"), std::string::npos) << moved;
  {
    Served server(file, log);
    const SignedIn nurse = sign_in(server.port(), "nurse", "beiling-2022");
    http::Client client(server.port());
    const auto told = register_person(client, nurse, 1);
    EXPECT_EQ(told.status, 200U) << told.body;
  }
  const std::string back = run_program({"copy", "--quiet", "--from", cluster.url("fangxian_app", name),
                                        "--to", "sqlite:" + (scratch.path() / "back").string()},
                                       log);
  EXPECT_NE(back.find("verified"), std::string::npos) << back;
  cluster.drop(name);
  cluster.drop(name + "_keys");
}

}  // namespace
}  // namespace fx::simulation
