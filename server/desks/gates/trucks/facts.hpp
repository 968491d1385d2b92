#pragma once

#include "desks/gates/trucks/events.hpp"
#include "kernel/desk.hpp"

namespace fx::gates {

/// One run of a truck driver through a gate, until nothing is awaited any more.
struct TruckRun {
  static constexpr std::string_view table = "truck_run";
  TruckRunId id;
  CheckId check;
  UnitId gate;
  std::optional<GateShiftId> shift;  ///< of the check
  PersonId person;
  std::string plate;
  std::string cargo;
  DriverState state = DriverState::arrived;
  std::optional<UnitId> destination;
  UnitId holder;  ///< exactly one at every moment
  Instant arrived_at;
  std::optional<Instant> certificate_at;
  bool in_date = false;
  std::optional<Instant> first_sampled_at;
  std::optional<Instant> last_sampled_at;
  std::vector<TubeId> tubes;       ///< all of this run
  std::vector<TubeId> open_tubes;  ///< without an answer yet
  std::int32_t negatives = 0;
  std::optional<AntigenResult> antigen;
  std::optional<LandingTestId> landing_test;  ///< owed now
  std::optional<Instant> not_before;
  std::optional<Instant> next_due;
  std::optional<Instant> released_at;
  std::optional<Instant> ended_at;  ///< cleared or stopped
  std::optional<CaseId> case_id;
  std::vector<Near> near;
  std::string vehicle;  ///< that fetched the driver
};
BOOST_DESCRIBE_STRUCT(TruckRun, (),
                      (id, check, gate, shift, person, plate, cargo, state, destination, holder, arrived_at,
                       certificate_at, in_date, first_sampled_at, last_sampled_at, tubes, open_tubes,
                       negatives, antigen, landing_test, not_before, next_due, released_at, ended_at, case_id,
                       near, vehicle))

/// The run a person is on now.
struct DriverNow {
  static constexpr std::string_view table = "driver_now";
  static constexpr bool subject = false;
  PersonId id;
  TruckRunId truck_run;
};
BOOST_DESCRIBE_STRUCT(DriverNow, (), (id, truck_run))

/// A follow-up test that a driver owes or owed.
struct LandingTest {
  static constexpr std::string_view table = "landing_test";
  LandingTestId id;
  TruckRunId truck_run;
  PersonId person;
  Instant due_at;
  std::optional<TubeId> tube;  ///< that met it
};
BOOST_DESCRIBE_STRUCT(LandingTest, (), (id, truck_run, person, due_at, tube))

void evolve_trucks(Desk& desk);
void add_trucks(Desk& desk);
void add_driver_tests(Desk& desk);
void add_driver_laws(Desk& desk);

}  // namespace fx::gates
