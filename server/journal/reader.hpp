#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <span>

#include "journal/checkpoint.hpp"
#include "journal/merge.hpp"
#include "journal/sqlite/facts.hpp"
#include "journal/sqlite/rows.hpp"

namespace fx::journal {

/// No connection became free, or the log is too long for another reader: answer 503 with Retry-After.
class ReadersBusy : public std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// A cursor that is not one of ours, or of another list.
class BadCursor : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Codes from `first` to `last`: what one authority sees.
struct Places {
  std::int32_t first = 0;
  std::int32_t last = 0;
  friend bool operator==(const Places&, const Places&) = default;
};
/// Everything within a jurisdiction: nation 0, province PP0000, city PPCC00, county.
Places places_of(std::int32_t jurisdiction);

/// Column equals one of the values; no value at all: column is empty.
struct Filter {
  std::string column;
  std::vector<FieldValue> values;
};
/// from <= column < until
struct Between {
  std::string column;
  std::optional<FieldValue> from;
  std::optional<FieldValue> until;
};
/// Whose rows: those of the places, and those that name one of the units in one of the columns. Neither: nobody's.
struct Scope {
  std::vector<Places> places;
  std::vector<std::string> unit_columns;
  std::vector<UnitId> units;
};
struct ListQuery {
  const TableType* table = nullptr;
  Scope scope;
  std::vector<Filter> filters;
  std::vector<Between> between;
  std::string order_by;  ///< a column; empty: the key
  bool descending = true;
  std::string cursor;
  std::size_t limit = 50;
};
template <class Row>
struct PageOf {
  std::vector<Row> rows;
  std::string next;  ///< cursor of the next page; empty: this was the last
};
using ListPage = PageOf<RowPtr>;

/// Open duties by due time: of places, and those these posts owe wherever they lie.
struct DutyQuery {
  std::vector<Places> places;
  std::vector<Post> posts;
  std::vector<Filter> filters;
  std::optional<Instant> due_before;
  std::string cursor;
  std::size_t limit = 50;
};
/// Messages to posts, latest first.
struct NoticeQuery {
  std::vector<Post> posts;
  bool unacknowledged = false;
  std::string cursor;
  std::size_t limit = 50;
};
struct CounterQuery {
  std::vector<Places> places;
  std::vector<std::string> measures;
  Day from;
  Day until;                          ///< inclusive
  std::optional<Day> recorded_until;  ///< as it was shown at the end of that day
};
struct CounterSum {
  std::int32_t jurisdiction = 0;
  std::string measure;
  Day day;
  std::int64_t value = 0;
};
struct AuditQuery {
  std::optional<AccountId> actor;
  std::string kind;
  std::optional<Instant> from;
  std::optional<Instant> until;  ///< exclusive
  std::string cursor;
  std::size_t limit = 50;
};

class Readers;

/// A connection of either engine that reads one snapshot at a time.
class ReadSession {
 public:
  virtual ~ReadSession() = default;
  virtual SqlConnection& sql() = 0;
  /// From here on everything is as of one batch; after `deadline` statements throw Interrupted.
  virtual void begin(std::chrono::steady_clock::time_point deadline) = 0;
  /// False: the connection is of no further use.
  virtual bool end() noexcept = 0;
  /// The rows of these places, until told otherwise; none: all. An engine without row-level security may ignore it, for
  /// the queries name the places themselves.
  virtual void see(const std::vector<Places>& places) = 0;
};
/// While it lives a session sees the rows of these places only; none: all.
class Sight {
 public:
  Sight(ReadSession& session, const std::vector<Places>& places)
      : session_(session), narrow_(!places.empty()) {
    if (narrow_) session_.see(places);
  }
  Sight(const Sight&) = delete;
  Sight& operator=(const Sight&) = delete;
  ~Sight() {
    if (narrow_) session_.see({});
  }

 private:
  ReadSession& session_;
  bool narrow_;
};
/// Makes another one.
using ReadSource = std::function<std::unique_ptr<ReadSession>()>;
/// Of a ledger file.
ReadSource sqlite_source(std::string path);

/// One read transaction: everything it tells is as of one batch. Short; one thread.
class Reader {
 public:
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) = delete;
  ~Reader();

  [[nodiscard]] std::int64_t as_of() const { return as_of_; }
  [[nodiscard]] Instant decided_at() const { return decided_at_; }

