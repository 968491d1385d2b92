// Every scenario on each engine. Without this the two could drift apart: an event more, a duty later, another answer.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "access/scope.hpp"
#include "bin/desks.hpp"
#include "bin/rules.hpp"
#include "journal/testing/engines.hpp"
#include "kernel/memory_store.hpp"
#include "scenario/runner.hpp"

namespace fx {
namespace {

namespace fs = std::filesystem;
namespace desk = journal::testing_desk;

const fs::path folder = fs::path(FX_SOURCE_DIR) / "tests/scenarios";

const Registry& registry() {
  static const auto made = bin::make_registry();
  return *made;
}

scenario::Report play(const fs::path& path, Store& store) {
  static const ScopeAccess access;
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  auto parsed = scenario::parse_text(path.filename().string(), text.str());
  scenario::Parts parts{
      registry(), access, [](const std::vector<scenario::RuleLine>& overlays, Instant from) {
        auto files = bin::rulebook_files(fs::path(FX_SOURCE_DIR) / "rulebook");
        if (!overlays.empty()) files.push_back(bin::overlay_file(overlays, from));
        return std::unique_ptr<Rules>(
            std::make_unique<rulebook::Rulebook>(*bin::load_rulebook(registry(), std::move(files))));
      }};
  parts.store = &store;
  return scenario::run(parts, std::get<scenario::Script>(parsed));
}

std::string words_of(const EventRow& e) {
  return std::to_string(e.no) + " " + e.type + " " + e.about.text() + " " + std::to_string(e.jurisdiction) +
         " " + std::to_string(e.occurred_at.ms) + " " + std::to_string(e.recorded_at.ms) + " " +
         e.command.text() + " " + e.actor.text() + " " + e.operation + " " + std::to_string(e.caused_by) +
         " " + e.body + e.effects;
}

std::map<RawId, std::string> rows_of(Store& store, const TableType& table) {
  std::map<RawId, std::string> out;
  store.each_row(table, [&](const void* row) {
    std::string text;
    for (const FieldInfo& field : table.info->fields) text += field_text(field.get(row)) + "|";
    out[table.key(row)] = text;
  });
  return out;
}

std::string answer_of(Store& store, const EventRow& event) {
  std::string out;
  const AnswerKey key{event.actor, event.command};
  store.load_answers(std::span(&key, 1), [&](const AnswerRow& row) {
    out = std::to_string(row.first) + " " + std::to_string(row.count) + " " + std::to_string(row.body_hash) +
          " " + row.refusals;
  });
  return out;
}

class OnBothEngines : public ::testing::TestWithParam<std::tuple<fs::path, desk::OnEngine>> {};

/// The store in memory is the model; one server alone, so that numbers are the same, too.
TEST_P(OnBothEngines, GivesTheSameLedger) {
  const auto& [path, engine] = GetParam();
  MemoryStore model;
  const auto expected = play(path, model);
  const auto ledger = desk::test_ledger(engine);
  const auto store = ledger->open(registry());
  const auto found = play(path, *store);
  ASSERT_EQ(found.failures.size(), expected.failures.size());
  for (const auto& failure : found.failures) ADD_FAILURE() << failure.line << ": " << failure.happened;
  EXPECT_EQ(found.duties, expected.duties);
  const auto left = store->events_after(0, 1'000'000);
  const auto right = model.events_after(0, 1'000'000);
  ASSERT_EQ(left.size(), right.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    ASSERT_EQ(words_of(left[i].row), words_of(right[i].row)) << "event " << i;
    ASSERT_EQ(answer_of(*store, left[i].row), answer_of(model, right[i].row));
  }
  for (const auto& table : registry().tables())
    EXPECT_EQ(rows_of(*store, *table.type), rows_of(model, *table.type)) << table.type->name;
  // Persons of a scenario are fictitious and their names are not sealed: that is all a verification may miss.
  for (const auto& fault : ledger->verify(registry()).faults)
    EXPECT_NE(fault.what.find("names an identity"), std::string::npos) << fault.what;
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
}  // namespace fx
