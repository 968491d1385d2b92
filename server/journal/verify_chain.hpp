#pragma once

#include <unordered_set>

#include "journal/sqlite/rows.hpp"
#include "journal/verify.hpp"

namespace fx::journal {

/// Collects faults and asks whether to go on.
class Findings {
 public:
  Findings(VerifyReport& report, const VerifyOptions& options) : report_(report), options_(options) {}
  void bad(std::int64_t batch, No no, std::string what);
  /// Throws Cancelled.
  void step(std::int64_t done, std::int64_t total) const;

 private:
  VerifyReport& report_;
  const VerifyOptions& options_;
};
struct Cancelled {};

/// What event bodies name of the identity tables.
class NamedHashes {
 public:
  /// Hashes of the identities that are there; each ciphertext is hashed again.
  void read(Connection& ledger, Findings& findings);
  /// Every {"id", "hash"} and every "…identity_hash" of the event's body must be there.
  void check(const StoredEvent& event, Findings& findings) const;

 private:
  std::unordered_set<std::uint64_t> known_;
};

/// Batches in order: numbers without gaps, check bytes, digests, links, cursors that never go back; then the head.
void check_chain(Connection& ledger, const std::vector<Anchor>& anchors, const NamedHashes& hashes,
                 VerifyReport& report, Findings& findings);
void check_audit(Connection& ledger, Findings& findings);
/// Each batch's answers against its seal; those that were dropped in time may be missing, none may differ.
void check_answers(Connection& ledger, Findings& findings);

}  // namespace fx::journal
