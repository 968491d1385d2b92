// A case that is excluded, or proposed to be, asks the CDC to withdraw its card; one that stays asks no more.

#include "desks/investigation/events.hpp"
#include "desks/reporting/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

template <class E>
Arrow propose(std::string name) {
  return arrow<E>(std::move(name), "reporting.propose_withdrawal", [](const E& e, const Happened&) {
    return std::vector{hand_over("reporting.propose_withdrawal", reporting::ProposeWithdrawal{e.case_id})};
  });
}

}  // namespace

std::vector<Arrow> excluded_to_card() {
  return {
      propose<investigation::ExclusionProposed>("exclusion_to_card"),
      propose<investigation::CaseExcluded>("excluded_to_card"),
      arrow<investigation::ExclusionDismissed>(
          "kept_to_card", "reporting.drop_withdrawal",
          [](const investigation::ExclusionDismissed& e, const Happened&) {
            return std::vector{hand_over("reporting.drop_withdrawal", reporting::DropWithdrawal{e.case_id})};
          })};
}

}  // namespace fx::handoffs
