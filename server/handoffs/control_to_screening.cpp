// Who is judged a contact, or held by an order, is tested singly wherever they come to be swabbed (E.pool.single_only).

#include "desks/investigation/events.hpp"
#include "desks/isolation/events.hpp"
#include "desks/screening/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

using Class = std::optional<screening::SpecimenClass>;

std::vector<HandedOver> note(PersonId person, const RawId& source, Class class_) {
  return {hand_over("screening.note_control", screening::NoteControl{person, source, class_})};
}

Class of_contact(investigation::ContactClass judged) {
  switch (judged) {
    case investigation::ContactClass::close:
    case investigation::ContactClass::coc: return screening::SpecimenClass::contact;
    default: return std::nullopt;
  }
}

}  // namespace

std::vector<Arrow> control_to_screening() {
  return {
      arrow<investigation::ContactJudged>("judged_to_screening", "screening.note_control",
                                          [](const investigation::ContactJudged& e, const Happened&) {
                                            return note(e.person, e.contact.raw, of_contact(e.class_));
                                          }),
      arrow<investigation::ContactCompleted>("completed_to_screening", "screening.note_control",
                                             [](const investigation::ContactCompleted& e, const Happened&) {
                                               return note(e.person, e.contact.raw, std::nullopt);
                                             }),
      arrow<isolation::StayOrdered>("ordered_to_screening", "screening.note_control",
                                    [](const isolation::StayOrdered& e, const Happened&) {
                                      return note(e.person, e.stay.raw, screening::SpecimenClass::quarantine);
                                    }),
      arrow<isolation::StayCancelled>("cancelled_to_screening", "screening.note_control",
                                      [](const isolation::StayCancelled& e, const Happened&) {
                                        return note(e.person, e.stay.raw, std::nullopt);
                                      }),
      arrow<isolation::StayEnded>("ended_to_screening", "screening.note_control",
                                  [](const isolation::StayEnded& e, const Happened&) {
                                    return note(e.person, e.stay.raw, std::nullopt);
                                  })};
}

}  // namespace fx::handoffs