  RowPtr row(const TableType& table, const RawId& id);
  template <class T, class Tag>
  std::shared_ptr<const T> row(const Id<Tag>& id) {
    return std::static_pointer_cast<const T>(row(table_type<T>(), id.raw));
  }
  /// Those of them that exist, with few statements.
  std::map<RawId, RowPtr> rows(const TableType& table, std::span<const RawId> ids);
  ListPage list(const ListQuery& query);
  PageOf<Duty> duties(const DutyQuery& query);
  std::vector<Duty> open_duties(const RawId& about);
  PageOf<Notice> notices(const NoticeQuery& query);
  std::vector<CounterSum> counters(const CounterQuery& query);

  /// The history of one thing, latest first.
  PageOf<StoredEvent> events_about(const RawId& about, const std::string& cursor, std::size_t limit);
  std::optional<StoredEvent> event(No no);
  /// Whole batches after `batch`, in (batch, no) order; with `types`, only their events of these types.
  std::vector<StoredEvent> events_after(std::int64_t batch, std::size_t limit,
                                        std::span<const std::string_view> types = {});
  std::optional<std::string> frozen(const std::string& key);
  std::optional<std::string> rulebook(const std::string& version);
  std::optional<SealRow> seal(std::int64_t batch);

  /// The latest sealed version; of one kind, or of any when it is empty.
  std::optional<IdentityWrite> identity(const RawId& subject, const std::string& kind = {});
  /// The latest of this kind of each of them that has one, with few statements.
  std::map<RawId, IdentityWrite> identities(std::span<const RawId> subjects, const std::string& kind);
  /// The very version an event names.
  std::optional<IdentityWrite> identity_by_hash(const RawId& subject, const std::string& hash);
  std::vector<RawId> subjects_of(const std::string& kind, const std::string& token, std::size_t limit);
  PageOf<StoredAudit> audit(const AuditQuery& query);

  /// For queries of a page of its own, in words both engines understand.
  SqlConnection& connection() { return session_->sql(); }

 private:
  friend class Readers;
  Reader(Readers& readers, std::unique_ptr<ReadSession> session,
         std::chrono::steady_clock::time_point deadline);
  /// Distinct values of a table's scope column within the places.
  std::vector<std::int32_t> counties(const FactTable& table, const std::vector<Places>& places);
  std::vector<Stream> list_streams(const ListQuery& query, const FactTable& table);
  std::vector<Stream> duty_streams(const DutyQuery& query);

  Readers* readers_;
  std::unique_ptr<ReadSession> session_;
  std::int64_t as_of_ = 0;
  Instant decided_at_;
};

struct ReaderOptions {
  std::size_t connections = 4;
  std::chrono::milliseconds limit{250};  ///< of one Reader's whole life (kernel-notes §10)
  std::int64_t longest_log = std::int64_t{256}
                             << 20;  ///< beyond it new readers wait, so that the log can restart
};

/// The reading connections. Any thread.
class Readers {
 public:
  Readers(std::string path, const Registry& registry, std::shared_ptr<LogGauge> log,
          ReaderOptions options = {});
  Readers(ReadSource source, const Registry& registry, ReaderOptions options = {});
  /// Throws ReadersBusy when none is free within the limit; later calls on the Reader throw Interrupted when it is over.
  Reader open();
  /// With another limit, for work in the background.
  Reader open(std::chrono::milliseconds limit);
  [[nodiscard]] const FactTables& tables() const { return tables_; }

 private:
  friend class Reader;
  std::unique_ptr<ReadSession> take(std::chrono::milliseconds patience);
  void give_back(std::unique_ptr<ReadSession> session);

  ReadSource source_;
  FactTables tables_;
  std::shared_ptr<LogGauge> log_;
  ReaderOptions options_;
  std::mutex mutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<ReadSession>> idle_;
  std::size_t made_ = 0;
};

/// The value a filter's text means for a column; nullopt: not of its kind.
std::optional<FieldValue> filter_value(const FieldInfo& field, std::string_view text);

/// Binds a field's value as the row stores it.
void bind_value(SqlStatement& statement, const FieldValue& value);
/// " AND …" for filters and bounds, and their values in the same order. Columns are checked against the table.
std::string where_clause(const TypeInfo& type, const std::vector<Filter>& filters,
                         const std::vector<Between>& between);
void bind_where(SqlStatement& statement, const std::vector<Filter>& filters,
                const std::vector<Between>& between);
/// Throws BadCursor.
std::optional<Place> place_of(const std::string& cursor);
inline constexpr std::size_t longest_page = 500;

}  // namespace fx::journal
