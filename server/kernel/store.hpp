#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernel/rules.hpp"
#include "kernel/view.hpp"

namespace fx {

/// An event as stored: one row of the journal. `effects` is the packed JSON of Effects, empty when there are none.
struct EventRow {
  No no = 0;
  std::int32_t jurisdiction = 0;
  std::string type;
  RawId about;
  Instant occurred_at;
  Instant recorded_at;
  RawId command;
  AccountId actor;
  UnitId unit;
  std::string operation;
  std::string device;
  std::int64_t device_seq = 0;
  std::optional<Instant> device_time;
  No caused_by = 0;  ///< event that a handoff or the timer followed
  std::int64_t reference_generation = 0;
  std::string body;
  std::string effects;
};

/// Idempotency (kernel-notes §9): same (actor, key) and same body = same answer; another body = conflict.
struct AnswerKey {
  AccountId actor;
  RawId key;
  friend bool operator==(const AnswerKey&, const AnswerKey&) = default;
};
struct AnswerKeyHash {
  std::size_t operator()(const AnswerKey& key) const {
    return RawIdHash{}(key.actor.raw) * 31 + RawIdHash{}(key.key);
  }
};
struct AnswerRow {
  AnswerKey key;
  std::uint64_t body_hash = 0;
  std::int64_t batch = 0;
  No first = 0;
  std::int32_t count = 0;
  std::string refusals;  ///< JSON of the refusals; empty when accepted
  Instant decided_at;
};

/// One line of the audit: reads of identities, refusals, sign-ins, exports. Its own append-only chain.
struct AuditLine {
  Instant at;
  AccountId actor;
  UnitId unit;
  std::string
      kind;  ///< refused | identity_read | search | signed_in | sign_in_failed | signed_out | exported …
  std::string operation;
  std::string code;  ///< refusal code
  std::string purpose;
  std::string detail;  ///< JSON: ids concerned, never names
  std::string peer;
};

/// A sealed piece of identity: rows of the identity tables (class identity: referenced by hash, erasable).
struct IdentityWrite {
  RawId subject;     ///< person, account or text id
  std::string kind;  ///< person | account | text
  std::string cipher;
  std::string hash;
};
struct TokenWrite {
  std::string kind;
  std::string token;  ///< bytes of the keyed hash
  RawId subject;
};

struct RowWrite {
  const TableType* table;
  RawId id;
  RowPtr row;
  bool is_new;
  RowPtr before = nullptr;  ///< as it is stored; without it every column counts as changed
};

/// A change of a counter: leaf jurisdiction, measure, civil day it occurred.
struct CounterDelta {
  std::int32_t jurisdiction = 0;
  std::string measure;
  Day day;
  std::int64_t by = 0;
};

/// Everything one write transaction stores. The store seals it: one head row, one batch row, chain hash.
struct Batch {
  std::vector<EventRow> events;
  std::vector<RowWrite> rows;  ///< net row images
  std::vector<AnswerRow> answers;
  std::vector<AuditLine> audit;
  std::vector<IdentityWrite> identities;
  std::vector<TokenWrite> tokens;
  std::vector<Frozen> frozen;
  std::vector<CounterDelta> counters;
  Instant decided_at;
  std::int64_t handoff_cursor = 0;  ///< batch up to which all arrows have been followed
  Instant rhythm_cursor;            ///< moment up to which periods of rhythms were opened
  std::int64_t reference_generation = 0;
  [[nodiscard]] bool empty() const {
    return events.empty() && answers.empty() && audit.empty() && rows.empty();
  }
};

struct Head {
  std::int64_t batch = 0;
  std::int64_t next_n = 1;  ///< next ledger number of this writer's slot
  int slot = 1;
  std::int64_t epoch = 1;
  Instant decided_at;
  std::int64_t handoff_cursor = 0;
  Instant rhythm_cursor;
  std::int64_t reference_generation = 0;
  std::string link;
};

struct StoredEvent {
  std::int64_t batch = 0;
  EventRow row;
};

/// Thrown when the disk is full or busy beyond patience: nothing was written, reads go on.
class StoreFull : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The disk failed (also a failed fsync), the file is damaged, or another server took it over. Nothing more may be
/// written or acknowledged: the process stops and recovers by restart; it is never retried.
class StoreBroken : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The storage port of the writer (one writer at a time per Store object). SQLite and PostgreSQL implement it.
/// load*: rows as of the last commit. commit: durable when it returns; on any other I/O error the process must stop.
class Store {
 public:
  virtual ~Store() = default;
  [[nodiscard]] virtual Head head() = 0;
  /// Loads between these, and the commit after them, are one transaction of the engine: what it costs to look is paid once.
  virtual void begin_loads() {}
  virtual void end_loads() noexcept {}
  /// Calls back once for each key that exists; keys of one table come together.
  virtual void load(std::span<const RowKey> keys,
                    const std::function<void(const RowKey&, RowPtr)>& found) = 0;
  virtual void load_open_duties(std::span<const RawId> about, const std::function<void(Duty)>& found) = 0;
  /// The `limit` open duties with the smallest (step_at, no) at or before `now`.
  [[nodiscard]] virtual std::vector<Duty> due_duties(Instant now, std::size_t limit) = 0;
  /// When the next duty has a step; nothing when no duty is open.
  [[nodiscard]] virtual std::optional<Instant> next_step_at() = 0;
  virtual void load_answers(std::span<const AnswerKey> keys, const std::function<void(AnswerRow)>& found) = 0;
  [[nodiscard]] virtual std::vector<EventRow> events(No first, std::int32_t count) = 0;
  /// Events of batches in (after, up to `limit` events), in (batch, no) order.
  [[nodiscard]] virtual std::vector<StoredEvent> events_after(std::int64_t batch, std::size_t limit) = 0;
  [[nodiscard]] virtual std::string frozen(std::string_view key) = 0;
  virtual void each_row(const TableType& table, const std::function<void(const void*)>& visit) = 0;
  /// Writes, seals, commits. Returns the new head.
  virtual Head commit(const Batch& batch) = 0;
};

}  // namespace fx
