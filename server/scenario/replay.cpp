#include "scenario/replay.hpp"

namespace fx::scenario {

Replayed::Replayed(const Registry& registry, const std::vector<StoredEvent>& events) {
  for (const StoredEvent& stored : events) {
    const EventRow& row = stored.row;
    const EventType* type = registry.event(row.type);
    FX_ASSERT(type != nullptr, "unknown event " + row.type);
    Faults faults;
    const Event event(*type, type->read(parse_own_json(row.body), faults));
    FX_ASSERT(faults.empty(), "event cannot be read: " + row.type);
    const Stamp stamp{row.no, row.occurred_at, row.recorded_at, row.actor};
    apply_event(registry, event, stamp, *this);
    if (!row.effects.empty()) apply_effects(from_own_json<Effects>(row.effects), stamp, *this);
  }
}

RowPtr Replayed::find(const RowKey& key) {
  const auto table = rows_.find(key.table);
  if (table == rows_.end()) return nullptr;
  const auto row = table->second.find(key.id);
  return row == table->second.end() ? nullptr : row->second;
}

void Replayed::put(const RowKey& key, RowPtr row) { rows_[key.table][key.id] = std::move(row); }

void Replayed::each(const TableType& table, const std::function<void(const void*)>& visit) const {
  const auto rows = rows_.find(&table);
  if (rows == rows_.end()) return;
  for (const auto& [id, row] : rows->second) visit(row.get());
}

std::size_t Replayed::size(const TableType& table) const {
  const auto rows = rows_.find(&table);
  return rows == rows_.end() ? 0 : rows->second.size();
}

std::vector<std::string> differences(const Registry& registry, Store& store, const Replayed& replayed) {
  std::vector<std::string> out;
  for (const auto& table : registry.tables()) {
    std::map<RawId, RowPtr> expected;
    replayed.each(*table.type,
                  [&](const void* row) { expected[table.type->key(row)] = table.type->copy_or_new(row); });
    std::size_t stored = 0;
    store.each_row(*table.type, [&](const void* row) {
      ++stored;
      const auto match = expected.find(table.type->key(row));
      if (match == expected.end() || !table.type->same(match->second.get(), row))
        out.push_back(std::string(table.type->name) + " " + table.type->key(row).text() +
                      " differs from the ledger");
    });
    if (stored != expected.size())
      out.push_back(std::string(table.type->name) + ": the ledger gives " + std::to_string(expected.size()) +
                    " rows, the store holds " + std::to_string(stored));
  }
  return out;
}

}  // namespace fx::scenario
