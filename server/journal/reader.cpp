#include "journal/reader.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
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
    : source_(sqlite_source(std::move(path))), tables_(registry), log_(std::move(log)), options_(options) {}

Readers::Readers(ReadSource source, const Registry& registry, ReaderOptions options)
    : source_(std::move(source)), tables_(registry), options_(options) {}

std::unique_ptr<ReadSession> Readers::take(std::chrono::milliseconds patience) {
  {
    std::unique_lock lock(mutex_);
    if (!free_.wait_for(lock, patience, [&] { return !idle_.empty() || made_ < options_.connections; }))
      throw ReadersBusy("all readers are busy");
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
    ++made_;
  }
  try {
    return source_();
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void Readers::give_back(std::unique_ptr<ReadSession> session) {
  {
    const std::lock_guard lock(mutex_);
    if (session)
      idle_.push_back(std::move(session));
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

Reader::Reader(Readers& readers, std::unique_ptr<ReadSession> session,
               std::chrono::steady_clock::time_point deadline)
    : readers_(&readers), session_(std::move(session)) {
  try {
    session_->begin(deadline);
    SqlStatement& head = session_->sql().cached("SELECT batch, decided_at FROM head");
    head.step();
    as_of_ = head.number(0);
    decided_at_ = head.instant_at(1);
    head.reset();
  } catch (...) {
    session_.reset();
    readers_->give_back(nullptr);
    throw;
  }
}

Reader::Reader(Reader&&) noexcept = default;

Reader::~Reader() {
  if (!session_) return;
  if (!session_->end()) session_.reset();
  readers_->give_back(std::move(session_));
}

RowPtr Reader::row(const TableType& table, const RawId& id) {
  const FactTable& fact = readers_->tables_.of(table);
  SqlStatement& select = session_->sql().cached(fact.select_one());
  FactTables::bind_key(select, table, id);
  if (!select.step()) return nullptr;
  RowSource source(select);
  RowPtr row = table.take(source);
  select.reset();
  return row;
}

// ---- events, texts, identities -----------------------------------------------------------------------------------

PageOf<StoredEvent> Reader::events_about(const RawId& about, const std::string& cursor, std::size_t limit) {
  limit = std::clamp<std::size_t>(limit, 1, longest_page);
  constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();
  const auto place = place_of(cursor).value_or(Place{latest, key_of_no(latest)});
  if (!std::holds_alternative<std::int64_t>(place.value)) throw BadCursor("a cursor of another list");
  PageOf<StoredEvent> page;
  SqlStatement& select = session_->sql().cached(fmt::format(
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
  SqlStatement& select =
      session_->sql().cached(fmt::format("SELECT {} FROM event WHERE no = ?", event_columns)).bind(no);
  if (!select.step()) return std::nullopt;
  auto event = take_event(select);
  select.reset();
  return event;
}

std::vector<StoredEvent> Reader::events_after(std::int64_t batch, std::size_t limit,
                                              std::span<const std::string_view> types) {
  std::vector<StoredEvent> out;
  SqlStatement& batches =
      session_->sql()
          .cached("SELECT first, last FROM batch WHERE batch > ? AND events > 0 ORDER BY batch")
          .bind(batch);
  const std::string of_types =
      types.empty()
          ? ""
          : fmt::format(" AND type IN ({})", join(std::vector<std::string>(types.size(), "?"), ", "));
  SqlStatement& select = session_->sql().cached(
      fmt::format("SELECT {} FROM event WHERE no BETWEEN ? AND ?{} ORDER BY no", event_columns, of_types));
  while (out.size() < limit && batches.step()) {
    select.reset().bind(batches.number(0)).bind(batches.number(1));
    for (const std::string_view type : types) select.bind_text(type);
    while (select.step()) out.push_back(take_event(select));
  }
  batches.reset();
  return out;
}

std::optional<std::string> Reader::frozen(const std::string& key) {
  SqlStatement& select = session_->sql().cached("SELECT json FROM frozen WHERE key = ?").bind_text(key);
  if (!select.step()) return std::nullopt;
  std::string json = select.string_at(0);
  select.reset();
  return json;
}

std::optional<std::string> Reader::rulebook(const std::string& version) {
  SqlStatement& select =
      session_->sql().cached("SELECT content FROM rulebook_version WHERE version = ?").bind_text(version);
  if (!select.step()) return std::nullopt;
  std::string content = select.string_at(0);
  select.reset();
  return content;
}

std::optional<SealRow> Reader::seal(std::int64_t batch) {
  SqlStatement& select =
      session_->sql().cached(fmt::format("SELECT {} FROM batch WHERE batch = ?", batch_columns)).bind(batch);
  if (!select.step()) return std::nullopt;
  SealRow seal = take_seal(select);
  select.reset();
  return seal;
}

namespace {

std::optional<IdentityWrite> take_identity(SqlStatement& select, const RawId& subject) {
  if (!select.step()) return std::nullopt;
  IdentityWrite out{subject, select.string_at(0), std::string(select.blob_at(1)), select.string_at(2)};
  select.reset();
  return out;
}

}  // namespace

std::optional<IdentityWrite> Reader::identity(const RawId& subject, const std::string& kind) {
  SqlStatement& select = session_->sql().cached(
      "SELECT kind, cipher, hash FROM identity WHERE subject = ? AND (? = '' OR kind = ?) ORDER BY seq "
      "DESC LIMIT 1");
  return take_identity(select.bind(subject).bind_text(kind).bind_text(kind), subject);
}

std::optional<IdentityWrite> Reader::identity_by_hash(const RawId& subject, const std::string& hash) {
  SqlStatement& select = session_->sql().cached(
      "SELECT kind, cipher, hash FROM identity WHERE subject = ? AND hash = ? ORDER BY seq DESC LIMIT 1");
  return take_identity(select.bind(subject).bind_text(hash), subject);
}

std::vector<RawId> Reader::subjects_of(const std::string& kind, const std::string& token, std::size_t limit) {
  std::vector<RawId> out;
  SqlStatement& select = session_->sql().cached(
      "SELECT subject FROM token WHERE kind = ? AND token = ? ORDER BY subject LIMIT ?");
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
  SqlStatement& select = session_->sql().cached(sql + " ORDER BY line DESC LIMIT ?");
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
