// Who is judged close, or a contact of one, is to be under control: the isolation desk asks an officer for the order.
// Judged otherwise, or no contact any more: the asking falls. Handed over: the other county's officer is asked.

#include "desks/investigation/events.hpp"
#include "desks/isolation/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

std::optional<isolation::ControlClass> asked_for(investigation::ContactClass judged) {
  switch (judged) {
    case investigation::ContactClass::close: return isolation::ControlClass::close_contact;
    case investigation::ContactClass::coc: return isolation::ControlClass::contact_of_contact;
    default: return std::nullopt;
  }
}

/// Found when the period was over: one test, the CDC decides, no stay is dated back.
template <class E>
HandedOver asked(const E& e) {
  return hand_over("isolation.ask_control",
                   isolation::AskControl{e.contact, e.person, e.owed ? asked_for(e.class_) : std::nullopt,
                                         e.case_id, e.last_exposure_day, e.cdc});
}

HandedOver nothing_for(ContactId contact, CaseId case_id) {
  return hand_over("isolation.ask_control",
                   isolation::AskControl{contact, {}, std::nullopt, case_id, {}, {}});
}

}  // namespace

std::vector<Arrow> judged_to_control() {
  return {arrow<investigation::ContactJudged>(
              "judged_to_control", "isolation.ask_control",
              [](const investigation::ContactJudged& e, const Happened&) { return std::vector{asked(e)}; }),
          arrow<investigation::ContactReclassed>("reclassed_to_control", "isolation.ask_control",
                                                 [](const investigation::ContactReclassed& e,
                                                    const Happened&) { return std::vector{asked(e)}; }),
          arrow<investigation::CaseExcluded>("excluded_to_control", "isolation.ask_control",
                                             [](const investigation::CaseExcluded& e, const Happened&) {
                                               std::vector<HandedOver> out;
                                               for (const ContactId contact : e.contacts)
                                                 out.push_back(nothing_for(contact, e.case_id));
                                               return out;
                                             }),
          arrow<investigation::ContactUpgraded>("upgraded_to_control", "isolation.ask_control",
                                                [](const investigation::ContactUpgraded& e, const Happened&) {
                                                  return std::vector{nothing_for(e.contact, e.case_id)};
                                                }),
          arrow<investigation::ContactHandedOver>(
              "handed_over_to_control", "isolation.ask_control",
              [](const investigation::ContactHandedOver& e, const Happened&) {
                const auto class_ = e.class_ ? asked_for(*e.class_) : std::nullopt;
                return std::vector{hand_over("isolation.ask_control",
                                             isolation::AskControl{e.contact, e.person, class_, e.case_id,
                                                                   e.last_exposure_day, e.to})};
              })};
}

}  // namespace fx::handoffs
