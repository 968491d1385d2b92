#include "journal/sqlite/connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "base/assert.hpp"
#include "base/described.hpp"
#include "kernel/store.hpp"

namespace fx::journal {
namespace {

/// The shared-memory file of the log could not grow: SQLite calls that an I/O error, though only room is missing.
bool is_out_of_room(sqlite3* db, int extended) {
  return extended == SQLITE_IOERR_SHMSIZE && db != nullptr && sqlite3_system_errno(db) == ENOSPC;
}

}  // namespace

void fail(sqlite3* db, int code, std::string_view what) {
  const int extended = db != nullptr ? sqlite3_extended_errcode(db) : code;
  const std::string why =
      fmt::format("{}: {} ({})", what, db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code), extended);
  if (is_out_of_room(db, extended)) throw StoreFull(why);
  switch (code & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_BUSY:
    case SQLITE_LOCKED: throw StoreFull(why);
    case SQLITE_CONSTRAINT: throw Defect("a constraint of the ledger fired: " + why);
    case SQLITE_INTERRUPT: throw Interrupted(why);
    case SQLITE_NOMEM: throw std::bad_alloc();
    default: throw StoreBroken(why);
  }
}

// ---- statement ---------------------------------------------------------------------------------------------------

Statement::Statement(Connection& connection, std::string_view sql) : db_(connection.handle()) {
  const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle_, nullptr);
  if (code != SQLITE_OK) fail(db_, code, sql);
}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::check(int code) {
  if (code != SQLITE_OK) fail(db_, code, sqlite3_sql(handle_));
}

void Statement::null() { check(sqlite3_bind_null(handle_, next_++)); }
void Statement::integer(std::int64_t value) {
  check(sqlite3_bind_int64(handle_, next_++, value));
  bytes_ += 8;
}
void Statement::real(double value) {
  check(sqlite3_bind_double(handle_, next_++, value));
  bytes_ += 8;
}
void Statement::text(std::string_view value) {
  check(sqlite3_bind_text64(handle_, next_++, value.data() != nullptr ? value.data() : "", value.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));
  bytes_ += value.size();
}
void Statement::blob(std::string_view bytes) {
  check(sqlite3_bind_blob64(handle_, next_++, bytes.data() != nullptr ? bytes.data() : "", bytes.size(),
                            SQLITE_TRANSIENT));
  bytes_ += bytes.size();
}

Statement& Statement::bind(std::int64_t value) {
  check(sqlite3_bind_int64(handle_, next_++, value));
  return *this;
}
Statement& Statement::bind(const RawId& id) { return bind_blob(blob_of(id)); }
Statement& Statement::bind_text(std::string_view value) {
  check(sqlite3_bind_text64(handle_, next_++, value.data() != nullptr ? value.data() : "", value.size(),
                            SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}
Statement& Statement::bind_blob(std::string_view bytes) {
  check(sqlite3_bind_blob64(handle_, next_++, bytes.data() != nullptr ? bytes.data() : "", bytes.size(),
                            SQLITE_STATIC));
  return *this;
}
Statement& Statement::bind_null() {
  null();
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    const std::string sql = sqlite3_sql(handle_);
    try {
      fail(db_, code, sql);
    } catch (...) {
      reset();  // after the message was read: a reset replaces it
      throw;
    }
  }
  reset();
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

Statement& Statement::reset() {
  sqlite3_reset(handle_);  // repeats the error of the last step, which has been thrown already
  next_ = 1;
  bytes_ = 0;
  return *this;
}

int Statement::kind(int column) const { return sqlite3_column_type(handle_, column); }
int Statement::columns() const { return sqlite3_column_count(handle_); }
std::string_view Statement::column_name(int column) const { return sqlite3_column_name(handle_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
std::int64_t Statement::number(int column) const { return sqlite3_column_int64(handle_, column); }
double Statement::real_number(int column) const { return sqlite3_column_double(handle_, column); }
std::string_view Statement::text_at(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return text != nullptr
             ? std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)))
             : std::string_view();
}
std::string_view Statement::blob_at(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return bytes != nullptr
             ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)))
             : std::string_view();
}

// ---- connection --------------------------------------------------------------------------------------------------

namespace {

/// Made here first, so that it is never readable by others, whatever the umask.
void make_private(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) throw StoreBroken(path + ": " + std::strerror(errno));
  ::close(fd);
}

const char* settings(Connection::Mode mode) {
  switch (mode) {
    case Connection::Mode::create:
      // The log is copied by our own thread and restarted by the writer (kernel-notes §10), so SQLite's own checkpoint is off.
      return "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA "
             "wal_autocheckpoint = 0;"
             "PRAGMA secure_delete = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA "
             "trusted_schema = OFF";
    case Connection::Mode::read:
      return "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA "
             "trusted_schema = OFF;"
             "PRAGMA wal_autocheckpoint = 0";
    case Connection::Mode::scratch:
      return "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF; PRAGMA "
             "cache_size = -131072;"
             "PRAGMA locking_mode = EXCLUSIVE";
  }
  return "";
}

}  // namespace

Connection::Connection(const std::string& path, Mode mode) {
  // Nobody asks SQLite how much memory it has: counting it takes a lock for each piece.
  [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (mode == Mode::create) make_private(path);
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::scratch ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
  if (code != SQLITE_OK) {
    const bool missing = code == SQLITE_CANTOPEN && ::access(path.c_str(), F_OK) != 0;
    const char* reason = db_ != nullptr ? sqlite3_errmsg(db_) : "out of memory";
    const std::string why = missing ? path + " is not there" : path + ": " + reason;
    sqlite3_close(db_);
    throw StoreBroken(why);
  }
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, 5000);
  // A reader that is the last to close must not copy the log: it may be looking at evidence.
  if (mode == Mode::read) sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  try {
    run(settings(mode));
  } catch (...) {
    const bool foreign = sqlite3_errcode(db_) == SQLITE_NOTADB;
    sqlite3_close(db_);
    if (foreign) throw StoreBroken(path + " is not a database: another file, or its beginning is damaged");
    throw;
  }
}

Connection::~Connection() {
  cached_.clear();
  sqlite3_close_v2(db_);
}

void Connection::run(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(db_, code, sql);
}

std::int64_t Connection::number(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.number(0) : 0;
}

Statement& Connection::cached(const std::string& sql) {
  if (const auto found = cached_.find(sql); found != cached_.end()) return found->second->reset();
  return *cached_.emplace(sql, std::make_unique<Statement>(*this, sql)).first->second;
}

std::string Connection::index_hint(std::string_view index) const {
  return fmt::format("INDEXED BY {}", index);
}

void Connection::trim() {
  constexpr std::size_t most = 500;
  if (cached_.size() > most) cached_.clear();
}

std::int64_t Connection::changes() const { return sqlite3_changes64(db_); }
bool Connection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection) {
  connection_.cached(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN").run();
}

Transaction::~Transaction() {
  if (!connection_.in_transaction()) return;
  // A failed rollback leaves the fault that is on its way up to speak; SQLite recovers at the next opening.
  sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() { connection_.cached("COMMIT").run(); }

}  // namespace fx::journal
