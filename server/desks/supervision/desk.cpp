#include "desks/supervision/desk.hpp"

#include "desks/supervision/facts.hpp"
#include "desks/supervision/record_finding.hpp"

namespace fx::supervision {

Desk desk() {
  Desk desk("supervision", {"督导检查", "Supervision"});
  add_facts(desk);
  add_record_finding(desk);
  desk.refusal("R-FND-6", {"该问题已登记", "The finding is recorded already"});
  desk.list<Finding>({.desk = {},
                      .name = "findings",
                      .title = {"问题清单", "Findings"},
                      .table = nullptr,
                      .readers = {Role::INS, Role::CMD, Role::DO, Role::DL, Role::HA, Role::FRP},
                      .filters = {"state", "unit", "problem", "grade"},
                      .order_by = "found_at",
                      .descending = true,
                      .unit_fields = {"unit"}});
  // No due day: the rulebook of that time and place gave none, and nothing is owed.
  desk.row_law<Finding>("M: a finding is due after it was found", [](const Finding& finding) {
    return finding.due_day && *finding.due_day < day_of(finding.found_at)
               ? "finding " + finding.id.text() + " was due before it was found"
               : std::string();
  });
  return desk;
}

}  // namespace fx::supervision
