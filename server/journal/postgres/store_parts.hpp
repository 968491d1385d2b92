#pragma once

#include "journal/postgres/store.hpp"
#include "journal/sql.hpp"

namespace fx::journal {

struct AnswerKeyLess {
  bool operator()(const AnswerKey& a, const AnswerKey& b) const {
    return std::tie(a.key, a.actor.raw) < std::tie(b.key, b.actor.raw);
  }
};

/// Rows, duties and answers loaded under lock; an empty row pointer: there is none.
struct PgStore::Loaded {
  std::unordered_map<RowKey, RowPtr, RowKeyHash> rows;
  std::unordered_map<RawId, std::vector<Duty>> duties;
  std::map<AnswerKey, std::optional<AnswerRow>, AnswerKeyLess> answers;
};

/// Head and slot as they stand under the head's lock.
struct PgStore::HeadRow {
  std::int64_t batch = 0, epoch = 0;
  Instant decided_at;
  std::int64_t handoff_cursor = 0;
  Instant rhythm_cursor;
  std::int64_t reference_generation = 0, schema_generation = 0, audit = 0;
  std::string audit_link, link;
  std::int64_t incarnation = 0, next_n = 0;
  Instant clock;  ///< the database's own, when it answered
};

template <class F>
auto PgStore::reading(F read) {
  if (!broken_.empty()) throw StoreBroken(broken_);
  if (!link_) reconnect();
  try {
    return read();
  } catch (const pg::Contended& contended) {
    throw Rerun(contended.what());
  } catch (const Interrupted& cancelled) {
    throw Rerun(cancelled.what());
  } catch (const pg::LinkLost& lost) {
    const bool within = begun_ || open_;
    locks_.end(true);
    reconnect();
    if (within) throw Rerun(lost.what());
    return read();
  }
}

}  // namespace fx::journal
