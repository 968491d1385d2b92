#pragma once

// What people may ask of the reporting desk.

#include "desks/reporting/events.hpp"
#include "kernel/derive.hpp"

namespace fx::reporting {

/// The card of a case: one per infection.
inline CardId card_of(CaseId case_id) { return derive<CardTag>(case_id.raw, "card"); }
/// The emergency-event report of a case.
inline EventReportId event_report_of(CaseId case_id) {
  return derive<EventReportTag>(case_id.raw, "event_report");
}

struct ExpectCard {
  CaseId case_id;
  PersonId person;
  UnitId hospital;
  UnitId cdc;
  CardClass class_ = CardClass::suspected;
  std::optional<CardSeverity> severity;
};
BOOST_DESCRIBE_STRUCT(ExpectCard, (), (case_id, person, hospital, cdc, class_, severity))

/// The fields the card's form asks for; which of them are required is R-CRD-1.
struct SubmitCard {
  CaseId case_id;
  std::optional<CardClass> class_;
  std::optional<CardSeverity> severity;
  std::optional<Day> onset_day;
  std::optional<Day> diagnosis_day;
  std::optional<std::string> address_code;
  std::optional<std::string> occupation;
};
BOOST_DESCRIBE_STRUCT(SubmitCard, (),
                      (case_id, class_, severity, onset_day, diagnosis_day, address_code, occupation))

struct PassCard {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(PassCard, (), (case_id))

struct ReturnCard {
  CaseId case_id;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(ReturnCard, (), (case_id, reason))

struct CorrectCard {
  CaseId case_id;
  std::optional<CardClass> class_;
  std::optional<CardSeverity> severity;
  std::optional<Day> onset_day;
  std::optional<Day> diagnosis_day;
  std::optional<std::string> address_code;
  std::optional<std::string> occupation;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(CorrectCard, (),
                      (case_id, class_, severity, onset_day, diagnosis_day, address_code, occupation, reason))

struct ExpectCorrection {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(ExpectCorrection, (), (case_id))

struct ProposeWithdrawal {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(ProposeWithdrawal, (), (case_id))

struct DropWithdrawal {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(DropWithdrawal, (), (case_id))

struct WithdrawCard {
  CaseId case_id;
  FreeText reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawCard, (), (case_id, reason))

struct ExpectEventReport {
  CaseId case_id;
  UnitId hospital;
};
BOOST_DESCRIBE_STRUCT(ExpectEventReport, (), (case_id, hospital))

struct CancelEventReport {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(CancelEventReport, (), (case_id))

struct ReportEvent {
  CaseId case_id;
  FreeText report;
};
BOOST_DESCRIBE_STRUCT(ReportEvent, (), (case_id, report))

struct ReceiveEventReport {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(ReceiveEventReport, (), (case_id))

struct SubmitPheReport {
  CaseId case_id;
  FreeText report;
};
BOOST_DESCRIBE_STRUCT(SubmitPheReport, (), (case_id, report))

}  // namespace fx::reporting
