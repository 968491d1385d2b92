#pragma once

// Day 0 of somebody under a running measure turned out to be another day, or the class another one (次密接转为密接):
// proposed to a named officer with the dates that follow, who re-dates the stay or leaves it as it is. Nothing moves by
// itself [domain model §7.3].

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
  ControlClass former_class = ControlClass::close_contact;
  ControlClass class_ = ControlClass::close_contact;  ///< what the judgement says now
  Instant proposed_end;                               ///< of the phase the stay is in
  std::optional<Instant> proposed_home_until;         ///< of the phase at home after it
  std::vector<Day> tests;                             ///< from today on
  bool to_site = false;                               ///< at home, and the class asks for a site
};
BOOST_DESCRIBE_STRUCT(RedatingProposed, (),
                      (stay, person, site, cdc, day0, proposed, ends_at, former_class, class_, proposed_end,
                       proposed_home_until, tests, to_site))

/// The investigation proposes another class or Day 0 and has not decided: what that would mean for the stay.
struct ClassForeseen {
  static constexpr std::string_view name = "isolation.class_foreseen";
  StayId stay;
  PersonId person;
  UnitId site;
  UnitId cdc;
  ControlClass former_class = ControlClass::close_contact;
  ControlClass class_ = ControlClass::close_contact;
  Day former_day0;
  Day day0;
  Instant former_end;
  Instant ends_at;
  std::optional<Instant> home_until;
  std::vector<Day> tests;
  bool to_site = false;
};
BOOST_DESCRIBE_STRUCT(ClassForeseen, (),
                      (stay, person, site, cdc, former_class, class_, former_day0, day0, former_end, ends_at,
                       home_until, tests, to_site))

/// Decided, or fallen.
struct ForeseenOver {
  static constexpr std::string_view name = "isolation.foreseen_over";
  StayId stay;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ForeseenOver, (), (stay, person))

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
  Edition former;  ///< the schedule it followed
  Edition edition;
  std::string rule;
  Regime regime = Regime::central;
  std::int32_t days = 0;
  std::optional<Regime> then_regime;
  std::int32_t then_days = 0;
  std::vector<std::int32_t> tests;
  std::vector<std::int32_t> then_tests;
  std::int32_t release_samples = 1;
};
BOOST_DESCRIBE_STRUCT(StayRedated, (),
                      (stay, person, site, cdc, former_day0, day0, former_end, ends_at, release_by,
                       home_until, fresh_negative_h, cancelled, added, officer, legal_basis, reason, former,
                       edition, rule, regime, days, then_regime, then_days, tests, then_tests,
                       release_samples))

}  // namespace fx::isolation
