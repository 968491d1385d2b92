#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/store.hpp"

namespace fx::journal {

/// Writer slot of a ledger number.
inline int slot_of(No no) { return static_cast<int>(no >> 54); }

/// What the chain is made of (kernel-notes §2). Every stored byte of a record enters in a fixed order, numbers as 8
/// bytes, texts with their length, so that no two different records give the same bytes.
class Bytes {
 public:
  Bytes& put(std::int64_t value);
  Bytes& put(std::string_view text);
  Bytes& put(const RawId& id) { return put(blob_of(id)); }
  Bytes& put(Instant at) { return put(at.ms); }
  [[nodiscard]] std::string_view view() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

void put_event(Bytes& out, std::int64_t batch, const EventRow& event);
void put_frozen(Bytes& out, const Frozen& frozen);
void put_answer(Bytes& out, std::int64_t batch, const AnswerRow& answer);
void put_audit(Bytes& out, std::int64_t line, std::int64_t batch, const AuditLine& audit);

/// The running BLAKE2b of one batch.
class BatchDigest {
 public:
  BatchDigest();
  void add(std::string_view bytes);
  [[nodiscard]] std::string check() const;   ///< 8 bytes, after each event: finds the bad record
  [[nodiscard]] std::string digest() const;  ///< 32 bytes: proves the batch

 private:
  alignas(64) std::array<unsigned char, 384> state_;
};

/// The seal of one batch.
struct SealRow {
  std::int64_t batch = 0;
  std::int64_t epoch = 1;
  int slot = 1;
  std::int64_t incarnation = 0;
  No first = 0;
  No last = 0;
  std::int64_t events = 0;
  Instant decided_at;
  std::int64_t handoff_cursor = 0;
  Instant rhythm_cursor;
  std::int64_t reference_generation = 0;
  std::int64_t schema_generation = 0;
  std::int64_t audit = 0;
  std::string audit_link;
  std::string digest;
  std::int64_t answers = 0;
  std::string answers_digest;
  std::string link;
};

/// The answers of a batch in the order of their keys, as they are sealed and stored.
std::vector<const AnswerRow*> in_order(const std::vector<AnswerRow>& answers);

std::string first_link(std::string_view ledger);
/// SHA-256 of the link before, the header and the digest.
std::string batch_link(std::string_view before, const SealRow& seal);
std::string first_audit_link(std::string_view ledger);
std::string audit_link(std::string_view before, std::string_view line);
std::string random_name(std::size_t bytes);

}  // namespace fx::journal
