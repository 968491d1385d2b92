#include "journal/verify_compare.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>

#include "base/text.hpp"
#include "journal/merge.hpp"
#include "journal/seal.hpp"

namespace fx::journal {
namespace {

std::string all_rows(const Compared& table) {
  return fmt::format("SELECT {}, * FROM {} ORDER BY {}", join(table.key, ", "), table.name,
                     join(table.key, ", "));
}

OrderValue cell(const Statement& row, int column) {
  switch (row.kind(column)) {
    case SQLITE_NULL: return {};
    case SQLITE_INTEGER: return row.number(column);
    case SQLITE_FLOAT: return row.real_number(column);
    default: return std::string(row.blob_at(column));
  }
}

void put_cells(Bytes& out, const Statement& row, int from) {
  for (int column = from; column < row.columns(); ++column) {
    out.put(row.kind(column));
    if (row.kind(column) == SQLITE_INTEGER)
      out.put(row.number(column));
    else if (row.kind(column) != SQLITE_NULL)
      out.put(row.blob_at(column));
  }
}

/// One side of the comparison, walked in key order.
class Walk {
 public:
  Walk(Connection& connection, const Compared& table)
      : rows_(connection, all_rows(table)), keys_(static_cast<int>(table.key.size())) {
    next();
  }
  void next() {
    there_ = rows_.step();
    key_.clear();
    for (int i = 0; there_ && i < keys_; ++i) key_.push_back(cell(rows_, i));
  }
  [[nodiscard]] bool there() const { return there_; }
  [[nodiscard]] const std::vector<OrderValue>& key() const { return key_; }
  [[nodiscard]] std::string name() const {
    std::vector<std::string> parts;
    for (const OrderValue& value : key_) {
      if (const auto* i = std::get_if<std::int64_t>(&value))
        parts.push_back(std::to_string(*i));
      else if (const auto* s = std::get_if<std::string>(&value))
        parts.push_back(s->size() == 16 ? id_of_blob(*s).text() : *s);
    }
    return join(parts, " ");
  }
  /// Names of the columns that differ from the other side's row.
  [[nodiscard]] std::string differing(const Walk& other) const {
    std::vector<std::string> names;
    for (int column = keys_; column < rows_.columns(); ++column)
      if (cell(rows_, column) != cell(other.rows_, column)) names.emplace_back(rows_.column_name(column));
    return join(names, ", ");
  }

 private:
  Statement rows_;
  int keys_;
  bool there_ = false;
  std::vector<OrderValue> key_;
};

}  // namespace

TableDigest digest_of(Connection& connection, const Compared& table) {
  TableDigest out;
  std::uint64_t sum[2] = {0, 0};
  Statement rows(connection, fmt::format("SELECT * FROM {}", table.name));
  Bytes bytes;
  while (rows.step()) {
    bytes.clear();
    put_cells(bytes, rows, 0);
    std::uint64_t hash[2];
    const auto view = bytes.view();
    crypto_generichash(reinterpret_cast<unsigned char*>(hash), sizeof hash,
                       reinterpret_cast<const unsigned char*>(view.data()), view.size(), nullptr, 0);
    sum[0] += hash[0];
    sum[1] += hash[1];
    ++out.rows;
  }
  out.digest = fmt::format("{:016x}{:016x}", sum[0], sum[1]);
  return out;
}

std::vector<std::string> differences(Connection& stored, Connection& replayed, const Compared& table,
                                     std::size_t most) {
  std::vector<std::string> out;
  Walk left(stored, table);
  Walk right(replayed, table);
  while ((left.there() || right.there()) && out.size() < most) {
    if (!right.there() || (left.there() && left.key() < right.key())) {
      out.push_back(fmt::format("{} {}: the ledger does not give this row", table.name, left.name()));
      left.next();
    } else if (!left.there() || right.key() < left.key()) {
      out.push_back(fmt::format("{} {}: the row is missing", table.name, right.name()));
      right.next();
    } else {
      if (const std::string columns = left.differing(right); !columns.empty())
        out.push_back(fmt::format("{} {}: differs in {}", table.name, left.name(), columns));
      left.next();
      right.next();
    }
  }
  return out;
}

}  // namespace fx::journal
