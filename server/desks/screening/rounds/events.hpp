#pragma once

// What happened to a mass round (E3) and its sampling points (E2). `county` is the command post that holds the round.

#include "desks/screening/events.hpp"

namespace fx::screening {

FX_TAG(Series, "series");

/// What a laboratory is to test of a round in a day.
struct PlannedLab {
  UnitId lab;
  std::int64_t per_day = 0;
};
BOOST_DESCRIBE_STRUCT(PlannedLab, (), (lab, per_day))

struct PlannedTownship {
  std::int64_t township = 0;  ///< GB/T 2260 code of 9 digits
  std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(PlannedTownship, (), (township, people))

struct RoundPlan {
  std::int64_t people = 0;
  std::int64_t points = 0;
  std::int64_t samplers = 0;
  std::int32_t tube_size = 10;
  std::vector<PlannedLab> labs;
  std::vector<PlannedTownship> townships;
};
BOOST_DESCRIBE_STRUCT(RoundPlan, (), (people, points, samplers, tube_size, labs, townships))

/// The equation of a round: what it closes with, printed and kept.
struct RoundEquation {
  std::int64_t roster = 0;
  std::int64_t added = 0;
  std::int64_t sampled = 0;
  std::int64_t tested_elsewhere = 0;
  std::int64_t exempt = 0;
  std::int64_t out_of_area = 0;
  std::int64_t missed = 0;  ///< roster + added minus the states above
  double coverage = 0;      ///< (sampled + elsewhere) ÷ (roster + added − exempt − out of area), 0 … 1
  std::int64_t issued = 0;  ///< tubes = sealed + voided + unused
  std::int64_t sealed = 0;  ///< = received + rejected + lost + in_transit
  std::int64_t voided = 0;
  std::int64_t unused = 0;
  std::int64_t received = 0;
  std::int64_t rejected = 0;
  std::int64_t lost = 0;
  std::int64_t in_transit = 0;
  std::int64_t authorised = 0;
  std::int64_t pending = 0;  ///< tubes with people in them and no end yet
  std::int64_t positive_tubes = 0;
  std::int64_t negative_people = 0;
  std::int64_t positive_people = 0;
  std::int64_t holds = 0;  ///< members of positive or grey pools nobody knows about yet
};
BOOST_DESCRIBE_STRUCT(RoundEquation, (),
                      (roster, added, sampled, tested_elsewhere, exempt, out_of_area, missed, coverage,
                       issued, sealed, voided, unused, received, rejected, lost, in_transit, authorised,
                       pending, positive_tubes, negative_people, positive_people, holds))

struct RoundPlanned {
  static constexpr std::string_view name = "screening.round_planned";
  RoundId round;
  std::string title;
  UnitId county;
  std::string pathogen;
  std::optional<SeriesId> series;
  bool outbreak = true;  ///< there is one in the area
  RoundPlan plan;
};
BOOST_DESCRIBE_STRUCT(RoundPlanned, (), (round, title, county, pathogen, series, outbreak, plan))

struct SupportSigned {
  static constexpr std::string_view name = "screening.support_signed";
  RoundId round;
  UnitId county;
  UnitId from;  ///< who sends them
  std::int64_t samplers = 0;
};
BOOST_DESCRIBE_STRUCT(SupportSigned, (), (round, county, from, samplers))

struct RoundApproved {
  static constexpr std::string_view name = "screening.round_approved";
  RoundId round;
  UnitId county;
  AccountId approver;
  std::int64_t samplers_needed = 0;
  std::int64_t tubes_needed = 0;
  std::int64_t tubes_a_day = 0;  ///< of the laboratories that count
};
BOOST_DESCRIBE_STRUCT(RoundApproved, (),
                      (round, county, approver, samplers_needed, tubes_needed, tubes_a_day))

/// At most 1,000 persons at once; who stands on the list already is not named again.
struct RosterEnrolled {
  static constexpr std::string_view name = "screening.roster_enrolled";
  RoundId round;
  UnitId county;
  std::vector<RosterMove> moves;
};
BOOST_DESCRIBE_STRUCT(RosterEnrolled, (), (round, county, moves))

/// Persons who need no sample in this round, with what shows it.
struct PersonsSettled {
  static constexpr std::string_view name = "screening.persons_settled";
  RoundId round;
  UnitId county;
  RosterState state = RosterState::exempt;
  std::vector<RosterMove> moves;
  std::optional<Instant> sampled_at;  ///< elsewhere
  std::string proof;                  ///< number of the report, ticket, certificate
  TextRef reason;
  AccountId approver;
};
BOOST_DESCRIBE_STRUCT(PersonsSettled, (), (round, county, state, moves, sampled_at, proof, reason, approver))

struct RoundOpened {
  static constexpr std::string_view name = "screening.round_opened";
  RoundId round;
  UnitId county;
  std::string pathogen;
  std::int64_t people = 0;
  bool large = false;  ///< more people than E.mass.deadline.people_max
  std::optional<SeriesId> series;
};
BOOST_DESCRIBE_STRUCT(RoundOpened, (), (round, county, pathogen, people, large, series))

struct SamplingClosed {
  static constexpr std::string_view name = "screening.sampling_closed";
  RoundId round;
  UnitId county;
  RoundEquation equation;
};
BOOST_DESCRIBE_STRUCT(SamplingClosed, (), (round, county, equation))

struct ResultsClosed {
  static constexpr std::string_view name = "screening.results_closed";
  RoundId round;
  UnitId county;
  RoundEquation equation;
};
BOOST_DESCRIBE_STRUCT(ResultsClosed, (), (round, county, equation))

struct RoundReconciled {
  static constexpr std::string_view name = "screening.round_reconciled";
  RoundId round;
  UnitId county;
  std::string pathogen;
  bool in_series = false;  ///< of a series that goes on
  std::optional<SeriesId> series;
  RoundEquation equation;
};
BOOST_DESCRIBE_STRUCT(RoundReconciled, (), (round, county, pathogen, in_series, series, equation))

struct RoundClosed {
  static constexpr std::string_view name = "screening.round_closed";
  RoundId round;
  UnitId county;
  std::optional<SeriesId> series;
  RoundEquation equation;
};
BOOST_DESCRIBE_STRUCT(RoundClosed, (), (round, county, series, equation))

struct RoundCancelled {
  static constexpr std::string_view name = "screening.round_cancelled";
  RoundId round;
  UnitId county;
  std::optional<SeriesId> series;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(RoundCancelled, (), (round, county, series, reason))

// ---- series (E6) -------------------------------------------------------------------------------------------------

struct SeriesPlanned {
  static constexpr std::string_view name = "screening.series_planned";
  SeriesId series;
  UnitId county;
  std::string pathogen;
  std::int32_t rounds = 0;
  bool source_known = false;
};
BOOST_DESCRIBE_STRUCT(SeriesPlanned, (), (series, county, pathogen, rounds, source_known))

struct CaseOutsideNoted {
  static constexpr std::string_view name = "screening.case_outside_noted";
  SeriesId series;
  UnitId county;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(CaseOutsideNoted, (), (series, county, case_id))

struct SeriesStopped {
  static constexpr std::string_view name = "screening.series_stopped";
  SeriesId series;
  UnitId county;
  std::optional<RoundId> round;  ///< the last one: what was owed after it is owed no more
  bool completed = false;        ///< as many rounds as planned
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(SeriesStopped, (), (series, county, round, completed, reason))

/// The next round of a series is open: what was owed after the last one is met.
struct NextRoundOpened {
  static constexpr std::string_view name = "screening.next_round_opened";
  SeriesId series;
  RoundId round;  ///< the last one, after which it was owed
  RoundId next;
  UnitId county;
};
BOOST_DESCRIBE_STRUCT(NextRoundOpened, (), (series, round, next, county))

// ---- sampling points (E2) ----------------------------------------------------------------------------------------

/// E2: each must be there before a point opens.
enum class PointCheck { one_way_flow, zones, wait_area, waste, signs };
BOOST_DESCRIBE_ENUM(PointCheck, one_way_flow, zones, wait_area, waste, signs)

struct PointOrdered {
  static constexpr std::string_view name = "screening.point_ordered";
  PointId point;
  std::optional<RoundId> round;  ///< absent: a standing point of routine testing
  std::string title;
  UnitId unit;  ///< who runs it: the sender of its tubes
  std::optional<UnitId> county;
  std::int64_t township = 0;
  std::optional<double> longitude;  ///< degrees, WGS 84
  std::optional<double> latitude;
  std::int64_t people = 0;
  std::int32_t samplers = 0;
};
BOOST_DESCRIBE_STRUCT(PointOrdered, (),
                      (point, round, title, unit, county, township, longitude, latitude, people, samplers))

struct PointSetUp {
  static constexpr std::string_view name = "screening.point_set_up";
  PointId point;
  UnitId unit;
  std::vector<PointCheck> checks;
};
BOOST_DESCRIBE_STRUCT(PointSetUp, (), (point, unit, checks))

struct PointOpened {
  static constexpr std::string_view name = "screening.point_opened";
  PointId point;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(PointOpened, (), (point, unit))

struct TeamJoined {
  static constexpr std::string_view name = "screening.team_joined";
  PointId point;
  UnitId unit;
  AccountId sampler;
};
BOOST_DESCRIBE_STRUCT(TeamJoined, (), (point, unit, sampler))

struct QueueReported {
  static constexpr std::string_view name = "screening.queue_reported";
  PointId point;
  UnitId unit;
  std::int32_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(QueueReported, (), (point, unit, waiting))

/// CROWDED: the point lead is told, and the nearest team without a queue is proposed.
struct PointCrowded {
  static constexpr std::string_view name = "screening.point_crowded";
  PointId point;
  UnitId unit;
  std::optional<UnitId> county;
  std::int32_t waiting = 0;
  std::optional<PointId> free_point;
  std::optional<UnitId> free_unit;
  std::optional<double> distance_m;  ///< as the crow flies; absent when a point has no coordinates
};
BOOST_DESCRIBE_STRUCT(PointCrowded, (), (point, unit, county, waiting, free_point, free_unit, distance_m))

struct PointRelieved {
  static constexpr std::string_view name = "screening.point_relieved";
  PointId point;
  UnitId unit;
  std::int32_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(PointRelieved, (), (point, unit, waiting))

/// Never to open: the order is taken back, alone or with its round.
struct PointCancelled {
  static constexpr std::string_view name = "screening.point_cancelled";
  PointId point;
  UnitId unit;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(PointCancelled, (), (point, unit, reason))

struct PointClosed {
  static constexpr std::string_view name = "screening.point_closed";
  PointId point;
  UnitId unit;
};
BOOST_DESCRIBE_STRUCT(PointClosed, (), (point, unit))

}  // namespace fx::screening
