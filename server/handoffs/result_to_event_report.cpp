// An individual positive is an emergency event from the moment it is known: the institution owes its report (C4).

#include "desks/reporting/commands.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

template <class E>
std::vector<HandedOver> expect(const E& e, screening::TestResult result) {
  std::vector<HandedOver> out;
  if (result == screening::TestResult::positive && e.case_id)
    out.push_back(hand_over("reporting.expect_event_report",
                            reporting::ExpectEventReport{*e.case_id, e.hospital.value_or(e.sender)}));
  return out;
}

}  // namespace

std::vector<Arrow> result_to_event_report() {
  return {arrow<screening::ResultAuthorised>(
              "result_to_event_report", "reporting.expect_event_report",
              [](const screening::ResultAuthorised& e, const Happened&) { return expect(e, e.result); }),
          arrow<screening::ResultAmended>(
              "amended_to_event_report", "reporting.expect_event_report",
              [](const screening::ResultAmended& e, const Happened&) { return expect(e, e.to); })};
}

}  // namespace fx::handoffs
