// A class that is proposed for somebody under a measure: the isolation desk sees what it would mean for the stay, before an
// officer of the investigation decides. Settled, whatever way, it sees no more.

#include "desks/investigation/events.hpp"
#include "desks/isolation/redating/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

std::optional<isolation::ControlClass> control_of(investigation::ContactClass proposed) {
  switch (proposed) {
    case investigation::ContactClass::close: return isolation::ControlClass::close_contact;
    case investigation::ContactClass::coc: return isolation::ControlClass::contact_of_contact;
    default: return std::nullopt;
  }
}

}  // namespace

std::vector<Arrow> proposed_to_stay() {
  return {
      arrow<investigation::ClassProposed>(
          "proposed_to_stay", "isolation.foresee_class",
          [](const investigation::ClassProposed& e, const Happened&) {
            return std::vector{hand_over("isolation.foresee_class",
                                         isolation::ForeseeClass{e.contact, control_of(e.to), e.to_day0})};
          }),
      arrow<investigation::ClassProposalSettled>(
          "settled_to_stay", "isolation.foresee_class",
          [](const investigation::ClassProposalSettled& e, const Happened&) {
            return std::vector{
                hand_over("isolation.foresee_class", isolation::ForeseeClass{e.contact, {}, {}})};
          })};
}

}  // namespace fx::handoffs
