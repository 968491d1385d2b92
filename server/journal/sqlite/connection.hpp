#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/cells.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace fx::journal {

/// A read was cut off by its time limit.
class Interrupted : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What an SQLite failure means for us. Full disk or a lock held beyond patience: StoreFull. A fired constraint: Defect,
/// for our rows are checked before they come here. Interrupted: the time limit. All else (I/O, fsync, corruption):
/// StoreBroken.
[[noreturn]] void fail(sqlite3* db, int code, std::string_view what);

class Connection;

/// A prepared statement. As a sink it binds its parameters in order; texts are copied, since a sink's view lives only
/// for the call.
class Statement final : public CellSink {
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
  Statement& bind(std::int64_t value);
  Statement& bind(Instant at) { return bind(at.ms); }
  Statement& bind(const RawId& id);
  Statement& bind_text(std::string_view value);
  Statement& bind_blob(std::string_view bytes);
  Statement& bind_null();

  /// True: a row is there. False: done, and the statement is ready to be bound again.
  bool step();
  /// Steps to the end and is ready again.
  void run();
  /// Ready to be bound again, whatever it was doing.
  Statement& reset();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] int kind(int column) const;  ///< SQLITE_INTEGER …
  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string_view column_name(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] double real_number(int column) const;
  [[nodiscard]] std::string_view text_at(int column) const;
  [[nodiscard]] std::string_view blob_at(int column) const;
  [[nodiscard]] RawId id_at(int column) const;  ///< throws StoreBroken when it is no id
  [[nodiscard]] Instant instant_at(int column) const { return {number(column)}; }
  [[nodiscard]] std::string string_at(int column) const { return std::string(text_at(column)); }
  /// Bytes bound since the last reset: what a row weighs in a cache.
  [[nodiscard]] std::size_t bound_bytes() const { return bytes_; }

 private:
  void check(int code);

  sqlite3* db_;
  sqlite3_stmt* handle_ = nullptr;
  int next_ = 1;
  std::size_t bytes_ = 0;
};

/// The columns of the present row of a statement, from `column` on.
class RowSource final : public CellSource {
 public:
  explicit RowSource(const Statement& statement, int column = 0) : statement_(statement), column_(column) {}
  bool null() override;
  std::int64_t integer() override { return statement_.number(column_++); }
  double real() override { return statement_.real_number(column_++); }
  std::string_view text() override;
  std::string_view blob() override;
  /// Bytes of texts and blobs taken so far.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  const Statement& statement_;
  int column_;
  std::size_t bytes_ = 0;
};

/// One SQLite connection; one thread at a time.
class Connection {
 public:
  enum class Mode { create, read, scratch };
  /// create: reads and writes, made if missing, mode 0600. read: refuses to write. scratch: a file that needs to
  /// survive nothing (the empty database of a replay); an empty path is a temporary file.
  Connection(const std::string& path, Mode mode);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  void run(const std::string& sql);
  [[nodiscard]] std::int64_t number(const std::string& sql);
  /// Prepared once and kept, for statements whose text is put together at run time. The reference lives until trim().
  Statement& cached(const std::string& sql);
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

/// A name as SQL quotes it; column names come from described structs and may be words of SQL.
std::string sql_name(std::string_view name);

}  // namespace fx::journal
