#pragma once

// Day 0 of somebody under a running measure turned out to be another day: proposed to a named officer, who re-dates the
// stay or leaves it as it is. Nothing moves by itself [domain model §7.3].

#include "desks/isolation/events.hpp"

namespace fx::isolation {

struct RedatingProposed {
  static constexpr std::string_view name = "isolation.redating_proposed";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  Day day0;         ///< the stay's
  Day proposed;     ///< what the judgement says now
  Instant ends_at;  ///< of the phase the stay is in
};
BOOST_DESCRIBE_STRUCT(RedatingProposed, (), (stay, person, site, cdc, day0, proposed, ends_at))

/// Day 0 is again the stay's, or the ground is gone: nothing is proposed any more.
struct RedatingFell {
  static constexpr std::string_view name = "isolation.redating_fell";
  StayId stay;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(RedatingFell, (), (stay, person))

struct RedatingDeclined {
  static constexpr std::string_view name = "isolation.redating_declined";
  StayId stay;
  PersonId person;
  Day proposed;
  AccountId officer;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(RedatingDeclined, (), (stay, person, proposed, officer, reason))

struct StayRedated {
  static constexpr std::string_view name = "isolation.stay_redated";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  Day former_day0;
  Day day0;
  Instant former_end;
  Instant ends_at;                    ///< of the phase the stay is in
  std::optional<Instant> release_by;  ///< in a room or home under the first phase: to be released then
  std::optional<Instant> home_until;  ///< in the phase at home: to be ended then
  std::optional<std::int32_t> fresh_negative_h;
  std::vector<StayTestId> cancelled;  ///< due only under the former Day 0
  std::vector<StayTestId> added;
  AccountId officer;
  std::string legal_basis;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(StayRedated, (),
                      (stay, person, site, cdc, former_day0, day0, former_end, ends_at, release_by,
                       home_until, fresh_negative_h, cancelled, added, officer, legal_basis, reason))

}  // namespace fx::isolation
