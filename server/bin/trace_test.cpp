// `fangxian trace`, as it is called; and tracing against answers that others computed. The data of the second part are not
// in this repository; where they are missing these tests say so and pass.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "bin/cli.hpp"
#include "bin/gunzip.hpp"
#include "engines/exposure/trace.hpp"

namespace fx::bin {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

struct Trace : ::testing::Test {
  Trace() { fs::create_directories(folder); }
  ~Trace() override { fs::remove_all(folder); }

  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
    return (folder / name).string();
  }
  /// Exit code, or -1 when it threw; what it said on the error channel is in `said`.
  int run(std::vector<std::string> arguments) {
    CLI::App app;
    int exit_code = 0;
    add_trace(app, exit_code);
    arguments.insert(arguments.begin(), {"trace", "--out", out.string()});
    std::ranges::reverse(arguments);
    ::testing::internal::CaptureStderr();
    ::testing::internal::CaptureStdout();
    try {
      app.parse(arguments);
    } catch (const std::exception& error) {
      exit_code = -1;
      std::fprintf(stderr, "%s\n", error.what());
    }
    printed = ::testing::internal::GetCapturedStdout();
    said = ::testing::internal::GetCapturedStderr();
    return exit_code;
  }

  fs::path folder = fs::temp_directory_path() / ("fx-trace-" + std::to_string(::getpid()));
  fs::path out = folder / "out";
  std::string said;
  std::string printed;
};

const std::string small_visits =
    "person,place,enter_s,leave_s\n1,a,0,1000\n2,a,0,900\n3,b,2000,3000\n2,b,2000,3000\n4,a,1,900\n";
const std::string small_cases = "person,window_start_s,window_end_s\n1,0,5000\n";
const std::string head = "person,first_exposure,longest_overlap,total_overlap,qualifying_pairs\n";

TEST_F(Trace, writes_the_rings_and_the_evidence) {
  ASSERT_EQ(run({"--visits", file("v.csv", small_visits), "--cases", file("c.csv", small_cases),
                 "--min-overlap", "15m", "--rings", "2", "--evidence"}),
            0)
      << said;
  EXPECT_EQ(slurp(out / "ring1.csv"), head + "2,0,900,900,1\n");
  EXPECT_EQ(slurp(out / "ring2.csv"), head + "3,2000,1000,1000,1\n");
  EXPECT_EQ(slurp(out / "meetings1.csv"), "contact,source,place,from_s,until_s,overlap_s\n2,1,a,0,900,900\n");
  EXPECT_EQ(slurp(out / "meetings2.csv"),
            "contact,source,place,from_s,until_s,overlap_s\n3,2,b,2000,3000,1000\n");
  EXPECT_EQ(printed, "{\"visits\":5,\"cases\":1,\"rings\":[1,1]}\n");
}

TEST_F(Trace, a_file_with_a_fault_is_refused_with_its_line_and_nothing_is_written) {
  EXPECT_EQ(run({"--visits", file("v.csv", small_visits + "5,a,10,x\n"), "--cases",
                 file("c.csv", small_cases), "--min-overlap", "900s"}),
            1);
  EXPECT_NE(said.find("v.csv:7: leave_s: F-SHAPE a whole number is expected, found \"x\""), std::string::npos)
      << said;
  EXPECT_FALSE(fs::exists(out));
}

TEST_F(Trace, a_case_without_a_visit_is_named) {
  EXPECT_EQ(run({"--visits", file("v.csv", small_visits), "--cases", file("c.csv", small_cases + "77,0,10\n"),
                 "--min-overlap", "900s"}),
            0);
  EXPECT_NE(said.find("person 77 has no visit"), std::string::npos) << said;
}

TEST_F(Trace, broken_gzip_and_times_without_unit_are_refused) {
  const auto cases = file("c.csv", small_cases);
  EXPECT_EQ(run({"--visits", file("v.gz", "\x1F\x8B broken"), "--cases", cases, "--min-overlap", "900s"}),
            -1);
  EXPECT_NE(said.find("v.gz: is broken as a gzip file"), std::string::npos) << said;
  EXPECT_EQ(run({"--visits", file("v.csv", small_visits), "--cases", cases, "--min-overlap", "900"}), -1);
  EXPECT_NE(said.find("--min-overlap"), std::string::npos) << said;
  EXPECT_FALSE(fs::exists(out));
}

fs::path shared_contacts() {
  const char* set = std::getenv("FANGXIAN_SHARED_DATA");
  const fs::path data = set != nullptr ? fs::path(set) : fs::path(FX_SOURCE_DIR) / ".." / "shared" / "data";
  std::error_code error;
  return fs::is_directory(data / "contacts", error) ? data / "contacts" : fs::path();
}
#define FX_NEED_CONTACTS()       \
  if (shared_contacts().empty()) \
  GTEST_SKIP() << "no folder ../shared/data/contacts beside the repository: not checked"

