#pragma once

// Truck drivers (F4/G3): ARRIVED → SAMPLED → RELEASED_TRACKED → CLEARED | STOPPED, with a named holder all the way.

#include <string>
#include <vector>

#include "desks/gates/events.hpp"

namespace fx::gates {

FX_TAG(TruckRun, "truck_run");
FX_TAG(LandingTest, "landing_test");

enum class DriverState { arrived, sampled, released_tracked, cleared, stopped };
BOOST_DESCRIBE_ENUM(DriverState, arrived, sampled, released_tracked, cleared, stopped)

enum class AntigenResult { negative, positive };
BOOST_DESCRIBE_ENUM(AntigenResult, negative, positive)

enum class DriverResult { negative, positive, no_answer };
BOOST_DESCRIBE_ENUM(DriverResult, negative, positive, no_answer)

/// Who was with the driver.
enum class NearDriver { gatekeeper, loader, companion, other };
BOOST_DESCRIBE_ENUM(NearDriver, gatekeeper, loader, companion, other)

struct Near {
  PersonId person;
  NearDriver as = NearDriver::loader;
  Instant from;
  Instant until;
  bool is_protected = false;
};
BOOST_DESCRIBE_STRUCT(Near, (), (person, as, from, until, is_protected))

struct DriverArrived {
  static constexpr std::string_view name = "gates.driver_arrived";
  TruckRunId truck_run;
  CheckId check;
  UnitId gate;
  std::optional<GateShiftId> shift;
  PersonId person;
  std::string plate;
  std::string cargo;
  std::optional<UnitId> destination;
  std::optional<Instant> certificate_at;
  bool in_date = false;  ///< the certificate, by G.truck.cert_h: no repeat test
};
BOOST_DESCRIBE_STRUCT(DriverArrived, (),
                      (truck_run, check, gate, shift, person, plate, cargo, destination, certificate_at,
                       in_date))

struct DriverSampled {
  static constexpr std::string_view name = "gates.driver_sampled";
  TruckRunId truck_run;
  UnitId gate;
  PersonId person;
  TubeId tube;
  Instant sampled_at;
};
BOOST_DESCRIBE_STRUCT(DriverSampled, (), (truck_run, gate, person, tube, sampled_at))

struct AntigenRead {
  static constexpr std::string_view name = "gates.antigen_read";
  TruckRunId truck_run;
  PersonId person;
  AntigenResult result = AntigenResult::negative;
};
BOOST_DESCRIBE_STRUCT(AntigenRead, (), (truck_run, person, result))

/// Kept at the gate, where the profile allows it.
struct DriverHeld {
  static constexpr std::string_view name = "gates.driver_held";
  TruckRunId truck_run;
  UnitId gate;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(DriverHeld, (), (truck_run, gate, person))

struct DriverReleased {
  static constexpr std::string_view name = "gates.driver_released";
  TruckRunId truck_run;
  UnitId gate;
  PersonId person;
  DriverState state = DriverState::released_tracked;  ///< cleared: nothing is awaited
  UnitId holder;                                      ///< who answers for the driver from here
};
BOOST_DESCRIBE_STRUCT(DriverReleased, (), (truck_run, gate, person, state, holder))

/// A further sample of the driver is owed: not before, and not later.
struct LandingTestDue {
  static constexpr std::string_view name = "gates.landing_test_due";
  LandingTestId landing_test;
  TruckRunId truck_run;
  PersonId person;
  UnitId gate;
  UnitId holder;
  Instant not_before;
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(LandingTestDue, (), (landing_test, truck_run, person, gate, holder, not_before, due_at))

struct LandingTestSampled {
  static constexpr std::string_view name = "gates.landing_test_sampled";
  LandingTestId landing_test;
  TruckRunId truck_run;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(LandingTestSampled, (), (landing_test, truck_run, tube))

/// A negative of a tube of this run.
struct DriverNegative {
  static constexpr std::string_view name = "gates.driver_negative";
  TruckRunId truck_run;
  PersonId person;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(DriverNegative, (), (truck_run, person, tube))

/// A tube of this run gave no answer: rejected, lost, grey or invalid.
struct DriverUnanswered {
  static constexpr std::string_view name = "gates.driver_unanswered";
  TruckRunId truck_run;
  PersonId person;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(DriverUnanswered, (), (truck_run, person, tube))

struct DriverCleared {
  static constexpr std::string_view name = "gates.driver_cleared";
  TruckRunId truck_run;
  PersonId person;
  UnitId gate;
};
BOOST_DESCRIBE_STRUCT(DriverCleared, (), (truck_run, person, gate))

/// Positive: whoever holds the driver keeps him where he is until the carrier fetches him, alone or with cases only.
struct DriverStopped {
  static constexpr std::string_view name = "gates.driver_stopped";
  TruckRunId truck_run;
  PersonId person;
  CaseId case_id;
  TubeId tube;
  UnitId gate;
  std::string plate;
  UnitId holder;
  std::optional<UnitId> carrier;  ///< next holder: the transfer desk of the holder's county
  std::vector<Near> near;
  std::vector<LandingTestId> landing_tests;  ///< that are not owed any more
};
BOOST_DESCRIBE_STRUCT(DriverStopped, (),
                      (truck_run, person, case_id, tube, gate, plate, holder, carrier, near, landing_tests))

struct DriverFetched {
  static constexpr std::string_view name = "gates.driver_fetched";
  TruckRunId truck_run;
  PersonId person;
  UnitId carrier;
  UnitId destination;
  std::string vehicle;
};
BOOST_DESCRIBE_STRUCT(DriverFetched, (), (truck_run, person, carrier, destination, vehicle))

/// Who was near the driver, when. `case_id`: the driver is a case already, they are named at once.
struct PresenceRecorded {
  static constexpr std::string_view name = "gates.presence_recorded";
  TruckRunId truck_run;
  PersonId person;
  std::vector<Near> near;
  std::optional<CaseId> case_id;
};
BOOST_DESCRIBE_STRUCT(PresenceRecorded, (), (truck_run, person, near, case_id))

}  // namespace fx::gates
