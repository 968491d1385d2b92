#include "journal/reader.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "kernel/reference.hpp"

namespace fx::journal {

Places places_of(std::int32_t jurisdiction) {
  switch (level_of(jurisdiction)) {
    case Level::nation: return {0, 999'999};
    case Level::province: return {jurisdiction, jurisdiction + 9'999};
    case Level::city: return {jurisdiction, jurisdiction + 99};
    default: return {jurisdiction, jurisdiction};
  }
}

// ---- the pool ----------------------------------------------------------------------------------------------------

Readers::Readers(std::string path, const Registry& registry, std::shared_ptr<LogGauge> log,
                 ReaderOptions options)
    : path_(std::move(path)), tables_(registry), log_(std::move(log)), options_(options) {}

std::unique_ptr<Connection> Readers::take(std::chrono::milliseconds patience) {
  {
    std::unique_lock lock(mutex_);
    if (!free_.wait_for(lock, patience, [&] { return !idle_.empty() || made_ < options_.connections; }))
      throw ReadersBusy("all readers are busy");
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    ++made_;
  }
  try {
    return std::make_unique<Connection>(path_, Connection::Mode::read);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    if (connection)
      idle_.push_back(std::move(connection));
    else
      --made_;
  }
  free_.notify_one();
}

Reader Readers::open() { return open(options_.limit); }

Reader Readers::open(std::chrono::milliseconds limit) {
  if (log_ && !log_->wait_below(options_.longest_log, options_.limit))
    throw ReadersBusy("the log is too long for another reader");
  auto connection = take(options_.limit);
  return {*this, std::move(connection), std::chrono::steady_clock::now() + limit};
}

// ---- one reader --------------------------------------------------------------------------------------------------

Reader::Reader(Readers& readers, std::unique_ptr<Connection> connection,
               std::chrono::steady_clock::time_point deadline)
    : readers_(&readers),
      connection_(std::move(connection)),
      deadline_(std::make_unique<std::chrono::steady_clock::time_point>(deadline)) {
  constexpr int instructions = 1000;  // a few tens of µs between two looks at the clock
  connection_->trim();
  sqlite3_progress_handler(
      connection_->handle(), instructions,
      [](void* until) {
        return std::chrono::steady_clock::now() > *static_cast<std::chrono::steady_clock::time_point*>(until)
                   ? 1
                   : 0;
      },
      deadline_.get());
  connection_->cached("BEGIN").run();
  Statement& head = connection_->cached("SELECT batch, decided_at FROM head");
  head.step();
  as_of_ = head.number(0);
  decided_at_ = head.instant_at(1);
  head.reset();
}

Reader::Reader(Reader&&) noexcept = default;

Reader::~Reader() {
  if (!connection_) return;
  sqlite3_progress_handler(connection_->handle(), 0, nullptr, nullptr);
  sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  // A connection that could not end its transaction would hold the log for ever.
  if (connection_->in_transaction()) connection_.reset();
  readers_->give_back(std::move(connection_));
}

RowPtr Reader::row(const TableType& table, const RawId& id) {
  const FactTable& fact = readers_->tables_.of(table);
  Statement& select = connection_->cached(fact.select_one());
  FactTables::bind_key(select, table, id);
  if (!select.step()) return nullptr;
  RowSource source(select);
  RowPtr row = table.take(source);
  select.reset();
  return row;
}

std::vector<std::string> Reader::plan(const std::string& sql) {
  std::vector<std::string> out;
  Statement explain(*connection_, "EXPLAIN QUERY PLAN " + sql);
  while (explain.step()) out.push_back(explain.string_at(3));
  return out;
}

// ---- events, texts, identities -----------------------------------------------------------------------------------

PageOf<StoredEvent> Reader::events_about(const RawId& about, const std::string& cursor, std::size_t limit) {
  limit = std::clamp<std::size_t>(limit, 1, longest_page);
  constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();
  const auto place = place_of(cursor).value_or(Place{latest, key_of_no(latest)});
  if (!std::holds_alternative<std::int64_t>(place.value)) throw BadCursor("a cursor of another list");
  PageOf<StoredEvent> page;
  Statement& select = connection_->cached(fmt::format(
      "SELECT {} FROM event WHERE about = ? AND (batch, no) < (?, ?) ORDER BY batch DESC, no DESC LIMIT ?",
      event_columns));
  select.bind(about).bind(std::get<std::int64_t>(place.value)).bind(no_of_key(place.key));
  select.bind(static_cast<std::int64_t>(limit + 1));
  while (select.step()) page.rows.push_back(take_event(select));
  if (page.rows.size() > limit) {
    page.rows.pop_back();
    page.next = to_cursor({page.rows.back().batch, key_of_no(page.rows.back().row.no)});
  }
  return page;
}

std::optional<StoredEvent> Reader::event(No no) {
  Statement& select =
      connection_->cached(fmt::format("SELECT {} FROM event WHERE no = ?", event_columns)).bind(no);
  if (!select.step()) return std::nullopt;
  auto event = take_event(select);
  select.reset();
  return event;
}

std::vector<StoredEvent> Reader::events_after(std::int64_t batch, std::size_t limit) {
  std::vector<StoredEvent> out;
  Statement& batches =
      connection_->cached("SELECT first, last FROM batch WHERE batch > ? AND events > 0 ORDER BY batch")
          .bind(batch);
  while (out.size() < limit && batches.step()) {
    Statement& select = connection_->cached(
        fmt::format("SELECT {} FROM event WHERE no BETWEEN ? AND ? ORDER BY no", event_columns));
    select.bind(batches.number(0)).bind(batches.number(1));
    while (select.step()) out.push_back(take_event(select));
  }
  batches.reset();
  return out;
}

std::optional<std::string> Reader::frozen(const std::string& key) {
  Statement& select = connection_->cached("SELECT json FROM frozen WHERE key = ?").bind_text(key);
  if (!select.step()) return std::nullopt;
  std::string json = select.string_at(0);
  select.reset();
  return json;
}

std::optional<std::string> Reader::rulebook(const std::string& version) {
  Statement& select =
      connection_->cached("SELECT content FROM rulebook_version WHERE version = ?").bind_text(version);
  if (!select.step()) return std::nullopt;
  std::string content = select.string_at(0);
  select.reset();
  return content;
}

std::optional<SealRow> Reader::seal(std::int64_t batch) {
  Statement& select =
      connection_->cached(fmt::format("SELECT {} FROM batch WHERE batch = ?", batch_columns)).bind(batch);
  if (!select.step()) return std::nullopt;
  SealRow seal = take_seal(select);
  select.reset();
  return seal;
}

namespace {

std::optional<IdentityWrite> take_identity(Statement& select, const RawId& subject) {
  if (!select.step()) return std::nullopt;
  IdentityWrite out{subject, select.string_at(0), std::string(select.blob_at(1)), select.string_at(2)};
  select.reset();
  return out;
}

}  // namespace

std::optional<IdentityWrite> Reader::identity(const RawId& subject, const std::string& kind) {
  Statement& select = connection_->cached(
      "SELECT kind, cipher, hash FROM identity WHERE subject = ? AND (?2 = '' OR kind = ?2) ORDER BY seq "
      "DESC LIMIT 1");
  return take_identity(select.bind(subject).bind_text(kind), subject);
}

std::optional<IdentityWrite> Reader::identity_by_hash(const RawId& subject, const std::string& hash) {
  Statement& select = connection_->cached(
      "SELECT kind, cipher, hash FROM identity WHERE subject = ? AND hash = ? ORDER BY seq DESC LIMIT 1");
  return take_identity(select.bind(subject).bind_text(hash), subject);
}

std::vector<RawId> Reader::subjects_of(const std::string& kind, const std::string& token, std::size_t limit) {
  std::vector<RawId> out;
  Statement& select =
      connection_->cached("SELECT subject FROM token WHERE kind = ? AND token = ? ORDER BY subject LIMIT ?");
  select.bind_text(kind).bind_blob(token).bind(static_cast<std::int64_t>(limit));
  while (select.step()) out.push_back(select.id_at(0));
  return out;
}

PageOf<StoredAudit> Reader::audit(const AuditQuery& query) {
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, longest_page);
  const auto place = place_of(query.cursor);
  std::string sql = fmt::format("SELECT {} FROM audit WHERE line < ?", audit_columns);
  if (query.actor) sql += " AND actor = ?";
  if (!query.kind.empty()) sql += " AND kind = ?";
  if (query.from) sql += " AND at >= ?";
  if (query.until) sql += " AND at < ?";
  Statement& select = connection_->cached(sql + " ORDER BY line DESC LIMIT ?");
  select.bind(place ? no_of_key(place->key) : std::numeric_limits<No>::max());
  if (query.actor) select.bind(query.actor->raw);
  if (!query.kind.empty()) select.bind_text(query.kind);
  if (query.from) select.bind(*query.from);
  if (query.until) select.bind(*query.until);
  select.bind(static_cast<std::int64_t>(limit + 1));
  PageOf<StoredAudit> page;
  while (select.step()) page.rows.push_back(take_audit(select));
  if (page.rows.size() > limit) {
    page.rows.pop_back();
    page.next = to_cursor({{}, key_of_no(page.rows.back().line)});
  }
  return page;
}

}  // namespace fx::journal
