#pragma once

// What people may ask of a site besides its rooms. A member not said to be optional is required.

#include "desks/isolation/services/events.hpp"

namespace fx::isolation {

struct OrderSiteOpening {
  UnitId site;
  std::int32_t rooms = 0;
};
BOOST_DESCRIBE_STRUCT(OrderSiteOpening, (), (site, rooms))

struct RecordStaffed {
  UnitId site;
  std::int32_t rooms = 0;  ///< for how many rooms there is staff
};
BOOST_DESCRIBE_STRUCT(RecordStaffed, (), (site, rooms))

struct ScreenCounselling {
  StayId stay;
  bool needed = false;
};
BOOST_DESCRIBE_STRUCT(ScreenCounselling, (), (stay, needed))

struct MoveCounselling {
  StayId stay;
  CounsellingState state = CounsellingState::in_care;  ///< in_care | declined | closed
};
BOOST_DESCRIBE_STRUCT(MoveCounselling, (), (stay, state))

struct ReportCrisis {
  StayId stay;
  FreeText seen;
};
BOOST_DESCRIBE_STRUCT(ReportCrisis, (), (stay, seen))

struct HandOverCrisis {
  StayId stay;
  UnitId to;
  FreeText receiver;
};
BOOST_DESCRIBE_STRUCT(HandOverCrisis, (), (stay, to, receiver))

struct RecordSewage {
  UnitId site;
  double chlorine_mg_l = 0;
};
BOOST_DESCRIBE_STRUCT(RecordSewage, (), (site, chlorine_mg_l))

struct RedoseSewage {
  UnitId site;
  std::string agent;
};
BOOST_DESCRIBE_STRUCT(RedoseSewage, (), (site, agent))

struct DischargeSewage {
  UnitId site;
};
BOOST_DESCRIBE_STRUCT(DischargeSewage, (), (site))

/// Asks to let somebody in, or from room to room.
struct RecordVisit {
  StayId stay;
  FreeText visitor;
};
BOOST_DESCRIBE_STRUCT(RecordVisit, (), (stay, visitor))

struct ReportVisit {
  StayId stay;
  FreeText seen;
};
BOOST_DESCRIBE_STRUCT(ReportVisit, (), (stay, seen))

/// From isolation.stay_converted: somebody at the site is positive.
struct OpenCrossExposure {
  StayId stay;
  UnitId site;
  UnitId cdc;
  TubeId tube;
};
BOOST_DESCRIBE_STRUCT(OpenCrossExposure, (), (stay, site, cdc, tube))

struct AssessCrossExposure {
  CrossExposureId assessment;
  std::int32_t residents_exposed = 0;
  std::int32_t staff_exposed = 0;
  FreeText note;
};
BOOST_DESCRIBE_STRUCT(AssessCrossExposure, (), (assessment, residents_exposed, staff_exposed, note))

}  // namespace fx::isolation
