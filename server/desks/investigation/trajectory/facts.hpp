#pragma once

#include "desks/investigation/trajectory/commands.hpp"
#include "kernel/desk.hpp"

namespace fx::investigation {

/// One stop or trip of a case; a withdrawn one stays.
struct Stop {
  static constexpr std::string_view table = "stop";
  StopId id;
  CaseId case_id;
  PersonId person;
  UnitId cdc;
  StopKind kind = StopKind::stay;
  Setting setting = Setting::other;
  std::string place;
  std::int64_t division = 0;
  TextRef address;
  Instant from;
  Instant until;
  std::string service;
  std::string carriage;
  std::int32_t row = 0;
  std::string seat;
  KnownBy known_by = KnownBy::interview;
  std::optional<bool> masked;
  bool in_window = false;
  bool withdrawn = false;
  std::optional<StopOutcome> outcome;
  std::optional<AccountId> settled_by;
  std::int32_t found = 0;   ///< contacts named of this stop
  std::int32_t judged = 0;  ///< of them, judged
};
BOOST_DESCRIBE_STRUCT(Stop, (),
                      (id, case_id, person, cdc, kind, setting, place, division, address, from, until,
                       service, carriage, row, seat, known_by, masked, in_window, withdrawn, outcome,
                       settled_by, found, judged))

/// A question about a trajectory.
struct Gap {
  static constexpr std::string_view table = "trajectory_gap";
  GapId id;
  CaseId case_id;
  UnitId cdc;
  Instant from;
  Instant until;
  bool stands = true;  ///< false: the stops leave it no longer
  bool answered = false;
  bool left_open = false;
  std::optional<AccountId> answered_by;
  TextRef answer;
};
BOOST_DESCRIBE_STRUCT(Gap, (),
                      (id, case_id, cdc, from, until, stands, answered, left_open, answered_by, answer))

/// Stops and questions of one case, by id.
struct Trajectory {
  static constexpr std::string_view table = "trajectory";
  static constexpr bool subject = false;
  RawId id;
  std::vector<StopId> stops;
  std::vector<GapId> gaps;
};
BOOST_DESCRIBE_STRUCT(Trajectory, (), (id, stops, gaps))

RawId trajectory_of(CaseId case_id);
GapId gap_of(CaseId case_id, Instant from, Instant until);

/// Settled, and everybody found there judged; outside the window nothing is asked.
bool is_done(const Stop& stop);
bool is_done(const Gap& gap);

/// The stop's name in the index of visits [visits/facts.hpp].
std::string place_of(const Stop& stop);

void add_trajectory_facts(Desk& desk);

}  // namespace fx::investigation
