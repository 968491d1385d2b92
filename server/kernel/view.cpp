#include "kernel/view.hpp"

namespace fx {

KeySet& KeySet::add(const TableType& table, const RawId& id, bool own) {
  for (auto& entry : entries_) {
    if (entry.key.table != &table || entry.key.id != id) continue;
    if (own && !entry.own) ++revision_;
    entry.own = entry.own || own;
    return *this;
  }
  entries_.push_back({{&table, id}, own});
  ++revision_;
  return *this;
}

KeySet& KeySet::append(const KeySet& other) {
  entries_.insert(entries_.end(), other.entries_.begin(), other.entries_.end());
  subjects_.insert(subjects_.end(), other.subjects_.begin(), other.subjects_.end());
  revision_ += other.revision_;
  return *this;
}

}  // namespace fx
