#include "desks/supervision/facts.hpp"

namespace fx::supervision {

void add_facts(Desk& desk) {
  desk.table<Finding>({.indexes = {"unit, state"}});
  desk.event<FindingRecorded>().event<FindingNotified>();
  desk.evolves<FindingRecorded, Finding>(
      &FindingRecorded::finding, [](Finding& row, const FindingRecorded& e, const Stamp& at) {
        row = {e.finding, e.unit, e.problem, e.grade, FindingState::found, e.source, at.occurred_at, {}};
      });
  desk.evolves<FindingNotified, Finding>(&FindingNotified::finding,
                                         [](Finding& row, const FindingNotified& e, const Stamp&) {
                                           row.state = FindingState::notified;
                                           row.due_day = e.due_day;
                                         });
}

}  // namespace fx::supervision
