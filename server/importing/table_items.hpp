#pragma once

#include "importing/import_item.hpp"
#include "importing/instrument_words.hpp"
#include "importing/linelist.hpp"

namespace fx::importing {

struct TableItemOptions {
  Day today;
  std::optional<Day> shift_to;                   ///< case lists only
  std::string name_space;                        ///< empty: the profile's
  const StopWords* words = nullptr;              ///< needed by trajectories
  const InstrumentWords* instruments = nullptr;  ///< needed by readings
};

/// Every line of a table as one item, in the order of the file; what was left out and what no profile reads is a warning of
/// the file.
ImportFile items_of(const Table& table, const TableItemOptions& options);

// One for each kind; items_of chooses.
std::vector<ImportItem> case_items(const Table& table, const TableItemOptions& options);
std::vector<ImportItem> contact_items(const Table& table, const TableItemOptions& options);
std::vector<ImportItem> link_items(const Table& table, const TableItemOptions& options);
std::vector<ImportItem> follow_up_items(const Table& table, const TableItemOptions& options);
std::vector<ImportItem> lab_result_items(const Table& table, const TableItemOptions& options);
std::vector<ImportItem> returnee_items(const Table& table, const TableItemOptions& options);
std::vector<ImportItem> resident_items(const Table& table, const TableItemOptions& options);
std::vector<ImportItem> trajectory_items(const Table& table, const TableItemOptions& options);

/// One item a specimen, whatever the number of its lines. `said`: of control wells and of wells without a specimen.
std::vector<ImportItem> reading_items(const Table& table, const TableItemOptions& options, RowFaults& said);

}  // namespace fx::importing
