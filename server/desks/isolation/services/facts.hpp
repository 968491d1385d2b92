#pragma once

#include "desks/isolation/services/events.hpp"
#include "kernel/desk.hpp"

namespace fx::isolation {

/// How far a site's opening has come, and its sewage.
struct SiteUpkeep {
  static constexpr std::string_view table = "site_upkeep";
  static constexpr bool subject = false;
  UnitId id;
  std::int32_t ordered = 0;  ///< rooms of the opening order
  std::int32_t staffed = 0;  ///< rooms with staff
  std::int32_t ready = 0;    ///< clean or in use, and staffed
  std::int32_t owed = 0;     ///< of the next step
  std::int32_t missing = 0;  ///< owed - ready, never negative
  OpeningShare share = OpeningShare::none;
  std::optional<Instant> ordered_at;
  SewageState sewage = SewageState::unchecked;
  double chlorine_mg_l = 0;
  std::optional<Instant> sewage_at;
};
BOOST_DESCRIBE_STRUCT(SiteUpkeep, (),
                      (id, ordered, staffed, ready, owed, missing, share, ordered_at, sewage, chlorine_mg_l,
                       sewage_at))

struct Counselling {
  static constexpr std::string_view table = "counselling";
  CounsellingId id;
  StayId stay;
  PersonId person;
  UnitId site;
  CounsellingState state = CounsellingState::not_needed;
  std::optional<UnitId> to;
  std::optional<Instant> screened_at;
  std::optional<Instant> crisis_at;
};
BOOST_DESCRIBE_STRUCT(Counselling, (), (id, stay, person, site, state, to, screened_at, crisis_at))

struct CrossExposure {
  static constexpr std::string_view table = "cross_exposure";
  CrossExposureId id;
  StayId stay;
  UnitId site;
  UnitId cdc;
  CrossCause cause = CrossCause::positive;
  bool open = true;
  std::int32_t residents_exposed = 0;
  std::int32_t staff_exposed = 0;
  Instant opened_at;
  std::optional<Instant> assessed_at;
};
BOOST_DESCRIBE_STRUCT(CrossExposure, (),
                      (id, stay, site, cdc, cause, open, residents_exposed, staff_exposed, opened_at,
                       assessed_at))

/// The rooms a step of an opening order owes, rounded up.
std::int32_t rooms_of(OpeningShare share, std::int32_t ordered);

/// The part of the desk that is about what a site owes besides rooms.
void add_services(Desk& desk);

void add_service_facts(Desk& desk);
void add_site_opening(Desk& desk);
void add_counselling(Desk& desk);
void add_sewage(Desk& desk);
void add_cross_exposure(Desk& desk);

}  // namespace fx::isolation
