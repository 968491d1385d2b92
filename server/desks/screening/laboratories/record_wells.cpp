// LOADED → READ, well by well, as an instrument's file or message names them: a well that could not be read costs itself
// alone. The plate is read when its last well is. A failed control, of the well or of the plate, leaves only *invalid*.
#include <set>

#include "desks/screening/laboratories/operations.hpp"

namespace fx::screening {
namespace {

const WellTube* well_of(const Plate& plate, const std::string& well) {
  const auto found = std::ranges::find(plate.wells, well, &WellTube::well);
  return found == plate.wells.end() ? nullptr : &*found;
}

/// The tube lies there still: it was not put on another plate meanwhile.
bool lies_in(const Tube& tube, const Plate& plate, const std::string& well) {
  return tube.plate == plate.code && tube.well == well;
}

void judge_ct(const std::vector<GeneCt>& ct, const std::string& path, Refusals& no) {
  for (std::size_t i = 0; i < ct.size(); ++i) {
    if (ct[i].gene.empty()) no.add(missing(fmt::format("{}/ct/{}/gene", path, i)));
    if (ct[i].ct < 0)
      no.add(malformed(fmt::format("{}/ct/{}/ct", path, i), "Ct值不能为负", "a Ct value is not negative"));
  }
}

void judge(const WellReading& reading, bool plate_valid, const Plate& plate, const View& view,
           const std::string& path, Refusals& no) {
  const WellTube* well = well_of(plate, reading.well);
  const Tube* tube = well != nullptr ? view.find<Tube>(well->tube) : nullptr;
  if (tube == nullptr || !lies_in(*tube, plate, reading.well)) {
    no.add(unknown(path + "/well"));
    return;
  }
  if (tube->state != TubeState::testing) no.add(wrong_state(tube->state, {TubeState::testing}, path));
  const bool valid = plate_valid && reading.control_valid;
  if (!valid && reading.result != TestResult::invalid) no.add("R-TUB-9", path + "/result");
  judge_ct(reading.ct, path, no);
}

bool whole(const Plate& plate, const std::set<std::string>& now) {
  return std::ranges::all_of(plate.wells, [&](const WellTube& well) {
    return now.contains(well.well) ||
           std::ranges::find(plate.read_wells, well.well) != plate.read_wells.end();
  });
}

Result<Decision> decide(const RecordWells& c, const View& view, const Context& context) {
  const auto* plate = view.find<Plate>(c.plate);
  if (plate == nullptr) return unknown("/plate");
  if (plate->state != PlateState::loaded) return wrong_state(plate->state, {PlateState::loaded}, "/plate");
  if (c.readings.empty()) return missing("/readings");
  Refusals no;
  std::set<std::string> named;
  for (std::size_t i = 0; i < c.readings.size(); ++i) {
    const std::string path = fmt::format("/readings/{}", i);
    if (!named.insert(c.readings[i].well).second)
      no.add(malformed(path + "/well", "同一孔列了两次", "a well is listed twice"));
    judge(c.readings[i], c.control_valid, *plate, view, path, no);
  }
  if (!no.empty()) return no;

  const AccountId tester = context.actor.account;
  Decision out{{WellsRead{plate->id, plate->laboratory, {named.begin(), named.end()}, tester}}};
  for (const WellReading& reading : c.readings) {
    const TubeId tube = well_of(*plate, reading.well)->tube;
    out.events.emplace_back(ResultProvisional{tube, plate->laboratory, view.get<Tube>(tube).sender,
                                              reading.result, reading.ct,
                                              c.control_valid && reading.control_valid, tester});
  }
  if (whole(*plate, named))
    out.events.emplace_back(PlateRead{plate->id, plate->laboratory, c.control_valid, tester});
  return out;
}

void own_named_tubes(const RecordWells& c, const View& view, const Context&, KeySet& keys) {
  const auto* plate = view.find<Plate>(c.plate);
  if (plate == nullptr) return;
  for (const WellReading& reading : c.readings)
    if (const WellTube* well = well_of(*plate, reading.well)) keys.own<Tube>(well->tube);
}

std::optional<UnitId> place(const RecordWells& c, const View& view, const Context&) {
  const auto* plate = view.find<Plate>(c.plate);
  return plate != nullptr ? std::optional(plate->laboratory) : std::nullopt;
}

}  // namespace

void record_wells(Desk& desk) {
  desk.operation<RecordWells>("record_wells", {"录入孔位结果", "Record wells"})
      .by({Role::LAB})
      .keys([](const RecordWells& c, const Context&, KeySet& keys) { keys.own<Plate>(c.plate); })
      .more_keys(own_named_tubes)
      .place(place)
      .decide(decide);
}

}  // namespace fx::screening
