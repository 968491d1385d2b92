#pragma once

#include "desks/reporting/events.hpp"
#include "kernel/desk.hpp"

namespace fx::reporting {

/// One card a person and infection (C1).
struct Card {
  static constexpr std::string_view table = "card";
  CardId id;
  CaseId case_id;
  PersonId person;
  UnitId hospital;
  UnitId cdc;
  CardState state = CardState::due;
  std::int32_t version = 0;
  CardClass class_ = CardClass::suspected;
  std::optional<CardSeverity> severity;
  std::optional<Day> onset_day;
  std::optional<Day> diagnosis_day;
  std::string address_code;
  std::string occupation;
  Instant expected_at;
  std::optional<Instant> submitted_at;
  std::optional<Instant> passed_at;
  bool withdrawal_proposed = false;
};
BOOST_DESCRIBE_STRUCT(Card, (),
                      (id, case_id, person, hospital, cdc, state, version, class_, severity, onset_day,
                       diagnosis_day, address_code, occupation, expected_at, submitted_at, passed_at,
                       withdrawal_proposed))

struct Receipt {
  ChainLevel level = ChainLevel::none;
  UnitId unit;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (level, unit, at))

/// The chain of one emergency event (C4): each level receives, then owes the next.
struct EventReport {
  static constexpr std::string_view table = "event_report";
  EventReportId id;
  CaseId case_id;
  UnitId hospital;
  std::optional<UnitId> county;
  Instant known_at;
  std::optional<Instant> reported_at;
  ChainLevel reached = ChainLevel::none;
  std::optional<UnitId> next_unit;
  std::vector<Receipt> receipts;
  std::optional<Instant> phe_reported_at;
  bool cancelled = false;  ///< the positive was amended away
};
BOOST_DESCRIBE_STRUCT(EventReport, (),
                      (id, case_id, hospital, county, known_at, reported_at, reached, next_unit, receipts,
                       phe_reported_at, cancelled))

void add_facts(Desk& desk);

}  // namespace fx::reporting
