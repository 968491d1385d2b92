#pragma once

#include <algorithm>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "kernel/duty.hpp"
#include "kernel/table.hpp"

namespace fx::journal {

/// Least recently used goes first when the weights exceed the budget.
template <class Key, class Value, class Hash>
class Lru {
 public:
  explicit Lru(std::size_t budget) : budget_(budget) {}

  /// nullptr: not known. The pointer lives until the next put.
  Value* find(const Key& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->value;
  }
  void put(const Key& key, Value value, std::size_t weight) {
    if (const auto found = index_.find(key); found != index_.end()) {
      weight_ += weight - found->second->weight;
      found->second->value = std::move(value);
      found->second->weight = weight;
      order_.splice(order_.begin(), order_, found->second);
    } else {
      order_.push_front({key, std::move(value), weight});
      index_.emplace(key, order_.begin());
      weight_ += weight;
    }
    while (weight_ > budget_ && !order_.empty()) {
      weight_ -= order_.back().weight;
      index_.erase(order_.back().key);
      order_.pop_back();
    }
  }
  void clear() {
    index_.clear();
    order_.clear();
    weight_ = 0;
  }
  [[nodiscard]] std::size_t weight() const { return weight_; }
  [[nodiscard]] std::size_t size() const { return order_.size(); }

 private:
  struct Entry {
    Key key;
    Value value;
    std::size_t weight;
  };
  std::size_t budget_;
  std::size_t weight_ = 0;
  std::list<Entry> order_;
  std::unordered_map<Key, typename std::list<Entry>::iterator, Hash> index_;
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

  Lru<RowKey, RowPtr, RowKeyHash> rows_;
  Lru<RawId, std::vector<Duty>, RawIdHash> duties_;
};

}  // namespace fx::journal
