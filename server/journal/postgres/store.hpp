#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "journal/answers.hpp"
#include "journal/postgres/locks.hpp"
#include "journal/postgres/tables.hpp"
#include "journal/seal.hpp"
#include "kernel/shared_store.hpp"

namespace fx::journal {

struct PgOptions {
  std::string url;                           ///< of the application role
  std::chrono::seconds patience{60};         ///< for a database that went away: a failover takes up to 30 s
  std::chrono::seconds idle_limit{15};       ///< a server that hangs within a transaction loses it
  std::string name = "fangxian";             ///< as pg_stat_activity shows it
  Duration kept = answers_kept;              ///< how long answers are; tests drop sooner
  std::function<Instant()> wall = {};        ///< this server's clock; none: the machine's
  std::function<void(std::string_view)> at;  ///< for tests: called at named points of a commit
};

/// The ledger on PostgreSQL; several servers may have one open each. One thread.
/// Keeps  commit returns only when the batch is durable; a batch is there whole or not at all;
///        batch order is commit order; whoever decided on something stale is rolled back and told to run again;
///        an unknown outcome of a commit is never acknowledged: it is looked up first
class PgStore final : public Store, public SharedStore {
 public:
  PgStore(const Registry& registry, PgOptions options);
  ~PgStore() override;

  // Store
  Head head() override { return head_; }
  void load(std::span<const RowKey> keys, const std::function<void(const RowKey&, RowPtr)>& found) override;
  void load_open_duties(std::span<const RawId> about, const std::function<void(Duty)>& found) override;
  std::vector<Duty> due_duties(Instant now, std::size_t limit) override;
  std::optional<Instant> next_step_at() override;
  void load_answers(std::span<const AnswerKey> keys, const std::function<void(AnswerRow)>& found) override;
  std::vector<EventRow> events(No first, std::int32_t count) override;
  std::vector<StoredEvent> events_after(std::int64_t batch, std::size_t limit) override;
  std::string frozen(std::string_view key) override;
  void each_row(const TableType& table, const std::function<void(const void*)>& visit) override;
  Head commit(const Batch& batch) override;

  // SharedStore
  void begin() override;
  void lock(const KeySet& keys, std::span<const AnswerKey> answers) override;
  bool try_lock(std::string_view name) override;
  void rollback(bool again) noexcept override;
  Head refresh() override;
  void expect(const Fences& fences) override { fences_ = fences; }

  /// Drops at most `limit` answers that are older and whose keys tell so; gives how many went. The writer does so in
  /// pieces, between its transactions; while another server writes the head, nothing is dropped.
  std::size_t forget_answers(Instant older_than, std::size_t limit);
  /// Removes persons from the blind index, after their keys were destroyed.
  void erase_tokens(std::span<const RawId> subjects);
  /// Keeps a rulebook that comes into force; a version that is known stays as it is.
  void keep_rulebook(const std::string& version, const std::string& content, Instant at);

  /// How often a transaction was to be run again, and why (kernel-notes §3: above 2 % the locks are to be reversed).
  struct Counters {
    std::uint64_t commits = 0, contended = 0, stale_reference = 0, reconnects = 0, resolved = 0;
  };
  [[nodiscard]] const Counters& counters() const { return counters_; }
  [[nodiscard]] pg::Link& link() { return *link_; }

 private:
  struct Loaded;  ///< what this transaction holds under its locks
  struct TableSql {
    pg::Table table;
    std::string insert, upsert, select;
  };
  struct HeadRow;

  void connect();
  void reconnect();
  void lease();
  void enter_epoch();
  const TableSql& sql_of(const TableType& type) const;
  /// Runs one read by itself, or within the transaction; reconnects once when it was by itself.
  template <class F>
  auto reading(F read);
  void open_transaction();
  void plan_anew();
  void drop_answers();
  [[nodiscard]] Instant wall() const;
  void queue_rows(const TableType& type, const std::vector<RawId>& ids);
  void take_rows(const TableType& type, const std::vector<RawId>& ids,
                 const std::function<void(const RowKey&, RowPtr)>& found);
  void queue_duties(std::span<const RawId> about);
  void take_duties(const std::function<void(Duty)>& found);
  void queue_answers(std::span<const AnswerKey> keys);
  void take_answers(const std::function<void(AnswerRow)>& found);
  void lock_subjects_of_duties(const KeySet& keys);

  Head commit_once(const Batch& batch);
  void queue_images(const Batch& batch);
  void queue_counters(const Batch& batch);
  void queue_head(const Batch& batch);
  HeadRow take_head();
  void check_fences(const HeadRow& head);
  void check_clock(const HeadRow& head, Instant asked) const;
  SealRow next_seal(const Batch& batch, const HeadRow& head) const;
  void queue_records(const Batch& batch, SealRow& seal, const std::set<std::string>& known);
  void queue_events(const Batch& batch, const SealRow& seal, BatchDigest& digest);
  void queue_answer_rows(const Batch& batch, SealRow& seal);
  void queue_audit(const Batch& batch, SealRow& seal);
  void queue_identities(const Batch& batch, const SealRow& seal);
  void queue_frozen(const Batch& batch, const SealRow& seal, const std::set<std::string>& known,
                    BatchDigest& digest);
  void queue_seal(const SealRow& seal);
  void finish(const SealRow& seal);
  void resolve(const SealRow& seal, const std::string& why);
  void committed(const SealRow& seal);
  void note(std::string_view point) const {
    if (options_.at) options_.at(point);
  }

  const Registry& registry_;
  PgOptions options_;
  FactTables facts_;
  std::unordered_map<const TableType*, TableSql> sql_;
  std::unique_ptr<pg::Link> link_;
  pg::Locks locks_;
  std::unique_ptr<Loaded> loaded_;
  bool begun_ = false;  ///< the engine has begun a transaction
  bool open_ = false;   ///< BEGIN was sent
  std::optional<Fences> fences_;
  std::size_t written_ = 0;    ///< rows and events since this store was opened
  std::size_t plan_at_ = 256;  ///< of written_: when to plan the statements again
  Instant answers_from_;       ///< up to which this server dropped answers
  bool dropping_ = false;      ///< some may still be there
  int images_queued_ = 0;      ///< statements of the first pipeline whose answers say nothing
  Bytes bytes_;
  Head head_;
  std::int64_t incarnation_ = 0;
  std::int64_t schema_generation_ = 0;
  /// The highest seal this server saw committed: a database that does not continue it lost writes.
  struct Seen {
    std::int64_t epoch = 0, batch = 0;
    std::string link;
  } seen_;
  std::string broken_;
  Counters counters_;
};

}  // namespace fx::journal
