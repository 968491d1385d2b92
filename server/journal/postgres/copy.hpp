#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "journal/postgres/link.hpp"
#include "journal/verify.hpp"
#include "kernel/registry.hpp"

namespace fx::journal::pg {

/// Told now and then: the table, its rows so far, how many there are.
using CopyProgress = std::function<void(std::string_view table, std::int64_t done, std::int64_t total)>;

/// Writes one snapshot of a realm's database (REPEATABLE READ; the servers may go on) into `directory`/ledger.db with the
/// same stored bytes. What is unfinished has another name; a second run begins again.
/// `slot`: of which writer the new ledger goes on; the numbers of the others end.
void copy_to_sqlite(const std::string& url, const Registry& registry, const std::filesystem::path& directory,
                    const CopyProgress& progress = {});

/// Copies a ledger file that nobody writes into a prepared, empty database, as its owner. Table by table; when it was cut
/// off the next run goes on, and one that is whole is left as it is. No server can open the database before
/// `open_to_servers`.
void copy_to_postgres(const std::filesystem::path& directory, const Registry& registry,
                      const std::string& owner_url, const CopyProgress& progress = {});

/// Verifies what was copied, before servers may open it.
VerifyReport verify_copy(const std::string& owner_url, const Registry& registry);

/// The last step, once the copy is verified and all that belongs to the realm is in its place.
void open_to_servers(const std::string& owner_url);

/// Verifies a snapshot of the database, by the same steps as a ledger file.
VerifyReport verify(const std::string& url, const Registry& registry, const VerifyOptions& options = {});

}  // namespace fx::journal::pg
