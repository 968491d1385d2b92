#pragma once

#include <bitset>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "journal/sqlite/row_image.hpp"
#include "kernel/registry.hpp"
#include "kernel/store.hpp"

namespace fx::journal {

inline constexpr std::size_t most_columns = 128;

/// How one fact table lies in SQLite. Rows with an id: (home, id) WITHOUT ROWID, `home` being the id's county; rows
/// with a number: by it.
struct FactTable {
  const TableType* type = nullptr;
  int version = 1;
  std::string name;     ///< quoted
  std::string key;      ///< quoted column of the id or number
  std::string scope;    ///< quoted column by which jurisdictions see rows; empty: none
  std::string columns;  ///< all described columns, quoted, in order
  std::string shape;    ///< names and kinds of the columns: another shape is another table
  std::map<std::string, std::string> indexes;  ///< name → CREATE INDEX

  [[nodiscard]] std::string create() const;
  [[nodiscard]] std::string select_one() const;  ///< by no, or by home and id
  [[nodiscard]] std::string insert() const;
  [[nodiscard]] std::string replace() const;
  /// Parameters: these columns, then home, then the key.
  [[nodiscard]] std::string update(const std::bitset<most_columns>& which) const;
  [[nodiscard]] std::string select_all() const;  ///< in key order
};

/// Duties that are open, as the three partial indexes say it; a query must say it in the same words to use them. Not as
/// IN: SQLite makes a table in memory of such a list, six times for each duty that is written (12.7 µs against 3.6).
inline constexpr std::string_view duty_is_open =
    R"(("state" = 'open' OR "state" = 'due_soon' OR "state" = 'overdue'))";

/// All fact tables of the registry, and how to read and write their rows.
class FactTables {
 public:
  explicit FactTables(const Registry& registry);

  [[nodiscard]] const std::vector<FactTable>& all() const { return tables_; }
  [[nodiscard]] const FactTable& of(const TableType& type) const;
  /// Creates all tables and indexes in an empty database.
  void create(Connection& connection) const;

  /// Binds the key of `id` in `table` to the next parameters: no, or home and id.
  static void bind_key(SqlStatement& statement, const TableType& table, const RawId& id);

 private:
  std::vector<FactTable> tables_;
};

/// A row and its weight in bytes.
struct WeighedRow {
  RowPtr row;
  std::size_t bytes = 0;
};

/// Reads and writes fact rows over one connection with statements prepared once.
class FactRows {
 public:
  FactRows(Connection& connection, const FactTables& tables) : connection_(connection), tables_(tables) {}

  [[nodiscard]] WeighedRow load(const TableType& table, const RawId& id);
  /// Writes a new row, or of an old one the columns that changed: SQLite rewrites the entry of each index that a
  /// statement names, whether its value changed or not. Gives the weight of the row. A new row that exists, or an old one
  /// that does not, is a defect.
  std::size_t write(const RowWrite& write);
  /// Whether it was there or not, for replay.
  std::size_t replace(const TableType& table, const RawId& id, const void* row);
  void each(const TableType& table, const std::function<void(const RawId& key, const RowPtr& row)>& visit);

 private:
  using Columns = std::bitset<most_columns>;
  struct Statements {
    std::unique_ptr<Statement> select, insert, replace;
    std::unordered_map<Columns, std::unique_ptr<Statement>> updates;
  };
  Statement& updating(const TableType& table, const Columns& which);
  Statement& ready(std::unique_ptr<Statement>& statement, std::string (FactTable::*sql)() const,
                   const TableType& table);

  Connection& connection_;
  const FactTables& tables_;
  std::unordered_map<const TableType*, Statements> statements_;
  RowImage before_, after_;
};

}  // namespace fx::journal
