#include <algorithm>

#include "desks/screening/facts.hpp"
#include "desks/screening/laboratories/facts.hpp"
#include "importing/ledger_row.hpp"

namespace fx::importing {
namespace {

using screening::Plate;
using screening::PlateState;
using screening::TestResult;
using screening::Tube;
using screening::TubeState;

/// What was found for one reading; a fault says why not.
struct Found {
  std::shared_ptr<const Tube> tube;
  std::shared_ptr<const Plate> plate;  ///< that is not read whole; absent: the tube is read by itself
};

class ReadingPlan {
 public:
  ReadingPlan(const ImportItem& item, const SpecimenReading& reading, const PlanContext& context)
      : item_(item), said_(reading), place_(context.place), ledger_(context.ledger) {}

  ItemPlan make() {
    if (!place_.laboratory) {
      fault("", "F-REF", "导入者不在实验室任职", "whoever brings it in works at no laboratory");
    } else if (place_.live && said_.processing != "P") {
      plan_.faults.push_back(
          {item_.row,
           "MSH",
           "MSH-11",
           "F-PROCESSING",
           {"非生产消息不进入正式库", "not a production message: a live realm does not take it"}});
    } else if (find()) {
      judge();
    }
    return std::move(plan_);
  }

 private:
  void fault(std::string field, std::string code, std::string zh, std::string en) {
    plan_.faults.push_back(
        {item_.row, said_.segment, std::move(field), std::move(code), {std::move(zh), std::move(en)}});
  }

  // ---- which tube

  bool find() {
    if (said_.tube.empty()) return find_by_well();
    const auto claim = ledger_row<Claim>(ledger_, screening::code_claim(said_.tube));
    if (claim) found_.tube = ledger_row<Tube>(ledger_, claim->holder);
    if (!found_.tube || found_.tube->lab != place_.laboratory)
      return fault(said_.tube_field, "F-REF", "本实验室没有这支管：" + said_.tube,
                   "this laboratory has no such tube: " + said_.tube),
             false;
    if (!found_.tube->plate.empty()) find_plate(found_.tube->plate);
    return lies_where_it_is_said();
  }

  /// Plates of this laboratory that wait for their reading: by their code, and that hold the tube.
  void find_plate(const std::string& code) {
    for (const auto& each : ledger_.rows(
             table_type<Plate>().name,
             {{"laboratory", place_.laboratory->raw}, {"state", std::string("loaded")}, {"code", code}})) {
      auto plate = std::static_pointer_cast<const Plate>(each);
      const bool holds = !found_.tube || std::ranges::find(plate->wells, found_.tube->id,
                                                           &screening::WellTube::tube) != plate->wells.end();
      if (holds) found_.plate = std::move(plate);
    }
  }

  bool find_by_well() {
    const std::string& code = said_.plate.empty() ? place_.plate : said_.plate;
    if (code.empty())
      return fault(said_.tube_field, "F-SHAPE", "没有管号，也没有板号",
                   "neither a tube nor a plate is named"),
             false;
    find_plate(code);
    const auto well = found_.plate
                          ? std::ranges::find(found_.plate->wells, said_.well, &screening::WellTube::well)
                          : std::vector<screening::WellTube>::const_iterator{};
    if (!found_.plate)
      return fault(said_.well_field, "F-REF", "没有待判读的板：" + code,
                   "no plate of this code waits to be read: " + code),
             false;
    if (well == found_.plate->wells.end())
      return fault(said_.well_field, "F-REF", "板上没有这个孔：" + said_.well,
                   "the plate has no such well: " + said_.well),
             false;
    found_.tube = ledger_row<Tube>(ledger_, well->tube.raw);
    return found_.tube != nullptr;
  }

  /// The file and the plate's map agree; else somebody put the plate in the wrong way round, or took another.
  bool lies_where_it_is_said() {
    const std::string& well = found_.tube->well;
    if (said_.well.empty() || well.empty() || said_.well == well) return true;
    fault(said_.well_field, "F-REF", "上机记录中该管在孔 " + well,
          "by the record of loading this tube lies in well " + well);
    return false;
  }

  // ---- what it says

  /// Nothing when a fault says why.
  std::optional<TestResult> result() {
    if (said_.control == InternalControl::failed || !said_.plate_valid) return TestResult::invalid;
    if (said_.control == InternalControl::unsaid)
      return fault(said_.control_field, "F-SHAPE", "没有内标结果", "the internal control is not said"),
             std::nullopt;
    return said_.call.empty() ? called() : as_called();
  }

  [[nodiscard]] std::optional<double> limit(std::string_view rule) const {
    return ledger_.number(rule, place_.now, found_.tube->pathogen);
  }

