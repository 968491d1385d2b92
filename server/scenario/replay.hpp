#pragma once

#include <map>

#include "kernel/apply.hpp"
#include "kernel/store.hpp"

namespace fx::scenario {

/// The ledger folded into empty tables: what `fangxian verify` does on disk, in memory.
class Replayed final : public RowAccess, public Tables {
 public:
  Replayed(const Registry& registry, const std::vector<StoredEvent>& events);

  RowPtr find(const RowKey& key) override;
  void put(const RowKey& key, RowPtr row) override;
  void each(const TableType& table, const std::function<void(const void*)>& visit) const override;
  [[nodiscard]] std::size_t size(const TableType& table) const;

 private:
  std::map<const TableType*, std::map<RawId, RowPtr>> rows_;
};

/// Differences between what a store holds and what its ledger says; empty when they agree.
std::vector<std::string> differences(const Registry& registry, Store& store, const Replayed& replayed);

}  // namespace fx::scenario
