#include "kernel/apply.hpp"

#include <cstring>

#include "kernel/runtime_events.hpp"

namespace fx {
namespace {

/// A new row is born with its key, so that a set-valued event can tell which of its rows it makes. The key is the first
/// member of every row that is not numbered (table.hpp).
void name_row(const TableType& table, void* row, const RawId& id) {
  if (table.by_no) return;
  std::memcpy(row, id.bytes.data(), id.bytes.size());
  FX_ASSERT(table.key(row) == id, std::string(table.name) + " does not begin with its key");
}

std::shared_ptr<Duty> duty_to_change(RowAccess& rows, No no) {
  const RowPtr row = rows.find({&table_type<Duty>(), key_of_no(no)});
  FX_ASSERT(row != nullptr, "duty " + std::to_string(no) + " is not there");
  return std::make_shared<Duty>(*static_cast<const Duty*>(row.get()));
}

void put_duty(RowAccess& rows, std::shared_ptr<Duty> duty) {
  const RowKey key{&table_type<Duty>(), key_of_no(duty->no)};
  rows.put(key, std::move(duty));
}

void apply_steps(const DutiesStepped& stepped, RowAccess& rows) {
  for (const DutyStep& step : stepped.steps) {
    auto duty = duty_to_change(rows, step.duty);
    duty->step = step.step;
    duty->state = step.state;
    duty->step_at = step.next;
    put_duty(rows, std::move(duty));
  }
}

}  // namespace

void apply_event(const Registry& registry, const Event& event, const Stamp& stamp, RowAccess& rows,
                 std::vector<RowChange>* changes) {
  if (const auto* stepped = event.as<DutiesStepped>()) return apply_steps(*stepped, rows);
  std::vector<RawId> keys;
  for (const Evolver& evolver : registry.evolvers(event.name())) {
    keys.clear();
    evolver.keys(event.body(), keys);
    for (const RawId& id : keys) {
      const RowKey key{evolver.table, id};
      const RowPtr before = rows.find(key);
      std::shared_ptr<void> after = evolver.table->copy_or_new(before.get());
      if (before == nullptr) name_row(*evolver.table, after.get(), id);
      evolver.apply(after.get(), event.body(), stamp);
      FX_ASSERT(evolver.table->key(after.get()) == id,
                std::string(evolver.table->name) + " lost its key by " + std::string(event.name()));
      if (changes != nullptr) changes->push_back({evolver.table, before.get(), after.get(), before, after});
      rows.put(key, std::move(after));
    }
  }
}

void apply_effects(const Effects& effects, const Stamp& stamp, RowAccess& rows) {
  for (const Duty& opened : effects.opened) put_duty(rows, std::make_shared<Duty>(opened));
  for (const DutyMet& met : effects.met) {
    auto duty = duty_to_change(rows, met.duty);
    duty->state = met.state;
    duty->met_by = stamp.no;
    duty->met_at = met.at;
    duty->by_claim = met.by_claim;
    duty->step_at.reset();
    put_duty(rows, std::move(duty));
  }
  for (const DutyEnded& ended : effects.ended) {
    auto duty = duty_to_change(rows, ended.duty);
    duty->state = ended.state;
    duty->step_at.reset();
    put_duty(rows, std::move(duty));
  }
  for (const DutyReopened& reopened : effects.reopened) {
    auto duty = duty_to_change(rows, reopened.duty);
    duty->state = DutyState::open;
    duty->met_by.reset();
    duty->met_at.reset();
    duty->by_claim = false;
    duty->step_at = reopened.step_at;
    put_duty(rows, std::move(duty));
  }
  for (const Notice& notice : effects.notices)
    rows.put({&table_type<Notice>(), key_of_no(notice.no)}, std::make_shared<Notice>(notice));
}

std::vector<CounterMove> counter_moves(const Effects& effects, const Stamp& stamp, RowAccess& rows) {
  std::vector<CounterMove> moves;
  const Day day = day_of(stamp.occurred_at);
  const auto of = [&](No no) -> const Duty& {
    return *static_cast<const Duty*>(rows.find({&table_type<Duty>(), key_of_no(no)}).get());
  };
  const auto move = [&](const Duty& duty, std::string_view state, int by) {
    moves.push_back({duty.jurisdiction, "duty." + std::string(state), day, by});
  };
  for (const Duty& opened : effects.opened) move(opened, "opened", 1);
  for (const DutyMet& met : effects.met) move(of(met.duty), enum_text(met.state), 1);
  for (const DutyEnded& ended : effects.ended) move(of(ended.duty), enum_text(ended.state), 1);
  // A reopened duty was discharged before, in time or late: the board takes it back where it was counted.
  for (const DutyReopened& reopened : effects.reopened)
    move(of(reopened.duty), reopened.was_late ? "discharged_late" : "discharged", -1);
  return moves;
}

Desk kernel_desk() {
  Desk desk("runtime", {"内核", "Kernel"});
  desk.table<Duty>().table<Notice>().table<Claim>().table<Dispute>({.indexes = {"unit"}});
  desk.event<DutiesStepped>().event<PeriodOpened>().event<HandoffRefused>().event<DutyCancelled>();
  desk.event<DeedDisputed>().evolves<DeedDisputed, Dispute>(
      &DeedDisputed::about, [](Dispute& row, const DeedDisputed& e, const Stamp& stamp) {
        row = {e.about,   e.unit,      e.operation,       e.codes,           e.ids,
               e.applied, stamp.actor, stamp.occurred_at, stamp.recorded_at, {},
               {},        {}};
      });
  desk.evolves<HandoffRefused, Dispute>(
      &HandoffRefused::about, [](Dispute& row, const HandoffRefused& e, const Stamp& stamp) {
        row = {.id = e.about, .unit = e.unit, .operation = e.operation, .codes = {e.code}};
        row.occurred_at = stamp.occurred_at;
        row.recorded_at = stamp.recorded_at;
      });
  desk.refusal("R-STATE", {"当前状态不允许这一步", "This step is not possible in the present state"})
      .refusal("R-SCOPE", {"没有找到，或不在您的管辖范围", "Not found, or outside your scope"})
      .refusal("R-ROLE", {"您的岗位没有这项权限", "Your post has no right to do this"})
      .refusal("F-FUTURE", {"发生时间在未来", "The time of occurrence lies in the future"})
      .refusal("F-REF", {"引用的对象不存在", "What is referred to does not exist"})
      .refusal("F-SHAPE", {"数据格式不对", "The data have the wrong shape"})
      .refusal("F-KEY", {"同一幂等键用于不同内容", "The same idempotency key was used for other content"})
      .refusal("F-OLD", {"幂等键已过保存期", "The idempotency key is older than answers are kept"})
      .refusal("F-DEFECT", {"系统缺陷，已记录，请联系管理员",
                            "A defect of the system; it is logged, please call support"});
  return desk;
}

}  // namespace fx
