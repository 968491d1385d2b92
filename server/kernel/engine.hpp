#pragma once

#include <deque>
#include <map>

#include "kernel/access.hpp"
#include "kernel/command.hpp"
#include "kernel/overlay.hpp"
#include "kernel/registry.hpp"
#include "kernel/shared_store.hpp"

namespace fx {

/// The life of a command (architecture §2) on one writer: load, bars, decide, evolve, rulebook, one transaction, then
/// handoffs. It has no thread and no clock: whoever drives it says what time it is. Steppable, so that tests, drills
/// and scenarios run the very same code. On a SharedStore several engines may work at once, each with a store of its own.
class Engine {
 public:
  struct Parts {
    const Registry& registry;
    const Rules* rules;
    const Access& access;
    Store& store;
  };
  explicit Engine(Parts parts);

  /// Runs the commands in order as one durable transaction, or as several where a shared store has no room for the locks
  /// of all; the outcomes are in their order. Throws StoreFull when nothing could be written. The commands are used up.
  std::vector<Outcome> run(std::vector<Command>& commands, Instant wall, std::vector<AuditLine> audit = {});
  /// Follows the arrows for what was committed: one transaction of handed-over commands. False: nothing waited.
  bool hand_over(Instant wall);
  /// Opens periods of rhythms and takes due ladder steps, at most `limit`. False: nothing was due.
  bool beat(Instant wall, std::size_t limit = 1000);
  /// hand_over and beat until nothing waits.
  void settle(Instant wall);

  /// Ledger time for a wall clock: never before the head's.
  [[nodiscard]] Instant ledger_time(Instant wall) const { return std::max(wall, head_.decided_at); }
  [[nodiscard]] ReferencePtr reference() const { return reference_; }
  [[nodiscard]] const Rules& rules() const { return *rules_; }
  [[nodiscard]] const Registry& registry() const { return registry_; }
  [[nodiscard]] const Head& head() const { return head_; }
  [[nodiscard]] std::optional<Instant> next_beat();
  /// A new rulebook version; the caller has checked it. Raises the reference generation.
  void use_rules(const Rules& rules);
  /// Events of the last committed transactions, for live updates; taken once.
  [[nodiscard]] std::vector<StoredEvent> take_committed();

 private:
  struct Work;  // one transaction in the making
  /// What the arrows make of one committed event.
  struct Waiting {
    std::int64_t batch;
    std::vector<Command> commands;
  };
  std::vector<Outcome> run_halves(std::vector<Command>& commands, Instant wall, std::vector<AuditLine> audit);
  std::vector<Outcome> run_batch(const std::vector<Command>& commands, Instant wall,
                                 const std::vector<AuditLine>& audit);
  /// On a shared store: runs `work` as one transaction of it, again when it was told to. Else just runs it.
  template <class F>
  auto transact(F work);
  /// A transaction that only one server runs at a time; false when another does, or nothing was to be done.
  template <class F>
  bool alone(std::string_view name, F work);
  void refresh();
  bool follow_ledger(Instant wall);
  std::int64_t read_waiting(std::size_t most);
  [[nodiscard]] int hops_to(const EventRow& row);
  void run_handed_over(Work& work, const std::vector<Command>& commands);
  std::vector<Duty> due_under_lock(const std::vector<Duty>& due, Instant now);
  [[nodiscard]] bool rhythms_are_due(Instant now);
  bool shared_beat(Instant wall, std::size_t limit);
  void set_fences(bool arrows_start);
  [[nodiscard]] std::int64_t cursor_after(const std::vector<Waiting>& started) const;
  void load_reference();
  void rebuild_reference(const std::vector<RowWrite>& writes);
  void preload(Work& work, const std::vector<Command>& commands);
  void name_keys(Work& work, const Command& command, const Context& context, KeySet keys);
  Context context_of(const Command& command, Instant now) const;
  bool answer_known(Work& work, const Command& command, Outcome& outcome);
  /// `keys`: what its operation names at first.
  void run_one(Work& work, const Command& command, KeySet keys, Outcome& outcome);
  Result<Decision> judge(Work& work, const Command& command, const Context& context, KeySet keys);
  void accept(Work& work, const Command& command, const Context& context, const Decision& decision,
              Outcome& outcome);
  EventRow record(Work& work, const Command& command, const Context& context, const Event& event);
  void number(Effects& effects, No event_no) const;
  void refuse(Work& work, const Command& command, const Context& context, Refusals refusals,
              Outcome& outcome);
  /// A deed of a device's queue failed a guard: it happened all the same, and an officer has to settle it.
  static bool is_disputed(const Command& command, const Refusals& refusals);
  Event disputed(Work& work, const Command& command, const Context& context, std::vector<std::string> codes,
                 bool applied);
  void dispute(Work& work, const Command& command, const Context& context, const Refusals& refusals);
  void count(Work& work, const Effects& effects, const Stamp& stamp);
  bool commit(Work& work);
  std::vector<Waiting> started_by(const Work& work) const;
  [[nodiscard]] std::vector<Command> handed_over(const EventRow& row, const Event& event, int hops) const;
  [[nodiscard]] std::vector<Command> handed_over(const EventRow& row, int hops) const;
  void refused_handoff(Work& work, const Command& command, const Outcome& outcome);
  bool open_periods(Instant now);
  bool take_steps(Instant now, std::size_t limit);
  const std::string& frozen(const std::string& key);
  Stamp stamp_of(const EventRow& row) const { return {row.no, row.occurred_at, row.recorded_at, row.actor}; }
  void speak(Refusals& refusals) const;

  const Registry& registry_;
  const Rules* rules_;
  const Access& access_;
  Store& store_;
  SharedStore* shared_;  ///< nullptr: this engine is the only writer
  Head head_;
  ReferencePtr reference_;
  std::int64_t reference_generation_ = 0;  ///< of reference_; a shared store's seal compares it
  bool rules_changed_ = false;             ///< not yet told to the other servers
  bool head_is_fresh_ = false;             ///< nothing was done since a commit told the head
  std::int64_t followed_ = 0;              ///< shared: arrows up to this batch lead nowhere further
  std::int64_t handoffs_from_ = -1;        ///< shared: cursor this transaction started to follow from
  std::deque<Waiting> waiting_;            ///< in order of their batches; none without a command
  std::map<No, int> hops_;
  std::map<std::string, std::string> frozen_;
  std::vector<StoredEvent> committed_;
};

}  // namespace fx
