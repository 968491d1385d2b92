#pragma once

#include <string>
#include <vector>

#include "journal/sqlite/connection.hpp"

namespace fx::journal {

/// The cells of one row as they are stored; the buffers are used again for the next row.
class RowImage final : public CellSink {
 public:
  void null() override { cells_.push_back({Kind::null, 0, 0, 0}); }
  void integer(std::int64_t value) override { cells_.push_back({Kind::integer, value, 0, 0}); }
  void real(double value) override { cells_.push_back({Kind::real, 0, value, 0}); }
  void text(std::string_view value) override { add(Kind::text, value); }
  void blob(std::string_view bytes) override { add(Kind::blob, bytes); }

  void clear() {
    cells_.clear();
    bytes_.clear();
  }
  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  /// Of texts and blobs.
  [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }
  [[nodiscard]] bool same(std::size_t column, const RowImage& other) const;
  /// Binds the next parameter; the image must stay until the statement has run.
  void bind(Statement& statement, std::size_t column) const;

 private:
  enum class Kind { null, integer, real, text, blob };
  struct Cell {
    Kind kind;
    std::int64_t integer;  ///< of a text or blob: where it begins
    double real;
    std::size_t size;
  };
  void add(Kind kind, std::string_view bytes);
  [[nodiscard]] std::string_view view(const Cell& cell) const {
    return std::string_view(bytes_).substr(static_cast<std::size_t>(cell.integer), cell.size);
  }

  std::vector<Cell> cells_;
  std::string bytes_;
};

}  // namespace fx::journal
