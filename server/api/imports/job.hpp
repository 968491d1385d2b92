#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "api/imports/book.hpp"
#include "api/imports/kinds.hpp"
#include "importing/command_sink.hpp"

namespace fx::api {

/// reading: the file is read and tried; checked: the preview is there; running; done; stopped: cancelled, goes on where it
/// stopped when run again; failed: nothing of it can be read.
enum class ImportState { reading, checked, running, done, stopped, failed };
BOOST_DESCRIBE_ENUM(ImportState, reading, checked, running, done, stopped, failed)

/// What whoever imports says of the file.
struct ImportAsked {
  const ImportKind* kind = nullptr;
  std::string file;  ///< its name, for the screen
  std::optional<UnitId> township;
  std::string source;
  std::string pathogen;
  std::string plate;                        ///< code of the plate, of a file of readings that does not say it
  std::optional<screening::RoundId> round;  ///< whose list it is
  [[nodiscard]] bool names_list() const { return township.has_value() || round.has_value(); }
};

/// A cell put right in the browser.
struct CellChange {
  std::size_t row = 0;
  std::string column;  ///< the header
  std::string value;
};

/// One file on its way in. It lives in memory: what is recorded is in the ledger, and the same file brought in again goes on
/// where it stopped. All of it under `mutex`, but for the counters of progress.
struct ImportJob {
  RawId id;
  AccountId account;
  UnitId unit;
  std::string peer;
  ImportAsked asked;
  Duration touched{};

  std::mutex mutex;
  ImportState state = ImportState::reading;
  std::string bytes;  ///< until it is read
  std::optional<importing::Table> table;
  importing::ImportFile file;
  importing::ImportReport report;  ///< of the last run, dry or not
  bool dry = true;
  Words problem;  ///< why it failed, or stopped by itself

  std::atomic<std::size_t> total{0};
  std::atomic<std::size_t> read{0};
  std::atomic<bool> cancel{false};
};

/// Reads the file and tries it: state checked or failed. On a thread that may wait.
void check_import(House& house, const ImportJobPtr& job);
/// Changes cells and tries again.
void change_cells(House& house, const ImportJobPtr& job, const std::vector<CellChange>& changes);
/// Records it, row by row, as commands of the account: state done or stopped. On a thread that may wait.
void run_import(House& house, const ImportJobPtr& job);

/// The job as the screen shows it: counts, the first faults and warnings with their cells.
std::string import_json(ImportJob& job);

}  // namespace fx::api
