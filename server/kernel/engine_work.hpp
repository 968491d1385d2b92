#pragma once

#include <unordered_map>

#include "kernel/engine.hpp"

namespace fx {

/// Events whose arrows one transaction follows; a batch is never split.
inline constexpr std::size_t most_handed_over = 256;

/// One transaction in the making.
struct Engine::Work {
  Work(Store& store, Instant ledger_now, const Head& head)
      : overlay(store),
        now(ledger_now),
        next_n(head.next_n),
        rhythm_cursor(head.rhythm_cursor),
        store_(store) {
    store.begin_loads();
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  ~Work() { store_.end_loads(); }

  Overlay overlay;
  std::vector<KeySet> named;  ///< what each command's operation names at first
  Batch batch;
  Instant now;
  std::int64_t next_n;
  Instant rhythm_cursor;
  std::unordered_map<AnswerKey, AnswerRow, AnswerKeyHash>
      answers;                 ///< known before, and given in this transaction
  std::vector<Event> decided;  ///< of batch.events, one for one

  void add(EventRow row, const Event& event) {
    batch.events.push_back(std::move(row));
    decided.push_back(event);
  }

  struct Mark {
    std::int64_t next_n;
    std::size_t events, counters, frozen;
  };
  [[nodiscard]] Mark mark() const {
    return {next_n, batch.events.size(), batch.counters.size(), batch.frozen.size()};
  }
  void restore(const Mark& mark) {
    next_n = mark.next_n;
    batch.events.resize(mark.events);
    decided.resize(mark.events);
    batch.counters.resize(mark.counters);
    batch.frozen.resize(mark.frozen);
  }
  [[nodiscard]] std::vector<EventRow> events(No first, std::int32_t count) const;
  void answer(const Command& command, const Outcome& outcome);
  /// Takes a text along unless it is stored; it counts as stored only after the commit.
  void freeze(const std::map<std::string, std::string>& stored, Frozen text);

 private:
  Store& store_;
};

template <class F>
auto Engine::transact(F work) {
  if (shared_ == nullptr) return work();
  constexpr int most_tries = 50;
  for (int tries = 1;; ++tries) {
    try {
      handoffs_from_ = -1;
      hops_.clear();
      shared_->begin();
      auto result = work();
      shared_->rollback(false);  // what was not committed
      return result;
    } catch (const Rerun& again) {
      shared_->rollback(true);
      if (tries >= most_tries) throw StoreFull(again.what());
      refresh();
    } catch (...) {
      shared_->rollback(false);
      throw;
    }
  }
}

std::string refusals_to_json(const Refusals& refusals);
Refusals refusals_from_json(const std::string& text);
/// Audit detail of a refusal: all codes and paths.
std::string refusal_detail(const Refusals& refusals, const Context& context);

}  // namespace fx
