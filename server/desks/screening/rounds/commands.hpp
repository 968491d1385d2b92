#pragma once

// What people may ask of mass rounds and sampling points.

#include "desks/screening/rounds/events.hpp"

namespace fx::screening {

struct PlanRound {
  RoundId round;
  std::string title;
  std::string pathogen;
  std::optional<SeriesId> series;
  bool outbreak = true;
  std::int64_t people = 0;
  std::int64_t points = 0;
  std::int64_t samplers = 0;
  std::int32_t tube_size = 10;
  std::vector<PlannedLab> labs;
  std::vector<PlannedTownship> townships;
};
BOOST_DESCRIBE_STRUCT(PlanRound, (),
                      (round, title, pathogen, series, outbreak, people, points, samplers, tube_size, labs,
                       townships))

struct SignSupport {
  RoundId round;
  std::int64_t samplers = 0;
};
BOOST_DESCRIBE_STRUCT(SignSupport, (), (round, samplers))

struct ApproveRound {
  RoundId round;
};
BOOST_DESCRIBE_STRUCT(ApproveRound, (), (round))

struct RosterLine {
  PersonId person;
  std::int64_t township = 0;
  std::string building;
};
BOOST_DESCRIBE_STRUCT(RosterLine, (), (person, township, building))

struct EnrolPeople {
  RoundId round;
  std::vector<RosterLine> people;  ///< at most 1,000
};
BOOST_DESCRIBE_STRUCT(EnrolPeople, (), (round, people))

struct OpenRound {
  RoundId round;
};
BOOST_DESCRIBE_STRUCT(OpenRound, (), (round))

struct NoteTestedElsewhere {
  RoundId round;
  std::vector<PersonId> people;
  Instant sampled_at;
  std::string proof;  ///< number of the report
};
BOOST_DESCRIBE_STRUCT(NoteTestedElsewhere, (), (round, people, sampled_at, proof))

struct ExemptPeople {
  RoundId round;
  std::vector<PersonId> people;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(ExemptPeople, (), (round, people, reason))

struct NoteOutOfArea {
  RoundId round;
  std::vector<PersonId> people;
  std::string proof;
};
BOOST_DESCRIBE_STRUCT(NoteOutOfArea, (), (round, people, proof))

struct CloseSampling {
  RoundId round;
};
BOOST_DESCRIBE_STRUCT(CloseSampling, (), (round))

struct CloseResults {
  RoundId round;
};
BOOST_DESCRIBE_STRUCT(CloseResults, (), (round))

struct ReconcileRound {
  RoundId round;
};
BOOST_DESCRIBE_STRUCT(ReconcileRound, (), (round))

struct CloseRound {
  RoundId round;
};
BOOST_DESCRIBE_STRUCT(CloseRound, (), (round))

struct CancelRound {
  RoundId round;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(CancelRound, (), (round, reason))

struct PlanSeries {
  SeriesId series;
  std::string pathogen;
  std::int32_t rounds = 0;
  bool source_known = false;
};
BOOST_DESCRIBE_STRUCT(PlanSeries, (), (series, pathogen, rounds, source_known))

struct NoteCaseOutside {
  SeriesId series;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(NoteCaseOutside, (), (series, case_id))

struct StopSeries {
  SeriesId series;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(StopSeries, (), (series, reason))

struct OrderPoint {
  PointId point;
  std::optional<RoundId> round;
  std::string title;
  UnitId unit;
  std::int64_t township = 0;
  std::optional<double> longitude;
  std::optional<double> latitude;
  std::int64_t people = 0;
  std::int32_t samplers = 0;
};
BOOST_DESCRIBE_STRUCT(OrderPoint, (),
                      (point, round, title, unit, township, longitude, latitude, people, samplers))

struct SetUpPoint {
  PointId point;
  std::vector<PointCheck> checks;
};
BOOST_DESCRIBE_STRUCT(SetUpPoint, (), (point, checks))

struct OpenPoint {
  PointId point;
};
BOOST_DESCRIBE_STRUCT(OpenPoint, (), (point))

struct JoinPoint {
  PointId point;
};
BOOST_DESCRIBE_STRUCT(JoinPoint, (), (point))

struct ReportQueue {
  PointId point;
  std::int32_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(ReportQueue, (), (point, waiting))

struct CancelPoint {
  PointId point;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(CancelPoint, (), (point, reason))

struct ClosePoint {
  PointId point;
};
BOOST_DESCRIBE_STRUCT(ClosePoint, (), (point))

}  // namespace fx::screening