  std::optional<TestResult> as_called() {
    const auto positive = limit("E.ct.call.positive");
    if (said_.call == "negative" && positive)
      for (const TargetCt& one : said_.targets)
        if (one.ct && *one.ct < *positive)
          return fault(said_.call_field, "F-SHAPE", "判读为阴性，而 " + one.gene + " 的Ct值在阳性范围",
                       "called negative, but the Ct of " + one.gene + " is one of a positive"),
                 std::nullopt;
    return enum_from<TestResult>(said_.call);
  }

  /// By the rulebook's limits: every target below the one is positive, none below the other negative, all else is looked at
  /// again.
  std::optional<TestResult> called() {
    if (said_.targets.empty())
      return fault(said_.call_field, "F-SHAPE", "没有判读，也没有Ct值",
                   "there is neither a call nor a Ct value"),
             std::nullopt;
    const auto positive = limit("E.ct.call.positive");
    const auto negative = limit("E.ct.call.negative");
    if (!positive || !negative)
      return fault(said_.call_field, "F-REF", "仪器未判读，规则库也没有该病原的Ct判定值",
                   "the instrument called nothing, and the rulebook has no limits for this pathogen"),
             std::nullopt;
    std::size_t below = 0;
    std::size_t none = 0;
    for (const TargetCt& one : said_.targets) {
      below += one.ct && *one.ct < *positive ? 1 : 0;
      none += !one.ct || *one.ct >= *negative ? 1 : 0;
    }
    if (below == said_.targets.size()) return TestResult::positive;
    return none == said_.targets.size() ? TestResult::negative : TestResult::grey;
  }

  // ---- what becomes of it

  [[nodiscard]] std::vector<screening::GeneCt> measured() const {
    std::vector<screening::GeneCt> out;
    for (const TargetCt& one : said_.targets)
      if (one.ct) out.push_back({one.gene, *one.ct});
    return out;
  }

  [[nodiscard]] bool control_valid() const {
    return said_.plate_valid && said_.control == InternalControl::passed;
  }

  [[nodiscard]] bool says_the_same(TestResult result) const {
    const Tube& tube = *found_.tube;
    return tube.provisional == result && tube.control_valid == control_valid() &&
           std::ranges::equal(tube.ct, measured(),
                              [](const auto& a, const auto& b) { return a.gene == b.gene && a.ct == b.ct; });
  }

  void judge() {
    const auto result = this->result();
    if (!result) return;
    const TubeState state = found_.tube->state;
    plan_.recorded = false;
    if (state == TubeState::testing) return plan_.commands.push_back(command(*result));
    const bool read = state == TubeState::provisional || found_.tube->has_result();
    if (read && says_the_same(*result)) {
      plan_.recorded = true;
      return;
    }
    const std::string now(enum_text(state));
    fault(said_.tube_field, "R-STATE", read ? "该管已有另一读数" : "该管不在检测中（" + now + "）",
          read ? "this tube has another reading already" : "this tube is on no instrument: it is " + now);
  }

  [[nodiscard]] PlannedCommand command(TestResult result) const {
    boost::json::array ct;
    std::string all;
    for (const auto& [gene, value] : measured()) {
      ct.push_back({{"gene", gene}, {"ct", value}});
      all += gene + "=" + std::to_string(value) + " ";
    }
    const Tube& tube = *found_.tube;
    boost::json::object reading{
        {"result", enum_text(result)}, {"ct", std::move(ct)}, {"control_valid", control_valid()}};
    // A tube that is run again is read again: its run is part of the key.
    const std::string run = tube.tested_at ? format(*tube.tested_at) : std::string();
    const RawId id =
        import_key({"command", "reading", tube.id.text(), run, tube.plate, tube.well, enum_text(result), all,
                    control_valid() ? "1" : "0", said_.plate_valid ? "1" : "0"});
    if (!found_.plate) {
      reading["tube"] = tube.id.text();
      return {"screening.record_result", std::move(reading), id, {}};
    }
    reading["well"] = tube.well;
    return {"screening.record_wells",
            {{"plate", found_.plate->id.text()},
             {"control_valid", said_.plate_valid},
             {"readings", boost::json::array{std::move(reading)}}},
            id,
            {}};
  }

  const ImportItem& item_;
  const SpecimenReading& said_;
  const ImportPlace& place_;
  const ImportLookups& ledger_;
  Found found_;
  ItemPlan plan_;
};

}  // namespace

ItemPlan plan_reading(const ImportItem& item, const SpecimenReading& reading, const PlanContext& context) {
  return ReadingPlan(item, reading, context).make();
}

}  // namespace fx::importing
