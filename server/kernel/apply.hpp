#pragma once

#include "kernel/registry.hpp"

namespace fx {

/// Rows as evolve changes them: the engine's overlay, or the empty database of a replay.
class RowAccess {
 public:
  virtual ~RowAccess() = default;
  virtual RowPtr find(const RowKey& key) = 0;
  virtual void put(const RowKey& key, RowPtr row) = 0;
};

/// Applies the event itself to each row it concerns. `changes`, when given, receives before and after of each row.
void apply_event(const Registry& registry, const Event& event, const Stamp& stamp, RowAccess& rows,
                 std::vector<RowChange>* changes = nullptr);

/// Applies the recorded consequences: duties and notices. Never asks a rulebook.
void apply_effects(const Effects& effects, const Stamp& stamp, RowAccess& rows);

/// How counters move by one event and its consequences; rebuilt by replay with the same function.
/// `rows` is the state after apply_effects.
struct CounterMove {
  std::int32_t jurisdiction = 0;
  std::string
      measure;  ///< duty.opened | duty.discharged | duty.discharged_late | duty.cancelled | duty.superseded
  Day day;
  std::int64_t by = 0;
};
std::vector<CounterMove> counter_moves(const Effects& effects, const Stamp& stamp, RowAccess& rows);

/// The kernel's own tables and events (duty, notice, claim, unit, holding, steps, periods, refused handoffs).
Desk kernel_desk();

}  // namespace fx
