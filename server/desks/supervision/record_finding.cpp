#include "desks/supervision/record_finding.hpp"

#include "desks/supervision/commands.hpp"
#include "desks/supervision/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::supervision {
namespace {

/// The rulebook's grade of a problem (M.grade.<problem>); the inspector's own word goes before it.
std::optional<Grade> grade_of(const RecordFinding& c, const Context& context, std::int32_t place) {
  if (c.grade) return c.grade;
  const auto value =
      context.rules.value("M.grade." + std::string(enum_text(c.problem)), context.occurred_at, place);
  return value.state == RuleValue::State::value ? enum_from<Grade>(value.text()) : std::nullopt;
}

Result<Decision> record_finding(const RecordFinding& c, const View& view, const Context& context) {
  const Unit* unit = context.reference.unit(c.unit);
  if (unit == nullptr) return unknown("/unit");
  const auto grade = grade_of(c, context, unit->jurisdiction);
  Refusals no;
  if (view.find<Finding>(c.finding) != nullptr) no.add("R-FND-6", "/finding");
  if (!grade) no.add(missing("/grade"));
  if (!no.empty()) return no;
  const auto days = context.number("M.fix.days." + std::string(enum_text(*grade)), unit->jurisdiction);
  const auto due = days ? std::optional(day_of(context.occurred_at) + static_cast<int>(*days)) : std::nullopt;
  return Decision{
      {FindingRecorded{c.finding, c.unit, c.problem, *grade, c.source, c.note ? c.note->ref : TextRef{}},
       FindingNotified{c.finding, c.unit, c.problem, *grade, due}}};
}

}  // namespace

void add_record_finding(Desk& desk) {
  desk.operation<RecordFinding>("record_finding", {"登记问题并通知", "Record a finding and notify its owner"})
      .by({Role::INS, Role::CMD, Role::HA})
      .keys([](const RecordFinding& c, const Context&, KeySet& keys) { keys.own<Finding>(c.finding); })
      .place([](const RecordFinding& c, const View&, const Context&) { return std::optional(c.unit); })
      .decide(record_finding);
}

}  // namespace fx::supervision
