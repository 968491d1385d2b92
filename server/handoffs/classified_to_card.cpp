// A classified case owes its report card; a later change of class or severity owes the correction.

#include "desks/investigation/events.hpp"
#include "desks/reporting/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

reporting::CardClass of(investigation::CaseClass c) {
  switch (c) {
    case investigation::CaseClass::suspected: return reporting::CardClass::suspected;
    case investigation::CaseClass::asymptomatic: return reporting::CardClass::asymptomatic;
    case investigation::CaseClass::confirmed: break;
  }
  return reporting::CardClass::confirmed;
}

std::optional<reporting::CardSeverity> of(std::optional<investigation::Severity> severity) {
  if (!severity) return std::nullopt;
  switch (*severity) {
    case investigation::Severity::mild: return reporting::CardSeverity::mild;
    case investigation::Severity::ordinary: return reporting::CardSeverity::ordinary;
    case investigation::Severity::severe: return reporting::CardSeverity::severe;
    case investigation::Severity::critical: break;
  }
  return reporting::CardSeverity::critical;
}

}  // namespace

std::vector<Arrow> classified_to_card() {
  return {arrow<investigation::CaseClassified>(
              "classified_to_card", "reporting.expect_card",
              [](const investigation::CaseClassified& e, const Happened&) {
                return std::vector{hand_over("reporting.expect_card",
                                             reporting::ExpectCard{e.case_id, e.person, e.hospital, e.cdc,
                                                                   of(e.class_), of(e.severity)})};
              }),
          arrow<investigation::SeverityChanged>("severity_to_card", "reporting.expect_correction",
                                                [](const investigation::SeverityChanged& e, const Happened&) {
                                                  return std::vector{
                                                      hand_over("reporting.expect_correction",
                                                                reporting::ExpectCorrection{e.case_id})};
                                                })};
}

}  // namespace fx::handoffs
