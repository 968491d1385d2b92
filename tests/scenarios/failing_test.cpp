// The runner must see what is wrong, say where, and what happened instead: else a green scenario would mean nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "access/scope.hpp"
#include "base/text.hpp"
#include "bin/desks.hpp"
#include "bin/rules.hpp"
#include "kernel/memory_store.hpp"
#include "scenario/runner.hpp"

namespace fx {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(FX_SOURCE_DIR) / "tests/scenarios";

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

scenario::Report play(const fs::path& path, Store* store = nullptr, const std::string& called = {}) {
  static const auto registry = bin::make_registry();
  static const ScopeAccess access;
  const std::string name = called.empty() ? path.filename().string() : called;
  auto parsed = path.extension() == ".json" ? scenario::parse_json_form(name, text_of(path))
                                            : scenario::parse_text(name, text_of(path));
  if (auto* errors = std::get_if<std::vector<scenario::ScriptError>>(&parsed)) {
    scenario::Report report;
    for (auto& error : *errors) report.failures.push_back({error.line, "", "", error.say});
    return report;
  }
  bin::ScenarioBook book(*registry, fs::path(FX_SOURCE_DIR) / "rulebook");
  scenario::Parts parts{
      *registry, access,
      [&](const std::vector<scenario::RuleLine>& lines, Instant from) { return book.with(lines, from); },
      [&](std::string_view id) { return book.has_rule(id); }};
  parts.store = store;
  return scenario::run(parts, std::get<scenario::Script>(parsed));
}

/// Lines "#! LINE WORDS" of a file that must fail.
std::vector<std::pair<int, std::string>> announced(const fs::path& path) {
  std::vector<std::pair<int, std::string>> out;
  const std::string text = text_of(path);
  for (const auto line : split(text, '\n')) {
    if (!line.starts_with("#! ")) continue;
    const auto rest = line.substr(3);
    const auto blank = rest.find(' ');
    out.emplace_back(std::stoi(std::string(rest.substr(0, blank))),
                     std::string(trim(rest.substr(blank + 1))));
  }
  return out;
}

class Failing : public ::testing::TestWithParam<fs::path> {};

TEST_P(Failing, FailsWhereItSays) {
  const auto expected = announced(GetParam());
  ASSERT_FALSE(expected.empty()) << "a failing scenario announces its failures";
  const auto failures = play(GetParam()).failures;
  for (std::size_t i = 0; i < std::max(expected.size(), failures.size()); ++i) {
    if (i >= failures.size()) {
      ADD_FAILURE() << "did not fail: line " << expected[i].first << ", " << expected[i].second;
    } else if (i >= expected.size()) {
      ADD_FAILURE() << "failed unannounced: line " << failures[i].line << ", " << failures[i].happened;
    } else {
      EXPECT_EQ(failures[i].line, expected[i].first) << failures[i].happened;
      EXPECT_NE(failures[i].happened.find(expected[i].second), std::string::npos)
          << "line " << failures[i].line << " says: " << failures[i].happened
          << "\nannounced: " << expected[i].second;
    }
  }
}

std::vector<fs::path> failing() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder / "failing"))
    if (entry.path().extension() == ".bad") out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

std::string called(const ::testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.stem().stem().string();
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, Failing, ::testing::ValuesIn(failing()), called);

/// Every story that lies here in both forms must give the same ledger, event by event.
TEST(JsonForm, GivesTheLedgerOfTheTextForm) {
  int compared = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.path().string().ends_with(".scenario.json")) continue;
    fs::path text = entry.path();
    text.replace_extension();  // .json
    ASSERT_TRUE(fs::exists(text)) << text;
    MemoryStore from_json;
    MemoryStore from_text;
    EXPECT_TRUE(play(entry.path(), &from_json, "one name").passed()) << entry.path();
    EXPECT_TRUE(play(text, &from_text, "one name").passed()) << text;
    const auto& a = from_json.all_events();
    const auto& b = from_text.all_events();
    ASSERT_EQ(a.size(), b.size()) << text;
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].row.no, b[i].row.no);
      EXPECT_EQ(a[i].row.type, b[i].row.type);
      EXPECT_EQ(a[i].row.occurred_at, b[i].row.occurred_at);
      EXPECT_EQ(a[i].row.body, b[i].row.body);
      EXPECT_EQ(a[i].row.effects, b[i].row.effects);
    }
    ++compared;
  }
  EXPECT_GE(compared, 1);
}

}  // namespace
}  // namespace fx