// The synthetic city, whose rings two other methods have computed: every row, every figure.
TEST_F(Trace, both_rings_of_the_synthetic_city_are_the_expected_ones) {
  FX_NEED_CONTACTS();
  const fs::path visits = shared_contacts() / "visits";
  ASSERT_EQ(run({"--visits", (visits / "visits.csv.gz").string(), "--cases", (visits / "cases.csv").string(),
                 "--min-overlap", "900s", "--rings", "2"}),
            0)
      << said;
  EXPECT_EQ(printed, "{\"visits\":218209,\"cases\":20,\"rings\":[1094,1886]}\n");
  EXPECT_EQ(slurp(out / "ring1.csv"), slurp(visits / "expected-ring1.csv"));
  EXPECT_EQ(slurp(out / "ring2.csv"), slurp(visits / "expected-ring2.csv"));
}

/// Measured nearness: two persons within 1.5 m in the 20 seconds before t.
struct Nearness {
  std::int64_t t = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};
std::vector<Nearness> nearness(const fs::path& path) {
  std::istringstream text(unpacked(slurp(path), 1UL << 30));
  std::vector<Nearness> out;
  for (std::string line; std::getline(text, line);) {
    Nearness one;
    if (std::istringstream(line) >> one.t >> one.a >> one.b) out.push_back(one);
  }
  return out;
}

/// Each pair is a place of its own, and an unbroken stretch of nearness a visit of both. A person's contacts by the engine
/// are then those a walk over the measurements finds.
void compare(const std::vector<Nearness>& measured, std::int64_t min_s) {
  using namespace exposure;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<std::int64_t>> by_pair;
  for (const Nearness& one : measured) by_pair[std::minmax(one.a, one.b)].insert(one.t);
  VisitBook book;
  std::map<std::uint32_t, std::map<std::uint32_t, Contact>> expected;
  const Span window{measured[measured.size() / 4].t, measured[measured.size() * 3 / 4].t};
  std::uint32_t place = 0;
  for (const auto& [pair, times] : by_pair) {
    const auto [a, b] = pair;
    for (auto at = times.begin(); at != times.end();) {
      const std::int64_t from = *at - 20;
      std::int64_t until = *at;
      for (++at; at != times.end() && *at == until + 20; ++at) until = *at;
      for (const std::uint32_t person : {a, b})
        ASSERT_EQ(
            book.append(
                {.person = PersonNo{person}, .place = PlaceNo{place}, .from_s = from, .until_s = until}),
            VisitFault::none);
      const std::int64_t first = std::max(from, window.from_s);
      const std::int64_t last = std::min(until, window.until_s);
      if (last - first < min_s) continue;
      for (const auto& [source, contact] : {std::pair(a, b), std::pair(b, a)}) {
        Contact& sum = expected[source]
                           .try_emplace(contact, Contact{PersonNo{contact}, 0, first, last, 0, 0})
                           .first->second;
        sum = {sum.person,
               sum.meetings + 1,
               std::min(sum.first_exposure_s, first),
               std::max(sum.last_exposure_s, last),
               std::max(sum.longest_s, last - first),
               sum.total_s + last - first};
      }
    }
    ++place;
  }
  MeetingRules rules;
  rules.classes.front().min_overlap_s = min_s;
  const VisitView view = book.view();
  std::size_t contacts = 0;
  for (const auto& [source, theirs] : expected) {
    std::vector<Contact> rows;
    for (const auto& [contact, sum] : theirs) rows.push_back(sum);
    contacts += rows.size();
    ASSERT_EQ(ring(view, std::vector{Source{PersonNo{source}, window}}, rules), rows)
        << "contacts of " << source;
  }
  EXPECT_GT(contacts, 100U);
}

TEST(FaceToFace, an_office_building_gives_the_contacts_that_were_measured) {
  FX_NEED_CONTACTS();
  const auto measured = nearness(shared_contacts() / "face-to-face" / "workplace_InVS15_tij.dat.gz");
  ASSERT_EQ(measured.size(), 78'249U);
  compare(measured, 20);
  compare(measured, 60);
}

TEST(FaceToFace, a_conference_gives_the_contacts_that_were_measured) {
  FX_NEED_CONTACTS();
  const auto measured = nearness(shared_contacts() / "face-to-face" / "SFHH_tij.dat.gz");
  ASSERT_EQ(measured.size(), 70'261U);
  compare(measured, 40);
}

}  // namespace
}  // namespace fx::bin
