#include <fmt/format.h>

#include "journal/postgres/store_parts.hpp"
#include "journal/sqlite/rows.hpp"

// The reading half of the store: everything goes by key, one statement a table, all of a request in one pipeline.
namespace fx::journal {
namespace {

using pg::Array;
using pg::Kind;
using pg::Params;
using pg::RowCells;
using pg::Rows;

/// Keys of one table together; an id is asked for once.
std::map<const TableType*, std::vector<RawId>> by_table(std::span<const RowKey> keys) {
  std::map<const TableType*, std::vector<RawId>> out;
  for (const RowKey& key : keys) out[key.table].push_back(key.id);
  return out;
}

Params ids_of(std::span<const RawId> ids) {
  Array array(Kind::bytes);
  for (const RawId& id : ids) array.add(blob_of(id));
  Params out;
  out.add(array);
  return out;
}

StoredEvent take_event(const Rows& rows, int i) {
  StoredEvent out;
  EventRow& e = out.row;
  e.no = rows.number(i, 0);
  out.batch = rows.number(i, 1);
  e.jurisdiction = static_cast<std::int32_t>(rows.number(i, 2));
  e.type = rows.text(i, 3);
  e.about = rows.id(i, 4);
  e.occurred_at = rows.instant(i, 5);
  e.recorded_at = rows.instant(i, 6);
  e.command = rows.id(i, 7);
  e.actor = {rows.id(i, 8)};
  e.unit = {rows.id(i, 9)};
  e.operation = rows.text(i, 10);
  e.device = rows.text(i, 11);
  e.device_seq = rows.number(i, 12);
  if (!rows.is_null(i, 13)) e.device_time = rows.instant(i, 13);
  e.caused_by = rows.number(i, 14);
  e.reference_generation = rows.number(i, 15);
  e.body = rows.text(i, 16);
  e.effects = rows.text(i, 17);
  return out;
}

Duty take_duty(const Rows& rows, int i) {
  RowCells cells(rows, i);
  return take_row<Duty>(cells);
}

}  // namespace

// ---- pieces of a pipeline ----------------------------------------------------------------------------------------

void PgStore::queue_rows(const TableType& type, const std::vector<RawId>& ids) {
  Params params;
  if (type.by_no) {
    Array numbers(Kind::integer);
    for (const RawId& id : ids) numbers.add(no_of_key(id));
    params.add(numbers);
  } else {
    Array homes(Kind::integer);
    Array keys(Kind::bytes);
    for (const RawId& id : ids) {
      homes.add(std::int64_t{id.home()});
      keys.add(blob_of(id));
    }
    params.add(homes).add(keys);
  }
  link_->send(sql_of(type).select, params);
}

void PgStore::take_rows(const TableType& type, const std::vector<RawId>&,
                        const std::function<void(const RowKey&, RowPtr)>& found) {
  const Rows rows = link_->take();
  for (int i = 0; i < rows.size(); ++i) {
    RowCells cells(rows, i);
    RowPtr row = type.take(cells);
    const RowKey key{&type, type.key(row.get())};
    found(key, std::move(row));
  }
}

void PgStore::queue_duties(std::span<const RawId> about) {
  link_->send(fmt::format(R"(SELECT {} FROM duty WHERE "about" = ANY($1::bytea[]) AND {} ORDER BY "no")",
                          facts_.of(table_type<Duty>()).columns, duty_is_open),
              ids_of(about));
}

void PgStore::take_duties(const std::function<void(Duty)>& found) {
  const Rows rows = link_->take();
  for (int i = 0; i < rows.size(); ++i) found(take_duty(rows, i));
}

void PgStore::queue_answers(std::span<const AnswerKey> keys) {
  Array homes(Kind::integer);
  Array ids(Kind::bytes);
  Array actors(Kind::bytes);
  for (const AnswerKey& key : keys) {
    homes.add(std::int64_t{key.key.home()});
    ids.add(blob_of(key.key));
    actors.add(blob_of(key.actor.raw));
  }
  Params params;
  params.add(homes).add(ids).add(actors);
  link_->send(
      "SELECT a.key, a.actor, body_hash, batch, first, count, refusals, decided_at "
      "FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS asked(h, k, who) "
      "JOIN answer a ON a.home = asked.h AND a.key = asked.k AND a.actor = asked.who",
      params);
}

void PgStore::take_answers(const std::function<void(AnswerRow)>& found) {
  const Rows rows = link_->take();
  for (int i = 0; i < rows.size(); ++i) {
    AnswerRow row;
    row.key = {{rows.id(i, 1)}, rows.id(i, 0)};
    row.body_hash = static_cast<std::uint64_t>(rows.number(i, 2));
    row.batch = rows.number(i, 3);
    row.first = rows.number(i, 4);
    row.count = static_cast<std::int32_t>(rows.number(i, 5));
    row.refusals = rows.text(i, 6);
    row.decided_at = rows.instant(i, 7);
    found(std::move(row));
  }
}

// ---- lock, then load ---------------------------------------------------------------------------------------------

/// Two statements of one pipeline at READ COMMITTED: the second one's snapshot is taken after the first has waited.
void PgStore::lock(const KeySet& keys, std::span<const AnswerKey> answers) {
  FX_ASSERT(begun_, "a lock outside of a transaction");
  std::vector<RowKey> rows;
  std::vector<RawId> subjects;
  std::vector<AnswerKey> asked;
  for (const auto& entry : keys.entries()) {
    if (loaded_->rows.emplace(entry.key, nullptr).second) rows.push_back(entry.key);
    if (entry.own && entry.key.table->subject && loaded_->duties.try_emplace(entry.key.id).second)
      subjects.push_back(entry.key.id);
  }
  for (const RawId& about : keys.subjects())
    if (loaded_->duties.try_emplace(about).second) subjects.push_back(about);
  for (const AnswerKey& key : answers)
    if (loaded_->answers.try_emplace(key).second) asked.push_back(key);
  locks_.want(keys, answers);
  if (!locks_.pending() && rows.empty() && subjects.empty() && asked.empty()) return;
  const auto tables = by_table(rows);
  bool granted = true;
  reading([&] {
    const bool fresh = !open_;
    const bool locking = locks_.pending();
    open_transaction();
    if (locking) locks_.send(*link_);
    for (const auto& [type, ids] : tables) queue_rows(*type, ids);
    if (!subjects.empty()) queue_duties(subjects);
    if (!asked.empty()) queue_answers(asked);
    link_->sync();
    if (fresh) (void)link_->take();
    if (locking) granted = locks_.granted(link_->take());
    if (!granted) return;
    for (const auto& [type, ids] : tables)
      take_rows(*type, ids, [&](const RowKey& key, RowPtr row) { loaded_->rows[key] = std::move(row); });
    if (!subjects.empty())
      take_duties([&](Duty duty) { loaded_->duties[duty.about].push_back(std::move(duty)); });
    if (!asked.empty()) take_answers([&](AnswerRow row) { loaded_->answers[row.key] = std::move(row); });
  });
  if (!granted) {
    ++counters_.contended;
    throw Rerun("a key is held by another server");
  }
  lock_subjects_of_duties(keys);
}

/// A duty named by its number is changed by whoever holds what it is about (kernel-notes §3): that key is known only
/// now, and the duty counts as it stands under it.
void PgStore::lock_subjects_of_duties(const KeySet& keys) {
  KeySet about;
  std::vector<RowKey> again;
  for (const auto& entry : keys.entries()) {
    if (!entry.own || entry.key.table != &table_type<Duty>()) continue;
    const RowPtr& row = loaded_->rows[entry.key];
    if (row == nullptr) continue;
    const RawId& subject = static_cast<const Duty*>(row.get())->about;
    if (locks_.holds(pg::lock_of("about", subject))) continue;
    about.subject(subject);
    again.push_back(entry.key);
  }
  if (again.empty()) return;
  for (const RowKey& key : again) loaded_->rows.erase(key);
  for (const RowKey& key : again) about.add(*key.table, key.id, true);
  lock(about, {});
}

void PgStore::load(std::span<const RowKey> keys, const std::function<void(const RowKey&, RowPtr)>& found) {
  std::vector<RowKey> missing;
  for (const RowKey& key : keys) {
    const auto known = loaded_->rows.find(key);
    if (known == loaded_->rows.end())
      missing.push_back(key);
    else if (known->second != nullptr)
      found(key, known->second);
  }
  if (missing.empty()) return;
  const auto tables = by_table(missing);
  reading([&] {
    for (const auto& [type, ids] : tables) queue_rows(*type, ids);
    link_->sync();
    for (const auto& [type, ids] : tables) take_rows(*type, ids, found);
  });
}

void PgStore::load_open_duties(std::span<const RawId> about, const std::function<void(Duty)>& found) {
  std::vector<RawId> missing;
  for (const RawId& id : about) {
    const auto known = loaded_->duties.find(id);
    if (known == loaded_->duties.end())
      missing.push_back(id);
    else
      for (const Duty& duty : known->second) found(duty);
  }
  if (missing.empty()) return;
  reading([&] {
    queue_duties(missing);
    link_->sync();
    take_duties(found);
  });
}

void PgStore::load_answers(std::span<const AnswerKey> keys, const std::function<void(AnswerRow)>& found) {
  std::vector<AnswerKey> missing;
  for (const AnswerKey& key : keys) {
    const auto known = loaded_->answers.find(key);
    if (known == loaded_->answers.end())
      missing.push_back(key);
    else if (known->second)
      found(*known->second);
  }
  if (missing.empty()) return;
  reading([&] {
    queue_answers(missing);
    link_->sync();
    take_answers(found);
  });
}

// ---- other reads -------------------------------------------------------------------------------------------------

std::vector<Duty> PgStore::due_duties(Instant now, std::size_t limit) {
  return reading([&] {
    Params params;
    params.add(now).add(static_cast<std::int64_t>(limit));
    const Rows rows = link_->ask(
        fmt::format(R"(SELECT {} FROM duty WHERE {} AND "step_at" <= $1 ORDER BY "step_at", "no" LIMIT $2)",
                    facts_.of(table_type<Duty>()).columns, duty_is_open),
        params);
    std::vector<Duty> due;
    for (int i = 0; i < rows.size(); ++i) due.push_back(take_duty(rows, i));
    return due;
  });
}

std::optional<Instant> PgStore::next_step_at() {
  return reading([&]() -> std::optional<Instant> {
    const Rows rows = link_->ask(fmt::format(
        R"(SELECT "step_at" FROM duty WHERE {} AND "step_at" IS NOT NULL ORDER BY "step_at" LIMIT 1)",
        duty_is_open));
    if (rows.size() == 0) return std::nullopt;
    return rows.instant(0, 0);
  });
}

std::vector<EventRow> PgStore::events(No first, std::int32_t count) {
  return reading([&] {
    Params params;
    params.add(first).add(first + (std::int64_t{count} << no_ordinal_bits)).add(std::int64_t{count});
    const Rows rows = link_->ask(
        fmt::format("SELECT {} FROM event WHERE no BETWEEN $1 AND $2 ORDER BY no LIMIT $3", event_columns),
        params);
    std::vector<EventRow> out;
    for (int i = 0; i < rows.size(); ++i) out.push_back(take_event(rows, i).row);
    return out;
  });
}

/// Numbers of one batch lie together, in the order of the slot that wrote it.
std::vector<StoredEvent> PgStore::events_after(std::int64_t batch, std::size_t limit) {
  return reading([&] {
    std::vector<StoredEvent> out;
    while (out.size() < limit) {
      constexpr std::int64_t batches_at_once = 64;
      Params params;
      params.add(batch).add(batches_at_once);
      const Rows batches = link_->ask(
          "SELECT batch, first, last FROM batch WHERE batch > $1 AND events > 0 ORDER BY batch LIMIT $2",
          params);
      if (batches.size() == 0) break;
      for (int i = 0; i < batches.size() && out.size() < limit; ++i) {
        batch = batches.number(i, 0);
        Params range;
        range.add(batches.number(i, 1)).add(batches.number(i, 2));
        const Rows rows = link_->ask(
            fmt::format("SELECT {} FROM event WHERE no BETWEEN $1 AND $2 ORDER BY no", event_columns), range);
        for (int row = 0; row < rows.size(); ++row) out.push_back(take_event(rows, row));
      }
    }
    return out;
  });
}

std::string PgStore::frozen(std::string_view key) {
  return reading([&] {
    Params params;
    params.text(key);
    const Rows rows = link_->ask("SELECT json FROM frozen WHERE key = $1", params);
    return rows.size() == 0 ? std::string() : rows.text(0, 0);
  });
}

void PgStore::each_row(const TableType& type, const std::function<void(const void*)>& visit) {
  const pg::Table& table = sql_of(type).table;
  const Rows rows = reading([&] {
    return link_->ask(fmt::format("SELECT {} FROM {} ORDER BY {}{}", table.fact->columns, table.name,
                                  type.by_no ? "" : "\"home\", ", table.fact->key));
  });
  for (int i = 0; i < rows.size(); ++i) {
    RowCells cells(rows, i);
    const RowPtr row = type.take(cells);
    visit(row.get());
  }
}

}  // namespace fx::journal
