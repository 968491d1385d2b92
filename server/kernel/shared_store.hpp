#pragma once

#include <span>
#include <stdexcept>
#include <string_view>

#include "kernel/store.hpp"

namespace fx {

/// The transaction was rolled back and is to be run again: a lock somebody else held, a reference that was stale, a
/// connection that was lost before anything was decided. Nothing of it was stored.
class Rerun : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The transaction asks for more locks than the database has room for; fewer commands at once may pass. Nothing of it was
/// stored.
class TooManyLocks : public StoreFull {
  using StoreFull::StoreFull;
};

/// What a store does besides when several servers write to it at once (kernel-notes §1–3). The engine asks for it; a
/// store with one writer has none of it and pays nothing.
///
/// A transaction: begin, lock (which loads), decide on what was loaded, commit of the Store. Or rollback.
class SharedStore {
 public:
  virtual ~SharedStore() = default;
  virtual void begin() = 0;
  /// Locks the keys, their subjects' duties and the answers' keys, then loads them: what `load`, `load_open_duties` and
  /// `load_answers` tell of them afterwards is as it stands until the transaction ends. The first call waits; later ones
  /// throw Rerun when somebody else holds a key, and the next transaction asks for all of them at once, in order.
  virtual void lock(const KeySet& keys, std::span<const AnswerKey> answers) = 0;
  /// Until the transaction ends nobody else has `name` (timer, handoffs). False: somebody else has it.
  [[nodiscard]] virtual bool try_lock(std::string_view name) = 0;
  /// Never throws; `again`: the same work comes back at once.
  virtual void rollback(bool again) noexcept = 0;
  /// The head as it stands now, whoever moved it.
  virtual Head refresh() = 0;

  /// What the seal compares (kernel-notes §2) and which cursors this transaction may move.
  struct Fences {
    std::int64_t reference_generation = 0;  ///< the reference that was decided with
    std::int64_t followed = 0;              ///< arrows up to this batch are known to lead nowhere further
    std::int64_t handoffs_from = -1;  ///< cursor this transaction followed the arrows from; -1: it did not
    bool arrows_start = false;        ///< events of this transaction start arrows
  };
  /// For the next commit.
  virtual void expect(const Fences& fences) = 0;
};

}  // namespace fx
