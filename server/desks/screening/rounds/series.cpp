// Rounds one after another. A series is not stopped before the rounds the rulebook asks for, nor after a new case that
// nobody had under an order (R-RND-5).
#include "desks/places.hpp"
#include "desks/screening/rounds/operations.hpp"

namespace fx::screening {
namespace {

Result<Decision> plan(const PlanSeries& c, const View& view, const Context& context) {
  Refusals no;
  if (const Series* known = view.find<Series>(c.series))
    no.add(wrong_state(known->state, {SeriesState::running}, "/series"));
  if (c.pathogen.empty()) no.add(missing("/pathogen"));
  if (c.rounds < 1) no.add(malformed("/rounds", "至少一轮", "at least one round"));
  if (!no.empty()) return no;
  const UnitId county = desks::command_of(context.reference, context.actor.unit).value_or(context.actor.unit);
  return Decision{{SeriesPlanned{c.series, county, c.pathogen, c.rounds, c.source_known}}};
}

Result<Decision> outside(const NoteCaseOutside& c, const View& view, const Context&) {
  const Series* series = view.find<Series>(c.series);
  if (series == nullptr) return unknown("/series");
  if (series->state != SeriesState::running) return wrong_state(series->state, {SeriesState::running});
  return Decision{{CaseOutsideNoted{series->id, series->county, c.case_id}}};
}

/// Rounds, clean rounds and the gap before the last one that the rulebook asks for here and today.
std::optional<Refusal> too_early(const Series& series, const Context& context) {
  const auto number = [&](std::string_view rule) {
    return static_cast<std::int32_t>(context.number(rule, context.actor.jurisdiction).value_or(0));
  };
  const std::int32_t least = series.source_known ? 1 : std::max(1, number("E.mass.rounds.min"));
  const std::int32_t clean = number("E.mass.rounds.clean") + number("E.mass.rounds.after_gap");
  const std::int32_t gap = number("E.mass.rounds.gap_d");
  if (series.closed < least)
    return refuse_because("R-RND-5", "/series",
                          fmt::format("已完成 {} 轮，至少须 {} 轮", series.closed, least),
                          fmt::format("{} rounds are closed, at least {} are due", series.closed, least));
  if (series.clean < clean || (clean > 0 && series.gap_d < gap))
    return refuse_because(
        "R-RND-5", "/series",
        fmt::format("连续阴性 {} 轮；须 {} 轮，末轮前间隔 {} 天", series.clean, clean, gap),
        fmt::format("{} clean rounds in a row; {} are due, the last one {} days after the others",
                    series.clean, clean, gap));
  return std::nullopt;
}

Result<Decision> stop(const StopSeries& c, const View& view, const Context& context) {
  const Series* series = view.find<Series>(c.series);
  if (series == nullptr) return unknown("/series");
  Refusals no;
  if (series->state != SeriesState::running) no.add(wrong_state(series->state, {SeriesState::running}));
  if (auto early = too_early(*series, context)) no.add(std::move(*early));
  const bool new_case = series->case_outside_at &&
                        (!series->last_closed_at || *series->case_outside_at > *series->last_closed_at);
  if (new_case)
    no.add(refuse_because("R-RND-5", "/series", "上轮以后出现圈外新病例",
                          "there is a new case outside the ring since the last round"));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  return Decision{{SeriesStopped{series->id, series->county, series->last, false, c.reason.ref}}};
}

template <class C>
std::optional<UnitId> place(const C& c, const View& view, const Context&) {
  const Series* series = view.find<Series>(c.series);
  return series != nullptr ? std::optional(series->county) : std::nullopt;
}

template <class C>
void own(const C& c, const Context&, KeySet& keys) {
  keys.own<Series>(c.series);
}

}  // namespace

void run_series(Desk& desk) {
  desk.operation<PlanSeries>("plan_series", {"制定系列轮次", "Plan a series of rounds"})
      .by({Role::CMD, Role::DO, Role::HA})
      .keys(own<PlanSeries>)
      .decide(plan);
  desk.operation<NoteCaseOutside>("note_case_outside", {"登记圈外病例", "Note a case outside the ring"})
      .by({Role::CDC, Role::INV, Role::DO})
      .keys(own<NoteCaseOutside>)
      .place(place<NoteCaseOutside>)
      .decide(outside);
  desk.operation<StopSeries>("stop_series", {"停止系列轮次", "Stop a series"})
      .by({Role::CMD})
      .keys(own<StopSeries>)
      .more_keys([](const StopSeries& c, const View& view, const Context&, KeySet& keys) {
        const Series* series = view.find<Series>(c.series);
        if (series != nullptr && series->last) keys.subject(series->last->raw);
      })
      .place(place<StopSeries>)
      .decide(stop);
}

}  // namespace fx::screening
