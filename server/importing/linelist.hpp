#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "importing/case_row.hpp"
#include "importing/fault.hpp"
#include "importing/linelist_profile.hpp"

namespace fx::importing {

struct LineListOptions {
  Day today;                    ///< days after it are refused, after shifting
  std::optional<Day> shift_to;  ///< the latest confirmation lands on this day, all others move with it
};

struct LineListRow {
  std::size_t row = 0;
  RawId content;  ///< of the line as it stands in the file, whatever it is shifted by
  CaseRow value;  ///< meaningful when there are no faults
  RowFaults faults;
  RowFaults warnings;
};

struct LineList {
  std::vector<LineListRow> rows;
  int shifted_days = 0;
  std::vector<std::string> unused_headers;
};

/// Reads a case line list.
/// Takes    UTF-8 text with a header row
/// Refuses  F-SHAPE when no row can be read at all: no header, a required column missing
/// Names    per row, with the header as field: what cannot be read (F-SHAPE), unknown codes (F-REF), days in
/// the
///          future (F-FUTURE), a case id for the second time
/// Warns    a confirmation before onset, a death before confirmation, an exposure window that ends before it
/// begins Keeps    every line behind the header is in `rows` exactly once; shifting keeps all distances
/// between days
Result<LineList> read_line_list(std::string_view text, const LineListProfile& profile,
                                const LineListOptions& options);

/// The profile that fits the headers best; refuses F-REF, naming the known ones, when none has its required
/// columns.
Result<const LineListProfile*> choose_profile(std::string_view text,
                                              std::span<const LineListProfile> profiles);

}  // namespace fx::importing
