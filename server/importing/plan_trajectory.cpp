#include "importing/command_sink.hpp"

namespace fx::importing {
namespace {

std::string place_of(const Stop& stop) {
  if (!stop.trip) return stop.place;
  const std::string way = stop.trip_from + (stop.trip_to.empty() ? "" : "→" + stop.trip_to);
  return way.empty() ? stop.service : way;
}

/// A day without a time lasts from its beginning to its end.
Instant end_of(const Moment& moment) {
  return moment.timed ? moment.at : moment.at + std::chrono::hours(24) - std::chrono::minutes(1);
}

/// The row of a seat such as 07D.
std::int64_t row_of(const std::string& seat) {
  std::int64_t row = 0;
  for (const char c : seat)
    if (c >= '0' && c <= '9') row = row * 10 + (c - '0');
  return row < 1000 ? row : 0;
}

PlannedCommand stop_command(const ImportItem& item, const Stop& stop, std::size_t index, const RawId& of,
                            const ImportPlace& place) {
  const RawId id =
      listed_id(import_key({"stop", item.key.text(), std::to_string(index)}), "stop", place.jurisdiction);
  const std::string vehicle = stop.vehicle.empty() ? "stay" : stop.vehicle;
  boost::json::object fields{{"stop", id.text()},
                             {"case_id", of.text()},
                             {"kind", stop.trip ? vehicle : "stay"},
                             {"setting", stop.trip              ? "transport"
                                         : stop.setting.empty() ? "other"
                                                                : stop.setting},
                             {"place", place_of(stop)},
                             {"from", format(stop.from->at)},
                             {"until", format(end_of(*stop.until))},
                             {"known_by", "document"}};
  if (!stop.service.empty()) fields["service"] = stop.service;
  if (!stop.carriage.empty()) fields["carriage"] = stop.carriage;
  if (!stop.seat.empty()) fields["seat"] = stop.seat;
  if (const auto row = row_of(stop.seat); row > 0) fields["row"] = row;
  return {"investigation.record_stop",
          std::move(fields),
          import_key({"command", item.key.text(), item.content.text(), "stop", std::to_string(index)}),
          {},
          "stop",
          id,
          "F-SHAPE"};
}

}  // namespace

ItemPlan plan_trajectory(const ImportItem& item, const TrajectoryLine& line, const PlanContext& context) {
  const RawId of = listed_id(case_key(item.name_space, line.of.case_id), "case", context.place.jurisdiction);
  ItemPlan plan;
  if (line.first)
    plan = plan_case_row(item, line.of, context);
  else if (!context.known("case_file", of))
    plan.faults.push_back(
        {item.row,
         {},
         "case_id",
         "F-REF",
         {"没有这个病例：" + line.of.case_id, "there is no such case: " + line.of.case_id}});
  if (!plan.faults.empty()) return plan;
  // Without a desk for stops the case is taken over all the same; the stops come with the same file, later.
  if (!line.stops.empty() && !context.ledger.can("investigation.record_stop")) {
    plan.note = "stops are not recorded yet";
    if (plan.commands.empty())
      plan.faults.push_back(
          {item.row, {}, {}, "F-REF", {"系统尚不能登记行程", "the realm cannot record stops yet"}});
    return plan;
  }
  for (std::size_t i = 0; i < line.stops.size(); ++i) {
    if (place_of(line.stops[i]).empty()) continue;
    plan.commands.push_back(stop_command(item, line.stops[i], i, of, context.place));
  }
  return plan;
}

}  // namespace fx::importing
