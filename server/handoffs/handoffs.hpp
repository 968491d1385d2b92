#pragma once

#include "kernel/handoff.hpp"

namespace fx::handoffs {

/// Every arrow between desks: event of one → command to another. One file each.
std::vector<Arrow> all();

std::vector<Arrow> sealed_to_hospital();
std::vector<Arrow> failed_sample_to_hospital();
std::vector<Arrow> result_to_hospital();
std::vector<Arrow> result_to_case();
std::vector<Arrow> isolated_to_contacts();
std::vector<Arrow> classified_to_card();
std::vector<Arrow> excluded_to_card();
std::vector<Arrow> excluded_to_onward();
std::vector<Arrow> case_to_event_report();
std::vector<Arrow> left_early_to_finding();
std::vector<Arrow> sealed_to_isolation();
std::vector<Arrow> judged_to_control();
std::vector<Arrow> proposed_to_stay();
std::vector<Arrow> orders_to_investigation();
std::vector<Arrow> admitted_to_contact();
std::vector<Arrow> escaped_to_finding();
std::vector<Arrow> accepted_to_contacts();
std::vector<Arrow> merged_to_isolation();
std::vector<Arrow> positive_to_assessment();
std::vector<Arrow> control_to_screening();
std::vector<Arrow> control_list_to_gates();
std::vector<Arrow> lines_to_control_list();
std::vector<Arrow> returnee_to_control();
std::vector<Arrow> evidence_to_isolation();
std::vector<Arrow> classes_to_tests();
std::vector<Arrow> tests_to_drivers();
std::vector<Arrow> driver_to_contacts();
std::vector<Arrow> arrivals_at_gates();

}  // namespace fx::handoffs
