#pragma once

#include <map>
#include <unordered_map>

#include "kernel/store.hpp"

namespace fx {

/// A store that lives in memory: for scenarios, drills and tests of the production engine without a disk. Same
/// observable behaviour as the durable ones, except that nothing outlives it.
class MemoryStore final : public Store {
 public:
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

  [[nodiscard]] const std::vector<StoredEvent>& all_events() const { return events_; }
  [[nodiscard]] const std::vector<AuditLine>& audit() const { return audit_; }
  [[nodiscard]] const std::vector<IdentityWrite>& identities() const { return identities_; }
  [[nodiscard]] const std::map<std::tuple<std::int32_t, std::string, Day>, std::int64_t>& counters() const {
    return counters_;
  }
  /// Makes the next commits fail as a full disk would.
  void fill_disk(bool full) { full_ = full; }

 private:
  void index(const Duty& duty);

  Head head_;
  bool full_ = false;
  std::unordered_map<RowKey, RowPtr, RowKeyHash> rows_;
  std::map<const TableType*, std::map<RawId, RowPtr>> by_table_;
  std::unordered_map<RawId, std::vector<No>> duties_about_;
  std::map<std::pair<Instant, No>, No> steps_;
  std::unordered_map<No, Instant> step_of_;
  std::unordered_map<AnswerKey, AnswerRow, AnswerKeyHash> answers_;
  std::vector<StoredEvent> events_;
  std::vector<AuditLine> audit_;
  std::vector<IdentityWrite> identities_;
  std::map<std::string, std::string, std::less<>> frozen_;
  std::map<std::tuple<std::int32_t, std::string, Day>, std::int64_t> counters_;
};

}  // namespace fx
