#pragma once

#include <unordered_map>
#include <unordered_set>

#include "journal/sqlite/connection.hpp"
#include "journal/verify_findings.hpp"

namespace fx::journal {

/// Walks the identity table beside the chain. Identities are not sealed, since they can be erased; what holds them is
/// that an event of their own batch names subject, kind and hash.
class IdentityWalk {
 public:
  IdentityWalk(Connection& ledger, Findings& findings);

  /// Reads the rows of the batch; each ciphertext is hashed again.
  void open(std::int64_t batch);
  /// Every {"id", "hash"} and "…identity_hash" of the event's body is there, of this subject and kind.
  void name(const StoredEvent& event);
  /// Every row of the batch is named by an event of it, and rows of one subject lie in the order of the events: the last
  /// one counts. `sound`: all events could be read.
  void close(std::int64_t batch, bool sound);
  /// Rows of no batch.
  void finish();

 private:
  struct Row {
    std::int64_t seq = 0;
    RawId subject;
    std::string kind;
    std::string hash;
    [[nodiscard]] std::string name() const;
  };
  Row take();
  void next() { more_ = rows_.step(); }
  void stray();
  void visit(const boost::json::value& value, const StoredEvent& event);
  void named(const StoredEvent& event, const std::vector<std::string>& names, std::string_view hash);
  void judge(std::int64_t batch, const Row& row, std::unordered_map<RawId, std::size_t, RawIdHash>& last);

  Findings& findings_;
  Statement rows_;
  bool more_ = false;
  std::unordered_set<std::uint64_t> known_;             ///< names of all rows so far
  std::unordered_set<std::uint64_t> subjects_;          ///< of the batches before
  std::vector<Row> present_;                            ///< of the batch
  std::unordered_map<std::string, std::size_t> named_;  ///< by its events: name → place
  bool disputed_ = false;  ///< what a refused deed sealed is kept and named by nobody
};

/// Search tokens: none without its subject's identity, and no account without one; with the keys, each as it is made anew.
void check_tokens(Connection& ledger, const VerifyOptions& options, Findings& findings);

}  // namespace fx::journal
