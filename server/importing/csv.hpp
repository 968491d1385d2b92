#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importing/fault.hpp"

namespace fx::importing {

struct CsvRow {
  std::size_t row = 0;  ///< line of the file where it begins; the first is 1
  std::vector<std::string> fields;
};

/// Reads RFC 4180 row by row from UTF-8 text: `,` `;` or tab, quoted fields with line breaks, \n \r\n or \r
/// at the end. The first row fixes how many fields a row has; empty ones beyond that are dropped, blank lines
/// are skipped. Keeps  a broken row is named (F-SHAPE) and costs itself alone: reading goes on at the next
/// line, so an open quote
///        does not swallow the file. What write_csv_row wrote is read back equal.
class CsvReader {
 public:
  /// `separator` 0: whichever of the three occurs most often in the first row.
  explicit CsvReader(std::string_view text, char separator = 0);

  /// The next row or what is wrong with it; nothing at the end.
  std::optional<std::expected<CsvRow, RowFault>> next();
  [[nodiscard]] char separator() const { return separator_; }
  /// From now on a row has this many fields; 0 takes rows of any width.
  void expect_width(std::size_t width) {
    width_ = width;
    any_width_ = width == 0;
  }

 private:
  struct Scan;

  [[nodiscard]] std::expected<Scan, Words> scan_row(std::size_t at) const;
  [[nodiscard]] std::expected<std::size_t, Words> scan_quoted(std::size_t at, std::string& field) const;
  [[nodiscard]] std::size_t end_of_line(std::size_t at) const;
  void move_to(std::size_t at);

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t width_ = 0;
  bool any_width_ = false;
};

/// Whichever of `,` `;` and tab occurs most often in the first lines: a list may have a title above its header.
char guess_separator(std::string_view text, std::size_t lines);

/// One line with its line break (\r\n). Quotes where RFC 4180 asks for it.
std::string write_csv_row(const std::vector<std::string>& fields, char separator = ',');

/// The field as a spreadsheet shows it and never runs it: a text that begins like a formula gets an
/// apostrophe.
std::string harmless_cell(std::string text);

}  // namespace fx::importing
