#pragma once

// Rows of mass rounds. A round's counts are kept by whoever counts: each sampler of a team has an own row, each township
// and each laboratory one. So 720 samplers never wait for each other, and the sum is exact under the round's lock,
// which every step of its tubes shares (kernel-notes §3).

#include "desks/screening/rounds/events.hpp"
#include "kernel/desk.hpp"
#include "kernel/view.hpp"

namespace fx::screening {

FX_TAG(RoundPerson, "round_person");
FX_TAG(RoundTally, "round_tally");

enum class RoundState {
  planned,
  approved,
  open,
  sampling_closed,
  results_closed,
  reconciled,
  closed,
  cancelled
};
BOOST_DESCRIBE_ENUM(RoundState, planned, approved, open, sampling_closed, results_closed, reconciled, closed,
                    cancelled)

struct Round {
  static constexpr std::string_view table = "round";
  RoundId id;
  std::string title;
  RoundState state = RoundState::planned;
  UnitId county;
  std::string pathogen;
  std::optional<SeriesId> series;
  bool outbreak = true;
  RoundPlan plan;
  std::int64_t support = 0;  ///< samplers signed by others
  std::vector<PointId> points;
  std::optional<AccountId> approver;
  Instant planned_at;
  std::optional<Instant> approved_at;
  std::optional<Instant> opened_at;
  std::optional<Instant> sampling_closed_at;
  std::optional<Instant> results_closed_at;
  std::optional<Instant> reconciled_at;
  std::optional<Instant> closed_at;
  std::optional<RoundEquation> equation;  ///< as of the last step that printed it
};
BOOST_DESCRIBE_STRUCT(Round, (),
                      (id, title, state, county, pathogen, series, outbreak, plan, support, points, approver,
                       planned_at, approved_at, opened_at, sampling_closed_at, results_closed_at,
                       reconciled_at, closed_at, equation))

/// One person of one round.
struct RoundPerson {
  static constexpr std::string_view table = "round_person";
  static constexpr bool subject = false;
  RoundPersonId id;  ///< round_person_id(round, person)
  RoundId round;
  PersonId person;
  std::int64_t township = 0;
  std::string building;
  bool added = false;
  RosterState state = RosterState::rostered;
  std::optional<TubeId> tube;         ///< that holds the person's specimen
  std::optional<TubeId> called_back;  ///< the tube that gave no result: a new sample is owed
  std::string proof;
  TextRef reason;
  std::optional<AccountId> approver;
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(RoundPerson, (),
                      (id, round, person, township, building, added, state, tube, called_back, proof, reason,
                       approver, changed_at))

/// People of one building by state. Cells of one row may be negative: only the sum over a round's rows means something.
struct AreaCount {
  std::int64_t township = 0;
  std::string building;
  std::int64_t roster = 0;
  std::int64_t added = 0;
  std::int64_t sampled = 0;
  std::int64_t tested_elsewhere = 0;
  std::int64_t exempt = 0;
  std::int64_t out_of_area = 0;
};
BOOST_DESCRIBE_STRUCT(AreaCount, (),
                      (township, building, roster, added, sampled, tested_elsewhere, exempt, out_of_area))

struct RoundTally {
  static constexpr std::string_view table = "round_tally";
  static constexpr bool subject = false;
  RawId id;  ///< team_tally, township_tally or lab_tally
  RoundId round;
  std::vector<AreaCount> areas;
  std::int64_t issued = 0;  ///< tubes
  std::int64_t opened = 0;
  std::int64_t sealed = 0;
  std::int64_t voided = 0;
  std::int64_t received = 0;
  std::int64_t rejected = 0;
  std::int64_t lost = 0;
  std::int64_t ended_unsealed = 0;  ///< rejected before their seal was told
  std::int64_t negative = 0;
  std::int64_t positive = 0;
  std::int64_t grey = 0;
  std::int64_t invalid = 0;
  std::int64_t negative_people = 0;
  std::int64_t positive_people = 0;
  std::int64_t holds = 0;
};
BOOST_DESCRIBE_STRUCT(RoundTally, (),
                      (id, round, areas, issued, opened, sealed, voided, received, rejected, lost,
                       ended_unsealed, negative, positive, grey, invalid, negative_people, positive_people,
                       holds))

enum class SeriesState { running, stopped, completed };
BOOST_DESCRIBE_ENUM(SeriesState, running, stopped, completed)

/// Rounds one after another (压茬推进).
struct Series {
  static constexpr std::string_view table = "series";
  SeriesId id;
  SeriesState state = SeriesState::running;
  UnitId county;
  std::string pathogen;
  std::int32_t planned = 0;
  bool source_known = false;
  std::int32_t closed = 0;                 ///< rounds
  std::int32_t clean = 0;                  ///< rounds without a positive in a row, up to now
  std::optional<RoundId> last;             ///< reconciled or closed
  std::optional<RoundId> running;          ///< open now
  std::optional<Instant> case_outside_at;  ///< since the last closed round
  std::optional<Instant> last_closed_at;
  std::int32_t gap_d =
      0;  ///< whole days between the closing of the round before and the opening of the last one
};
BOOST_DESCRIBE_STRUCT(Series, (),
                      (id, state, county, pathogen, planned, source_known, closed, clean, last, running,
                       case_outside_at, last_closed_at, gap_d))

enum class PointState { planned, set_up, open, crowded, closed, cancelled };
BOOST_DESCRIBE_ENUM(PointState, planned, set_up, open, crowded, closed, cancelled)

struct SamplingPoint {
  static constexpr std::string_view table = "sampling_point";
  PointId id;
  std::optional<RoundId> round;
  std::string title;
  PointState state = PointState::planned;
  UnitId unit;
  std::optional<UnitId> county;
  std::int64_t township = 0;
  std::optional<double> longitude;
  std::optional<double> latitude;
  std::int64_t people = 0;
  std::int32_t samplers = 0;
  std::vector<AccountId> team;  ///< who samples there; each counts in a row of its own
  std::int32_t waiting = 0;
  std::vector<PointCheck> checks;
  Instant ordered_at;
  std::optional<Instant> opened_at;
  std::optional<Instant> reported_at;  ///< the queue
  std::optional<Instant> closed_at;
  std::optional<PointId> free_point;  ///< while crowded: the nearest team without a queue, and whose it is
  std::optional<UnitId> free_unit;
  std::optional<double> distance_m;  ///< to it, as the crow flies
};
BOOST_DESCRIBE_STRUCT(SamplingPoint, (),
                      (id, round, title, state, unit, county, township, longitude, latitude, people, samplers,
                       team, waiting, checks, ordered_at, opened_at, reported_at, closed_at, free_point,
                       free_unit, distance_m))

// ---- keys --------------------------------------------------------------------------------------------------------

/// Near each other for people who were registered one after the other, as a household or a queue is: what a device sends
/// in one batch then touches a page or two of the table and of each of its indexes, not one a person.
RoundPersonId round_person_id(RoundId round, PersonId person);
/// Counts of one sampler of a point's team.
RawId team_tally(RoundId round, PointId point, AccountId sampler);
/// Counts of a township of the plan; of all others together.
RawId township_tally(const Round& round, std::int64_t township);
/// Counts of a laboratory of the plan; of all others together.
RawId lab_tally(const Round& round, std::optional<UnitId> lab);
/// Every row of counts of the round that does not belong to a team.
std::vector<RawId> standing_tallies(const Round& round);

void evolve_rounds(Desk& desk);
void evolve_points(Desk& desk);
void evolve_tallies(Desk& desk);

}  // namespace fx::screening
