#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "importing/testing/resident_id.hpp"

/// Lists of returnees as they arrive: seeded, with the truth about every row beside them.
namespace fx::importing::testing {

/// How the list travels.
enum class Coat { csv, csv_with_mark, pasted, gb18030, workbook };

class DirtyList {
 public:
  DirtyList(std::uint32_t seed, std::size_t rows, Coat coat);
  /// The coat, too, by the seed.
  DirtyList(std::uint32_t seed, std::size_t rows);
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  /// Rows an importer must account for: neither empty, nor total, nor header.
  [[nodiscard]] std::size_t rows() const { return rows_; }
  /// Different people in rows that can be cleaned.
  [[nodiscard]] std::size_t people() const { return people_.size(); }
  /// Rows of the file that nobody can clean.
  [[nodiscard]] const std::set<std::size_t>& broken_rows() const { return broken_; }
  [[nodiscard]] const std::set<std::string>& kinds_of_dirt() const { return kinds_; }

 private:
  void make(std::uint32_t seed, std::size_t rows, Coat coat);

  std::string bytes_;
  std::size_t rows_ = 0;
  std::set<std::string> people_;
  std::set<std::size_t> broken_;
  std::set<std::string> kinds_;
};

}  // namespace fx::importing::testing
