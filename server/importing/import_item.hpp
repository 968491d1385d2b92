#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "importing/case_row.hpp"
#include "importing/contact_rows.hpp"
#include "importing/fault.hpp"
#include "importing/instrument_row.hpp"
#include "importing/lab_report.hpp"
#include "importing/resident_row.hpp"
#include "importing/returnee_row.hpp"
#include "importing/trajectory_row.hpp"

namespace fx::importing {

enum class ItemKind {
  lab_report,
  case_row,
  contact,
  link,
  follow_up,
  lab_result,
  returnee,
  trajectory,
  instrument_reading,
  resident
};
BOOST_DESCRIBE_ENUM(ItemKind, lab_report, case_row, contact, link, follow_up, lab_result, returnee,
                    trajectory, instrument_reading, resident)

/// One thing an import file wants recorded: one message, or one line of a list.
struct ImportItem {
  std::size_t row = 0;
  ItemKind kind = ItemKind::lab_report;
  /// Follows from what the item says, so the same item has the same key in every run and every file: a
  /// resumed or repeated import changes nothing. Ids of what an item makes follow from it too (item_id).
  RawId key;
  /// Of the bytes of the item. A list line whose key is known and whose content differs is not "unchanged".
  RawId content;
  std::string label;        ///< what people call it: MSH-10, the case id
  std::string name_space;   ///< whose numbers its case and contact ids are
  std::string pathogen;     ///< said by the file; empty: whoever imports says it
  std::size_t ordinal = 0;  ///< among the lines of its list, from 1
  std::size_t same_as = 0;  ///< row of this file that says the same: this one changes nothing
  std::variant<std::monostate, LabReport, CaseRow, ContactRow, LinkRow, FollowUpRow, LabRow, ReturneeRow,
               TrajectoryLine, SpecimenReading, ResidentRow>
      body;
  RowFaults faults;    ///< any: refused without asking the sink
  RowFaults warnings;  ///< stored with what is recorded
};

/// A file, read. `warnings` are about the file as a whole.
struct ImportFile {
  /// Items that are no repetition of another: the people on a list, the faulty ones included.
  [[nodiscard]] std::size_t lines() const {
    std::size_t n = 0;
    for (const ImportItem& item : items) n += item.same_as == 0 ? 1 : 0;
    return n;
  }
  /// Which list this is: its people's names in their order. A file whose cells were put right is the same list, the next
  /// day's file from the same sender another.
  [[nodiscard]] RawId list_key() const;

  ItemKind kind = ItemKind::lab_report;
  std::string profile;  ///< id of the profile a table was read by
  std::string sheet;
  std::vector<ImportItem> items;
  RowFaults warnings;
};

/// 16 bytes of BLAKE2b over the parts, each with its length, so that ("ab","c") and ("a","bc") differ. A pure
/// function.
RawId import_key(const std::vector<std::string_view>& parts);

/// The id of one thing that an item makes ("person", "case", "order 2"), the same in every run. `at` and
/// `home` place the row (kernel-notes §9); give it times that the item states, never the clock.
RawId item_id(const RawId& key, std::string_view thing, Instant at, std::int32_t home);

/// The same for what rows of other files name, too: it follows from the key alone, for the other file states no times.
RawId listed_id(const RawId& key, std::string_view thing, std::int32_t home);
/// Business keys that rows of several files share.
RawId case_key(std::string_view name_space, std::string_view case_id);
RawId contact_key(std::string_view name_space, std::string_view contact_id);

}  // namespace fx::importing
