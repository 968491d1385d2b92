#pragma once

#include <boost/describe.hpp>

#include <functional>
#include <map>
#include <span>
#include <string>

#include "importing/import_item.hpp"

namespace fx::importing {

enum class Outcome { accepted, refused, unchanged };

struct SinkAnswer {
  Outcome outcome = Outcome::accepted;
  RowFaults faults;  ///< why it was refused; row may be left 0, it is filled in
  std::string note;  ///< counted in the summary, e.g. "no profile in force"
};

/// Turns items into commands and sends them through the front door. Implemented where the desks are known.
class ImportSink {
 public:
  virtual ~ImportSink() = default;
  /// Told before a stretch of items is taken one by one, so that it may record them in one go.
  virtual void prepare([[maybe_unused]] std::span<const ImportItem> items, [[maybe_unused]] bool dry_run) {}
  /// Unchanged when an item with this key was accepted before. With dry_run nothing is recorded and the
  /// answer says what would happen.
  virtual SinkAnswer take(const ImportItem& item, bool dry_run) = 0;
};

/// What `fangxian import --json` ends with: read = accepted + refused + unchanged.
struct ImportSummary {
  std::size_t read = 0;
  std::size_t accepted = 0;
  std::size_t refused = 0;
  std::size_t unchanged = 0;
  friend bool operator==(const ImportSummary&, const ImportSummary&) = default;
};
BOOST_DESCRIBE_STRUCT(ImportSummary, (), (read, accepted, refused, unchanged))

struct ImportReport {
  ImportSummary summary;
  RowFaults faults;
  RowFaults warnings;
  std::map<std::string, std::size_t> notes;
  bool cancelled = false;  ///< what was done stays; the same import goes on where it stopped
};

struct RunOptions {
  bool dry_run = false;
  /// Called behind each item with what is done so far and how many there are; false stops the import.
  std::function<bool(const ImportSummary&, std::size_t)> progress;
};

/// Keeps  read = accepted + refused + unchanged; a refused item names at least one fault; items with faults
/// of their
///        own never reach the sink; the order is that of the file
ImportReport run_import(const ImportFile& file, ImportSink& sink, const RunOptions& options);

/// Adds the report of another file of the same import.
void add_report(ImportReport& sum, const ImportReport& more);

enum class ReportLanguage { zh, en };

/// The error file: row, segment, field, code, reason (settled 26), UTF-8 with byte order mark, harmless in a
/// spreadsheet.
std::string error_file(const RowFaults& faults, ReportLanguage language);

}  // namespace fx::importing
