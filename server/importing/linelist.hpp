#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "importing/case_row.hpp"
#include "importing/fault.hpp"
#include "importing/row_reader.hpp"

namespace fx::importing {

struct LineListOptions {
  Day today;                    ///< days after it are refused, after shifting
  std::optional<Day> shift_to;  ///< the latest confirmation lands on this day, all others move with it
};

using LineListRow = ReadRow<CaseRow>;

struct LineList {
  std::vector<LineListRow> rows;
  int shifted_days = 0;
  std::vector<std::string> unused_headers;
};

/// Reads a case line list.
/// Names    per row, with the header as field: what cannot be read (F-SHAPE), unknown codes (F-REF), days in the future
///          (F-FUTURE), a case id for the second time
/// Warns    of what was cleaned (F-CLEANED), a confirmation before onset, a death before confirmation, an exposure window
///          that ends before it begins
/// Keeps    every line of the table is in `rows` exactly once; shifting keeps all distances between days
LineList read_line_list(const Table& table, const LineListOptions& options);

}  // namespace fx::importing
