#pragma once

#include "desks/gates/trucks/events.hpp"

namespace fx::gates {

/// After the check of the driver: the truck, where it goes, who will answer for the driver there.
struct ReceiveDriver {
  TruckRunId truck_run;
  CheckId check;
  std::string plate;
  std::optional<std::string> cargo;
  std::optional<UnitId> destination;
};
BOOST_DESCRIBE_STRUCT(ReceiveDriver, (), (truck_run, check, plate, cargo, destination))

struct ReadAntigen {
  TruckRunId truck_run;
  AntigenResult result = AntigenResult::negative;
};
BOOST_DESCRIBE_STRUCT(ReadAntigen, (), (truck_run, result))

/// Keep the driver until the nucleic-acid result.
struct HoldDriver {
  TruckRunId truck_run;
};
BOOST_DESCRIBE_STRUCT(HoldDriver, (), (truck_run))

struct ReleaseDriver {
  TruckRunId truck_run;
  std::optional<UnitId> holder;  ///< absent: the destination
};
BOOST_DESCRIBE_STRUCT(ReleaseDriver, (), (truck_run, holder))

struct RecordPresence {
  TruckRunId truck_run;
  std::vector<Near> near;
};
BOOST_DESCRIBE_STRUCT(RecordPresence, (), (truck_run, near))

/// By the transfer desk. `aboard`: who else is in the vehicle.
struct FetchDriver {
  TruckRunId truck_run;
  UnitId destination;
  std::string vehicle;  ///< plate
  std::vector<PersonId> aboard;
};
BOOST_DESCRIBE_STRUCT(FetchDriver, (), (truck_run, destination, vehicle, aboard))

/// From screening: a single tube of this person is sealed.
struct NoteDriverSample {
  PersonId person;
  TubeId tube;
  Instant sealed_at;
};
BOOST_DESCRIBE_STRUCT(NoteDriverSample, (), (person, tube, sealed_at))

/// From screening: what became of it.
struct NoteDriverResult {
  PersonId person;
  TubeId tube;
  DriverResult result = DriverResult::negative;
  std::optional<CaseId> case_id;
};
BOOST_DESCRIBE_STRUCT(NoteDriverResult, (), (person, tube, result, case_id))

}  // namespace fx::gates
