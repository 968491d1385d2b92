#pragma once

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "kernel/duty.hpp"
#include "kernel/table.hpp"

namespace fx::journal {

/// What was not asked for lately goes first when the weights exceed the budget: each entry has its turn in the order of
/// coming, and one that was asked for since its last turn stays for another. A look costs one place in memory.
template <class Key, class Value, class Hash>
class Lately {
 public:
  explicit Lately(std::size_t budget) : budget_(budget) {}

  /// nullptr: not known. The pointer lives until the next put.
  Value* find(const Key& key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return nullptr;
    found->second.asked = true;
    return &found->second.value;
  }
  void put(const Key& key, Value value, std::size_t weight) {
    const auto [at, fresh] = entries_.try_emplace(key);
    Entry& entry = at->second;
    weight_ += weight - entry.weight;
    entry.value = std::move(value);
    entry.weight = weight;
    entry.asked = !fresh;
    if (fresh) turns_.push_back(key);
    while (weight_ > budget_ && !turns_.empty()) take_turn();
  }
  void clear() {
    entries_.clear();
    turns_.clear();
    weight_ = 0;
  }
  [[nodiscard]] std::size_t weight() const { return weight_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Value value;
    std::size_t weight = 0;
    bool asked = false;  ///< since its last turn
  };
  void take_turn() {
    const Key key = turns_.front();
    turns_.pop_front();
    const auto at = entries_.find(key);
    if (std::exchange(at->second.asked, false)) {
      turns_.push_back(key);
      return;
    }
    weight_ -= at->second.weight;
    entries_.erase(at);
  }

  std::size_t budget_;
  std::size_t weight_ = 0;
  boost::unordered_flat_map<Key, Entry, Hash> entries_;
  std::deque<Key> turns_;
};

/// What the writer knows of the last commit: rows, rows known not to exist, and the open duties of subjects.
/// Written through after each commit, dropped after a rollback (kernel-notes §1).
class RowCache {
 public:
  explicit RowCache(std::size_t bytes) : rows_(bytes / 4 * 3), duties_(bytes / 4) {}

  /// nullptr: ask the database. Points at an empty RowPtr: there is no such row.
  RowPtr* row(const RowKey& key) { return rows_.find(key); }
  void put(const RowKey& key, RowPtr row, std::size_t weight) {
    if (key.table == &table_type<Duty>() && row != nullptr) follow(*static_cast<const Duty*>(row.get()));
    rows_.put(key, std::move(row), weight);
  }
  /// Open duties about a subject in order of number; nullptr: ask the database.
  const std::vector<Duty>* duties(const RawId& about) { return duties_.find(about); }
  void put_duties(const RawId& about, std::vector<Duty> open) {
    const std::size_t weight = weight_of(open);
    duties_.put(about, std::move(open), weight);
  }
  void clear() {
    rows_.clear();
    duties_.clear();
  }
  [[nodiscard]] std::size_t weight() const { return rows_.weight() + duties_.weight(); }
  [[nodiscard]] std::size_t size() const { return rows_.size() + duties_.size(); }

 private:
  static std::size_t weight_of(const std::vector<Duty>& open) {
    return 150 + open.size() * (sizeof(Duty) + 100);
  }
  /// A duty was written: the known set of its subject follows.
  void follow(const Duty& duty) {
    auto* known = duties_.find(duty.about);
    if (known == nullptr) return;
    std::vector<Duty> open = std::move(*known);
    const auto place = std::ranges::lower_bound(open, duty.no, {}, &Duty::no);
    const bool there = place != open.end() && place->no == duty.no;
    if (is_open(duty.state)) {
      if (there)
        *place = duty;
      else
        open.insert(place, duty);
    } else if (there) {
      open.erase(place);
    }
    put_duties(duty.about, std::move(open));
  }

  Lately<RowKey, RowPtr, RowKeyHash> rows_;
  Lately<RawId, std::vector<Duty>, RawIdHash> duties_;
};

}  // namespace fx::journal
