// A contact in a room, or settled at home, is in control; when the measure has ended, the contact's matter is over.

#include "desks/investigation/commands.hpp"
#include "desks/isolation/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

std::vector<HandedOver> over(const std::optional<ContactId>& contact) {
  std::vector<HandedOver> out;
  if (contact)
    out.push_back(hand_over("investigation.note_completed", investigation::NoteCompleted{*contact}));
  return out;
}

}  // namespace

std::vector<Arrow> admitted_to_contact() {
  return {arrow<isolation::StayAdmitted>("admitted_to_contact", "investigation.note_control",
                                         [](const isolation::StayAdmitted& e, const Happened&) {
                                           std::vector<HandedOver> out;
                                           if (e.contact)
                                             out.push_back(hand_over("investigation.note_control",
                                                                     investigation::NoteControl{*e.contact}));
                                           return out;
                                         }),
          arrow<isolation::StayReleased>("released_to_contact", "investigation.note_completed",
                                         [](const isolation::StayReleased& e, const Happened&) {
                                           return over(e.state == isolation::StayState::ended ? e.contact
                                                                                              : std::nullopt);
                                         }),
          arrow<isolation::StayEnded>(
              "ended_to_contact", "investigation.note_completed",
              [](const isolation::StayEnded& e, const Happened&) { return over(e.contact); })};
}

}  // namespace fx::handoffs
