#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "journal/sql.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace fx::journal {

/// What an SQLite failure means for us. Full disk or a lock held beyond patience: StoreFull. A fired constraint: Defect,
/// for our rows are checked before they come here. Interrupted: the time limit. All else (I/O, fsync, corruption):
/// StoreBroken.
[[noreturn]] void fail(sqlite3* db, int code, std::string_view what);

class Connection;

/// A prepared statement. As a sink it binds its parameters in order; texts are copied, since a sink's view lives only
/// for the call.
class Statement final : public SqlStatement {
 public:
  Statement(Connection& connection, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() override;

  // CellSink: binds the next parameter.
  void null() override;
  void integer(std::int64_t value) override;
  void real(double value) override;
  void text(std::string_view value) override;
  void blob(std::string_view bytes) override;

  // Binding of what outlives the next step: not copied.
  Statement& bind(std::int64_t value) override;
  Statement& bind(Instant at) { return bind(at.ms); }
  Statement& bind(const RawId& id) override;
  Statement& bind_text(std::string_view value) override;
  Statement& bind_blob(std::string_view bytes) override;
  Statement& bind_null() override;

  bool step() override;
  void run() override;
  Statement& reset() override;

  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] int kind(int column) const;  ///< SQLITE_INTEGER …
  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string_view column_name(int column) const;
  [[nodiscard]] std::int64_t number(int column) const override;
  [[nodiscard]] double real_number(int column) const override;
  [[nodiscard]] std::string_view text_at(int column) const override;
  [[nodiscard]] std::string_view blob_at(int column) const override;
  /// Bytes bound since the last reset: what a row weighs in a cache.
  [[nodiscard]] std::size_t bound_bytes() const { return bytes_; }

 private:
  void check(int code);

  sqlite3* db_;
  sqlite3_stmt* handle_ = nullptr;
  int next_ = 1;
  std::size_t bytes_ = 0;
};

/// One SQLite connection; one thread at a time.
class Connection final : public SqlConnection {
 public:
  enum class Mode { create, read, scratch };
  /// create: reads and writes, made if missing, mode 0600. read: refuses to write. scratch: a file that needs to
  /// survive nothing (the empty database of a replay); an empty path is a temporary file.
  Connection(const std::string& path, Mode mode);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() override;

  void run(const std::string& sql) override;
  [[nodiscard]] std::int64_t number(const std::string& sql) override;
  /// Prepared once and kept, for statements whose text is put together at run time. The reference lives until trim().
  Statement& cached(const std::string& sql) override;
  [[nodiscard]] std::string index_hint(std::string_view index) const override;
  /// Forgets kept statements when they have become too many. Nobody may hold one.
  void trim();
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] sqlite3* handle() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
  std::unordered_map<std::string, std::unique_ptr<Statement>> cached_;
};

/// Rolls back unless committed.
class Transaction {
 public:
  enum class Kind { read, write };
  Transaction(Connection& connection, Kind kind);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Connection& connection_;
};

}  // namespace fx::journal
