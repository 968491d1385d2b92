#include "journal/replay.hpp"

#include <fmt/format.h>

#include "journal/sqlite/rows.hpp"

namespace fx::journal {
namespace {

constexpr std::size_t cache_bytes = std::size_t{128} << 20;
constexpr std::size_t most_dirty = 20'000;

Event decode(const EventType& type, const EventRow& row) {
  Faults faults;
  Event event(type, type.read(parse_own_json(row.body), faults));
  FX_ASSERT(faults.empty(), fmt::format("event {} ({}) cannot be read: {} {}", row.no, row.type,
                                        faults.front().path, faults.front().say.en));
  return event;
}

}  // namespace

Replay::Replay(const Registry& registry, const FactTables& tables, Connection& target)
    : registry_(registry), target_(target), rows_(target, tables), cache_(cache_bytes) {}

void Replay::apply(const StoredEvent& stored) {
  const EventRow& row = stored.row;
  const Stamp stamp{row.no, row.occurred_at, row.recorded_at, row.actor};
  if (const EventType* type = registry_.event(row.type))
    apply_event(registry_, decode(*type, row), stamp, *this);
  else
    ++unknown_[row.type];
  if (!row.effects.empty()) {
    const auto effects = from_own_json<Effects>(row.effects);
    apply_effects(effects, stamp, *this);
    count(effects, stamp, row);
  }
  if (dirty_.size() >= most_dirty) flush();
}

void Replay::count(const Effects& effects, const Stamp& stamp, const EventRow& row) {
  for (const CounterMove& move : counter_moves(effects, stamp, *this))
    counters_[{move.jurisdiction, move.measure, move.day.days, day_of(row.recorded_at).days,
               slot_of(row.no)}] += move.by;
}

RowPtr Replay::find(const RowKey& key) {
  if (const auto found = dirty_.find(key); found != dirty_.end()) return found->second;
  if (const RowPtr* known = cache_.find(key)) return *known;
  WeighedRow loaded = rows_.load(*key.table, key.id);
  cache_.put(key, loaded.row, loaded.bytes);
  return std::move(loaded.row);
}

void Replay::put(const RowKey& key, RowPtr row) { dirty_[key] = std::move(row); }

void Replay::flush() {
  for (auto& [key, row] : dirty_) {
    const std::size_t bytes = rows_.replace(*key.table, key.id, row.get());
    cache_.put(key, std::move(row), bytes);
  }
  dirty_.clear();
  Statement& add = target_.cached(
      "INSERT INTO counter (jurisdiction, measure, occurred_day, recorded_day, slot, value) VALUES (?, ?, ?, "
      "?, ?, ?) "
      "ON CONFLICT DO UPDATE SET value = value + excluded.value");
  for (const auto& [key, value] : counters_) {
    const auto& [jurisdiction, measure, occurred, recorded, slot] = key;
    add.bind(jurisdiction).bind_text(measure).bind(occurred).bind(recorded).bind(slot).bind(value).run();
  }
  counters_.clear();
}

void Replay::finish() { flush(); }

void each_event(Connection& ledger, const std::function<void(const StoredEvent&)>& visit) {
  Statement batches(ledger, "SELECT first, last FROM batch WHERE events > 0 ORDER BY batch");
  Statement events(ledger,
                   fmt::format("SELECT {} FROM event WHERE no BETWEEN ? AND ? ORDER BY no", event_columns));
  while (batches.step()) {
    events.reset().bind(batches.number(0)).bind(batches.number(1));
    while (events.step()) visit(take_event(events));
  }
}

}  // namespace fx::journal
