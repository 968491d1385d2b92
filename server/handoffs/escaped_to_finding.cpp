// Somebody who had come to a village and was not enrolled in time (漏管): the village did not report the arrival.

#include "desks/investigation/area_list/events.hpp"
#include "desks/supervision/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {

std::vector<Arrow> escaped_to_finding() {
  return {arrow<investigation::LineSettled>("escaped_to_finding", "supervision.record_finding",
                                            [](const investigation::LineSettled& e, const Happened&) {
                                              std::vector<HandedOver> out;
                                              if (!e.escaped || !e.arrived_at || !e.village) return out;
                                              supervision::RecordFinding command;
                                              command.finding = derive<FindingTag>(e.line.raw, "escaped");
                                              command.unit = *e.village;
                                              command.problem = supervision::Problem::missed_control;
                                              command.source = e.line.raw;
                                              out.push_back(hand_over("supervision.record_finding",
                                                                      std::move(command)));
                                              return out;
                                            })};
}

}  // namespace fx::handoffs
