// OPEN → SAMPLING_CLOSED → RESULTS_CLOSED → RECONCILED → CLOSED. Each step prints the equation. People are still sampled
// after sampling was closed, for a round is not closed while anybody is missed, any tube without an end, any hold open.
#include "desks/screening/rounds/operations.hpp"

namespace fx::screening {
namespace {

template <class C>
void more_keys(const C& c, const View& view, const Context&, KeySet& keys) {
  own_equation(c.round, Loaded(view, keys), keys);
}

Result<Decision> close_sampling(const CloseSampling& c, const View& view, const Context&) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return unknown("/round");
  if (round->state != RoundState::open) return wrong_state(round->state, {RoundState::open});
  return Decision{{SamplingClosed{round->id, round->county, equation_of(*round, view)}}};
}

Refusal tubes_without_end(std::int64_t pending) {
  return refuse_because("R-RND-3", "/round", fmt::format("还有 {} 管没有结局", pending),
                        fmt::format("{} tubes have no end yet", pending));
}

Result<Decision> close_results(const CloseResults& c, const View& view, const Context&) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return unknown("/round");
  const RoundEquation equation = equation_of(*round, view);
  Refusals no;
  if (equation.pending != 0) no.add(tubes_without_end(equation.pending));
  if (round->state != RoundState::sampling_closed)
    no.add(wrong_state(round->state, {RoundState::sampling_closed}));
  if (!no.empty()) return no;
  return Decision{{ResultsClosed{round->id, round->county, equation}}};
}

Result<Decision> reconcile(const ReconcileRound& c, const View& view, const Context&) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return unknown("/round");
  if (round->state != RoundState::results_closed)
    return wrong_state(round->state, {RoundState::results_closed});
  const Series* series = round->series ? view.find<Series>(*round->series) : nullptr;
  const bool goes_on =
      series != nullptr && series->state == SeriesState::running && series->closed + 1 < series->planned;
  return Decision{{RoundReconciled{round->id, round->county, round->pathogen, goes_on, round->series,
                                   equation_of(*round, view)}}};
}

/// R-RND-2, -3, -4: whom, what and how many it still waits for.
Refusals open_ends(const RoundEquation& equation) {
  Refusals no;
  if (equation.missed != 0)
    no.add(refuse_because("R-RND-2", "/round", fmt::format("还有 {} 人未检（漏检）", equation.missed),
                          fmt::format("{} people are missed", equation.missed)));
  if (equation.pending != 0) no.add(tubes_without_end(equation.pending));
  if (equation.holds != 0)
    no.add(refuse_because("R-RND-4", "/round", fmt::format("还有 {} 人待单采复核", equation.holds),
                          fmt::format("{} people are held until they are re-sampled", equation.holds)));
  return no;
}

Result<Decision> close(const CloseRound& c, const View& view, const Context&) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return unknown("/round");
  const RoundEquation equation = equation_of(*round, view);
  Refusals no = open_ends(equation);
  if (round->state != RoundState::reconciled) no.add(wrong_state(round->state, {RoundState::reconciled}));
  if (!no.empty()) return no;
  Decision out{{RoundClosed{round->id, round->county, round->series, equation}}};
  const Series* series = round->series ? view.find<Series>(*round->series) : nullptr;
  if (series != nullptr && series->state == SeriesState::running && series->closed + 1 >= series->planned)
    out.events.push_back(SeriesStopped{series->id, series->county, round->id, true, {}});
  return out;
}

Result<Decision> cancel(const CancelRound& c, const View& view, const Context&) {
  const Round* round = view.find<Round>(c.round);
  if (round == nullptr) return unknown("/round");
  Refusals no;
  // Once a swab may have been taken, people wait for results: the round is closed, not taken back.
  if (!is_one_of(round->state, {RoundState::planned, RoundState::approved}))
    no.add(wrong_state(round->state, {RoundState::planned, RoundState::approved}));
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  Decision out{{RoundCancelled{round->id, round->county, round->series, c.reason.ref}}};
  for (const PointId id : round->points) {
    const auto& point = view.get<SamplingPoint>(id);
    if (!is_one_of(point.state, {PointState::closed, PointState::cancelled}))
      out.events.push_back(PointCancelled{id, point.unit, c.reason.ref});
  }
  return out;
}

template <class C>
void with_series(const C& c, const View& view, const Context& context, KeySet& keys) {
  more_keys(c, view, context, keys);
  const Round* round = view.find<Round>(c.round);
  if (round != nullptr && round->series) keys.own<Series>(*round->series);
}

}  // namespace

void close_rounds(Desk& desk) {
  desk.operation<CloseSampling>("close_sampling", {"结束采样", "Close sampling"})
      .by({Role::CMD, Role::DO, Role::CDC})
      .keys(own_round<CloseSampling>)
      .more_keys(more_keys<CloseSampling>)
      .place(place_of_round<CloseSampling>)
      .decide(close_sampling);
  desk.operation<CloseResults>("close_results", {"结束出结果", "Close results"})
      .by({Role::CMD, Role::DO, Role::CDC})
      .keys(own_round<CloseResults>)
      .more_keys(more_keys<CloseResults>)
      .place(place_of_round<CloseResults>)
      .decide(close_results);
  desk.operation<ReconcileRound>("reconcile_round", {"轮次对账", "Reconcile a round"})
      .by({Role::CMD, Role::DO, Role::CDC})
      .keys(own_round<ReconcileRound>)
      .more_keys(with_series<ReconcileRound>)
      .place(place_of_round<ReconcileRound>)
      .decide(reconcile);
  desk.operation<CloseRound>("close_round", {"关闭轮次", "Close a round"})
      .by({Role::CMD})
      .keys(own_round<CloseRound>)
      .more_keys(with_series<CloseRound>)
      .place(place_of_round<CloseRound>)
      .decide(close);
  desk.operation<CancelRound>("cancel_round", {"取消轮次", "Cancel a round"})
      .by({Role::CMD})
      .keys(own_round<CancelRound>)
      .more_keys([](const CancelRound& c, const View& view, const Context&, KeySet& keys) {
        const Round* round = view.find<Round>(c.round);
        if (round == nullptr) return;
        if (round->series) keys.own<Series>(*round->series);
        for (const PointId point : round->points) keys.own<SamplingPoint>(point);
      })
      .place(place_of_round<CancelRound>)
      .decide(cancel);
}

}  // namespace fx::screening
