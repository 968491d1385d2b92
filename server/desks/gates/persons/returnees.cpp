// Who comes home: said beforehand, or found; then classed by the list in force. What follows is ordered by an officer.
#include "desks/gates/operations.hpp"
#include "desks/gates/persons/commands.hpp"
#include "desks/gates/persons/facts.hpp"

namespace fx::gates {
namespace {

Refusals judge_origin(std::int32_t from, UnitId village, const Context& context) {
  Refusals no;
  if (from < 100'000 || from > 999'999)
    no.add(malformed("/from", "应为6位行政区划代码", "a division code has six digits"));
  if (context.reference.unit(village) == nullptr) no.add(unknown("/village"));
  return no;
}

Result<Decision> report_return(const ReportReturn& c, const View& view, const Context& context) {
  Refusals no = judge_origin(c.from, c.village, context);
  if (view.find<Returnee>(c.returnee) != nullptr) no.add(wrong_state("reported", {"new"}, "/returnee"));
  if (!no.empty()) return no;
  const auto ahead = context.number("G.prereport_d", county_of(context.reference, c.village));
  const bool in_time = !ahead || c.expected_day - day_of(context.occurred_at) >= static_cast<int>(*ahead);
  return Decision{{ReturneeReported{c.returnee, c.person, c.village, c.from, c.expected_day, in_time}}};
}

Result<Decision> find_returnee(const FindReturnee& c, const View& view, const Context& context) {
  const Returnee* known = view.find<Returnee>(c.returnee);
  Refusals no = judge_origin(c.from, c.village, context);
  if (known != nullptr && known->state != ReturneeState::reported)
    no.add(wrong_state(known->state, {ReturneeState::reported}, "/returnee"));
  if (known != nullptr && known->person != c.person) no.add(unknown("/person"));
  if (c.left_day > day_of(context.occurred_at)) no.add("F-FUTURE", "/left_day");
  if (!no.empty()) return no;
  return Decision{{ReturneeFound{c.returnee, c.person, c.village, c.from, c.left_day, known != nullptr}}};
}

/// The schedule a class of place has, or none.
std::string rule_of(RegionClass class_) {
  switch (class_) {
    case RegionClass::high: return "F.high_risk_area";
    case RegionClass::medium: return "F.medium_risk_area";
    case RegionClass::low: return "F.low_risk_area";
    case RegionClass::infection_reported: return "F.infection_reported";
    case RegionClass::abroad: return "F.inbound";
    case RegionClass::none: break;
  }
  return {};
}

/// A stay is asked for when the profile has one with days in it.
bool has_stay(RegionClass class_, const Context& context, std::int32_t county) {
  const std::string rule = rule_of(class_);
  if (rule.empty()) return false;
  const RuleValue value = context.rules.value(rule, context.occurred_at, county);
  return value.state == RuleValue::State::value &&
         value.text().find(R"("regime":"none")") == std::string::npos;
}

Result<Decision> class_returnee(const ClassReturnee& c, const View& view, const Context& context) {
  const Returnee* row = view.find<Returnee>(c.returnee);
  if (row == nullptr) return unknown("/returnee");
  if (row->state != ReturneeState::back) return wrong_state(row->state, {ReturneeState::back}, "/returnee");
  const std::int32_t county = county_of(context.reference, row->village);
  const RegionClass class_ = c.class_.value_or(gravest(county, {row->from}, view));
  return Decision{{ReturneeClassed{row->id, row->person, row->village, class_, list_number(county, view),
                                   *row->left_day, has_stay(class_, context, county)}}};
}

const std::vector<Role> villages{Role::GRID, Role::CDC, Role::INV, Role::POL, Role::DO};

}  // namespace

void add_returnees(Desk& desk) {
  desk.operation<ReportReturn>("report_return", {"返乡报备", "Report a return beforehand"})
      .by(villages)
      .keys([](const ReportReturn& c, const Context&, KeySet& keys) {
        keys.own<Returnee>(c.returnee).subject(c.person.raw);
      })
      .place([](const ReportReturn& c, const View&, const Context&) { return std::optional(c.village); })
      .decide(report_return);
  desk.operation<FindReturnee>("find_returnee", {"登记返乡人员", "Record a returnee"})
      .by(villages)
      .keys([](const FindReturnee& c, const Context&, KeySet& keys) {
        keys.own<Returnee>(c.returnee).subject(c.person.raw);
      })
      .place([](const FindReturnee& c, const View&, const Context&) { return std::optional(c.village); })
      .decide(find_returnee);
  desk.operation<ClassReturnee>("class_returnee", {"返乡人员分类", "Class a returnee"})
      .by(villages)
      .keys([](const ClassReturnee& c, const Context&, KeySet& keys) { keys.own<Returnee>(c.returnee); })
      .more_keys([](const ClassReturnee& c, const View& view, const Context& context, KeySet& keys) {
        const Returnee* row = view.find<Returnee>(c.returnee);
        if (row == nullptr) return;
        const std::int32_t county = county_of(context.reference, row->village);
        keys.read<ListNow>(list_now(county)).subject(row->person.raw);
        read_places(county, {row->from}, keys);
      })
      .place([](const ClassReturnee& c, const View& view, const Context&) {
        const Returnee* row = view.find<Returnee>(c.returnee);
        return row != nullptr ? std::optional(row->village) : std::nullopt;
      })
      .decide(class_returnee);
}

}  // namespace fx::gates
