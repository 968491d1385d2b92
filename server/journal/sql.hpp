#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/cells.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace fx::journal {

/// A read was cut off by its time limit.
class Interrupted : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A prepared statement of either engine, parameters marked by `?`. As a sink it binds its parameters in order.
/// Bound texts and bytes must outlive the next step.
class SqlStatement : public CellSink {
 public:
  virtual SqlStatement& bind(std::int64_t value) = 0;
  virtual SqlStatement& bind(const RawId& id) = 0;
  SqlStatement& bind(Instant at) { return bind(at.ms); }
  virtual SqlStatement& bind_text(std::string_view value) = 0;
  virtual SqlStatement& bind_blob(std::string_view bytes) = 0;
  virtual SqlStatement& bind_null() = 0;

  /// True: a row is there. False: done, and the statement is ready to be bound again.
  virtual bool step() = 0;
  /// Steps to the end and is ready again.
  virtual void run() = 0;
  /// Ready to be bound again, whatever it was doing.
  virtual SqlStatement& reset() = 0;

  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t number(int column) const = 0;
  [[nodiscard]] virtual double real_number(int column) const = 0;
  [[nodiscard]] virtual std::string_view text_at(int column) const = 0;
  [[nodiscard]] virtual std::string_view blob_at(int column) const = 0;
  [[nodiscard]] RawId id_at(int column) const;  ///< throws StoreBroken when it is no id
  [[nodiscard]] Instant instant_at(int column) const { return {number(column)}; }
  [[nodiscard]] std::string string_at(int column) const { return std::string(text_at(column)); }
};

/// A connection of either engine, for statements both understand.
class SqlConnection {
 public:
  virtual ~SqlConnection() = default;
  virtual void run(const std::string& sql) = 0;
  [[nodiscard]] virtual std::int64_t number(const std::string& sql) = 0;
  /// Prepared once and kept, for statements whose text is put together at run time.
  virtual SqlStatement& cached(const std::string& sql) = 0;
  /// Words that tie a query to an index where the planner needs them; empty where it does not.
  [[nodiscard]] virtual std::string index_hint(std::string_view index) const = 0;
};

/// The columns of the present row of a statement, from `column` on.
class RowSource final : public CellSource {
 public:
  explicit RowSource(const SqlStatement& statement, int column = 0)
      : statement_(statement), column_(column) {}
  bool null() override;
  std::int64_t integer() override { return statement_.number(column_++); }
  double real() override { return statement_.real_number(column_++); }
  std::string_view text() override;
  std::string_view blob() override;
  /// Bytes of texts and blobs taken so far.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  const SqlStatement& statement_;
  int column_;
  std::size_t bytes_ = 0;
};

/// A name as SQL quotes it; column names come from described structs and may be words of SQL.
std::string sql_name(std::string_view name);

}  // namespace fx::journal
