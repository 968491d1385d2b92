#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "engines/exposure/run.hpp"

namespace fx::exposure {

/// Why bytes are no run.
enum class BytesFault {
  too_short,
  not_a_run,      ///< other beginning
  other_version,  ///< rebuild from the ledger
  damaged,        ///< the checksum says so
  inconsistent,   ///< the lists contradict each other
};

/// A run as bytes: little-endian, with version and checksum. The file around them is the caller's, who also writes down
/// up to which event of the ledger the run goes: the index can always be rebuilt from there.
std::string bytes_of(const Run& run);

/// Reads them back. Takes any bytes: what a run promises is checked before one is given, so that a damaged or forged file
/// leads to a rebuild and never to a wrong answer's crash.
std::expected<Run, BytesFault> run_of(std::string_view bytes);

}  // namespace fx::exposure
