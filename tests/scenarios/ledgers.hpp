#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "access/scope.hpp"
#include "bin/desks.hpp"
#include "bin/rules.hpp"
#include "journal/answers.hpp"
#include "journal/testing/engines.hpp"
#include "kernel/memory_store.hpp"
#include "scenario/runner.hpp"

// A scenario played on a store of any kind, and two ledgers compared.
namespace fx::scenarios {

namespace fs = std::filesystem;
namespace desk = journal::testing_desk;

inline const Registry& registry() {
  static const auto made = bin::make_registry();
  return *made;
}

/// An empty ledger. On PostgreSQL a copy of one that was prepared once: there are a hundred of them.
inline std::unique_ptr<desk::TestLedger> scenario_ledger(desk::OnEngine engine) {
  if (engine == desk::OnEngine::sqlite) return desk::test_ledger(engine);
  static const auto prepared = [] {
    auto made = std::make_unique<desk::ScratchDatabase>();
    made->prepare(registry());
    return made;
  }();
  return std::make_unique<desk::PgLedger>(*prepared);
}

inline scenario::Report play(const scenario::Script& script, Store& store) {
  static const ScopeAccess access;
  bin::ScenarioBook book(registry(), fs::path(FX_SOURCE_DIR) / "rulebook");
  scenario::Parts parts{
      registry(), access,
      [&](const std::vector<scenario::RuleLine>& lines, Instant from) { return book.with(lines, from); },
      [&](std::string_view id) { return book.has_rule(id); }};
  parts.store = &store;
  return scenario::run(parts, script);
}

inline std::string words_of(const EventRow& e) {
  return std::to_string(e.no) + " " + e.type + " " + e.about.text() + " " + std::to_string(e.jurisdiction) +
         " " + std::to_string(e.occurred_at.ms) + " " + std::to_string(e.recorded_at.ms) + " " +
         e.command.text() + " " + e.actor.text() + " " + e.operation + " " + std::to_string(e.caused_by) +
         " " + e.body + e.effects;
}

inline std::map<RawId, std::string> rows_of(Store& store, const TableType& table) {
  std::map<RawId, std::string> out;
  store.each_row(table, [&](const void* row) {
    std::string text;
    for (const FieldInfo& field : table.info->fields) text += field_text(field.get(row)) + "|";
    out[table.key(row)] = text;
  });
  return out;
}

inline std::string answer_of(Store& store, const EventRow& event) {
  std::string out;
  const AnswerKey key{event.actor, event.command};
  store.load_answers(std::span(&key, 1), [&](const AnswerRow& row) {
    out = std::to_string(row.first) + " " + std::to_string(row.count) + " " + std::to_string(row.body_hash) +
          " " + row.refusals;
  });
  return out;
}

/// The same events with the same answers (as long as a store keeps them; the model in memory keeps all), and the same rows.
inline void expect_same(Store& store, Store& model) {
  const auto left = store.events_after(0, 1'000'000);
  const auto right = model.events_after(0, 1'000'000);
  ASSERT_EQ(left.size(), right.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    ASSERT_EQ(words_of(left[i].row), words_of(right[i].row)) << "event " << i;
    const std::string answer = answer_of(store, left[i].row);
    if (!answer.empty() || left[i].row.recorded_at > left.back().row.recorded_at - journal::answers_kept) {
      ASSERT_EQ(answer, answer_of(model, right[i].row));
    }
  }
  for (const auto& table : registry().tables())
    EXPECT_EQ(rows_of(store, *table.type), rows_of(model, *table.type)) << table.type->name;
}

/// Persons of a scenario are fictitious and their names are not sealed: that is all a verification may miss.
inline void expect_verified(const journal::VerifyReport& report) {
  for (const auto& fault : report.faults)
    EXPECT_NE(fault.what.find("names an identity"), std::string::npos) << fault.what;
}

}  // namespace fx::scenarios
