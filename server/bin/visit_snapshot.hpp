#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "engines/exposure/book.hpp"
#include "kernel/event.hpp"

namespace fx::bin {

/// The index of visits as it stood at one batch of the ledger, as a file beside it. A convenience, never a record: it can be
/// deleted at any time, is made again from the ledger, and is in no backup.
struct VisitSnapshot {
  std::int64_t cursor = 0;      ///< batch up to which it goes
  std::string link;             ///< of that batch: another ledger, or another past, has another
  std::map<RawId, RawId> into;  ///< of a merged entry: the other
  std::vector<RawId> people;    ///< by number
  std::vector<std::string> places;
  std::map<RawId, exposure::Visit> stops;
  std::set<RawId> withdrawn;
  std::set<No> merges;
  std::vector<std::shared_ptr<const exposure::Run>> runs;
};

/// Writes it whole or not at all: what stood there before stays until the new one is durable. Throws when it cannot.
void write_snapshot(const std::filesystem::path& path, const VisitSnapshot& snapshot);

/// Nothing when there is no file, or it is torn, damaged, of another version, or contradicts itself.
std::optional<VisitSnapshot> read_snapshot(const std::filesystem::path& path);

}  // namespace fx::bin
