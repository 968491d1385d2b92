#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

#include "journal/store_sql.hpp"

namespace fx::journal {

Head SqliteStore::commit(const Batch& batch) {
  check_usable();
  SealRow seal = next_seal(batch);
  std::vector<std::size_t> weights;
  try {
    if (!std::exchange(looking_, false)) sql_->begin.reset().run();
    write(batch, seal, weights);
    sql_->end.reset().run();
  } catch (...) {
    cache_.clear();
    dropping_ = true;
    dropped_to_ = {};
    bool rolled_back = true;
    if (connection_->in_transaction())
      rolled_back = sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr) == SQLITE_OK;
    try {
      throw;
    } catch (const StoreFull& full) {
      if (rolled_back) throw;
      broken_ = full.what();
      throw StoreBroken(broken_);
    } catch (const StoreBroken& error) {
      broken_ = error.what();
      throw;
    }
  }
  committed(batch, seal, weights);
  return head_;
}

SealRow SqliteStore::next_seal(const Batch& batch) const {
  FX_ASSERT(batch.decided_at >= head_.decided_at, "ledger time never goes back");
  FX_ASSERT(batch.handoff_cursor >= head_.handoff_cursor && batch.handoff_cursor <= head_.batch + 1,
            "the cursor of the arrows");
  FX_ASSERT(batch.rhythm_cursor >= head_.rhythm_cursor, "the cursor of the rhythms never goes back");
  FX_ASSERT(batch.reference_generation >= head_.reference_generation,
            "the reference generation never goes back");
  No expected = make_no(head_.slot, head_.next_n);
  for (const EventRow& event : batch.events) {
    FX_ASSERT(event.no == expected,
              fmt::format("event {} where {} is next: numbers have no gaps", event.no, expected));
    expected += No{1} << no_ordinal_bits;
  }
  SealRow seal;
  seal.batch = head_.batch + 1;
  seal.epoch = head_.epoch;
  seal.slot = head_.slot;
  seal.incarnation = incarnation_;
  seal.first = batch.events.empty() ? 0 : batch.events.front().no;
  seal.last = batch.events.empty() ? 0 : batch.events.back().no;
  seal.events = static_cast<std::int64_t>(batch.events.size());
  seal.decided_at = batch.decided_at;
  seal.handoff_cursor = batch.handoff_cursor;
  seal.rhythm_cursor = batch.rhythm_cursor;
  seal.reference_generation = batch.reference_generation;
  seal.schema_generation = schema_generation_;
  seal.audit = audit_;
  seal.audit_link = audit_link_;
  return seal;
}

void SqliteStore::write(const Batch& batch, SealRow& seal, std::vector<std::size_t>& weights) {
  BatchDigest digest;
  write_rows(batch, weights);
  write_events(batch, seal, digest);
  write_answers(batch, seal);
  write_audit(batch, seal);
  write_identities(batch, seal);
  write_frozen(batch, seal, digest);
  write_counters(batch);
  seal.digest = digest.digest();
  seal.link = batch_link(head_.link, seal);
  write_seal(seal);
  drop_answers(batch);
}

/// Keeps up with what comes in, piece by piece; once a round is done, nothing is looked for until the mark moves again.
void SqliteStore::drop_answers(const Batch& batch) {
  constexpr std::size_t least = 64;
  const Instant until = batch.decided_at - options_.kept;
  if (answers_from_ == Instant{} ? until <= Instant{} : until < answers_from_ + answers_step) {
    answers_until_ = answers_from_;
  } else {
    answers_until_ = until;
    dropping_ = true;
    dropped_to_ = {};
    connection_->cached("UPDATE head SET answers_from = ?").bind(until).run();
  }
  if (!dropping_) return;
  const std::size_t limit = std::max(least, 2 * batch.answers.size());
  dropping_ = delete_answers(answers_until_, limit) == limit;
}

/// Net images, by table, in key order: neighbours share pages.
void SqliteStore::write_rows(const Batch& batch, std::vector<std::size_t>& weights) {
  std::vector<std::size_t> order(batch.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const RowWrite& left = batch.rows[a];
    const RowWrite& right = batch.rows[b];
    if (left.table != right.table) return left.table->name < right.table->name;
    const std::int32_t home_a = left.table->by_no ? 0 : left.id.home();
    const std::int32_t home_b = right.table->by_no ? 0 : right.id.home();
    return home_a != home_b ? home_a < home_b : left.id < right.id;
  });
  weights.resize(batch.rows.size());
  for (const std::size_t i : order) {
    const RowWrite& write = batch.rows[i];
    weights[i] = rows_->write(write);
  }
}

void SqliteStore::write_events(const Batch& batch, const SealRow& seal, BatchDigest& digest) {
  for (const EventRow& event : batch.events) {
    bytes_.clear();
    put_event(bytes_, seal.batch, event);
    digest.add(bytes_.view());
    const std::string check = digest.check();
    bind_event(sql_->put_event.reset(), seal.batch, event, check);
    sql_->put_event.run();
  }
}

void SqliteStore::write_answers(const Batch& batch, SealRow& seal) {
  BatchDigest digest;
  for (const AnswerRow* answer : in_order(batch.answers)) {
    bytes_.clear();
    put_answer(bytes_, seal.batch, *answer);
    digest.add(bytes_.view());
    Statement& put = sql_->put_answer.reset();
    put.bind(answer->key.key)
        .bind(answer->key.actor.raw)
        .bind(static_cast<std::int64_t>(answer->body_hash))
        .bind(seal.batch);
    put.bind(answer->first).bind(answer->count).bind_text(answer->refusals).bind(answer->decided_at).run();
  }
  seal.answers = static_cast<std::int64_t>(batch.answers.size());
  seal.answers_digest = digest.digest();
}

