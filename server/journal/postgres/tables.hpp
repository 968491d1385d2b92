#pragma once

#include "journal/postgres/link.hpp"
#include "journal/sqlite/facts.hpp"

namespace fx::journal::pg {

/// How one table lies in PostgreSQL and how many rows at a time go in and out. Journal tables and fact tables alike.
struct Table {
  struct Column {
    std::string name;  ///< quoted
    CellKind cell;
  };
  std::string name;  ///< quoted
  std::string
      place;  ///< quoted column that leads the key: home or jurisdiction; empty: the table is the cell's
  std::vector<Column> columns;      ///< in the order they are written
  std::vector<std::string> key;     ///< quoted
  const FactTable* fact = nullptr;  ///< none: a table of the journal

  /// INSERT … SELECT … FROM unnest(…): one array a column.
  [[nodiscard]] std::string insert() const;
  /// The same, and what exists is changed.
  [[nodiscard]] std::string upsert() const;
  [[nodiscard]] std::string create() const;  ///< of a fact table: the table and its indexes
  /// Rows by key: parameters are arrays, home and id, or numbers.
  [[nodiscard]] std::string select_by_key() const;
  /// The policy by which rows are seen.
  [[nodiscard]] std::string policy() const;
};

/// A fact table: the described columns, then home where rows have an id.
Table table_of(const FactTable& fact);
/// The journal's own tables, in the order they are copied.
const std::vector<Table>& journal_tables();

/// Collects rows of one table as columns.
class Columns final : public CellSink {
 public:
  explicit Columns(const Table& table);
  void null() override { next().null(); }
  void integer(std::int64_t value) override { next().add(value); }
  void real(double value) override { next().add(value); }
  void text(std::string_view value) override { next().add(value); }
  void blob(std::string_view bytes) override { next().add(bytes); }
  Columns& put(std::int64_t value) {
    integer(value);
    return *this;
  }
  Columns& put(Instant at) { return put(at.ms); }
  Columns& put(const RawId& id) { return put_bytes({reinterpret_cast<const char*>(id.bytes.data()), 16}); }
  Columns& put_bytes(std::string_view value) {
    blob(value);
    return *this;
  }
  [[nodiscard]] std::size_t rows() const { return arrays_.front().size(); }
  [[nodiscard]] Params take();

 private:
  Array& next() {
    Array& array = arrays_[at_];
    at_ = (at_ + 1) % arrays_.size();
    return array;
  }
  std::vector<Array> arrays_;
  std::size_t at_ = 0;
};

}  // namespace fx::journal::pg
