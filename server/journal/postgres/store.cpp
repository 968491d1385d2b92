#include "journal/postgres/store.hpp"

#include <fmt/format.h>

#include <thread>

#include "journal/postgres/schema.hpp"
#include "journal/postgres/store_parts.hpp"
#include "journal/sql.hpp"
#include "journal/store.hpp"

namespace fx::journal {
namespace {

using pg::Params;
using pg::Rows;

constexpr int slots = 511;
/// Locks one batch may take: 512 commands with some 30 keys each.
constexpr std::int64_t enough_locks = 16'000;

std::string writer_settings(const PgOptions& options) {
  // All statements go by key: plans are made once, and never for a table that was small when it was looked at.
  return fmt::format(
      "SET idle_in_transaction_session_timeout = '{}s'; SET lock_timeout = 0; SET statement_timeout = 0; "
      "SET default_transaction_isolation = 'read committed'; SET synchronous_commit = on; "
      "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; "
      "SET enable_mergejoin = off; SET jit = off; SET client_min_messages = warning",
      options.idle_limit.count());
}

}  // namespace

PgStore::PgStore(const Registry& registry, PgOptions options)
    : registry_(registry),
      options_(std::move(options)),
      facts_(registry),
      loaded_(std::make_unique<Loaded>()) {
  for (const FactTable& fact : facts_.all()) {
    pg::Table table = pg::table_of(fact);
    TableSql sql{table, table.insert(), table.upsert(), table.select_by_key()};
    sql_.emplace(fact.type, std::move(sql));
  }
  try {
    connect();
  } catch (const pg::LinkLost& lost) {
    throw StoreBroken(std::string("the database cannot be reached: ") + lost.what());
  }
}

PgStore::~PgStore() = default;

// ---- connection, slot, epoch -------------------------------------------------------------------------------------

void PgStore::connect() {
  link_ = std::make_unique<pg::Link>(pg::Link::Settings{.url = options_.url, .name = options_.name});
  link_->run(writer_settings(options_));
  pg::see_all(*link_);
  pg::check_schema(*link_, registry_);
  const std::int64_t room = link_
                                ->ask(
                                    "SELECT current_setting('max_locks_per_transaction')::bigint * "
                                    "(current_setting('max_connections')::bigint + "
                                    "current_setting('max_prepared_transactions')::bigint)")
                                .take_number();
  if (room < enough_locks)
    throw StoreBroken(
        fmt::format("the database has room for {} locks, a batch may need {}: raise "
                    "max_locks_per_transaction",
                    room, enough_locks));
  enter_epoch();
  lease();
  refresh();
}

/// A cluster or a timeline that differs from the one that wrote last is a failover or a restored copy: from here on the
/// epoch is higher and whoever still writes under the old one is refused by the seal.
void PgStore::enter_epoch() {
  link_->ask("BEGIN");
  const Rows now = link_->ask(
      "SELECT (SELECT system_identifier::text FROM pg_control_system()), "
      "('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint");
  const Rows head =
      link_->ask("SELECT system, timeline, epoch, batch, link FROM head WHERE id = 1 FOR UPDATE");
  if (head.size() != 1) throw StoreBroken("the ledger has no head");
  const std::int64_t epoch = head.number(0, 2);
  const std::int64_t batch = head.number(0, 3);
  if (epoch < seen_.epoch || batch < seen_.batch)
    throw StoreBroken(
        fmt::format("the database stands at epoch {} batch {}; this server has seen epoch {} batch {}: "
                    "acknowledged writes are missing",
                    epoch, batch, seen_.epoch, seen_.batch));
  if (seen_.batch > 0) {
    Params last;
    last.add(seen_.batch);
    const Rows sealed = link_->ask("SELECT link FROM batch WHERE batch = $1", last);
    if (sealed.size() != 1 || sealed.bytes(0, 0) != seen_.link)
      throw StoreBroken(
          fmt::format("the database does not continue batch {} that this server saw committed", seen_.batch));
  }
  if (head.bytes(0, 0) != now.bytes(0, 0) || head.number(0, 1) != now.number(0, 1)) {
    Params next;
    next.text(now.bytes(0, 0)).add(now.number(0, 1)).add(batch > 0 || epoch > 1 ? epoch + 1 : epoch);
    link_->ask("UPDATE head SET system = $1, timeline = $2, epoch = $3 WHERE id = 1", next);
  }
  link_->ask("COMMIT");
}

/// The first slot nobody holds, or a new one. The session's advisory lock is the lease: it ends with the session.
void PgStore::lease() {
  for (int slot = 1; slot <= slots; ++slot) {
    Params params;
    params.add(pg::lock_of("slot", key_of_no(slot)));
    if (link_->ask("SELECT pg_try_advisory_lock($1)", params).take_number() == 0) continue;
    Params mine;
    mine.add(slot);
    const Rows row = link_->ask(
        "INSERT INTO slot (slot, incarnation, next_n) VALUES ($1, 1, 1) "
        "ON CONFLICT (slot) DO UPDATE SET incarnation = slot.incarnation + 1 RETURNING incarnation, next_n",
        mine);
    head_.slot = slot;
    incarnation_ = row.number(0, 0);
    head_.next_n = row.number(0, 1);
    return;
  }
  throw StoreInUse("all writer slots of the ledger are taken");
}

/// The database went away: tries again until patience ends. Whatever was not committed is gone.
void PgStore::reconnect() {
  const auto until = std::chrono::steady_clock::now() + options_.patience;
  link_.reset();
  begun_ = open_ = false;
  loaded_ = std::make_unique<Loaded>();
  fences_.reset();
  for (auto pause = std::chrono::milliseconds(20);;
       pause = std::min(pause * 2, std::chrono::milliseconds(1000))) {
    try {
      connect();
      ++counters_.reconnects;
      return;
    } catch (const pg::LinkLost& lost) {
      link_.reset();
      if (std::chrono::steady_clock::now() + pause > until)
        throw StoreFull(std::string("the database cannot be reached: ") + lost.what());
    }
    std::this_thread::sleep_for(pause);
  }
}

const PgStore::TableSql& PgStore::sql_of(const TableType& type) const {
  const auto found = sql_.find(&type);
  FX_ASSERT(found != sql_.end(), "no desk declares the table " + std::string(type.name));
  return found->second;
}

// ---- transaction -------------------------------------------------------------------------------------------------

void PgStore::begin() {
  if (begun_ || open_) rollback(false);
  drop_answers();
  begun_ = true;
  fences_.reset();
  plan_anew();
}

/// Piece by piece, as its own transaction before the next batch; once a round is done, nothing is looked for until the
/// mark moves again.
void PgStore::drop_answers() {
  constexpr std::size_t most = 1024;
  const Instant until = head_.decided_at - options_.kept;
  if (until <= Instant{} || !link_) return;
  if (!dropping_ && answers_from_ != Instant{} && until < answers_from_ + answers_step) return;
  try {
    dropping_ = forget_answers(until, most) == most;
    answers_from_ = until;
  } catch (const Rerun&) {      // the next batch tries again
  } catch (const StoreFull&) {  // so it does
  }
}

Instant PgStore::wall() const {
  if (options_.wall) return options_.wall();
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

/// Plans are made once. One made while a table was empty may take an index that finds everybody of the county, and nothing
/// replaces it until the database has looked at the table again: a realm that fills fast would be slower with every row.
void PgStore::plan_anew() {
  constexpr std::size_t growth = 4;
  if (written_ < plan_at_ || !link_) return;
  while (plan_at_ <= written_) plan_at_ *= growth;
  try {
    link_->run("DISCARD PLANS");
  } catch (const pg::LinkLost&) {
    link_.reset();  // the next statement connects again
  }
}

void PgStore::open_transaction() {
  if (open_) return;
  link_->send("BEGIN");
  open_ = true;
}

void PgStore::rollback(bool again) noexcept {
  if (!begun_ && !open_) return;
  loaded_ = std::make_unique<Loaded>();
  locks_.end(again);
  fences_.reset();
  begun_ = false;
  if (!std::exchange(open_, false) || !link_) return;
  try {
    if (link_->queued() > 0) {
      try {
        link_->sync();
      } catch (const pg::LinkLost&) {
        throw;
      } catch (const std::exception&) {  // the transaction ends here either way
      }
    }
    link_->run("ROLLBACK");
  } catch (const std::exception&) {
    link_.reset();  // closing the connection rolls back, too
  }
}

bool PgStore::try_lock(std::string_view name) {
  return reading([&] {
    FX_ASSERT(begun_, "a lock outside of a transaction");
    const bool fresh = !open_;
    open_transaction();
    Params params;
    params.add(pg::lock_of(name, RawId{}));
    link_->send("SELECT pg_try_advisory_xact_lock($1)", params);
    link_->sync();
    if (fresh) (void)link_->take();
    return link_->take().take_number() != 0;
  });
}

Head PgStore::refresh() {
  return reading([&] {
    const Rows head = link_->ask(
        "SELECT batch, epoch, decided_at, handoff_cursor, rhythm_cursor, reference_generation, "
        "schema_generation, "
        "link FROM head WHERE id = 1");
    if (head.size() != 1) throw StoreBroken("the ledger has no head");
    head_.batch = head.number(0, 0);
    head_.epoch = head.number(0, 1);
    head_.decided_at = head.instant(0, 2);
    head_.handoff_cursor = head.number(0, 3);
    head_.rhythm_cursor = head.instant(0, 4);
    head_.reference_generation = head.number(0, 5);
    schema_generation_ = head.number(0, 6);
    head_.link = head.text(0, 7);
    seen_ = {head_.epoch, head_.batch, head_.link};
    return head_;
  });
}

// ---- housekeeping ------------------------------------------------------------------------------------------------

std::size_t PgStore::forget_answers(Instant older_than, std::size_t limit) {
  return reading([&] {
    Params params;
    params.add(RawId::make(older_than.ms, 0, 0, 0)).add(static_cast<std::int64_t>(limit)).add(older_than);
    params.add(options_.kept.count());
    // Home by home, since it leads the key. A key counts as the time it was made only when it was decided within the
    // time answers are kept: others are derived from what they carry.
    return static_cast<std::size_t>(
        link_
            ->ask("WITH RECURSIVE mine AS (SELECT id FROM head WHERE id = 1 FOR UPDATE SKIP LOCKED), "
                  "told AS (UPDATE head h SET answers_from = greatest(h.answers_from, $3) FROM mine "
                  "WHERE h.id = mine.id), "
                  "homes(home) AS ((SELECT home FROM answer ORDER BY home LIMIT 1) UNION ALL SELECT "
                  "(SELECT a.home FROM answer a WHERE a.home > h.home ORDER BY a.home LIMIT 1) "
                  "FROM homes h WHERE h.home IS NOT NULL) "
                  "DELETE FROM answer WHERE EXISTS (SELECT 1 FROM mine) AND (home, key, actor) IN "
                  "(SELECT old.home, old.key, old.actor FROM homes h CROSS JOIN LATERAL "
                  "(SELECT b.home, b.key, b.actor FROM answer b WHERE b.home = h.home AND b.key < $1 "
                  "AND b.decided_at < $3 AND "
                  "('x' || encode(substr(b.key, 1, 6), 'hex'))::bit(48)::bigint > b.decided_at - $4 "
                  "ORDER BY b.key LIMIT $2) old LIMIT $2)",
                  params)
            .touched());
  });
}

void PgStore::erase_tokens(std::span<const RawId> subjects) {
  reading([&] {
    pg::Array ids(pg::Kind::bytes);
    for (const RawId& id : subjects) ids.add(blob_of(id));
    Params params;
    params.add(ids);
    link_->ask("DELETE FROM token WHERE subject = ANY($1)", params);
  });
}

void PgStore::keep_rulebook(const std::string& version, const std::string& content, Instant at) {
  reading([&] {
    Params params;
    params.text(version).add(at).text(content);
    link_->ask(
        "INSERT INTO rulebook_version (version, loaded_at, content) VALUES ($1, $2, $3) ON CONFLICT DO "
        "NOTHING",
        params);
  });
}

}  // namespace fx::journal
