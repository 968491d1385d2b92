#include "journal/store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "journal/schema.hpp"
#include "journal/sqlite/log_again.hpp"
#include "journal/store_sql.hpp"

namespace fx::journal {
namespace {

std::string made(const std::filesystem::path& directory) {
  std::error_code error;
  if (std::filesystem::create_directories(directory, error))
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
  if (error) throw StoreBroken(directory.string() + ": " + error.message());
  return (directory / "ledger.db").string();
}

std::unique_ptr<Connection> open_for_writing(const std::string& path) {
  write_log_again(path);
  return std::make_unique<Connection>(path, Connection::Mode::create);
}

std::string duty_columns(const FactTables& tables) { return tables.of(table_type<Duty>()).columns; }

Duty take_duty(const Statement& row) {
  RowSource source(row);
  return take_row<Duty>(source);
}

}  // namespace

DirectoryLock::DirectoryLock(const std::filesystem::path& directory) {
  const std::string path = (directory / "ledger.lock").string();
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0) throw StoreBroken(path + ": " + std::strerror(errno));
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(fd_);
  throw StoreInUse(directory.string() + " is in use by another server");
}

DirectoryLock::~DirectoryLock() { ::close(fd_); }

SqliteStore::Statements::Statements(Connection& c, const FactTables& tables)
    : begin(c, "BEGIN IMMEDIATE"),
      end(c, "COMMIT"),
      duties_about(c, fmt::format(R"(SELECT {} FROM duty WHERE "about" = ? AND {} ORDER BY "no")",
                                  duty_columns(tables), duty_is_open)),
      duties_due(c, fmt::format(
                        R"(SELECT {} FROM duty WHERE {} AND "step_at" <= ? ORDER BY "step_at", "no" LIMIT ?)",
                        duty_columns(tables), duty_is_open)),
      next_step(
          c,
          fmt::format(
              R"(SELECT "step_at" FROM duty WHERE {} AND "step_at" IS NOT NULL ORDER BY "step_at" LIMIT 1)",
              duty_is_open)),
      answer(c,
             "SELECT body_hash, batch, first, count, refusals, decided_at FROM answer WHERE key = ? AND "
             "actor = ?"),
      events(c,
             fmt::format("SELECT {} FROM event WHERE no BETWEEN ? AND ? ORDER BY no LIMIT ?", event_columns)),
      batches_after(
          c, "SELECT batch, first, last, events FROM batch WHERE batch > ? AND events > 0 ORDER BY batch"),
      frozen(c, "SELECT json FROM frozen WHERE key = ?"),
      put_event(c,
                fmt::format(
                    "INSERT INTO event ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    event_columns)),
      put_answer(c,
                 "INSERT INTO answer (key, actor, body_hash, batch, first, count, refusals, decided_at) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      put_audit(c, fmt::format("INSERT INTO audit ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               audit_columns)),
      put_identity(c, "INSERT INTO identity (seq, subject, kind, cipher, hash) VALUES (?, ?, ?, ?, ?)"),
      put_token(c, "INSERT INTO token (kind, token, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
      put_frozen(c, "INSERT INTO frozen (key, batch, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
      add_counter(c,
                  "INSERT INTO counter (jurisdiction, measure, occurred_day, recorded_day, slot, value) "
                  "VALUES (?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT DO UPDATE SET value = value + excluded.value"),
      put_batch(c, fmt::format(
                       "INSERT INTO batch ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       batch_columns)),
      // The fences: a head that another server moved, or took over, matches nothing.
      move_head(
          c,
          "UPDATE head SET batch = ?, next_n = ?, decided_at = ?, handoff_cursor = ?, rhythm_cursor = ?, "
          "reference_generation = ?, audit = ?, audit_link = ?, link = ? "
          "WHERE id = 1 AND batch = ? AND epoch = ? AND incarnation = ? AND schema_generation = ? AND link = "
          "?") {}

SqliteStore::SqliteStore(const Registry& registry, StoreOptions options)
    : options_(std::move(options)),
      path_(made(options_.directory)),
      lock_(options_.directory),
      tables_(registry),
      connection_(open_for_writing(path_)),
      cache_(options_.cache_bytes),
      next_restart_(options_.restart_log_at) {
  open_schema(*connection_);
  rebuilt_ = open_facts(*connection_, tables_, registry);
  take_over();
  read_head();
  check_head();
  sqlite3_busy_timeout(connection_->handle(), static_cast<int>(options_.patience.count()));
  if (!options_.sync) connection_->run("PRAGMA synchronous = OFF");
  if (options_.most_pages > 0)
    connection_->run(fmt::format("PRAGMA max_page_count = {}", options_.most_pages));
  rows_ = std::make_unique<FactRows>(*connection_, tables_);
  sql_ = std::make_unique<Statements>(*connection_, tables_);
  const auto measure = [](void* log, sqlite3*, const char*, int pages) {
    static_cast<LogGauge*>(log)->set(std::int64_t{pages} * 4096);
    return SQLITE_OK;
  };
  sqlite3_wal_hook(connection_->handle(), measure, log_.get());
  if (options_.copy_in_background) checkpointer_ = std::make_unique<Checkpointer>(path_, options_.broken);
}

SqliteStore::~SqliteStore() = default;

/// From here on a server that had this ledger before matches no head: its incarnation is gone.
void SqliteStore::take_over() { connection_->run("UPDATE head SET incarnation = incarnation + 1"); }

void SqliteStore::read_head() {
  Statement head(*connection_,
                 "SELECT batch, epoch, slot, incarnation, next_n, decided_at, handoff_cursor, rhythm_cursor, "
                 "reference_generation, schema_generation, audit, audit_link, link, answers_from FROM head "
                 "WHERE id = 1");
  if (!head.step()) throw StoreBroken("the ledger has no head");
  head_.batch = head.number(0);
  head_.epoch = head.number(1);
  head_.slot = static_cast<int>(head.number(2));
  incarnation_ = head.number(3);
  head_.next_n = head.number(4);
  head_.decided_at = head.instant_at(5);
  head_.handoff_cursor = head.number(6);
  head_.rhythm_cursor = head.instant_at(7);
  head_.reference_generation = head.number(8);
  schema_generation_ = head.number(9);
  audit_ = head.number(10);
  audit_link_ = head.blob_at(11);
  head_.link = head.blob_at(12);
  answers_from_ = answers_until_ = head.instant_at(13);
}

/// Head and last seal are written together; a ledger where they differ was tampered with or mixed from two copies.
void SqliteStore::check_head() {
  Statement last(*connection_, "SELECT batch, link FROM batch ORDER BY batch DESC LIMIT 1");
  const bool any = last.step();
  if ((any ? last.number(0) : 0) != head_.batch || (any && last.blob_at(1) != head_.link))
    throw StoreBroken(fmt::format("head says batch {}, but that is not the last seal", head_.batch));
}

template <class F>
auto SqliteStore::guarded(F work) {
  check_usable();
  try {
    return work();
  } catch (const StoreBroken& error) {
    broken_ = error.what();
    cache_.clear();
    throw;
  } catch (...) {
    cache_.clear();
    throw;
  }
}

void SqliteStore::check_usable() {
  if (broken_.empty() && checkpointer_) broken_ = checkpointer_->failure();
  if (!broken_.empty()) throw StoreBroken(broken_);
}

// ---- loads -------------------------------------------------------------------------------------------------------

/// What is asked between `begin` and its end is one transaction of SQLite, so that the locks of the log are taken once
/// and not for every row. Between begin_loads and end_loads all looks are one, and the commit goes on with it.
class SqliteStore::Look {
 public:
  explicit Look(SqliteStore& store) : store_(store) {}
  Look(const Look&) = delete;
  Look& operator=(const Look&) = delete;
  ~Look() {
    if (!store_.together_) store_.stop_looking();
  }
  void begin() {
    if (store_.looking_ || store_.connection_->in_transaction()) return;
    store_.sql_->begin.reset().run();
    store_.looking_ = true;
  }

 private:
  SqliteStore& store_;
};

void SqliteStore::end_loads() noexcept {
  together_ = false;
  stop_looking();
}

void SqliteStore::stop_looking() noexcept {
  if (!std::exchange(looking_, false)) return;
  // Nothing was written: what ends is only the reading, and an error of that says nothing.
  try {
    sql_->end.reset().run();
  } catch (const std::exception&) {
    sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void SqliteStore::load(std::span<const RowKey> keys,
                       const std::function<void(const RowKey&, RowPtr)>& found) {
  guarded([&] {
    std::vector<RowKey> sorted(keys.begin(), keys.end());
    std::ranges::stable_sort(sorted,
                             [](const RowKey& a, const RowKey& b) { return a.table->name < b.table->name; });
    Look look(*this);
    for (const RowKey& key : sorted) {
      RowPtr row;
      if (const RowPtr* known = cache_.row(key)) {
        row = *known;
      } else {
        look.begin();
        WeighedRow loaded = rows_->load(*key.table, key.id);
        row = loaded.row;
        cache_.put(key, std::move(loaded.row), loaded.bytes);
      }
      if (row != nullptr) found(key, std::move(row));
    }
  });
}

void SqliteStore::load_open_duties(std::span<const RawId> about, const std::function<void(Duty)>& found) {
  guarded([&] {
    Look look(*this);
    for (const RawId& id : about) {
      if (const auto* known = cache_.duties(id)) {
        for (const Duty& duty : *known) found(duty);
        continue;
      }
      look.begin();
      std::vector<Duty> open;
      Statement& select = sql_->duties_about.reset().bind(id);
      while (select.step()) open.push_back(take_duty(select));
      for (const Duty& duty : open) found(duty);
      cache_.put_duties(id, std::move(open));
    }
  });
}

std::vector<Duty> SqliteStore::due_duties(Instant now, std::size_t limit) {
  return guarded([&] {
    std::vector<Duty> due;
    Statement& select = sql_->duties_due.reset().bind(now).bind(static_cast<std::int64_t>(limit));
    while (select.step()) due.push_back(take_duty(select));
    return due;
  });
}

std::optional<Instant> SqliteStore::next_step_at() {
  return guarded([&]() -> std::optional<Instant> {
    Statement& select = sql_->next_step.reset();
    if (!select.step()) return std::nullopt;
    const Instant at = select.instant_at(0);
    select.reset();
    return at;
  });
}

void SqliteStore::load_answers(std::span<const AnswerKey> keys, const std::function<void(AnswerRow)>& found) {
  guarded([&] {
    Look look(*this);
    if (!keys.empty()) look.begin();
    for (const AnswerKey& key : keys) {
      Statement& select = sql_->answer.reset().bind(key.key).bind(key.actor.raw);
      if (!select.step()) continue;
      AnswerRow row;
      row.key = key;
      row.body_hash = static_cast<std::uint64_t>(select.number(0));
      row.batch = select.number(1);
      row.first = select.number(2);
      row.count = static_cast<std::int32_t>(select.number(3));
      row.refusals = select.string_at(4);
      row.decided_at = select.instant_at(5);
      select.reset();
      found(std::move(row));
    }
  });
}

std::vector<EventRow> SqliteStore::events(No first, std::int32_t count) {
  return guarded([&] {
    std::vector<EventRow> out;
    const No last = first + (std::int64_t{count} << no_ordinal_bits);
    Statement& select = sql_->events.reset().bind(first).bind(last).bind(count);
    while (select.step()) out.push_back(take_event(select).row);
    return out;
  });
}

std::vector<StoredEvent> SqliteStore::events_after(std::int64_t batch, std::size_t limit) {
  return guarded([&] {
    std::vector<StoredEvent> out;
    Statement& batches = sql_->batches_after.reset().bind(batch);
    while (out.size() < limit && batches.step()) {
      Statement& select =
          sql_->events.reset().bind(batches.number(1)).bind(batches.number(2)).bind(batches.number(3));
      while (select.step()) out.push_back(take_event(select));
    }
    batches.reset();
    return out;
  });
}

std::string SqliteStore::frozen(std::string_view key) {
  return guarded([&] {
    Statement& select = sql_->frozen.reset().bind_text(key);
    std::string json = select.step() ? select.string_at(0) : std::string();
    select.reset();
    return json;
  });
}

void SqliteStore::each_row(const TableType& table, const std::function<void(const void*)>& visit) {
  guarded([&] { rows_->each(table, [&](const RawId&, const RowPtr& row) { visit(row.get()); }); });
}

// ---- housekeeping ------------------------------------------------------------------------------------------------

std::size_t SqliteStore::forget_answers(Instant older_than, std::size_t limit) {
  return guarded([&] {
    Transaction transaction(*connection_, Transaction::Kind::write);
    connection_->cached("UPDATE head SET answers_from = max(answers_from, ?)").bind(older_than).run();
    dropped_to_ = {};
    const std::size_t gone = delete_answers(older_than, limit);
    transaction.commit();
    answers_from_ = answers_until_ = std::max(answers_from_, older_than);
    return gone;
  });
}

/// In the caller's transaction. A key counts as the time it was made only when it was decided within the time answers
/// are kept: others are derived from what they carry.
std::size_t SqliteStore::delete_answers(Instant older_than, std::size_t limit) {
  Statement& drop = connection_->cached(
      "DELETE FROM answer WHERE (key, actor) IN (SELECT key, actor FROM answer WHERE key >= ? AND key < ? "
      "AND "
      "decided_at < ? AND hex(substr(key, 1, 6)) > printf('%012X', max(decided_at - ?, 0)) ORDER BY key "
      "LIMIT ?) RETURNING key");
  const RawId from = dropped_to_;
  const RawId until = RawId::make(older_than.ms, 0, 0, 0);
  drop.bind(from).bind(until).bind(older_than).bind(options_.kept.count());
  drop.bind(static_cast<std::int64_t>(limit));
  std::size_t gone = 0;
  for (; drop.step(); ++gone) dropped_to_ = std::max(dropped_to_, drop.id_at(0));
  return gone;
}

void SqliteStore::erase_tokens(std::span<const RawId> subjects) {
  guarded([&] {
    Transaction transaction(*connection_, Transaction::Kind::write);
    for (const RawId& subject : subjects)
      connection_->cached("DELETE FROM token WHERE subject = ?").bind(subject).run();
    transaction.commit();
  });
}

void SqliteStore::keep_rulebook(const std::string& version, const std::string& content, Instant at) {
  guarded([&] {
    connection_
        ->cached(
            "INSERT INTO rulebook_version (version, loaded_at, content) VALUES (?, ?, ?) ON CONFLICT DO "
            "NOTHING")
        .bind_text(version)
        .bind(at)
        .bind_text(content)
        .run();
  });
}

}  // namespace fx::journal
