#pragma once

// What a quarantine site owes besides rooms: its opening by steps (F6), care of the mind, sewage, no visits (F7), and the
// assessment after a positive or a visit (F2).

#include "desks/isolation/events.hpp"

namespace fx::isolation {

FX_TAG(Counselling, "counselling");
FX_TAG(CrossExposure, "cross_exposure");

/// Shares of an opening order [rulebook F.open_steps]: one third, half, all.
enum class OpeningShare { none, third, half, all };
BOOST_DESCRIBE_ENUM(OpeningShare, none, third, half, all)

/// F7: SCREENED → NOT_NEEDED | OFFERED → IN_CARE → CLOSED | DECLINED; any → CRISIS → HANDED_OVER.
enum class CounsellingState { not_needed, offered, in_care, closed, declined, crisis, handed_over };
BOOST_DESCRIBE_ENUM(CounsellingState, not_needed, offered, in_care, closed, declined, crisis, handed_over)

enum class SewageState { unchecked, in_range, out_of_range, redosed };
BOOST_DESCRIBE_ENUM(SewageState, unchecked, in_range, out_of_range, redosed)

/// Why the people of a floor may have met the virus at the site.
enum class CrossCause { positive, visit };
BOOST_DESCRIBE_ENUM(CrossCause, positive, visit)

struct SiteOpeningOrdered {
  static constexpr std::string_view name = "isolation.site_opening_ordered";
  UnitId site;
  UnitId issuer;
  std::int32_t rooms = 0;
  std::int32_t third = 0;  ///< rooms ready by the first step, rounded up
  std::int32_t half = 0;
};
BOOST_DESCRIBE_STRUCT(SiteOpeningOrdered, (), (site, issuer, rooms, third, half))

/// For how many rooms there is staff.
struct SiteStaffed {
  static constexpr std::string_view name = "isolation.site_staffed";
  UnitId site;
  std::int32_t rooms = 0;
};
BOOST_DESCRIBE_STRUCT(SiteStaffed, (), (site, rooms))

/// How many rooms are clean or in use, and staffed, now.
struct SiteReadinessCounted {
  static constexpr std::string_view name = "isolation.site_readiness_counted";
  UnitId site;
  std::int32_t ready = 0;
};
BOOST_DESCRIBE_STRUCT(SiteReadinessCounted, (), (site, ready))

/// So many rooms are clean or in use, and staffed: a step of the opening is reached.
struct SiteShareReady {
  static constexpr std::string_view name = "isolation.site_share_ready";
  UnitId site;
  OpeningShare share = OpeningShare::third;
  std::int32_t rooms = 0;
};
BOOST_DESCRIBE_STRUCT(SiteShareReady, (), (site, share, rooms))

struct CounsellingScreened {
  static constexpr std::string_view name = "isolation.counselling_screened";
  CounsellingId counselling;
  StayId stay;
  PersonId person;
  UnitId site;
  bool needed = false;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(CounsellingScreened, (), (counselling, stay, person, site, needed, by))

struct CounsellingMoved {
  static constexpr std::string_view name = "isolation.counselling_moved";
  CounsellingId counselling;
  CounsellingState state = CounsellingState::in_care;  ///< in_care | declined | closed
};
BOOST_DESCRIBE_STRUCT(CounsellingMoved, (), (counselling, state))

struct CrisisFound {
  static constexpr std::string_view name = "isolation.crisis_found";
  CounsellingId counselling;
  StayId stay;
  PersonId person;
  UnitId site;
  AccountId by;
  TextRef seen;
};
BOOST_DESCRIBE_STRUCT(CrisisFound, (), (counselling, stay, person, site, by, seen))

struct CrisisHandedOver {
  static constexpr std::string_view name = "isolation.crisis_handed_over";
  CounsellingId counselling;
  StayId stay;
  UnitId to;
  TextRef receiver;  ///< the named person who took over
};
BOOST_DESCRIBE_STRUCT(CrisisHandedOver, (), (counselling, stay, to, receiver))

struct SewageInRange {
  static constexpr std::string_view name = "isolation.sewage_in_range";
  UnitId site;
  double chlorine_mg_l = 0;
  Instant next_check;  ///< the end of the slot in which the next one is owed
};
BOOST_DESCRIBE_STRUCT(SewageInRange, (), (site, chlorine_mg_l, next_check))

struct SewageOutOfRange {
  static constexpr std::string_view name = "isolation.sewage_out_of_range";
  UnitId site;
  double chlorine_mg_l = 0;
};
BOOST_DESCRIBE_STRUCT(SewageOutOfRange, (), (site, chlorine_mg_l))

struct SewageRedosed {
  static constexpr std::string_view name = "isolation.sewage_redosed";
  UnitId site;
  std::string agent;
};
BOOST_DESCRIBE_STRUCT(SewageRedosed, (), (site, agent))

struct SewageDischarged {
  static constexpr std::string_view name = "isolation.sewage_discharged";
  UnitId site;
};
BOOST_DESCRIBE_STRUCT(SewageDischarged, (), (site))

/// A visit, or walking between rooms, was seen though it is not allowed.
struct VisitSeen {
  static constexpr std::string_view name = "isolation.visit_seen";
  CrossExposureId assessment;
  StayId stay;
  UnitId site;
  AccountId by;
  TextRef seen;
};
BOOST_DESCRIBE_STRUCT(VisitSeen, (), (assessment, stay, site, by, seen))

/// The same floor and the same staff are to be assessed.
struct CrossExposureOpened {
  static constexpr std::string_view name = "isolation.cross_exposure_opened";
  CrossExposureId assessment;
  StayId stay;
  UnitId site;
  UnitId cdc;
  CrossCause cause = CrossCause::positive;
};
BOOST_DESCRIBE_STRUCT(CrossExposureOpened, (), (assessment, stay, site, cdc, cause))

struct CrossExposureAssessed {
  static constexpr std::string_view name = "isolation.cross_exposure_assessed";
  CrossExposureId assessment;
  std::int32_t residents_exposed = 0;
  std::int32_t staff_exposed = 0;
  AccountId by;
  TextRef note;
};
BOOST_DESCRIBE_STRUCT(CrossExposureAssessed, (), (assessment, residents_exposed, staff_exposed, by, note))

}  // namespace fx::isolation
