#pragma once

#include <map>
#include <set>
#include <span>

#include "journal/postgres/link.hpp"
#include "kernel/shared_store.hpp"

namespace fx::journal::pg {

/// The lock of one key: the same number on every server and in every version of the program.
std::int64_t lock_of(std::string_view kind, const RawId& id);
std::int64_t lock_of(const AnswerKey& key);

/// The advisory locks of one transaction (kernel-notes §3). The first call waits, for sorted keys; later ones only try,
/// so that no circle of waiting can arise. Lasts until the transaction ends.
class Locks {
 public:
  /// Adds what is not held yet to the next request.
  void want(std::int64_t lock, bool exclusive);
  void want(const KeySet& keys, std::span<const AnswerKey> answers);
  [[nodiscard]] bool pending() const { return !wanted_.empty(); }
  [[nodiscard]] bool holds(std::int64_t lock) const { return held_.contains(lock); }
  /// Queues the request; its result is read with `granted`.
  void send(Link& link);
  /// False: somebody else holds one of those only tried.
  bool granted(const Rows& answer);
  /// The transaction ended. What it asked for is asked at once by the next one if `again`.
  void end(bool again);

 private:
  std::map<std::int64_t, bool> wanted_;  ///< lock → exclusive
  std::map<std::int64_t, bool> asked_;
  std::map<std::int64_t, bool> held_;
};

}  // namespace fx::journal::pg
