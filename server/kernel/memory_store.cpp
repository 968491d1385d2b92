#include "kernel/memory_store.hpp"

namespace fx {

void MemoryStore::load(std::span<const RowKey> keys,
                       const std::function<void(const RowKey&, RowPtr)>& found) {
  for (const RowKey& key : keys)
    if (const auto row = rows_.find(key); row != rows_.end()) found(key, row->second);
}

void MemoryStore::load_open_duties(std::span<const RawId> about, const std::function<void(Duty)>& found) {
  for (const RawId& id : about) {
    const auto numbers = duties_about_.find(id);
    if (numbers == duties_about_.end()) continue;
    for (const No no : numbers->second) {
      const auto& duty = *static_cast<const Duty*>(rows_.at({&table_type<Duty>(), key_of_no(no)}).get());
      if (is_open(duty.state)) found(duty);
    }
  }
}

std::vector<Duty> MemoryStore::due_duties(Instant now, std::size_t limit) {
  std::vector<Duty> out;
  for (const auto& [key, no] : steps_) {
    if (key.first > now || out.size() >= limit) break;
    out.push_back(*static_cast<const Duty*>(rows_.at({&table_type<Duty>(), key_of_no(no)}).get()));
  }
  return out;
}

std::optional<Instant> MemoryStore::next_step_at() {
  return steps_.empty() ? std::nullopt : std::optional(steps_.begin()->first.first);
}

void MemoryStore::load_answers(std::span<const AnswerKey> keys, const std::function<void(AnswerRow)>& found) {
  for (const AnswerKey& key : keys)
    if (const auto answer = answers_.find(key); answer != answers_.end()) found(answer->second);
}

std::vector<EventRow> MemoryStore::events(No first, std::int32_t count) {
  std::vector<EventRow> out;
  const auto from =
      std::ranges::lower_bound(events_, first, {}, [](const StoredEvent& e) { return e.row.no; });
  for (auto it = from; it != events_.end() && out.size() < static_cast<std::size_t>(count); ++it)
    out.push_back(it->row);
  return out;
}

std::vector<StoredEvent> MemoryStore::events_after(std::int64_t batch, std::size_t limit) {
  std::vector<StoredEvent> out;
  for (const StoredEvent& event : events_)
    if (event.batch > batch && (out.size() < limit || out.back().batch == event.batch)) out.push_back(event);
  return out;
}

std::string MemoryStore::frozen(std::string_view key) {
  const auto text = frozen_.find(key);
  return text == frozen_.end() ? std::string() : text->second;
}

void MemoryStore::each_row(const TableType& table, const std::function<void(const void*)>& visit) {
  for (const auto& [id, row] : by_table_[&table]) visit(row.get());
}

void MemoryStore::index(const Duty& duty) {
  if (const auto old = step_of_.find(duty.no); old != step_of_.end()) {
    steps_.erase({old->second, duty.no});
    step_of_.erase(old);
  } else if (auto& known = duties_about_[duty.about]; std::ranges::find(known, duty.no) == known.end()) {
    known.push_back(duty.no);
  }
  if (!is_open(duty.state) || !duty.step_at) return;
  steps_[{*duty.step_at, duty.no}] = duty.no;
  step_of_[duty.no] = *duty.step_at;
}

Head MemoryStore::commit(const Batch& batch) {
  if (full_) throw StoreFull("the disk is full");
  ++head_.batch;
  for (const RowWrite& write : batch.rows) {
    rows_[{write.table, write.id}] = write.row;
    by_table_[write.table][write.id] = write.row;
    if (write.table == &table_type<Duty>()) index(*static_cast<const Duty*>(write.row.get()));
  }
  for (const EventRow& event : batch.events) events_.push_back({head_.batch, event});
  for (AnswerRow answer : batch.answers) {
    answer.batch = head_.batch;
    answers_[answer.key] = std::move(answer);
  }
  audit_.insert(audit_.end(), batch.audit.begin(), batch.audit.end());
  identities_.insert(identities_.end(), batch.identities.begin(), batch.identities.end());
  for (const Frozen& text : batch.frozen) frozen_.emplace(text.key, text.json);
  for (const CounterDelta& delta : batch.counters)
    counters_[{delta.jurisdiction, delta.measure, delta.day}] += delta.by;
  if (!batch.events.empty()) head_.next_n = n_of(batch.events.back().no) + 1;
  head_.decided_at = batch.decided_at;
  head_.handoff_cursor = batch.handoff_cursor;
  head_.rhythm_cursor = batch.rhythm_cursor;
  head_.reference_generation = batch.reference_generation;
  return head_;
}

}  // namespace fx
