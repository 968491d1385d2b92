// Visits came in, or were withdrawn, where cases had been: whoever is at those stops now is asked for again, as after a
// correction of the stop itself.

#include "desks/investigation/retrace/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> ask_stops_anew(const AskStopsAnew& c, const View& view, const Context&) {
  const auto* batch = view.find<VisitBatch>(c.visit_batch);
  // Withdrawn since, or answered already: the next asking, or the former, says it.
  if (batch == nullptr || !batch->to_trace || batch->withdrawn != c.withdrawn) return Decision{};
  Decision decision;
  for (const TouchedStop& touched : c.stops) {
    const Stop* stop = view.find<Stop>(touched.stop);
    if (stop == nullptr || stop->withdrawn) continue;
    const Case* file = view.find<Case>(stop->case_id);
    if (file == nullptr || !is_open_case(file->state)) continue;
    decision.events.emplace_back(StopAskedAnew{touched.stop, stop->case_id, c.visit_batch, touched.withdrawn,
                                               batch->withdrawn_by, batch->reason});
  }
  if (c.last) decision.events.emplace_back(VisitsRetraced{c.visit_batch, c.withdrawn});
  return decision;
}

}  // namespace

void add_ask_stops_anew(Desk& desk) {
  desk.operation<AskStopsAnew>("ask_stops_anew", {"重新查询停留处的人员", "Ask anew who was at stops"})
      .internal()
      .keys([](const AskStopsAnew& c, const Context&, KeySet& keys) {
        keys.own<VisitBatch>(c.visit_batch);
        for (const TouchedStop& one : c.stops) keys.own<StopReview>(one.stop).read<Stop>(one.stop);
      })
      .more_keys([](const AskStopsAnew& c, const View& view, const Context&, KeySet& keys) {
        for (const TouchedStop& one : c.stops)
          if (const Stop* stop = view.find<Stop>(one.stop)) keys.read<Case>(stop->case_id);
      })
      .place([](const AskStopsAnew& c, const View& view, const Context&) -> std::optional<UnitId> {
        const auto* batch = view.find<VisitBatch>(c.visit_batch);
        return batch != nullptr ? std::optional(batch->unit) : std::nullopt;
      })
      .decide(ask_stops_anew);
}

}  // namespace fx::investigation
