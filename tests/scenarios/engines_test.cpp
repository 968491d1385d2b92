// Every scenario on each engine. Without this the two could drift apart: an event more, a duty later, another answer.
#include <fstream>
#include <sstream>

#include "tests/scenarios/ledgers.hpp"

namespace fx::scenarios {
namespace {

const fs::path folder = fs::path(FX_SOURCE_DIR) / "tests/scenarios";

scenario::Report play_file(const fs::path& path, Store& store) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  auto parsed = scenario::parse_text(path.filename().string(), text.str());
  return play(std::get<scenario::Script>(parsed), store);
}

class OnBothEngines : public ::testing::TestWithParam<std::tuple<fs::path, desk::OnEngine>> {};

/// The store in memory is the model; one server alone, so that numbers are the same, too.
TEST_P(OnBothEngines, GivesTheSameLedger) {
  const auto& [path, engine] = GetParam();
  MemoryStore model;
  const auto expected = play_file(path, model);
  const auto ledger = scenario_ledger(engine);
  const auto store = ledger->open(registry());
  const auto found = play_file(path, *store);
  ASSERT_EQ(found.failures.size(), expected.failures.size());
  for (const auto& failure : found.failures) ADD_FAILURE() << failure.line << ": " << failure.happened;
  EXPECT_EQ(found.duties, expected.duties);
  expect_same(*store, model);
  expect_verified(ledger->verify(registry()));
}

std::vector<fs::path> stories() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".scenario") out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Files, OnBothEngines,
    ::testing::Combine(::testing::ValuesIn(stories()),
                       ::testing::Values(desk::OnEngine::sqlite, desk::OnEngine::postgres)),
    [](const auto& one) {
      // With the desk's folder: two desks may tell parts of one story under one name.
      const fs::path& path = std::get<0>(one.param);
      std::string name = path.parent_path().filename().string() + "_" + path.stem().string() + "_" +
                         desk::name_of(std::get<1>(one.param));
      std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
      return name;
    });

}  // namespace
}  // namespace fx::scenarios
