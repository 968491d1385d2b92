#pragma once

#include <functional>
#include <map>
#include <tuple>

#include "journal/row_cache.hpp"
#include "journal/sqlite/facts.hpp"
#include "kernel/apply.hpp"
#include "kernel/store.hpp"

namespace fx::journal {

/// Refolds events into the fact tables of a database, with the engine's own functions. Never asks a rule.
class Replay final : public RowAccess {
 public:
  /// `target` has empty fact tables and a counter table and is inside a transaction.
  Replay(const Registry& registry, const FactTables& tables, Connection& target);

  /// Throws what evolve throws, and Defect when the stored event cannot be read.
  void apply(const StoredEvent& event);
  /// Writes what is still in memory.
  void finish();

  // RowAccess
  RowPtr find(const RowKey& key) override;
  void put(const RowKey& key, RowPtr row) override;

  /// Stored event types this program does not know: kept, not evolved.
  [[nodiscard]] const std::map<std::string, std::int64_t>& unknown() const { return unknown_; }

 private:
  using Counter = std::tuple<std::int32_t, std::string, std::int32_t, std::int32_t, int>;
  void count(const Effects& effects, const Stamp& stamp, const EventRow& row);
  void flush();

  const Registry& registry_;
  Connection& target_;
  FactRows rows_;
  Lately<RowKey, RowPtr, RowKeyHash> cache_;
  std::unordered_map<RowKey, RowPtr, RowKeyHash> dirty_;
  std::map<Counter, std::int64_t> counters_;
  std::map<std::string, std::int64_t> unknown_;
};

/// Calls back for every event in (batch, no) order.
void each_event(Connection& ledger, const std::function<void(const StoredEvent&)>& visit);

}  // namespace fx::journal
