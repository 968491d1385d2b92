#include <fmt/format.h>

#include <mutex>

#include "journal/postgres/store_parts.hpp"
#include "journal/store.hpp"

// Two pipelines a batch. First everything that needs no place in the ledger's order, then the head's lock, last of all
// locks; its answer gives the batch its number. Second what is numbered and chained, the seal, COMMIT.
namespace fx::journal {
namespace {

using pg::Array;
using pg::Columns;
using pg::Kind;
using pg::Params;
using pg::Rows;

const pg::Table& journal_table(std::string_view name) {
  for (const pg::Table& table : pg::journal_tables())
    if (table.name == name) return table;
  defect("a journal table", __FILE__, __LINE__, std::string(name));
}

const std::string& insert_into(std::string_view name) {
  static std::map<std::string, std::string, std::less<>> known;
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const auto found = known.find(name);
  return found != known.end() ? found->second
                              : known.emplace(name, journal_table(name).insert()).first->second;
}

}  // namespace

Head PgStore::commit(const Batch& batch) {
  if (!broken_.empty()) throw StoreBroken(broken_);
  if (!link_) reconnect();
  try {
    return commit_once(batch);
  } catch (const pg::Contended& contended) {
    rollback(true);
    ++counters_.contended;
    throw Rerun(contended.what());
  } catch (const Interrupted& cancelled) {
    rollback(true);
    throw Rerun(cancelled.what());
  } catch (const pg::LinkLost& lost) {
    locks_.end(true);
    reconnect();
    throw Rerun(lost.what());
  } catch (const StoreBroken& error) {
    broken_ = error.what();
    rollback(false);
    throw;
  } catch (...) {
    rollback(false);
    throw;
  }
}

Head PgStore::commit_once(const Batch& batch) {
  const bool fresh = !open_;
  images_queued_ = 0;
  open_transaction();
  queue_images(batch);
  queue_counters(batch);
  queue_head(batch);
  const Instant asked = wall();
  link_->sync();
  if (fresh) (void)link_->take();
  const HeadRow head = take_head();
  std::set<std::string> known;
  if (!batch.frozen.empty()) {
    const Rows rows = link_->take();
    for (int i = 0; i < rows.size(); ++i) known.insert(rows.text(i, 0));
  }
  check_fences(head);
  check_clock(head, asked);
  SealRow seal = next_seal(batch, head);
  queue_records(batch, seal, known);
  seal.link = batch_link(head.link, seal);
  queue_seal(seal);
  finish(seal);
  committed(seal);
  written_ += batch.rows.size() + batch.events.size();
  return head_;
}

/// Net images, by table, in key order. A new row that exists is a defect: its primary key says so.
void PgStore::queue_images(const Batch& batch) {
  struct Images {
    std::unique_ptr<Columns> fresh, changed;
  };
  std::map<const TableType*, Images> tables;
  std::vector<const RowWrite*> sorted;
  for (const RowWrite& write : batch.rows) sorted.push_back(&write);
  std::ranges::sort(sorted, [](const RowWrite* a, const RowWrite* b) {
    if (a->table != b->table) return a->table->name < b->table->name;
    const std::int32_t left = a->table->by_no ? 0 : a->id.home();
    const std::int32_t right = b->table->by_no ? 0 : b->id.home();
    return left != right ? left < right : a->id < b->id;
  });
  for (const RowWrite* write : sorted) {
    Images& images = tables[write->table];
    auto& columns = write->is_new ? images.fresh : images.changed;
    if (!columns) columns = std::make_unique<Columns>(sql_of(*write->table).table);
    write->table->put(*columns, write->row.get());
    if (!write->table->by_no) columns->put(std::int64_t{write->id.home()});
  }
  for (auto& [type, images] : tables) {
    if (images.fresh) link_->send(sql_of(*type).insert, images.fresh->take());
    if (images.changed) link_->send(sql_of(*type).upsert, images.changed->take());
    images_queued_ += (images.fresh ? 1 : 0) + (images.changed ? 1 : 0);
  }
}

void PgStore::queue_counters(const Batch& batch) {
  if (batch.counters.empty()) return;
  std::map<std::tuple<std::int32_t, std::string_view, std::int32_t>, std::int64_t> folded;
  for (const CounterDelta& delta : batch.counters)
    folded[{delta.jurisdiction, delta.measure, delta.day.days}] += delta.by;
  Columns columns(journal_table("counter"));
  for (const auto& [key, by] : folded) {
    const auto& [jurisdiction, measure, day] = key;
    columns.put(std::int64_t{jurisdiction}).text(measure);
    columns.put(std::int64_t{day}).put(std::int64_t{day_of(batch.decided_at).days});
    columns.put(std::int64_t{head_.slot}).put(by);
  }
  link_->send(insert_into("counter") +
                  " ON CONFLICT (jurisdiction, measure, occurred_day, recorded_day, slot) "
                  "DO UPDATE SET value = counter.value + excluded.value",
              columns.take());
  ++images_queued_;
}

/// Whoever holds the head is next in the ledger's order; what others sealed before is visible from here on.
void PgStore::queue_head(const Batch& batch) {
  Params slot;
  slot.add(head_.slot);
  link_->send(
      "SELECT h.batch, h.epoch, h.decided_at, h.handoff_cursor, h.rhythm_cursor, h.reference_generation, "
      "h.schema_generation, h.audit, h.audit_link, h.link, s.incarnation, s.next_n, "
      "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint "
      "FROM head h, slot s WHERE h.id = 1 AND s.slot = $1 FOR UPDATE",
      slot);
  if (batch.frozen.empty()) return;
  Array keys(Kind::text);
  for (const Frozen& frozen : batch.frozen) keys.add(std::string_view(frozen.key));
  Params params;
  params.add(keys);
  link_->send("SELECT key FROM frozen WHERE key = ANY($1)", params);
}

PgStore::HeadRow PgStore::take_head() {
  for (; images_queued_ > 0; --images_queued_) (void)link_->take();
  const Rows row = link_->take();
  if (row.size() != 1) throw StoreBroken("the ledger has no head, or this server's slot is gone");
  HeadRow head;
  head.batch = row.number(0, 0);
  head.epoch = row.number(0, 1);
  head.decided_at = row.instant(0, 2);
  head.handoff_cursor = row.number(0, 3);
  head.rhythm_cursor = row.instant(0, 4);
  head.reference_generation = row.number(0, 5);
  head.schema_generation = row.number(0, 6);
  head.audit = row.number(0, 7);
  head.audit_link = row.text(0, 8);
  head.link = row.text(0, 9);
  head.incarnation = row.number(0, 10);
  head.next_n = row.number(0, 11);
  head.clock = row.instant(0, 12);
  return head;
}

/// The four fences (kernel-notes §2), and the cursor of the arrows.
void PgStore::check_fences(const HeadRow& head) {
  if (head.epoch != head_.epoch)
    throw StoreBroken(fmt::format("the database is at epoch {}, this server at {}", head.epoch, head_.epoch));
  if (head.incarnation != incarnation_ || head.next_n != head_.next_n)
    throw StoreBroken("another server has taken over this server's slot");
  if (head.schema_generation != schema_generation_)
    throw StoreBroken("the tables were rebuilt for another version of the program");
  if (!fences_) return;
  if (head.reference_generation != fences_->reference_generation) {
    ++counters_.stale_reference;
    throw pg::Contended("units or posts were changed by another server");
  }
  if (fences_->handoffs_from >= 0 && head.handoff_cursor != fences_->handoffs_from)
    throw pg::Contended("the arrows were followed by another server");
}

/// Servers of one ledger decide what is late by one time: whose clock strays does not write until it is right again
/// (kernel-notes §5). The database told its own between the question and its answer.
void PgStore::check_clock(const HeadRow& head, Instant asked) const {
  constexpr Duration most_apart = std::chrono::seconds(2);
  const Instant now = wall();
  if (head.clock >= asked - most_apart && head.clock <= now + most_apart) return;
  throw StoreFull(
      fmt::format("this server's clock ({} ms) is more than 2 s from the database's ({} ms): nothing is "
                  "written until one of them is set",
                  now.ms, head.clock.ms));
}

SealRow PgStore::next_seal(const Batch& batch, const HeadRow& head) const {
  No expected = make_no(head_.slot, head_.next_n);
  for (const EventRow& event : batch.events) {
    FX_ASSERT(event.no == expected,
              fmt::format("event {} where {} is next: numbers have no gaps", event.no, expected));
    expected += No{1} << no_ordinal_bits;
  }
  SealRow seal;
  seal.batch = head.batch + 1;
  seal.epoch = head.epoch;
  seal.slot = head_.slot;
  seal.incarnation = incarnation_;
  seal.first = batch.events.empty() ? 0 : batch.events.front().no;
  seal.last = batch.events.empty() ? 0 : batch.events.back().no;
  seal.events = static_cast<std::int64_t>(batch.events.size());
  // Another server's clock may be ahead by a little: ledger time never goes back.
  seal.decided_at = std::max(batch.decided_at, head.decided_at);
  seal.rhythm_cursor = std::max(batch.rhythm_cursor, head.rhythm_cursor);
  seal.reference_generation = batch.reference_generation;
  seal.schema_generation = head.schema_generation;
  seal.handoff_cursor = batch.handoff_cursor;
  if (fences_) {
    const bool followed = fences_->handoffs_from >= 0;
    seal.handoff_cursor = std::max(head.handoff_cursor, followed ? batch.handoff_cursor : fences_->followed);
    if (seal.handoff_cursor >= head.batch && !fences_->arrows_start) seal.handoff_cursor = seal.batch;
  }
  FX_ASSERT(seal.handoff_cursor >= head.handoff_cursor && seal.handoff_cursor <= seal.batch,
            "the cursor of the arrows");
  FX_ASSERT(seal.reference_generation >= head.reference_generation,
            "the reference generation never goes back");
  seal.audit = head.audit;
  seal.audit_link = head.audit_link;
  return seal;
}

// ---- what is numbered --------------------------------------------------------------------------------------------

void PgStore::queue_records(const Batch& batch, SealRow& seal, const std::set<std::string>& known) {
  BatchDigest digest;
  queue_events(batch, seal, digest);
  queue_answer_rows(batch, seal);
  queue_audit(batch, seal);
  queue_identities(batch, seal);
  queue_frozen(batch, seal, known, digest);
  seal.digest = digest.digest();
}

void PgStore::queue_events(const Batch& batch, const SealRow& seal, BatchDigest& digest) {
  if (batch.events.empty()) return;
  Columns columns(journal_table("event"));
  for (const EventRow& e : batch.events) {
    bytes_.clear();
    put_event(bytes_, seal.batch, e);
    digest.add(bytes_.view());
    columns.put(e.no).put(seal.batch).put(std::int64_t{e.jurisdiction}).text(e.type);
    columns.put(e.about)
        .put(e.occurred_at)
        .put(e.recorded_at)
        .put(e.command)
        .put(e.actor.raw)
        .put(e.unit.raw);
    columns.text(e.operation);
    columns.text(e.device);
    columns.put(e.device_seq);
    if (e.device_time)
      columns.put(*e.device_time);
    else
      columns.null();
    columns.put(e.caused_by).put(e.reference_generation).text(e.body);
    columns.text(e.effects);
    columns.put_bytes(digest.check());
  }
  link_->send(insert_into("event"), columns.take());
}

void PgStore::queue_answer_rows(const Batch& batch, SealRow& seal) {
  BatchDigest digest;
  Columns columns(journal_table("answer"));
  for (const AnswerRow* a : in_order(batch.answers)) {
    bytes_.clear();
    put_answer(bytes_, seal.batch, *a);
    digest.add(bytes_.view());
    columns.put(std::int64_t{a->key.key.home()}).put(a->key.key).put(a->key.actor.raw);
    columns.put(static_cast<std::int64_t>(a->body_hash)).put(seal.batch).put(a->first);
    columns.put(std::int64_t{a->count}).text(a->refusals);
    columns.put(a->decided_at);
  }
  seal.answers = static_cast<std::int64_t>(batch.answers.size());
  seal.answers_digest = digest.digest();
  if (!batch.answers.empty()) link_->send(insert_into("answer"), columns.take());
}

void PgStore::queue_audit(const Batch& batch, SealRow& seal) {
  if (batch.audit.empty()) return;
  Columns columns(journal_table("audit"));
  for (const AuditLine& a : batch.audit) {
    bytes_.clear();
    put_audit(bytes_, ++seal.audit, seal.batch, a);
    seal.audit_link = audit_link(seal.audit_link, bytes_.view());
    columns.put(seal.audit).put(seal.batch).put(a.at).put(a.actor.raw).put(a.unit.raw).text(a.kind);
    for (const std::string* words : {&a.operation, &a.code, &a.purpose, &a.detail, &a.peer})
      columns.text(*words);
    columns.put_bytes(seal.audit_link);
  }
  link_->send(insert_into("audit"), columns.take());
}

void PgStore::queue_identities(const Batch& batch, const SealRow& seal) {
  std::int64_t seq = seal.batch << 20;
  FX_ASSERT(batch.identities.size() < (std::size_t{1} << 20), "too many identities in one batch");
  if (!batch.identities.empty()) {
    Columns columns(journal_table("identity"));
    for (const IdentityWrite& identity : batch.identities) {
      columns.put(seq++).put(identity.subject).text(identity.kind);
      columns.put_bytes(identity.cipher).text(identity.hash);
    }
    link_->send(insert_into("identity"), columns.take());
  }
  if (batch.tokens.empty()) return;
  Columns columns(journal_table("token"));
  for (const TokenWrite& token : batch.tokens) {
    columns.text(token.kind);
    columns.put_bytes(token.token).put(token.subject);
  }
  link_->send(insert_into("token") + " ON CONFLICT DO NOTHING", columns.take());
}

/// A text that was known before was sealed with the batch that brought it.
void PgStore::queue_frozen(const Batch& batch, const SealRow& seal, const std::set<std::string>& known,
                           BatchDigest& digest) {
  std::map<std::string_view, const Frozen*> sorted;
  for (const Frozen& frozen : batch.frozen)
    if (!known.contains(frozen.key)) sorted.emplace(frozen.key, &frozen);
  if (sorted.empty()) return;
  Columns columns(journal_table("frozen"));
  for (const auto& [key, frozen] : sorted) {
    bytes_.clear();
    put_frozen(bytes_, *frozen);
    digest.add(bytes_.view());
    columns.text(frozen->key);
    columns.put(seal.batch).text(frozen->json);
  }
  link_->send(insert_into("frozen"), columns.take());
}

void PgStore::queue_seal(const SealRow& s) {
  Columns columns(journal_table("batch"));
  columns.put(s.batch).put(s.epoch).put(std::int64_t{s.slot}).put(s.incarnation).put(s.first).put(s.last);
  columns.put(s.events).put(s.decided_at).put(s.handoff_cursor).put(s.rhythm_cursor);
  columns.put(s.reference_generation).put(s.schema_generation).put(s.audit);
  columns.put_bytes(s.audit_link).put_bytes(s.digest).put(s.answers).put_bytes(s.answers_digest);
  columns.put_bytes(s.link);
  link_->send(insert_into("batch"), columns.take());
  if (s.events > 0) {
    Params slot;
    slot.add(s.slot).add(head_.next_n + s.events);
    link_->send("UPDATE slot SET next_n = $2 WHERE slot = $1", slot);
  }
  Params head;
  head.add(s.batch).add(s.decided_at).add(s.handoff_cursor).add(s.rhythm_cursor).add(s.reference_generation);
  head.add(s.audit).bytes(s.audit_link).bytes(s.link);
  link_->send(
      "UPDATE head SET batch = $1, decided_at = $2, handoff_cursor = $3, rhythm_cursor = $4, "
      "reference_generation = $5, audit = $6, audit_link = $7, link = $8 WHERE id = 1",
      head);
}

// ---- the end -----------------------------------------------------------------------------------------------------

void PgStore::finish(const SealRow& seal) {
  (void)link_->take_warning();
  note("before commit");
  std::string lost;
  try {
    link_->send("COMMIT");
    link_->sync();
    note("after commit");
  } catch (const pg::LinkLost& error) {
    lost = error.what();
  }
  if (!lost.empty()) return resolve(seal, lost);
  // A wait for the standby that was cancelled: committed here, perhaps nowhere else. Nobody may be told that it is done.
  if (const std::string warning = link_->take_warning(); !warning.empty())
    throw StoreBroken("the outcome of a commit is unknown: " + warning);
}

/// The answer to COMMIT was lost. The head's lock waits for the transaction that may still be ending; then its batch is
/// there, or it never will be. What is found counts only after a write of ours that the standby has, too: a batch whose
/// wait was cancelled can be read and lies on one disk (docs/decisions/0020).
void PgStore::resolve(const SealRow& seal, const std::string& why) {
  locks_.end(true);
  try {
    reconnect();
  } catch (const StoreFull& gone) {
    throw StoreBroken(
        fmt::format("the outcome of batch {} is unknown: {}; {}", seal.batch, why, gone.what()));
  }
  ++counters_.resolved;
  link_->ask("BEGIN");
  link_->ask("UPDATE head SET batch = batch WHERE id = 1");
  Params params;
  params.add(seal.batch);
  const Rows found = link_->ask("SELECT link FROM batch WHERE batch = $1", params);
  link_->ask("COMMIT");
  if (const std::string warning = link_->take_warning(); !warning.empty())
    throw StoreBroken(fmt::format("the outcome of batch {} is unknown: {}", seal.batch, warning));
  if (found.size() != 1 || found.bytes(0, 0) != seal.link)
    throw pg::Contended("the connection was lost before the commit");
  refresh();
}

/// Durable: now memory follows. After a reconnect the slot is another one, and `connect` has read the rest.
void PgStore::committed(const SealRow& seal) {
  ++counters_.commits;
  const bool same_lease = seal.slot == head_.slot && seal.incarnation == incarnation_;
  if (same_lease) {
    head_.batch = seal.batch;
    head_.epoch = seal.epoch;
    head_.next_n += seal.events;
    head_.decided_at = seal.decided_at;
    head_.handoff_cursor = seal.handoff_cursor;
    head_.rhythm_cursor = seal.rhythm_cursor;
    head_.reference_generation = seal.reference_generation;
    head_.link = seal.link;
    seen_ = {seal.epoch, seal.batch, seal.link};
  }
  begun_ = open_ = false;
  fences_.reset();
  loaded_ = std::make_unique<Loaded>();
  locks_.end(false);
}

}  // namespace fx::journal
