#pragma once

// Case cards of the network direct report, and the chain of an emergency event. First member: what it is about.

#include "kernel/event.hpp"

namespace fx::reporting {

/// C1 of the domain model.
enum class CardState { due, submitted, passed, returned, correction_due, corrected, withdrawn };
BOOST_DESCRIBE_ENUM(CardState, due, submitted, passed, returned, correction_due, corrected, withdrawn)

enum class CardClass { suspected, asymptomatic, confirmed };
BOOST_DESCRIBE_ENUM(CardClass, suspected, asymptomatic, confirmed)

enum class CardSeverity { mild, ordinary, severe, critical };
BOOST_DESCRIBE_ENUM(CardSeverity, mild, ordinary, severe, critical)

/// Who has received the report of an emergency event (C.chain.*), in order.
enum class ChainLevel { none, county_ha, county_gov, city, province, nation };
BOOST_DESCRIBE_ENUM(ChainLevel, none, county_ha, county_gov, city, province, nation)

struct CardExpected {
  static constexpr std::string_view name = "reporting.card_expected";
  CardId card;
  CaseId case_id;
  PersonId person;
  UnitId hospital;
  UnitId cdc;
  CardClass class_ = CardClass::suspected;
};
BOOST_DESCRIBE_STRUCT(CardExpected, (), (card, case_id, person, hospital, cdc, class_))

struct CardSubmitted {
  static constexpr std::string_view name = "reporting.card_submitted";
  CardId card;
  CaseId case_id;
  PersonId person;
  UnitId hospital;
  UnitId cdc;
  std::int32_t version = 1;
  CardClass class_ = CardClass::suspected;
  std::optional<CardSeverity> severity;
  std::optional<Day> onset_day;
  Day diagnosis_day;
  std::string address_code;
  std::string occupation;
};
BOOST_DESCRIBE_STRUCT(CardSubmitted, (),
                      (card, case_id, person, hospital, cdc, version, class_, severity, onset_day,
                       diagnosis_day, address_code, occupation))

struct CardPassed {
  static constexpr std::string_view name = "reporting.card_passed";
  CardId card;
  CaseId case_id;
  UnitId cdc;
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(CardPassed, (), (card, case_id, cdc, by))

struct CardReturned {
  static constexpr std::string_view name = "reporting.card_returned";
  CardId card;
  CaseId case_id;
  UnitId hospital;
  UnitId cdc;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(CardReturned, (), (card, case_id, hospital, cdc, by, reason))

/// Class or severity changed after the card: it has to follow (订正).
struct CorrectionExpected {
  static constexpr std::string_view name = "reporting.correction_expected";
  CardId card;
  CaseId case_id;
  UnitId hospital;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(CorrectionExpected, (), (card, case_id, hospital, cdc))

struct CardCorrected {
  static constexpr std::string_view name = "reporting.card_corrected";
  CardId card;
  CaseId case_id;
  UnitId hospital;
  UnitId cdc;
  std::int32_t version = 2;
  CardClass class_ = CardClass::suspected;
  std::optional<CardSeverity> severity;
  std::optional<Day> onset_day;
  Day diagnosis_day;
  std::string address_code;
  std::string occupation;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(CardCorrected, (),
                      (card, case_id, hospital, cdc, version, class_, severity, onset_day, diagnosis_day,
                       address_code, occupation, reason))

/// The positive behind the card was amended, or the case excluded: the CDC decides on withdrawal.
struct WithdrawalProposed {
  static constexpr std::string_view name = "reporting.withdrawal_proposed";
  CardId card;
  CaseId case_id;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(WithdrawalProposed, (), (card, case_id, cdc))

/// The case stays, so does its card.
struct WithdrawalDropped {
  static constexpr std::string_view name = "reporting.withdrawal_dropped";
  CardId card;
  CaseId case_id;
  UnitId cdc;
};
BOOST_DESCRIBE_STRUCT(WithdrawalDropped, (), (card, case_id, cdc))

struct CardWithdrawn {
  static constexpr std::string_view name = "reporting.card_withdrawn";
  CardId card;
  CaseId case_id;
  UnitId hospital;
  UnitId cdc;
  AccountId by;
  TextRef reason;
};
BOOST_DESCRIBE_STRUCT(CardWithdrawn, (), (card, case_id, hospital, cdc, by, reason))

/// An emergency event is known: its chain of reports begins (C4).
struct EventReportExpected {
  static constexpr std::string_view name = "reporting.event_report_expected";
  EventReportId event_report;
  CaseId case_id;
  UnitId hospital;
  std::optional<UnitId> county;
};
BOOST_DESCRIBE_STRUCT(EventReportExpected, (), (event_report, case_id, hospital, county))

/// The positive was amended away before anybody had received the report: it is not owed any more.
struct EventReportCancelled {
  static constexpr std::string_view name = "reporting.event_report_cancelled";
  EventReportId event_report;
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(EventReportCancelled, (), (event_report, case_id))

struct EventReported {
  static constexpr std::string_view name = "reporting.event_reported";
  EventReportId event_report;
  CaseId case_id;
  UnitId hospital;
  std::optional<UnitId> to;
  TextRef report;
};
BOOST_DESCRIBE_STRUCT(EventReported, (), (event_report, case_id, hospital, to, report))

struct EventReceived {
  static constexpr std::string_view name = "reporting.event_received";
  EventReportId event_report;
  CaseId case_id;
  ChainLevel level = ChainLevel::county_ha;
  UnitId unit;                      ///< who received it
  std::optional<UnitId> next_unit;  ///< whom it owes the report to
  AccountId by;
};
BOOST_DESCRIBE_STRUCT(EventReceived, (), (event_report, case_id, level, unit, next_unit, by))

/// First case or cluster in the public-health-event system (C3).
struct PheReported {
  static constexpr std::string_view name = "reporting.phe_reported";
  CaseId case_id;
  UnitId cdc;
  AccountId by;
  TextRef report;
};
BOOST_DESCRIBE_STRUCT(PheReported, (), (case_id, cdc, by, report))

}  // namespace fx::reporting
