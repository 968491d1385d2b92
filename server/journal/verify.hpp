#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kernel/registry.hpp"
#include "kernel/store.hpp"

namespace fx::journal {

/// A record that is not what it was. `no` 0: not an event; `batch` 0: not of one batch (a derived row, an identity).
struct BadRecord {
  std::int64_t batch = 0;
  No no = 0;
  std::string what;
};

/// ledger: checked by the chain. identity: named by events by hash, erasable. derived: rebuilt by replay and compared.
enum class TableClass { ledger, identity, derived };
BOOST_DESCRIBE_ENUM(TableClass, ledger, identity, derived)

struct TableReport {
  std::string name;
  TableClass kind = TableClass::ledger;
  std::int64_t rows = 0;
  std::string digest;  ///< of a derived table: free of order, equal for equal rows; hexadecimal
};

struct VerifyReport {
  bool ok = false;
  bool cancelled = false;
  std::int64_t events = 0;
  std::int64_t batches = 0;
  std::string link;               ///< of the last batch, hexadecimal: what an anchor is made of
  std::vector<BadRecord> faults;  ///< by batch, those of no batch last; at most 100
  std::vector<TableReport> tables;
  std::vector<std::string> unknown_events;  ///< types this program does not know: kept, not replayed
  [[nodiscard]] std::optional<BadRecord> first_bad() const {
    return faults.empty() ? std::nullopt : std::optional(faults.front());
  }
  /// {ok, events, batches, link, first_bad: null | {batch, no, what}, faults, tables: [{name, class, rows, digest}] …}
  [[nodiscard]] std::string json() const;
};

/// A link noted outside the database (signed, at the tier above, on paper). Without one, a cut tail whose head was
/// rewritten, or a chain rewritten from some batch on, is a consistent ledger.
struct Anchor {
  std::int64_t batch = 0;
  std::string link;  ///< hexadecimal
};

struct VerifyOptions {
  std::vector<Anchor> anchors;
  std::string ledger;  ///< hexadecimal: the name this ledger must have; empty: any
  /// Computes the version of a rulebook from its kept text. None: kept rulebooks are not looked at.
  std::function<std::string(std::string_view)> rulebook_version;
  /// Makes the search tokens of an identity anew; nothing when it cannot be opened (erased). None: tokens are only looked
  /// for where somebody must have one.
  std::function<std::optional<std::vector<TokenWrite>>(const IdentityWrite&)> tokens_of;
  /// Called now and then with events done and in all; false cancels.
  std::function<bool(std::int64_t, std::int64_t)> progress;
};

/// Checks everything a ledger says about itself: pages and indexes, chain, each event's check bytes, numbers, audit
/// chain, identities and their search tokens, the tables' own definitions; then refolds all events into an empty database and compares every derived table row by
/// row. Reads one snapshot; on a store in use that holds its log, so prefer a copy. `path`: ledger.db or its directory.
VerifyReport verify(const std::filesystem::path& path, const Registry& registry,
                    const VerifyOptions& options = {});

/// Empties the derived tables and refills them from the ledger. The store must not be in use.
void rebuild(const std::filesystem::path& directory, const Registry& registry);

}  // namespace fx::journal
