// What events do to rounds, their people, series and points.
#include "desks/screening/rounds/facts.hpp"

#include <algorithm>

#include "kernel/derive.hpp"

namespace fx::screening {
namespace {

std::string_view bytes_of(const RawId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

void plan(Round& row, const RoundPlanned& e, const Stamp& stamp) {
  row.id = e.round;
  row.title = e.title;
  row.county = e.county;
  row.pathogen = e.pathogen;
  row.series = e.series;
  row.outbreak = e.outbreak;
  row.plan = e.plan;
  row.planned_at = stamp.occurred_at;
}

void approve(Round& row, const RoundApproved& e, const Stamp& stamp) {
  row.state = RoundState::approved;
  row.approver = e.approver;
  row.approved_at = stamp.occurred_at;
}

void open(Round& row, const RoundOpened&, const Stamp& stamp) {
  row.state = RoundState::open;
  row.opened_at = stamp.occurred_at;
}

/// A step that prints the equation.
template <class E>
auto step(RoundState to, std::optional<Instant> Round::* at) {
  return [to, at](Round& row, const E& e, const Stamp& stamp) {
    row.state = to;
    row.*at = stamp.occurred_at;
    row.equation = e.equation;
  };
}

// ---- points ------------------------------------------------------------------------------------------------------

void forget_proposal(SamplingPoint& row) {
  row.free_point.reset();
  row.free_unit.reset();
  row.distance_m.reset();
}

void end_point(SamplingPoint& row, PointState state, const Stamp& stamp) {
  row.state = state;
  row.waiting = 0;
  row.closed_at = stamp.occurred_at;
  forget_proposal(row);
}

// ---- people ------------------------------------------------------------------------------------------------------

template <class E>
const std::vector<RosterMove>& moves_of(const E& e) {
  if constexpr (requires { e.share; }) {
    static const std::vector<RosterMove> none;
    return e.share ? e.share->moves : none;
  } else {
    return e.moves;
  }
}

/// Moves stand in the order of their rows, so that a thousand of them are found quickly.
const RosterMove& move_with(const std::vector<RosterMove>& moves, const RawId& row) {
  const auto found = std::ranges::lower_bound(moves, row, {}, &RosterMove::row);
  FX_ASSERT(found != moves.end() && found->row == row, "a move without its row");
  return *found;
}

template <class E>
std::vector<RawId> moved_rows(const E& e) {
  std::vector<RawId> rows;
  for (const RosterMove& move : moves_of(e)) rows.push_back(move.row);
  return rows;
}

template <class E>
RoundId round_of(const E& e) {
  if constexpr (requires { e.share; })
    return e.share->round;
  else
    return e.round;
}

template <class E>
void move_person(RoundPerson& row, const E& e, const Stamp& stamp) {
  const RosterMove& move = move_with(moves_of(e), row.id.raw);
  if (!move.from) {
    row.round = round_of(e);
    row.person = move.person;
    row.township = move.township;
    row.building = move.building;
    row.added = move.added;
  }
  row.changed_at = stamp.occurred_at;
  row.state = move.to;
  if constexpr (requires { e.tube; }) {
    if (move.to == RosterState::sampled) {
      row.tube = e.tube;
      row.called_back.reset();
    } else if (row.tube) {
      row.called_back = std::exchange(row.tube, std::nullopt);
    }
  }
  if constexpr (requires { e.proof; }) {
    row.called_back.reset();
    row.proof = e.proof;
    row.reason = e.reason;
    row.approver = e.approver;
  }
}

template <class E>
void evolve_people(Desk& desk) {
  desk.evolves<E, RoundPerson>(moved_rows<E>, move_person<E>);
}

// ---- series ------------------------------------------------------------------------------------------------------

void close_in_series(Series& row, const RoundClosed& e, const Stamp& stamp) {
  ++row.closed;
  row.clean = e.equation.positive_tubes == 0 ? row.clean + 1 : 0;
  row.last = e.round;
  row.running.reset();
  row.last_closed_at = stamp.occurred_at;
}

}  // namespace

RoundPersonId round_person_id(RoundId round, PersonId person) {
  return derive<RoundPersonTag>(person.raw, bytes_of(round.raw), round.home());
}

RawId team_tally(RoundId round, PointId point, AccountId sampler) {
  std::string salt(bytes_of(point.raw));
  salt += bytes_of(sampler.raw);
  return derive_id(round.raw, salt);
}

RawId township_tally(const Round& round, std::int64_t township) {
  const bool planned = std::ranges::find(round.plan.townships, township, &PlannedTownship::township) !=
                       round.plan.townships.end();
  return derive_id(round.id.raw, "township " + std::to_string(planned ? township : 0));
}

RawId lab_tally(const Round& round, std::optional<UnitId> lab) {
  const bool planned =
      lab && std::ranges::find(round.plan.labs, *lab, &PlannedLab::lab) != round.plan.labs.end();
  return derive_id(round.id.raw, "lab " + (planned ? lab->raw.text() : std::string("other")));
}

std::vector<RawId> standing_tallies(const Round& round) {
  std::vector<RawId> out{township_tally(round, 0), lab_tally(round, {})};
  for (const PlannedTownship& each : round.plan.townships) {
    const RawId id = township_tally(round, each.township);
    if (std::ranges::find(out, id) == out.end()) out.push_back(id);
  }
  for (const PlannedLab& each : round.plan.labs) {
    const RawId id = lab_tally(round, each.lab);
    if (std::ranges::find(out, id) == out.end()) out.push_back(id);
  }
  return out;
}

void evolve_rounds(Desk& desk) {
  desk.evolves<RoundPlanned, Round>(&RoundPlanned::round, plan)
      .evolves<SupportSigned, Round>(&SupportSigned::round, [](Round& row, const SupportSigned& e,
                                                               const Stamp&) { row.support += e.samplers; })
      .evolves<RoundApproved, Round>(&RoundApproved::round, approve)
      .evolves<RoundOpened, Round>(&RoundOpened::round, open)
      .evolves<SamplingClosed, Round>(
          &SamplingClosed::round,
          step<SamplingClosed>(RoundState::sampling_closed, &Round::sampling_closed_at))
      .evolves<ResultsClosed, Round>(
          &ResultsClosed::round, step<ResultsClosed>(RoundState::results_closed, &Round::results_closed_at))
      .evolves<RoundReconciled, Round>(&RoundReconciled::round,
                                       step<RoundReconciled>(RoundState::reconciled, &Round::reconciled_at))
      .evolves<RoundClosed, Round>(&RoundClosed::round,
                                   step<RoundClosed>(RoundState::closed, &Round::closed_at))
      .evolves<RoundCancelled, Round>(
          &RoundCancelled::round, [](Round& row, auto&, const Stamp&) { row.state = RoundState::cancelled; });

  evolve_people<RosterEnrolled>(desk);
  evolve_people<PersonsSettled>(desk);
  evolve_people<PersonLinked>(desk);
  evolve_people<LinkCorrected>(desk);
  evolve_people<TubeRejected>(desk);
  evolve_people<TubeLost>(desk);
  evolve_people<ResultAuthorised>(desk);
  evolve_people<ResultAmended>(desk);

  desk.evolves<SeriesPlanned, Series>(&SeriesPlanned::series,
                                      [](Series& row, const SeriesPlanned& e, const Stamp&) {
                                        row.id = e.series;
                                        row.county = e.county;
                                        row.pathogen = e.pathogen;
                                        row.planned = e.rounds;
                                        row.source_known = e.source_known;
                                      })
      .evolves<RoundOpened, Series>(
          &RoundOpened::series,
          [](Series& row, const RoundOpened& e, const Stamp& stamp) {
            row.running = e.round;
            row.gap_d = row.last_closed_at ? day_of(stamp.occurred_at) - day_of(*row.last_closed_at) : 0;
          })
      .evolves<RoundReconciled, Series>(&RoundReconciled::series, [](Series& row, const RoundReconciled& e,
                                                                     const Stamp&) { row.last = e.round; })
      .evolves<RoundClosed, Series>(&RoundClosed::series, close_in_series)
      .evolves<RoundCancelled, Series>(&RoundCancelled::series,
                                       [](Series& row, const RoundCancelled& e, const Stamp&) {
                                         if (row.running == e.round) row.running.reset();
                                       })
      .evolves<CaseOutsideNoted, Series>(&CaseOutsideNoted::series,
                                         [](Series& row, const CaseOutsideNoted&, const Stamp& stamp) {
                                           row.case_outside_at = stamp.occurred_at;
                                           row.clean = 0;
                                         })
      .evolves<SeriesStopped, Series>(
          &SeriesStopped::series, [](Series& row, const SeriesStopped& e, const Stamp&) {
            row.state = e.completed ? SeriesState::completed : SeriesState::stopped;
          });
}

void evolve_points(Desk& desk) {
  desk.evolves<PointOrdered, SamplingPoint>(
          &PointOrdered::point,
          [](SamplingPoint& row, const PointOrdered& e, const Stamp& stamp) {
            row.id = e.point;
            row.round = e.round;
            row.title = e.title;
            row.unit = e.unit;
            row.county = e.county;
            row.township = e.township;
            row.longitude = e.longitude;
            row.latitude = e.latitude;
            row.people = e.people;
            row.samplers = e.samplers;
            row.ordered_at = stamp.occurred_at;
          })
      .evolves<PointOrdered, Round>(&PointOrdered::round, [](Round& row, const PointOrdered& e,
                                                             const Stamp&) { row.points.push_back(e.point); })
      .evolves<PointSetUp, SamplingPoint>(&PointSetUp::point,
                                          [](SamplingPoint& row, const PointSetUp& e, const Stamp&) {
                                            row.state = PointState::set_up;
                                            row.checks = e.checks;
                                          })
      .evolves<PointOpened, SamplingPoint>(&PointOpened::point,
                                           [](SamplingPoint& row, const PointOpened&, const Stamp& stamp) {
                                             row.state = PointState::open;
                                             row.opened_at = stamp.occurred_at;
                                             row.closed_at.reset();
                                           })
      .evolves<TeamJoined, SamplingPoint>(
          &TeamJoined::point,
          [](SamplingPoint& row, const TeamJoined& e, const Stamp&) { row.team.push_back(e.sampler); })
      .evolves<QueueReported, SamplingPoint>(
          &QueueReported::point,
          [](SamplingPoint& row, const QueueReported& e, const Stamp& stamp) {
            row.waiting = e.waiting;
            row.reported_at = stamp.occurred_at;
          })
      .evolves<PointCrowded, SamplingPoint>(&PointCrowded::point,
                                            [](SamplingPoint& row, const PointCrowded& e, const Stamp&) {
                                              row.state = PointState::crowded;
                                              row.free_point = e.free_point;
                                              row.free_unit = e.free_unit;
                                              row.distance_m = e.distance_m;
                                            })
      .evolves<PointRelieved, SamplingPoint>(&PointRelieved::point,
                                             [](SamplingPoint& row, auto&, const Stamp&) {
                                               row.state = PointState::open;
                                               forget_proposal(row);
                                             })
      .evolves<PointCancelled, SamplingPoint>(
          &PointCancelled::point,
          [](SamplingPoint& row, auto&, const Stamp& stamp) { end_point(row, PointState::cancelled, stamp); })
      .evolves<PointClosed, SamplingPoint>(
          &PointClosed::point,
          [](SamplingPoint& row, auto&, const Stamp& stamp) { end_point(row, PointState::closed, stamp); });
}

}  // namespace fx::screening
