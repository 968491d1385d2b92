// A full disk and a failing fsync under the real server. Without this, a county would learn on the day its disk fills
// whether its screens still open, and after a failed sync whether "recorded" meant recorded.
#include <gmock/gmock.h>
#include <sys/mman.h>

#include "tests/simulation/night.hpp"

namespace fx::simulation {
namespace {

/// What tests/preload/failing_disk reads; servers started while it lives have it loaded.
class FailingDisk {
 public:
  FailingDisk(const fs::path& control, const fs::path& data) {
    std::ofstream(control) << '-';
    const int fd = ::open(control.c_str(), O_RDWR | O_CLOEXEC);
    mode_ = static_cast<volatile char*>(::mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    ::close(fd);
    ::setenv("FX_FAILING_DISK", control.c_str(), 1);
    ::setenv("FX_FAILING_UNDER", data.c_str(), 1);
    ::setenv("LD_PRELOAD", (program().parent_path() / "libfx_failing_disk.so").c_str(), 1);
  }
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  ~FailingDisk() {
    for (const char* name : {"FX_FAILING_DISK", "FX_FAILING_UNDER", "LD_PRELOAD"}) ::unsetenv(name);
  }
  void set(char mode) { *mode_ = mode; }

 private:
  volatile char* mode_ = nullptr;
};

std::vector<Sent> commands(const SignedIn& nurse, int round, int chains) {
  std::vector<Sent> out;
  for (int n = 0; n < chains; ++n)
    for (Sent& one : chain(nurse, round, 1, n, machine_ms())) out.push_back(std::move(one));
  return out;
}

std::int64_t stored(const fs::path& realm) {
  journal::Connection ledger((realm / "ledger.db").string(), journal::Connection::Mode::read);
  return ledger.number("SELECT count(*) FROM event WHERE caused_by = 0");
}

TEST(Disk, WhenItIsFullNothingIsAcknowledgedAndReadsGoOn) {
  Night night(1);
  FailingDisk disk(night.scratch() / "control", night.data());
  std::size_t refused = 0;
  std::size_t acked = 0;
  {
    Served server(night.data(), night.log());
    const SignedIn nurse = night.nurse_at(server);
    http::Client client(server.port());
    const auto post = [&](const Sent& one) {
      return client.post(one.target, one.body, headers(nurse, one.key));
    };
    for (const Sent& one : commands(nurse, 1, 5)) ASSERT_EQ(post(one).status, 200U) << ++acked;
    const std::int64_t before = stored(night.data());
    disk.set('F');
    const auto waiting = commands(nurse, 2, 5);
    for (const Sent& one : waiting) {
      const auto answer = post(one);
      EXPECT_THAT(answer.status, testing::AnyOf(507U, 503U, 422U)) << one.target << answer.body;
      EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr("\"batch\""))) << "no acknowledgement";
      refused += answer.status == 507 || answer.status == 503 ? 1 : 0;
    }
    EXPECT_EQ(stored(night.data()), before);
    EXPECT_EQ(client.get("/v1/screening/tubes", {{"Cookie", nurse.cookie}}).status, 200U)
        << "reads are served";
    EXPECT_EQ(parse_own_json(client.get("/healthz").body).at("writes").as_bool(), false);
    EXPECT_GT(refused, 0U);
    disk.set('-');
    for (const Sent& one : waiting) {
      const auto answer = post(one);
      EXPECT_EQ(answer.status, 200U) << one.target << " after the disk has room: " << answer.body;
      acked += answer.status == 200 ? 1 : 0;
    }
    EXPECT_EQ(server.child().end(SIGTERM), 0);
  }
  EXPECT_TRUE(night.verified()) << night.verdict;
  fmt::print("full acked {} refused while full {} lost 0 doubled {} verify ok\n", acked, refused,
             night.doubled());
}

TEST(Disk, AFailedSyncStopsTheProcessAndARestartHasWhatWasAcknowledged) {
  Night night(1);
  std::size_t acked = 0;
  std::vector<Sent> all;
  {
    FailingDisk disk(night.scratch() / "control", night.data());
    Served server(night.data(), night.log());
    const SignedIn nurse = night.nurse_at(server);
    http::Client client(server.port());
    all = commands(nurse, 1, 10);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i == all.size() / 2) disk.set('E');
      try {
        const auto answer = client.post(all[i].target, all[i].body, headers(nurse, all[i].key));
        if (answer.status != 200) continue;
        EXPECT_LT(i, all.size() / 2) << "acknowledged without a sync";
        all[i].events = recorded(answer.body);
        ++acked;
      } catch (const std::runtime_error&) {
        break;  // it stopped
      }
    }
    EXPECT_EQ(server.child().end(0), 70) << "it stops by itself, and says why in its log";
  }
  std::size_t lost = 0;
  {
    Served server(night.data(), night.log());
    const SignedIn nurse = night.nurse_at(server);
    http::Client client(server.port());
    for (const Sent& one : all) {
      const auto answer = client.post(one.target, one.body, headers(nurse, one.key));
      ASSERT_EQ(answer.status, 200U) << answer.body;
      lost += !one.events.empty() && recorded(answer.body) != one.events ? 1 : 0;
    }
    server.child().end(SIGTERM);
  }
  EXPECT_EQ(lost, 0U);
  EXPECT_TRUE(night.verified()) << night.verdict;
  fmt::print("eio acked {} lost {} doubled {} verify ok\n", acked, lost, night.doubled());
}

}  // namespace
}  // namespace fx::simulation
