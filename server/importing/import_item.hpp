#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "importing/case_row.hpp"
#include "importing/fault.hpp"
#include "importing/lab_report.hpp"

namespace fx::importing {

enum class ItemKind { lab_report, case_row };
BOOST_DESCRIBE_ENUM(ItemKind, lab_report, case_row)

/// One thing an import file wants recorded: one message, or one line of a list.
struct ImportItem {
  std::size_t row = 0;
  ItemKind kind = ItemKind::lab_report;
  /// Follows from what the item says, so the same item has the same key in every run and every file: a
  /// resumed or repeated import changes nothing. Ids of what an item makes follow from it too (item_id).
  RawId key;
  /// Of the bytes of the item. A list line whose key is known and whose content differs is not "unchanged".
  RawId content;
  std::string label;  ///< what people call it: MSH-10, the case id
  std::variant<std::monostate, LabReport, CaseRow> body;
  RowFaults faults;    ///< any: refused without asking the sink
  RowFaults warnings;  ///< stored with what is recorded
};

/// A file, read. `warnings` are about the file as a whole.
struct ImportFile {
  ItemKind kind = ItemKind::lab_report;
  std::vector<ImportItem> items;
  RowFaults warnings;
};

/// 16 bytes of BLAKE2b over the parts, each with its length, so that ("ab","c") and ("a","bc") differ. A pure
/// function.
RawId import_key(const std::vector<std::string_view>& parts);

/// The id of one thing that an item makes ("person", "case", "order 2"), the same in every run. `at` and
/// `home` place the row (kernel-notes §9); give it times that the item states, never the clock.
RawId item_id(const RawId& key, std::string_view thing, Instant at, std::int32_t home);

}  // namespace fx::importing
