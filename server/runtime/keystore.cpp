#include "runtime/keystore.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "kernel/store.hpp"

namespace fx::runtime {
namespace {

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS key (          -- one row for each person whose identity can still be read
  person BLOB PRIMARY KEY CHECK (length(person) = 16),
  wrapped BLOB NOT NULL CHECK (length(wrapped) = 72)   -- nonce 24, key 32, tag 16
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased (       -- applied again to every older copy of this file
  person BLOB PRIMARY KEY CHECK (length(person) = 16)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
)";

constexpr int schema_version = 1;
constexpr int patience_ms = 5000;  ///< for a lock of another process

/// Of the schema in the file; 0: none yet, or it cannot be read now.
int version(sqlite3* db) {
  sqlite3_stmt* asked = nullptr;
  int found = 0;
  if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &asked, nullptr) == SQLITE_OK &&
      sqlite3_step(asked) == SQLITE_ROW)
    found = sqlite3_column_int(asked, 0);
  sqlite3_finalize(asked);
  return found;
}

/// No room, or a lock that somebody holds beyond patience: nothing was written, and it may work later.
bool may_work_later(sqlite3* db) {
  const int code = db != nullptr ? sqlite3_errcode(db) & 0xFF : SQLITE_NOMEM;
  return code == SQLITE_FULL || code == SQLITE_BUSY;
}

[[noreturn]] void fail(const std::string& path, const std::string& what, sqlite3* db) {
  const std::string why =
      "key store " + path + ": " + what + ": " + (db != nullptr ? sqlite3_errmsg(db) : "out of memory");
  if (may_work_later(db)) throw StoreFull(why);
  throw KeyStoreError(why);
}

}  // namespace

class FileKeyStore::Statement {
 public:
  Statement(const std::string& path, sqlite3* db, const char* sql) : path_(path), db_(db) {
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr) != SQLITE_OK)
      fail(path, sql, db);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(handle_); }

  Statement& bind(int at, const void* bytes, std::size_t size) {
    sqlite3_bind_blob(handle_, at, bytes, static_cast<int>(size), SQLITE_STATIC);
    return *this;
  }
  Statement& bind(int at, const RawId& id) { return bind(at, id.bytes.data(), id.bytes.size()); }

  bool step() {
    const int answer = sqlite3_step(handle_);
    if (answer == SQLITE_ROW) return true;
    if (answer == SQLITE_DONE) return false;
    sqlite3_reset(handle_);
    fail(path_, "step", db_);
  }
  template <class T>
  T column(int at) const {
    T out{};
    auto& bytes = [](auto& value) -> auto& {
      if constexpr (std::is_same_v<std::decay_t<decltype(value)>, RawId>) {
        return value.bytes;
      } else {
        return value;
      }
    }(out);
    if (static_cast<std::size_t>(sqlite3_column_bytes(handle_, at)) != bytes.size())
      fail(path_, "damaged row", db_);
    std::memcpy(bytes.data(), sqlite3_column_blob(handle_, at), bytes.size());
    return out;
  }
  [[nodiscard]] std::int64_t number(int at) const { return sqlite3_column_int64(handle_, at); }
  void reset() { sqlite3_reset(handle_); }

 private:
  const std::string& path_;
  sqlite3* db_;
  sqlite3_stmt* handle_ = nullptr;
};

namespace {

/// Rolls back unless committed.
template <class Run>
class Transaction {
 public:
  explicit Transaction(Run run) : run_(run) { run_("BEGIN IMMEDIATE"); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (open_) {
      try {
        run_("ROLLBACK");
      } catch (const KeyStoreError&) {  // the first fault is on its way up; SQLite has rolled back by itself
      }
    }
  }
  void commit() {
    run_("COMMIT");
    open_ = false;
  }

 private:
  Run run_;
  bool open_ = true;
};

}  // namespace

FileKeyStore::Connection::Connection(const std::string& to) : path(to) {
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK) {
    sqlite3_busy_timeout(db, patience_ms);
    return;
  }
  const std::string why = db != nullptr ? sqlite3_errmsg(db) : "out of memory";
  sqlite3_close(db);
  throw KeyStoreError("key store " + path + ": " + why);
}

FileKeyStore::Connection::~Connection() {
  statements.clear();
  sqlite3_close(db);
}

void FileKeyStore::Connection::run(const char* sql) const {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(path, "cannot run", db);
}

FileKeyStore::Statement& FileKeyStore::Connection::statement(const char* sql) {
  std::unique_ptr<Statement>& known = statements[sql];
  if (!known) known = std::make_unique<Statement>(path, db, sql);
  known->reset();
  return *known;
}

