#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "journal/postgres/wire.hpp"

struct pg_conn;
struct pg_result;

namespace fx::journal::pg {

/// The connection is gone. What it was doing was rolled back, unless it was a COMMIT: then nobody knows yet.
class LinkLost : public std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// The database broke a tie between transactions (deadlock, serialization): run it again.
class Contended : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Rows of one statement, in binary form.
class Rows {
 public:
  Rows() = default;
  explicit Rows(pg_result* result);
  [[nodiscard]] int size() const { return rows_; }
  [[nodiscard]] bool is_null(int row, int column) const;
  [[nodiscard]] std::string_view bytes(int row, int column) const;
  [[nodiscard]] std::int64_t number(int row, int column) const { return decode_integer(bytes(row, column)); }
  [[nodiscard]] double real_number(int row, int column) const { return decode_real(bytes(row, column)); }
  [[nodiscard]] std::string text(int row, int column) const { return std::string(bytes(row, column)); }
  [[nodiscard]] Instant instant(int row, int column) const { return {number(row, column)}; }
  /// The only value of the only row.
  [[nodiscard]] std::int64_t take_number() const { return number(0, 0); }
  [[nodiscard]] RawId id(int row, int column) const;
  /// Rows that an INSERT, UPDATE or DELETE touched.
  [[nodiscard]] std::int64_t touched() const;

 private:
  std::shared_ptr<pg_result> result_;
  int rows_ = 0;
};

/// The columns of one row, from `column` on.
class RowCells final : public CellSource {
 public:
  RowCells(const Rows& rows, int row, int column = 0) : rows_(rows), row_(row), column_(column) {}
  bool null() override;
  std::int64_t integer() override { return rows_.number(row_, column_++); }
  double real() override { return rows_.real_number(row_, column_++); }
  std::string_view text() override { return rows_.bytes(row_, column_++); }
  std::string_view blob() override { return rows_.bytes(row_, column_++); }

 private:
  const Rows& rows_;
  int row_;
  int column_;
};

/// One connection in pipeline mode: statements are sent one after another without waiting, then their results are
/// taken in order. Statements are prepared once. One thread.
/// A failed statement aborts the rest of its pipeline; the transaction is then to be rolled back.
class Link {
 public:
  struct Settings {
    std::string url;  ///< postgres://…
    std::chrono::seconds connect_timeout{5};
    std::string name = "fangxian";  ///< as pg_stat_activity shows it
  };
  explicit Link(const Settings& settings);
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link();

  /// Queues a statement with `$1`… parameters.
  void send(const std::string& sql, const Params& params = {});
  /// Ends the pipeline and waits: every queued statement has run, or the first failure is thrown.
  void sync();
  /// The next result of the last pipeline, in the order of sending.
  Rows take();
  /// The result of the last statement of the pipeline; those before it are let go.
  Rows take_last();
  /// One statement by itself.
  Rows ask(const std::string& sql, const Params& params = {});
  /// Several statements without parameters, outside of any pipeline: for making tables.
  void run(const std::string& sql);

  [[nodiscard]] bool alive() const;
  [[nodiscard]] std::size_t queued() const { return sent_.size(); }
  /// The last warning since it was asked for; empty when there was none.
  std::string take_warning();
  [[nodiscard]] pg_conn* handle() const { return conn_; }
  /// Asks the server to give up what this connection is doing; from any thread.
  static void cancel(pg_conn* conn);
  [[nodiscard]] std::uint64_t round_trips() const { return round_trips_; }

 private:
  enum class Sent { prepare, execute };
  const std::string& prepared(const std::string& sql, const Params& params);
  void fail_to_send();
  void collect();

  pg_conn* conn_ = nullptr;
  std::unordered_map<std::string, std::string> prepared_;
  std::vector<std::string> fresh_;  ///< prepared in the pipeline that is open
  std::uint64_t names_ = 0;
  std::deque<Sent> sent_;
  std::deque<Rows> results_;
  std::string warning_;
  std::uint64_t round_trips_ = 0;
};

/// What a failure of the database means for us (kernel-notes §1): 23… a fired constraint: Defect. Deadlock and
/// serialization: Contended. No more locks: TooManyLocks. No room: StoreFull. Cancelled: Interrupted. Connection: LinkLost. All else:
/// StoreBroken.
[[noreturn]] void fail(std::string_view sqlstate, const std::string& what);

/// The place of a database as an error may show it: without a password.
std::string without_password(const std::string& url);

}  // namespace fx::journal::pg
