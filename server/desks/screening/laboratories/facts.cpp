#include "desks/screening/laboratories/facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "kernel/derive.hpp"

namespace fx::screening {
namespace {

constexpr std::size_t kept_sheets = 24;  // two years of months

void record_eqa(Laboratory& row, const EqaRecorded& e, const Stamp&) {
  std::erase_if(row.eqa, [&](const EqaSheet& sheet) { return sheet.month == e.month; });
  row.eqa.push_back({e.month, e.passed});
  std::ranges::sort(row.eqa, {}, &EqaSheet::month);
  if (row.eqa.size() > kept_sheets) row.eqa.erase(row.eqa.begin());
}

void file_sheet(Laboratory& row, const BiosafetyFiled& e, const Stamp& stamp) {
  row.safety = e.state;
  row.cabinet_certified_until = e.cabinet_certified_until;
  row.calibrated_until = e.calibrated_until;
  row.sheet_at = stamp.occurred_at;
  row.sheet_due.reset();
}

void load(Plate& row, const PlateLoaded& e, const Stamp& stamp) {
  row.code = e.code;
  row.laboratory = e.laboratory;
  row.reagent_lot = e.reagent_lot;
  row.wells = e.wells;
  row.rounds = e.rounds;
  row.tester = e.tester;
  row.loaded_at = stamp.occurred_at;
}

/// Years and months of "2021-07".
std::optional<std::pair<int, int>> parts(std::string_view month) {
  int year = 0;
  int number = 0;
  if (month.size() != 7 || month[4] != '-') return std::nullopt;
  const std::string_view years = month.substr(0, 4);
  const std::string_view months = month.substr(5);
  const auto a = std::from_chars(years.data(), years.data() + years.size(), year);
  const auto b = std::from_chars(months.data(), months.data() + months.size(), number);
  if (a.ec != std::errc() || a.ptr != years.data() + years.size() || b.ec != std::errc() ||
      b.ptr != months.data() + months.size())
    return std::nullopt;
  return number < 1 || number > 12 ? std::nullopt : std::optional(std::pair(year, number));
}

std::string text(int year, int month) { return fmt::format("{:04}-{:02}", year, month); }

}  // namespace

ReagentLotId reagent_lot_id(UnitId laboratory, std::string_view code) {
  return derive<ReagentLotTag>(laboratory.raw, "reagent lot " + std::string(code));
}

std::string month_of(Day day) { return format(day).substr(0, 7); }

std::string month_before(std::string_view month) {
  const auto of = parts(month);
  if (!of) return {};
  return of->second == 1 ? text(of->first - 1, 12) : text(of->first, of->second - 1);
}

std::string month_after(std::string_view month) {
  const auto of = parts(month);
  if (!of) return {};
  return of->second == 12 ? text(of->first + 1, 1) : text(of->first, of->second + 1);
}

std::optional<Day> last_day_of(std::string_view month) {
  if (!parts(month)) return std::nullopt;
  const auto first = parse_day(month_after(month) + "-01");
  return first ? std::optional(*first + -1) : std::nullopt;
}

Instant next_working_noon(Instant at) {
  Day day = day_of(at) + 1;
  while (weekday(day) > 5) day = day + 1;
  return start_of(day) + std::chrono::hours(12);
}

SafetyState safety_of(const Laboratory& laboratory, Instant at) {
  const Day today = day_of(at);
  const bool lapsed = laboratory.cabinet_certified_until && today > *laboratory.cabinet_certified_until;
  if (lapsed || laboratory.safety == SafetyState::held) return SafetyState::held;
  const bool missing = laboratory.sheet_due && today > *laboratory.sheet_due;
  return missing ? SafetyState::defect : laboratory.safety;
}

bool held(const Laboratory& laboratory, Instant at) { return safety_of(laboratory, at) == SafetyState::held; }

bool eqa_passed(const Laboratory& laboratory, Instant at, int months) {
  std::string month = month_of(day_of(at));
  for (int i = 0; i < months; ++i) {
    month = month_before(month);
    const auto sheet = std::ranges::find(laboratory.eqa, month, &EqaSheet::month);
    if (sheet == laboratory.eqa.end() || !sheet->passed) return false;
  }
  return true;
}

bool assessed_for_rounds(const Laboratory& laboratory, const Context& context) {
  const RuleValue rule = context.rules.value("E.lab.eqa", context.occurred_at, context.actor.jurisdiction);
  int months = rule.state == RuleValue::State::value ? 1 : 0;
  if (const auto last = context.number("E.lab.mass_entry.eqa_last", context.actor.jurisdiction))
    months = static_cast<int>(*last);
  return eqa_passed(laboratory, context.occurred_at, months);
}

std::int64_t mass_capacity(const Laboratory& laboratory, std::int64_t planned, const Context& context) {
  if (laboratory.state != LaboratoryState::active || held(laboratory, context.occurred_at)) return 0;
  if (!assessed_for_rounds(laboratory, context)) return 0;
  return std::min(planned, laboratory.measured_per_day.value_or(laboratory.declared_per_day));
}

bool may_test(const Laboratory& laboratory, const Tube& tube, const Context& context) {
  if (held(laboratory, context.occurred_at)) return false;
  // Of a held patient's own single the class decides, whatever round the pool was of.
  const bool mass_round = tube.class_ == SpecimenClass::mass_round || (tube.round && !tube.resample_of);
  if (mass_round)
    return laboratory.state == LaboratoryState::active && assessed_for_rounds(laboratory, context);
  return laboratory.state == LaboratoryState::active ||
         (laboratory.state == LaboratoryState::suspended &&
          laboratory.suspended_for == SuspensionScope::mass_rounds);
}

void evolve_laboratories(Desk& desk) {
  const auto become = [](LaboratoryState state) {
    return [state](Laboratory& row, const auto&, const Stamp&) {
      row.state = state;
      row.suspended_for.reset();
      if (state == LaboratoryState::revoked) {  // nothing is owed any more
        row.eqa_due.reset();
        row.sheet_due.reset();
      }
    };
  };
  desk.evolves<LaboratoryApplied, Laboratory>(&LaboratoryApplied::laboratory,
                                              [](Laboratory& row, const LaboratoryApplied& e, const Stamp&) {
                                                row.state = LaboratoryState::applied;
                                                row.declared_per_day = e.declared_per_day;
                                                row.third_party = e.third_party;
                                                row.contract = e.contract;
                                              })
      .evolves<LaboratoryAccepted, Laboratory>(&LaboratoryAccepted::laboratory,
                                               become(LaboratoryState::accepted))
      .evolves<LaboratoryActivated, Laboratory>(&LaboratoryActivated::laboratory,
                                                become(LaboratoryState::active))
      .evolves<LaboratoryReturned, Laboratory>(&LaboratoryReturned::laboratory,
                                               become(LaboratoryState::active))
      .evolves<LaboratoryRevoked, Laboratory>(&LaboratoryRevoked::laboratory,
                                              become(LaboratoryState::revoked))
      .evolves<LaboratorySuspended, Laboratory>(
          &LaboratorySuspended::laboratory,
          [](Laboratory& row, const LaboratorySuspended& e, const Stamp&) {
            row.state = LaboratoryState::suspended;
            row.suspended_for = e.scope;
          })
      .evolves<CapacityMeasured, Laboratory>(
          &CapacityMeasured::laboratory,
          [](Laboratory& row, const CapacityMeasured& e, const Stamp&) { row.measured_per_day = e.per_day; })
      .evolves<EqaRecorded, Laboratory>(&EqaRecorded::laboratory, record_eqa)
      .evolves<EqaDue, Laboratory>(
          &EqaDue::laboratory, [](Laboratory& row, const EqaDue& e, const Stamp&) { row.eqa_due = e.month; })
      .evolves<BiosafetyDue, Laboratory>(
          &BiosafetyDue::laboratory,
          [](Laboratory& row, const BiosafetyDue& e, const Stamp&) { row.sheet_due = day_of(e.due_from); })
      .evolves<BiosafetyFiled, Laboratory>(&BiosafetyFiled::laboratory, file_sheet);
  desk.evolves<ReagentLotRegistered, ReagentLot>(
          &ReagentLotRegistered::lot,
          [](ReagentLot& row, const ReagentLotRegistered& e, const Stamp&) {
            row.laboratory = e.laboratory;
            row.code = e.code;
            row.product = e.product;
            row.expires = e.expires;
          })
      .evolves<ReagentLotBlocked, ReagentLot>(
          &ReagentLotBlocked::lot, [](ReagentLot& row, auto&, const Stamp&) { row.blocked = true; });
  desk.evolves<PlateLoaded, Plate>(&PlateLoaded::plate, load)
      .evolves<WellsRead, Plate>(&WellsRead::plate,
                                 [](Plate& row, const WellsRead& e, const Stamp&) {
                                   row.read_wells.insert(row.read_wells.end(), e.wells.begin(),
                                                         e.wells.end());
                                 })
      .evolves<PlateRead, Plate>(&PlateRead::plate,
                                 [](Plate& row, const PlateRead& e, const Stamp&) {
                                   row.state = PlateState::read;
                                   row.control_valid = e.control_valid;
                                 })
      .evolves<PlateAuthorised, Plate>(&PlateAuthorised::plate,
                                       [](Plate& row, const PlateAuthorised& e, const Stamp&) {
                                         row.state = PlateState::authorised;
                                         row.authoriser = e.authoriser;
                                         row.held_back = e.held_back;
                                       });
  desk.evolves<MessageAnswered, InterfaceMessage>(
      &MessageAnswered::message, [](InterfaceMessage& row, const MessageAnswered& e, const Stamp& stamp) {
        row = {e.message,    e.unit,    e.account, e.application, e.facility,
               e.control_id, e.content, e.verdict, e.answer,      stamp.recorded_at};
      });
}

}  // namespace fx::screening
