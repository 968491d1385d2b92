// A patient who left before the result: the hospital's exit control failed. The finding stands whatever the result.

#include "desks/hospitals/events.hpp"
#include "desks/supervision/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> left_early_to_finding() {
  return {arrow<hospitals::PatientLeftEarly>(
      "left_early_to_finding", "supervision.record_finding",
      [](const hospitals::PatientLeftEarly& e, const Happened& happened) {
        supervision::RecordFinding command;
        command.finding = derive<FindingTag>(e.encounter.raw, "left_early:" + std::to_string(happened.no));
        command.unit = e.hospital;
        command.problem = supervision::Problem::p09_left_before_result;
        command.source = e.encounter.raw;
        return std::vector{hand_over("supervision.record_finding", std::move(command))};
      })};
}

}  // namespace fx::handoffs
