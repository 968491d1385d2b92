#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "base/described.hpp"
#include "kernel/store.hpp"

namespace fx::journal {

/// Up to where a backup goes: what was acknowledged with this batch or an earlier one is in it. Batch and link are an
/// anchor: noted elsewhere, they expose a ledger that was cut or rewritten.
struct Mark {
  std::string ledger;        ///< 16 bytes that name the ledger, hexadecimal
  std::int64_t batch = 0;    ///< last batch in it
  No last_event = 0;         ///< last event in it, 0: none
  std::string link;          ///< of that batch, hexadecimal
  Instant decided_at;        ///< ledger time of that batch
  std::string file;          ///< path of the backup; not stored in it
  std::int64_t bytes = 0;    ///< of the backup; not stored in it
  std::int64_t took_ms = 0;  ///< copying; not stored in it
};
BOOST_DESCRIBE_STRUCT(Mark, (), (ledger, batch, last_event, link, decided_at, file, bytes, took_ms))

struct BackupOptions {
  /// Small texts that travel inside the backup by name: the realm's file, the list of erased persons.
  std::map<std::string, std::string> notes;
  int pages_a_step = 4096;  ///< of 4096 bytes each, copied between two calls of `progress`
  /// Called with pages done and in all; false stops, and nothing is left behind.
  std::function<bool(int, int)> progress;
};

/// Copies a ledger, also while a server writes to it: one read transaction is held and copied from, so no write makes
/// the copy begin again; the log cannot be restarted until it is done (docs/decisions/0016). `to`: a file that does
/// not exist, or a directory, where it gets a name from its mark. Written beside, synced, then renamed: what has the
/// final name is whole. Persons' keys are not in it.
Mark backup(const std::filesystem::path& ledger, const std::filesystem::path& to,
            const BackupOptions& options = {});

/// Copies any SQLite file as one snapshot, synced and renamed when whole; the copy needs no log and no other file.
void copy_database(const std::filesystem::path& from, const std::filesystem::path& to);

/// fsync of a file or a directory; throws StoreBroken.
void sync_path(const std::filesystem::path& path);

/// The note of a backup; empty when it has none of that name.
class Connection;
std::string note_of(Connection& backup, std::string_view name);

}  // namespace fx::journal
