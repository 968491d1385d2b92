#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> all() {
  std::vector<Arrow> arrows;
  // The order matters within one event: the patient is held before the case is opened, the case before its reports.
  for (auto* part :
       {sealed_to_hospital,      failed_sample_to_hospital, result_to_hospital,     result_to_case,
        isolated_to_contacts,    classified_to_card,        excluded_to_card,       excluded_to_onward,
        case_to_event_report,    left_early_to_finding,     sealed_to_isolation,    judged_to_control,
        orders_to_investigation, admitted_to_contact,       control_to_screening,   control_list_to_gates,
        tests_to_drivers,        driver_to_contacts,        arrivals_at_gates,      escaped_to_finding,
        accepted_to_contacts,    merged_to_isolation,       positive_to_assessment, lines_to_control_list,
        returnee_to_control,     proposed_to_stay,          evidence_to_isolation,  classes_to_tests})
    for (Arrow& arrow : part()) arrows.push_back(std::move(arrow));
  return arrows;
}

}  // namespace fx::handoffs
