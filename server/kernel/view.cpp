#include "kernel/view.hpp"

namespace fx {

KeySet& KeySet::add(const TableType& table, const RawId& id, bool own) {
  for (auto& entry : entries_) {
    if (entry.key.table != &table || entry.key.id != id) continue;
    entry.own = entry.own || own;
    return *this;
  }
  entries_.push_back({{&table, id}, own});
  return *this;
}

}  // namespace fx
