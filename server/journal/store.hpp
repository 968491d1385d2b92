#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "journal/answers.hpp"
#include "journal/checkpoint.hpp"
#include "journal/row_cache.hpp"
#include "journal/seal.hpp"
#include "journal/sqlite/facts.hpp"
#include "kernel/store.hpp"

namespace fx::journal {

struct StoreOptions {
  std::filesystem::path directory;  ///< holds ledger.db; made if missing
  std::size_t cache_bytes = std::size_t{64} << 20;
  std::int64_t restart_log_at = std::int64_t{64} << 20;  ///< bytes of write-ahead log
  std::chrono::milliseconds patience{5000};              ///< for a lock that somebody else holds
  Duration kept = answers_kept;                          ///< how long answers are; tests drop sooner
  bool sync = true;                ///< off only for a realm that lives as long as a test
  bool copy_in_background = true;  ///< the thread that copies the log
  std::int64_t most_pages = 0;     ///< of 4096 bytes; 0: as the disk allows
  std::function<void(const std::string&)>
      broken;  ///< told, from another thread, that the disk failed: stop the process
};

/// Another server has this data directory open for writing.
class StoreInUse : public std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// The ledger was written by a newer program.
class StoreTooNew : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One writer at a time for a data directory.
class DirectoryLock {
 public:
  explicit DirectoryLock(const std::filesystem::path& directory);
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;
  ~DirectoryLock();

 private:
  int fd_ = -1;
};

/// The ledger in one SQLite file. One thread.
/// Keeps  commit returns only when the batch is durable; a batch is there whole or not at all;
///        a load tells the rows of the last commit, also after a rollback
class SqliteStore final : public Store {
 public:
  SqliteStore(const Registry& registry, StoreOptions options);
  ~SqliteStore() override;

  Head head() override { return head_; }
  void begin_loads() override { together_ = true; }
  void end_loads() noexcept override;
  void load(std::span<const RowKey> keys, const std::function<void(const RowKey&, RowPtr)>& found) override;
  void load_open_duties(std::span<const RawId> about, const std::function<void(Duty)>& found) override;
  std::vector<Duty> due_duties(Instant now, std::size_t limit) override;
  std::optional<Instant> next_step_at() override;
  void load_answers(std::span<const AnswerKey> keys, const std::function<void(AnswerRow)>& found) override;
  std::vector<EventRow> events(No first, std::int32_t count) override;
  /// Whole batches: more than `limit` events when the last one is bigger.
  std::vector<StoredEvent> events_after(std::int64_t batch, std::size_t limit) override;
  std::string frozen(std::string_view key) override;
  void each_row(const TableType& table, const std::function<void(const void*)>& visit) override;
  Head commit(const Batch& batch) override;

  /// Drops at most `limit` answers that are older and whose keys tell so; gives how many went. The writer does so in
  /// pieces, in the transactions of its batches.
  std::size_t forget_answers(Instant older_than, std::size_t limit);
  /// Removes persons from the blind index, after their keys were destroyed.
  void erase_tokens(std::span<const RawId> subjects);
  /// Keeps a rulebook that comes into force; a version that is known stays as it is.
  void keep_rulebook(const std::string& version, const std::string& content, Instant at);

  [[nodiscard]] std::string path() const { return path_; }
  [[nodiscard]] const FactTables& tables() const { return tables_; }
  [[nodiscard]] const std::shared_ptr<LogGauge>& log() const { return log_; }
  /// Tables that had another shape and were rebuilt by replay when the store was opened.
  [[nodiscard]] const std::vector<std::string>& rebuilt() const { return rebuilt_; }
  [[nodiscard]] const RowCache& cache() const { return cache_; }

 private:
  struct Statements;
  class Look;
  void read_head();
  void check_head();
  void take_over();
  void check_usable();
  SealRow next_seal(const Batch& batch) const;
  void write(const Batch& batch, SealRow& seal, std::vector<std::size_t>& weights);
  void write_rows(const Batch& batch, std::vector<std::size_t>& weights);
  void write_events(const Batch& batch, const SealRow& seal, BatchDigest& digest);
  void write_answers(const Batch& batch, SealRow& seal);
  void write_audit(const Batch& batch, SealRow& seal);
  void write_identities(const Batch& batch, const SealRow& seal);
  void write_frozen(const Batch& batch, const SealRow& seal, BatchDigest& digest);
  void write_counters(const Batch& batch);
  void write_seal(const SealRow& seal);
  void drop_answers(const Batch& batch);
  std::size_t delete_answers(Instant older_than, std::size_t limit);
  void committed(const Batch& batch, const SealRow& seal, const std::vector<std::size_t>& weights);
  void restart_log();
  void stop_looking() noexcept;
  /// Runs `work`; a broken store stays broken, a rolled back one forgets its cache.
  template <class F>
  auto guarded(F work);

  StoreOptions options_;
  std::string path_;
  DirectoryLock lock_;
  FactTables tables_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<FactRows> rows_;
  std::unique_ptr<Statements> sql_;
  RowCache cache_;
  Bytes bytes_;
  Head head_;
  bool together_ = false;  ///< between begin_loads and end_loads
  bool looking_ = false;   ///< a transaction of SQLite is open in which nothing was written yet
  std::int64_t incarnation_ = 0;
  std::int64_t schema_generation_ = 1;
  std::int64_t audit_ = 0;
  std::string audit_link_;
  Instant answers_from_;   ///< the head's: answers to older keys are gone or going
  Instant answers_until_;  ///< of the batch under way; the head's once it is committed
  bool dropping_ = true;   ///< some may still be there
  RawId dropped_to_;       ///< below it all that go are gone
  std::int64_t next_restart_ = 0;
  std::int64_t copied_to_ = 0;  ///< length of the log when a copy was last asked for
  std::string broken_;
  std::vector<std::string> rebuilt_;
  std::shared_ptr<LogGauge> log_ = std::make_shared<LogGauge>();
  std::unique_ptr<Checkpointer> checkpointer_;
};

}  // namespace fx::journal
