#pragma once

#include <unordered_map>

#include "journal/store.hpp"
#include "journal/testing/fake_desk.hpp"
#include "kernel/apply.hpp"

namespace fx::journal::testing_desk {

inline constexpr std::int32_t county = 990121;

template <class Tag>
Id<Tag> id_of(std::uint64_t n, std::int32_t home = county) {
  return {RawId::make(1'658'000'000'000 + static_cast<std::int64_t>(n), home, n, 0)};
}

/// Writes events as the engine does, without rules: numbers them, evolves rows, folds net images.
class Author final : public RowAccess {
 public:
  Author(const Registry& registry, Store& store) : registry_(registry), store_(store) { start(); }

  RowPtr find(const RowKey& key) override {
    if (const auto known = rows_.find(key); known != rows_.end()) return known->second.row;
    Slot slot;
    store_.load(std::span(&key, 1), [&](const RowKey&, RowPtr row) { slot = {std::move(row), true, false}; });
    return (rows_[key] = slot).row;
  }
  void put(const RowKey& key, RowPtr row) override {
    find(key);
    rows_[key].row = std::move(row);
    rows_[key].changed = true;
  }

  /// Duties and notices of `effects` get their numbers here.
  No record(const Event& event, Effects effects = {}) {
    const Head head = store_.head();
    EventRow row;
    row.no = make_no(head.slot, head.next_n + static_cast<std::int64_t>(batch.events.size()));
    row.about = event.about();
    row.jurisdiction = row.about.home();
    row.type = event.name();
    row.occurred_at = now - std::chrono::minutes(1);
    row.recorded_at = now;
    row.command = id_of<TextTag>(static_cast<std::uint64_t>(row.no)).raw;
    row.actor = id_of<AccountTag>(7);
    row.operation = "house.test";
    row.body = event.json();
    int ordinal = 0;
    for (Duty& duty : effects.opened) {
      duty.no = row.no + ++ordinal;
      duty.opened_by = row.no;
    }
    for (Notice& notice : effects.notices) notice.no = row.no + ++ordinal;
    const Stamp stamp{row.no, row.occurred_at, row.recorded_at, row.actor};
    apply_event(registry_, event, stamp, *this);
    apply_effects(effects, stamp, *this);
    for (CounterMove& move : counter_moves(effects, stamp, *this))
      batch.counters.push_back({move.jurisdiction, move.measure, move.day, move.by});
    if (!effects.empty()) row.effects = to_json(effects);
    batch.events.push_back(row);
    return row.no;
  }
  void answer(const RawId& key, std::uint64_t body) {
    AnswerRow row;
    row.key = {id_of<AccountTag>(7), key};
    row.body_hash = body;
    row.first = batch.events.empty() ? 0 : batch.events.front().no;
    row.count = static_cast<std::int32_t>(batch.events.size());
    row.decided_at = now;
    batch.answers.push_back(std::move(row));
  }
  Head commit() {
    batch.decided_at = now;
    batch.handoff_cursor = store_.head().batch + 1;
    batch.rhythm_cursor = now;
    batch.reference_generation = store_.head().reference_generation;
    for (const auto& [key, slot] : rows_)
      if (slot.changed) batch.rows.push_back({key.table, key.id, slot.row, !slot.stored});
    const Batch finished = std::move(batch);
    start();
    return store_.commit(finished);
  }

  Batch batch;
  Instant now{1'658'064'600'000};  // 2022-07-17 21:30

 private:
  struct Slot {
    RowPtr row;
    bool stored = false;
    bool changed = false;
  };
  void start() {
    batch = {};
    rows_.clear();
    now = std::max(now, store_.head().decided_at) + std::chrono::seconds(1);
  }

  const Registry& registry_;
  Store& store_;
  std::unordered_map<RowKey, Slot, RowKeyHash> rows_;
};

inline Duty duty_about(const RawId& about, UnitId debtor, Instant due, std::int32_t jurisdiction = county) {
  Duty duty;
  duty.jurisdiction = jurisdiction;
  duty.rule = "OB-T1";
  duty.frozen = "OB-T1@1";
  duty.about = about;
  duty.about_kind = "guest";
  duty.debtor_unit = debtor;
  duty.debtor_role = Role::NUR;
  duty.due_at = due;
  duty.step_at = due;
  return duty;
}

/// A directory of its own, gone at the end.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "fx-journal-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace fx::journal::testing_desk
