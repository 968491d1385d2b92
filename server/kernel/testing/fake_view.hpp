#pragma once

// A kernel small enough for a desk's tests: rows in memory, a clock that is told, a rulebook that is told. It is as
// strict as the real one: a decision may look only at rows its operation named, and an event may change only rows its
// operation owns.

#include <map>
#include <unordered_map>

#include "base/text.hpp"
#include "kernel/apply.hpp"

namespace fx::testing {

/// All rows of all tables.
class FakeRows final : public RowAccess, public Tables {
 public:
  RowPtr find(const RowKey& key) override {
    const auto found = rows_.find(key);
    return found == rows_.end() ? nullptr : found->second;
  }
  void put(const RowKey& key, RowPtr row) override { rows_[key] = std::move(row); }
  void each(const TableType& table, const std::function<void(const void*)>& visit) const override {
    for (const auto& [key, row] : rows_)
      if (key.table == &table) visit(row.get());
  }

 private:
  std::unordered_map<RowKey, RowPtr, RowKeyHash> rows_;
};

/// The rows as one command may see and change them.
class FakeView final : public View, public RowAccess {
 public:
  explicit FakeView(FakeRows& rows) : rows_(rows) {}
  void declare(const KeySet& keys) { keys_ = keys; }

  [[nodiscard]] const void* find_row(const RowKey& key) const override {
    FX_ASSERT(entry(key) != nullptr,
              "a decision looked at a row it did not name: " + std::string(key.table->name));
    return rows_.find(key).get();
  }
  [[nodiscard]] std::vector<const Duty*> open_duties(const RawId&) const override { return {}; }

  RowPtr find(const RowKey& key) override {
    FX_ASSERT(entry(key) != nullptr,
              "an event concerns a row its operation did not name: " + std::string(key.table->name));
    return rows_.find(key);
  }
  void put(const RowKey& key, RowPtr row) override {
    FX_ASSERT(entry(key) != nullptr && entry(key)->own,
              "an event changes a row its operation does not own: " + std::string(key.table->name));
    rows_.put(key, std::move(row));
  }
  /// Duties about it would be loaded: the row is owned, or it was named as a subject.
  [[nodiscard]] bool is_subject(const RawId& about) const {
    for (const auto& e : keys_.entries())
      if (e.own && e.key.table->subject && e.key.id == about) return true;
    return std::ranges::find(keys_.subjects(), about) != keys_.subjects().end();
  }

 private:
  [[nodiscard]] const KeySet::Entry* entry(const RowKey& key) const {
    for (const auto& e : keys_.entries())
      if (e.key == key) return &e;
    return nullptr;
  }

  FakeRows& rows_;
  KeySet keys_;
};

/// A rulebook of a few values, the same everywhere and always; opens and bars nothing.
class FakeRules final : public Rules {
 public:
  void set(std::string id, double number) { put(std::move(id), RuleValue::State::value, number); }
  void set(std::string id, std::string table) {
    put(std::move(id), RuleValue::State::value, std::move(table));
  }
  void forbid(std::string id) { put(std::move(id), RuleValue::State::not_allowed, std::monostate{}); }

  [[nodiscard]] RuleValue value(std::string_view id, Instant, std::int32_t jurisdiction) const override {
    const auto found = values_.find(id);
    RuleValue out = found == values_.end() ? RuleValue{} : found->second;
    out.jurisdiction = jurisdiction;
    return out;
  }
  void bar_keys(const Operation&, const void*, const View&, const Context&, KeySet&) const override {}
  [[nodiscard]] Refusals bars(const Operation&, const void*, const View&, const Context&) const override {
    return {};
  }
  [[nodiscard]] Consequences on(const Happened&, const View&, const std::vector<RowChange>&,
                                const Context&) const override {
    return {};
  }
  [[nodiscard]] Step step(const Duty&, std::string_view, Instant, const Reference&) const override {
    return {};
  }
  [[nodiscard]] std::vector<Period> periods(Instant, Instant, const Reference&) const override { return {}; }
  [[nodiscard]] Instant next_step_at(const Duty&, std::string_view) const override { return {}; }
  [[nodiscard]] std::string version() const override { return "test"; }

 private:
  template <class V>
  void put(std::string id, RuleValue::State state, V value) {
    RuleValue out;
    out.state = state;
    out.value = std::move(value);
    out.id = id;
    values_[std::move(id)] = std::move(out);
  }
  std::map<std::string, RuleValue, std::less<>> values_;
};

/// Seals nothing but says so: references to texts are filled as the front door would.
class FakeSealer final : public Sealer {
 public:
  TextRef seal(TextId id, std::string_view words) override { return {id, hex(words.substr(0, 8))}; }
  std::string seal_identity(const RawId&, std::string_view, std::string_view json) override {
    return hex(json.substr(0, 8));
  }
  std::string token(std::string_view kind, std::string_view value, const RawId&) override {
    return std::string(kind) + ":" + std::string(value);
  }
  std::vector<std::string> initials(std::string_view) override { return {}; }
  std::string password_hash(std::string_view) override { return "hash"; }
};

}  // namespace fx::testing
