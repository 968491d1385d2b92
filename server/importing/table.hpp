#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "importing/fault.hpp"
#include "importing/table_profile.hpp"

namespace fx::importing {

/// One line of a table as it stands in the file.
struct TableLine {
  std::size_t row = 0;  ///< line of the file or row of the sheet; the first is 1
  std::vector<std::string> cells;
  std::optional<RowFault> broken;  ///< it could not be read; then there are no cells
};

/// A table whose header was found. Every line behind the header is in `lines` or named in `left_out`.
struct Table {
  const TableProfile* profile = nullptr;
  std::string sheet;  ///< of a workbook
  std::vector<std::string> headers;
  std::size_t header_row = 0;
  std::string day_form;  ///< as the captions below the header say it; tried before those of the profile
  bool mended =
      false;  ///< `no_text` stands where the file had bytes that are no text: such cells are faulted
  std::vector<TableLine> lines;
  RowFaults left_out;  ///< total rows, notes below the table, the header again: no rows of the list
  [[nodiscard]] std::vector<std::string> unused_headers() const;
};

/// Most a workbook may hold when it is unpacked, and most cells a table may have.
inline constexpr std::size_t max_unpacked_bytes = 256UL * 1024 * 1024;
inline constexpr std::size_t max_table_cells = 20'000'000;

/// Reads the bytes of a table: XLSX, or text in UTF-8, GB18030 or Windows-1252, separated by `,` `;` or tabs (what a
/// spreadsheet puts into the clipboard).
/// Finds    the header among the first rows: titles above it are passed over, a header of two rows is joined. It is the one
///          that fits a profile; `wanted` is the id or the kind of the profile to read by, empty takes the best
/// Keeps    bytes that are no text cost their rows alone, as long as a header is found
/// Refuses  F-ENCODING, F-SHAPE (not a workbook, too large, no header, required columns missing), F-REF (no such profile, or
///          the header fits none)
Result<Table> read_table(std::string_view bytes, std::span<const TableProfile> profiles,
                         std::string_view wanted);

/// One sheet of a workbook.
struct Sheet {
  std::string name;
  std::vector<TableLine> lines;
};
bool is_workbook(std::string_view bytes);
/// All visible sheets of an XLSX file, dates as 2022-07-17. Refuses what is no workbook, is damaged, or unpacks to more than
/// it may: nothing is unpacked beyond the limit.
Result<std::vector<Sheet>> read_workbook(std::string_view bytes);

}  // namespace fx::importing
