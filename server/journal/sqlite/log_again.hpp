#pragma once

#include <string>

namespace fx::journal {

/// Writes the database's log once more, byte for byte, and syncs it; nothing when there is none. A failed fsync leaves
/// pages that reads still show but the disk does not have, and the system counts them as clean: a restarted process
/// would append to a log that the next power cut takes a piece out of, and lose what it acknowledged since. So this
/// goes before opening a ledger for writing. Found by power_simulation_test.
/// Throws StoreBroken when the disk still fails. Costs one reading and writing of the log, 64 MB as a rule.
void write_log_again(const std::string& database);

}  // namespace fx::journal
