#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "journal/backup.hpp"
#include "journal/verify.hpp"

namespace fx::journal {

/// The last batch that is kept. Nothing given: all of the backup.
struct Until {
  std::optional<std::int64_t> batch;
  std::optional<No> event;  ///< the batch that holds it is kept whole: its events were acknowledged together
};
/// "123456" is an event number, "batch:17" a batch; throws std::runtime_error.
Until parse_until(std::string_view text);

struct RestoreOptions {
  Until until;
  std::vector<RawId> erased;    ///< persons erased since: their search tokens go again
  std::vector<Anchor> anchors;  ///< links noted outside; those beyond the point are left out
  std::string note;             ///< JSON, for the audit line of the restore
};

struct Restored {
  Mark mark;               ///< of the backup
  std::int64_t batch = 0;  ///< last batch that was kept; the one after it says that this was restored
  No last_event = 0;
  VerifyReport report;  ///< of the restored ledger; not ok: it must not be served
};

/// Makes `directory`/ledger.db from a backup. Later events, batches, answers, audit lines, identities and frozen texts
/// are cut, derived tables refolded from what is left, the head set from the last seal. One more batch opens a new
/// epoch, with an audit line that says so; then everything is verified. The tokens of a person who stays are kept even
/// where a later batch brought them: they carry no batch.
/// Throws when the point is not in the backup, or the file is no backup.
Restored restore(const std::filesystem::path& backup, const std::filesystem::path& directory,
                 const Registry& registry, const RestoreOptions& options = {});

/// The text that travelled in a backup under this name.
std::string backup_note(const std::filesystem::path& backup, std::string_view name);

}  // namespace fx::journal
