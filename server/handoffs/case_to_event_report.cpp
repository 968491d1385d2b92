// An individual positive is an emergency event from the moment it is known: the institution owes its report (C4). What
// is proposed to be excluded is none, until the CDC says that it stays.

#include "desks/investigation/events.hpp"
#include "desks/reporting/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

template <class E>
Arrow expect(std::string name) {
  return arrow<E>(std::move(name), "reporting.expect_event_report", [](const E& e, const Happened&) {
    return std::vector{
        hand_over("reporting.expect_event_report", reporting::ExpectEventReport{e.case_id, e.hospital})};
  });
}

template <class E>
Arrow cancel(std::string name) {
  return arrow<E>(std::move(name), "reporting.cancel_event_report", [](const E& e, const Happened&) {
    return std::vector{hand_over("reporting.cancel_event_report", reporting::CancelEventReport{e.case_id})};
  });
}

}  // namespace

std::vector<Arrow> case_to_event_report() {
  return {expect<investigation::CaseOpened>("opened_to_event_report"),
          expect<investigation::ExclusionDismissed>("kept_to_event_report"),
          cancel<investigation::ExclusionProposed>("proposed_to_event_report"),
          cancel<investigation::CaseExcluded>("excluded_to_event_report")};
}

}  // namespace fx::handoffs
