// Who is judged a contact, or held by an order, is tested singly wherever they come to be swabbed (E.pool.single_only), until
// the judgement or the order is over.

#include "desks/investigation/events.hpp"
#include "desks/isolation/events.hpp"
#include "desks/screening/commands.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

using Class = std::optional<screening::SpecimenClass>;

constexpr const char* note = "screening.note_control";

HandedOver control(PersonId person, const RawId& source, Class class_) {
  return hand_over(note, screening::NoteControl{person, source, class_});
}

HandedOver over(PersonId person, const RawId& source) { return control(person, source, std::nullopt); }

Class of_contact(investigation::ContactClass judged) {
  switch (judged) {
    case investigation::ContactClass::close:
    case investigation::ContactClass::coc: return screening::SpecimenClass::contact;
    default: return std::nullopt;
  }
}

template <class E>
Arrow contact_judged(std::string name) {
  return arrow<E>(std::move(name), note, [](const E& e, const Happened&) {
    return std::vector{control(e.person, e.contact.raw, of_contact(e.class_))};
  });
}
template <class E>
Arrow contact_over(std::string name) {
  return arrow<E>(std::move(name), note,
                  [](const E& e, const Happened&) { return std::vector{over(e.person, e.contact.raw)}; });
}
template <class E>
Arrow stay_over(std::string name) {
  return arrow<E>(std::move(name), note,
                  [](const E& e, const Happened&) { return std::vector{over(e.person, e.stay.raw)}; });
}

std::vector<HandedOver> of_exclusion(const investigation::CaseExcluded& e) {
  std::vector<HandedOver> out;
  for (std::size_t i = 0; i < e.persons.size(); ++i) out.push_back(over(e.persons[i], e.contacts[i].raw));
  return out;
}

/// A contact who became a case is the case's affair from here on.
std::vector<HandedOver> of_upgrade(const investigation::ContactUpgraded& e) {
  std::vector<HandedOver> out;
  if (e.person) out.push_back(over(*e.person, e.contact.raw));
  return out;
}

/// Out of the room into the phase at home, the order goes on.
std::vector<HandedOver> of_release(const isolation::StayReleased& e) {
  std::vector<HandedOver> out;
  if (e.state == isolation::StayState::ended) out.push_back(over(e.person, e.stay.raw));
  return out;
}

}  // namespace

std::vector<Arrow> control_to_screening() {
  return {contact_judged<investigation::ContactJudged>("judged_to_screening"),
          contact_judged<investigation::ContactReclassed>("reclassed_to_screening"),
          contact_over<investigation::ContactCompleted>("completed_to_screening"),
          contact_over<investigation::LateContactDecided>("late_to_screening"),
          arrow<investigation::ContactUpgraded>(
              "upgraded_to_screening", note,
              [](const investigation::ContactUpgraded& e, const Happened&) { return of_upgrade(e); }),
          arrow<investigation::CaseExcluded>(
              "excluded_to_screening", note,
              [](const investigation::CaseExcluded& e, const Happened&) { return of_exclusion(e); }),
          arrow<isolation::StayOrdered>("ordered_to_screening", note,
                                        [](const isolation::StayOrdered& e, const Happened&) {
                                          return std::vector{control(e.person, e.stay.raw,
                                                                     screening::SpecimenClass::quarantine)};
                                        }),
          stay_over<isolation::StayCancelled>("cancelled_to_screening"),
          stay_over<isolation::StayEnded>("ended_to_screening"),
          stay_over<isolation::StayConverted>("converted_to_screening"),
          arrow<isolation::StayReleased>(
              "released_to_screening", note,
              [](const isolation::StayReleased& e, const Happened&) { return of_release(e); })};
}

}  // namespace fx::handoffs
