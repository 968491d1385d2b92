// The laboratory's file: APPLIED → ACCEPTED → ACTIVE → SUSPENDED → ACTIVE | REVOKED. The monthly external assessment is
// the key: a failed one suspends for mass rounds, a missing one counts as that, and without a passed one nobody returns
// (R-LAB-1).
#include "desks/screening/laboratories/operations.hpp"

namespace fx::screening {
namespace {

using enum LaboratoryState;

Result<Decision> apply(const ApplyLaboratory& c, const View& view, const Context& context) {
  const auto* file = view.find<Laboratory>(c.laboratory);
  const Unit* unit = context.reference.unit(c.laboratory);
  Refusals no;
  if (unit == nullptr || unit->kind != UnitKind::laboratory) no.add(unknown("/laboratory"));
  if (file != nullptr && !is_one_of(file->state, {applied, revoked}))
    no.add(wrong_state(file->state, {applied}));
  if (c.declared_per_day <= 0) no.add(malformed("/declared_per_day", "须大于0", "must be above 0"));
  if (c.third_party && c.contract.empty()) no.add(missing("/contract"));
  if (!no.empty()) return no;
  return Decision{{LaboratoryApplied{c.laboratory, c.declared_per_day, c.third_party, c.contract}}};
}

EqaDue eqa_due(UnitId laboratory, const std::string& month) {
  return {laboratory, month, start_of(*last_day_of(month)) + std::chrono::hours(12)};
}

template <class C, class E>
auto step(LaboratoryState from, E make) {
  return [from, make](const C& c, const View& view, const Context& context) -> Result<Decision> {
    const auto* file = view.find<Laboratory>(c.laboratory);
    if (file == nullptr) return unknown("/laboratory");
    if (file->state != from) return wrong_state(file->state, {from});
    return make(c, context);
  };
}

Decision accepted_file(const AcceptLaboratory& c, const Context& context) {
  return {{LaboratoryAccepted{c.laboratory, context.actor.account}}};
}
Decision activated(const ActivateLaboratory& c, const Context& context) {
  return {{LaboratoryActivated{c.laboratory, context.actor.account},
           eqa_due(c.laboratory, month_of(day_of(context.occurred_at))),
           BiosafetyDue{c.laboratory, next_working_noon(context.occurred_at)}}};
}

Result<Decision> measure(const MeasureCapacity& c, const View& view, const Context&) {
  if (view.find<Laboratory>(c.laboratory) == nullptr) return unknown("/laboratory");
  if (c.per_day <= 0) return malformed("/per_day", "须大于0", "must be above 0");
  return Decision{{CapacityMeasured{c.laboratory, c.per_day}}};
}

Result<Decision> suspend(const SuspendLaboratory& c, const View& view, const Context&) {
  const auto* file = view.find<Laboratory>(c.laboratory);
  if (file == nullptr) return unknown("/laboratory");
  Refusals no;
  if (!is_one_of(file->state, {active, suspended})) no.add(wrong_state(file->state, {active}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{LaboratorySuspended{c.laboratory, c.scope, c.reason.ref}}};
}

Result<Decision> come_back(const ReturnLaboratory& c, const View& view, const Context& context) {
  const auto* file = view.find<Laboratory>(c.laboratory);
  if (file == nullptr) return unknown("/laboratory");
  Refusals no;
  const std::string month = month_before(month_of(day_of(context.occurred_at)));
  if (!eqa_passed(*file, context.occurred_at, 1))
    no.add(refuse_because("R-LAB-1", "/laboratory", "没有 " + month + " 的室间质评合格单",
                          "there is no passed assessment sheet of " + month));
  if (!is_one_of(file->state, {active, suspended})) no.add(wrong_state(file->state, {suspended}));
  if (!no.empty()) return no;
  if (file->state == active) return Decision{};  // it counts again by itself
  return Decision{{LaboratoryReturned{c.laboratory, context.actor.account}}};
}

Result<Decision> revoke(const RevokeLaboratory& c, const View& view, const Context&) {
  const auto* file = view.find<Laboratory>(c.laboratory);
  if (file == nullptr) return unknown("/laboratory");
  Refusals no;
  if (file->state == revoked) no.add(wrong_state(file->state, {active, suspended}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{LaboratoryRevoked{c.laboratory, c.reason.ref}}};
}

Result<Decision> record(const RecordEqa& c, const View& view, const Context& context) {
  const auto* file = view.find<Laboratory>(c.laboratory);
  if (file == nullptr) return unknown("/laboratory");
  const auto last = last_day_of(c.month);
  Refusals no;
  if (!last || c.month > month_of(day_of(context.occurred_at)))
    no.add(malformed("/month", "应为不晚于本月的年月，如2021-07",
                     "a month such as 2021-07, not after this one"));
  if (c.sheet.empty()) no.add(missing("/sheet"));
  if (!no.empty()) return no;
  // Months are owed one after the other. A later one, passed, makes up for one that nobody assessed.
  const bool answers = c.passed && file->eqa_due && c.month >= *file->eqa_due;
  Decision out{{EqaRecorded{c.laboratory, c.month, c.passed, c.sheet,
                            answers ? std::optional(c.laboratory) : std::nullopt}}};
  if (!c.passed && file->state == active)
    out.events.emplace_back(LaboratorySuspended{c.laboratory, SuspensionScope::mass_rounds, {}});
  if (answers) out.events.emplace_back(eqa_due(c.laboratory, month_after(c.month)));
  return out;
}

}  // namespace

void laboratory_file(Desk& desk) {
  desk.operation<ApplyLaboratory>("apply_laboratory", {"申请检测资质", "Apply as a laboratory"})
      .by({Role::FRP, Role::LAA, Role::HA})
      .keys(own_laboratory_file<ApplyLaboratory>)
      .place(place_of_laboratory<ApplyLaboratory>)
      .decide(apply);
  desk.operation<AcceptLaboratory>("accept_laboratory", {"受理检测资质", "Accept a laboratory"})
      .by({Role::HA})
      .keys(own_laboratory_file<AcceptLaboratory>)
      .place(place_of_laboratory<AcceptLaboratory>)
      .decide(step<AcceptLaboratory>(applied, accepted_file));
  desk.operation<ActivateLaboratory>("activate_laboratory", {"启用实验室", "Activate a laboratory"})
      .by({Role::HA})
      .keys(own_laboratory_file<ActivateLaboratory>)
      .place(place_of_laboratory<ActivateLaboratory>)
      .decide(step<ActivateLaboratory>(accepted, activated));
  desk.operation<MeasureCapacity>("measure_capacity", {"核定检测能力", "Measure the capacity"})
      .by({Role::HA, Role::INS, Role::CDC})
      .keys(own_laboratory_file<MeasureCapacity>)
      .place(place_of_laboratory<MeasureCapacity>)
      .decide(measure);
  desk.operation<SuspendLaboratory>("suspend_laboratory", {"暂停实验室", "Suspend a laboratory"})
      .by({Role::HA})
      .keys(own_laboratory_file<SuspendLaboratory>)
      .place(place_of_laboratory<SuspendLaboratory>)
      .decide(suspend);
  desk.operation<ReturnLaboratory>("return_laboratory", {"恢复实验室", "Return a laboratory"})
      .by({Role::HA})
      .keys(own_laboratory_file<ReturnLaboratory>)
      .place(place_of_laboratory<ReturnLaboratory>)
      .decide(come_back);
  desk.operation<RevokeLaboratory>("revoke_laboratory", {"撤销检测资质", "Revoke a laboratory"})
      .by({Role::HA})
      .keys(own_laboratory_file<RevokeLaboratory>)
      .place(place_of_laboratory<RevokeLaboratory>)
      .decide(revoke);
  desk.operation<RecordEqa>("record_eqa", {"登记室间质评", "Record an external assessment"})
      .by({Role::HA, Role::CDC, Role::INS})
      .keys(own_laboratory_file<RecordEqa>)
      .place(place_of_laboratory<RecordEqa>)
      .decide(record);
}

}  // namespace fx::screening