FileKeyStore::FileKeyStore(const std::string& path) : path_(path) {
  // Made here first, so that it is never readable by others, whatever the umask; SQLite gives its log the same mode.
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) throw KeyStoreError("key store " + path + ": cannot open: " + std::strerror(errno));
  const bool closed_to_others = ::fchmod(fd, 0600) == 0;
  ::close(fd);
  if (!closed_to_others)
    throw KeyStoreError("key store " + path + ": cannot set its mode: " + std::strerror(errno));
  writing_ = std::make_unique<Connection>(path_);
  // A put is durable with one sync of the log. secure_delete overwrites what is deleted, and destroy() empties the log.
  writing_->run("PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  // Only when it is new: a backup opens the keys of a server at work, and writing would have it wait for each of the
  // server's transactions.
  if (version(writing_->db) != schema_version) writing_->run(schema);
  // What a destroy that was killed left in the log; not while somebody else has the file open.
  sqlite3_busy_timeout(writing_->db, 0);
  (void)sqlite3_wal_checkpoint_v2(writing_->db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(writing_->db, patience_ms);
  reading_ = std::make_unique<Connection>(path_);
}

FileKeyStore::~FileKeyStore() = default;

std::size_t FileKeyStore::put(std::span<const Entry> entries) {
  if (entries.empty()) return 0;
  const std::lock_guard lock(writing_->mutex);
  Transaction transaction([this](const char* sql) { writing_->run(sql); });
  std::size_t made = 0;
  for (const auto& [person, wrapped] : entries) {
    Statement& insert = writing_->statement(
        "INSERT INTO key (person, wrapped) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM erased WHERE person "
        "= ?1) "
        "ON CONFLICT DO NOTHING");
    insert.bind(1, person).bind(2, wrapped.data(), wrapped.size()).step();
    made += static_cast<std::size_t>(sqlite3_changes(writing_->db));
    insert.reset();
  }
  transaction.commit();
  return made;
}

std::optional<WrappedKey> FileKeyStore::get(const RawId& person) const {
  const std::lock_guard lock(reading_->mutex);
  Statement& select = reading_->statement("SELECT wrapped FROM key WHERE person = ?1");
  std::optional<WrappedKey> found;
  if (select.bind(1, person).step()) found = select.column<WrappedKey>(0);
  select.reset();
  return found;
}

std::unordered_map<RawId, WrappedKey> FileKeyStore::get(std::span<const RawId> persons) const {
  std::unordered_map<RawId, WrappedKey> found;
  for (const RawId& person : persons) {
    if (const std::optional<WrappedKey> wrapped = get(person)) found.emplace(person, *wrapped);
  }
  return found;
}

std::size_t FileKeyStore::destroy(std::span<const RawId> persons) {
  if (persons.empty()) return 0;
  const std::lock_guard lock(writing_->mutex);
  Transaction transaction([this](const char* sql) { writing_->run(sql); });
  std::size_t gone = 0;
  for (const RawId& person : persons) {
    Statement& remember =
        writing_->statement("INSERT INTO erased (person) VALUES (?1) ON CONFLICT DO NOTHING");
    remember.bind(1, person).step();
    remember.reset();
    Statement& remove = writing_->statement("DELETE FROM key WHERE person = ?1");
    remove.bind(1, person).step();
    gone += static_cast<std::size_t>(sqlite3_changes(writing_->db));
    remove.reset();
  }
  transaction.commit();
  if (sqlite3_wal_checkpoint_v2(writing_->db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) !=
      SQLITE_OK)
    fail(path_, "the keys are gone, but its log cannot be emptied yet: destroy them again", writing_->db);
  return gone;
}

bool FileKeyStore::is_erased(const RawId& person) const {
  const std::lock_guard lock(reading_->mutex);
  Statement& select = reading_->statement("SELECT 1 FROM erased WHERE person = ?1");
  const bool found = select.bind(1, person).step();
  select.reset();
  return found;
}

std::vector<RawId> FileKeyStore::erased() const {
  const std::lock_guard lock(reading_->mutex);
  Statement& select = reading_->statement("SELECT person FROM erased ORDER BY person");
  std::vector<RawId> all;
  while (select.step()) all.push_back(select.column<RawId>(0));
  select.reset();
  return all;
}

std::size_t FileKeyStore::size() const {
  const std::lock_guard lock(reading_->mutex);
  Statement& select = reading_->statement("SELECT count(*) FROM key");
  select.step();
  const auto n = static_cast<std::size_t>(select.number(0));
  select.reset();
  return n;
}

}  // namespace fx::runtime