void SqliteStore::write_audit(const Batch& batch, SealRow& seal) {
  for (const AuditLine& line : batch.audit) {
    bytes_.clear();
    put_audit(bytes_, ++seal.audit, seal.batch, line);
    seal.audit_link = audit_link(seal.audit_link, bytes_.view());
    const StoredAudit stored{seal.audit, seal.batch, line, seal.audit_link};
    bind_audit(sql_->put_audit.reset(), stored);
    sql_->put_audit.run();
  }
}

void SqliteStore::write_identities(const Batch& batch, const SealRow& seal) {
  std::int64_t seq = seal.batch << 20;
  FX_ASSERT(batch.identities.size() < (std::size_t{1} << 20), "too many identities in one batch");
  for (const IdentityWrite& identity : batch.identities) {
    Statement& put = sql_->put_identity.reset().bind(seq++).bind(identity.subject).bind_text(identity.kind);
    put.bind_blob(identity.cipher).bind_text(identity.hash).run();
  }
  for (const TokenWrite& token : batch.tokens)
    sql_->put_token.reset().bind_text(token.kind).bind_blob(token.token).bind(token.subject).run();
}

void SqliteStore::write_frozen(const Batch& batch, const SealRow& seal, BatchDigest& digest) {
  std::map<std::string_view, const Frozen*> sorted;
  for (const Frozen& frozen : batch.frozen) sorted.emplace(frozen.key, &frozen);
  for (const auto& [key, frozen] : sorted) {
    sql_->put_frozen.reset().bind_text(frozen->key).bind(seal.batch).bind_text(frozen->json).run();
    if (connection_->changes() == 0) continue;  // known before: sealed with the batch that brought it
    bytes_.clear();
    put_frozen(bytes_, *frozen);
    digest.add(bytes_.view());
  }
}

void SqliteStore::write_counters(const Batch& batch) {
  std::map<std::tuple<std::int32_t, std::string_view, std::int32_t>, std::int64_t> folded;
  for (const CounterDelta& delta : batch.counters)
    folded[{delta.jurisdiction, delta.measure, delta.day.days}] += delta.by;
  for (const auto& [key, by] : folded) {
    const auto& [jurisdiction, measure, day] = key;
    Statement& add = sql_->add_counter.reset().bind(jurisdiction).bind_text(measure).bind(day);
    add.bind(day_of(batch.decided_at).days).bind(head_.slot).bind(by).run();
  }
}

void SqliteStore::write_seal(const SealRow& seal) {
  bind_seal(sql_->put_batch.reset(), seal);
  sql_->put_batch.run();
  Statement& move =
      sql_->move_head.reset().bind(seal.batch).bind(head_.next_n + seal.events).bind(seal.decided_at);
  move.bind(seal.handoff_cursor).bind(seal.rhythm_cursor).bind(seal.reference_generation).bind(seal.audit);
  move.bind_blob(seal.audit_link).bind_blob(seal.link);
  move.bind(head_.batch)
      .bind(head_.epoch)
      .bind(incarnation_)
      .bind(schema_generation_)
      .bind_blob(head_.link)
      .run();
  if (connection_->changes() != 1) throw StoreBroken("another server has taken over this ledger");
}

/// Durable: now memory follows.
void SqliteStore::committed(const Batch& batch, const SealRow& seal,
                            const std::vector<std::size_t>& weights) {
  head_.batch = seal.batch;
  head_.next_n += seal.events;
  head_.decided_at = seal.decided_at;
  head_.handoff_cursor = seal.handoff_cursor;
  head_.rhythm_cursor = seal.rhythm_cursor;
  head_.reference_generation = seal.reference_generation;
  head_.link = seal.link;
  audit_ = seal.audit;
  audit_link_ = seal.audit_link;
  answers_from_ = answers_until_;
  for (std::size_t i = 0; i < batch.rows.size(); ++i) {
    const RowWrite& write = batch.rows[i];
    cache_.put({write.table, write.id}, write.row, weights[i]);
  }
  restart_log();
}

/// The copying thread alone never restarts the log under load; the writer does, between batches (kernel-notes §10).
void SqliteStore::restart_log() {
  // A page that many batches change is copied once for all of them; and little is left to copy when the log restarts.
  const std::int64_t worth_copying = options_.restart_log_at / 4;
  const std::int64_t soon = next_restart_ - options_.restart_log_at / 16;
  constexpr int patience_ms = 200;
  const std::int64_t length = log_->bytes();
  if (checkpointer_ && (length >= copied_to_ + worth_copying || (length >= soon && copied_to_ < soon))) {
    checkpointer_->poke();
    copied_to_ = length;
  }
  if (length < next_restart_) return;
  sqlite3_busy_timeout(connection_->handle(), patience_ms);
  const int code =
      sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  sqlite3_busy_timeout(connection_->handle(), static_cast<int>(options_.patience.count()));
  if (code == SQLITE_OK) {
    log_->set(0);
    copied_to_ = 0;
    next_restart_ = options_.restart_log_at;
  } else if (const int kind = code & 0xFF;
             kind == SQLITE_BUSY || kind == SQLITE_LOCKED || kind == SQLITE_FULL) {
    next_restart_ = length + options_.restart_log_at / 4;  // a reader holds it: ask again later
  } else {
    broken_ =
        fmt::format("copying the log: {}",
                    sqlite3_errmsg(connection_->handle()));  // the commit stands; the next one is refused
  }
}

}  // namespace fx::journal
