// Whom gates must not let pass: contacts judged close or coc until they are in control, running orders, positives. The
// reason arises and ends with the event of the desk that knows; judged otherwise, it follows the new class.

#include "desks/gates/commands.hpp"
#include "desks/investigation/events.hpp"
#include "desks/isolation/events.hpp"
#include "desks/screening/events.hpp"
#include "handoffs/handoffs.hpp"

namespace fx::handoffs {
namespace {

using gates::ControlKind;

constexpr const char* note = "gates.note_control";

HandedOver control(const RawId& source, std::optional<PersonId> person, ControlKind kind, bool stands) {
  return hand_over(note, gates::NoteControl{{source}, person, kind, stands});
}

/// The reason ends; whom it concerned the gates desk knows.
HandedOver over(const RawId& source, ControlKind kind) { return control(source, {}, kind, false); }

template <class E>
Arrow contact_over(std::string name) {
  return arrow<E>(std::move(name), note, [](const E& e, const Happened&) {
    return std::vector{over(e.contact.raw, ControlKind::contact)};
  });
}
template <class E>
Arrow stay_over(std::string name) {
  return arrow<E>(std::move(name), note, [](const E& e, const Happened&) {
    return std::vector{over(e.stay.raw, ControlKind::isolation_order)};
  });
}

bool asks_control(investigation::ContactClass judged) {
  return judged == investigation::ContactClass::close || judged == investigation::ContactClass::coc;
}

std::vector<HandedOver> of_judgement(const investigation::ContactJudged& e) {
  return {control(e.contact.raw, e.person, ControlKind::contact, asks_control(e.class_))};
}

/// Whoever is in control already is held by the order.
std::vector<HandedOver> of_new_class(const investigation::ContactReclassed& e) {
  return {control(e.contact.raw, e.person, ControlKind::contact, asks_control(e.class_) && !e.controlled)};
}

/// Who is only under monitoring at home leaves for need: no gate stops them.
std::vector<HandedOver> of_order(const isolation::StayOrdered& e) {
  if (e.regime == isolation::Regime::home_monitoring || e.regime == isolation::Regime::none) return {};
  return {control(e.stay.raw, e.person, ControlKind::isolation_order, true)};
}

std::vector<HandedOver> of_release(const isolation::StayReleased& e) {
  if (e.state != isolation::StayState::ended && e.regime != isolation::Regime::home_monitoring) return {};
  return {over(e.stay.raw, ControlKind::isolation_order)};
}

std::vector<HandedOver> of_exclusion(const investigation::CaseExcluded& e) {
  std::vector<HandedOver> out{over(e.case_id.raw, ControlKind::positive)};
  for (const ContactId contact : e.contacts) out.push_back(over(contact.raw, ControlKind::contact));
  return out;
}

std::vector<Arrow> of_results() {
  return {arrow<screening::ResultAuthorised>(
              "positive_to_control_list", note,
              [](const screening::ResultAuthorised& e, const Happened&) {
                std::vector<HandedOver> out;
                if (e.result == screening::TestResult::positive && e.case_id && e.person)
                  out.push_back(control(e.case_id->raw, e.person, ControlKind::positive, true));
                return out;
              }),
          arrow<screening::ResultAmended>(
              "amended_to_control_list", note, [](const screening::ResultAmended& e, const Happened&) {
                std::vector<HandedOver> out;
                const bool positive = e.to == screening::TestResult::positive;
                if (e.case_id && e.person)
                  out.push_back(control(e.case_id->raw, e.person, ControlKind::positive, positive));
                return out;
              })};
}

}  // namespace

std::vector<Arrow> control_list_to_gates() {
  std::vector<Arrow> out{
      arrow<investigation::ContactJudged>(
          "judged_to_control_list", note,
          [](const investigation::ContactJudged& e, const Happened&) { return of_judgement(e); }),
      arrow<investigation::ContactReclassed>(
          "reclassed_to_control_list", note,
          [](const investigation::ContactReclassed& e, const Happened&) { return of_new_class(e); }),
      contact_over<investigation::ContactInControl>("in_control_to_control_list"),
      contact_over<investigation::ContactCompleted>("completed_to_control_list"),
      contact_over<investigation::LateContactDecided>("late_to_control_list"),
      contact_over<investigation::ContactUpgraded>("upgraded_to_control_list"),
      arrow<investigation::CaseExcluded>(
          "excluded_to_control_list", note,
          [](const investigation::CaseExcluded& e, const Happened&) { return of_exclusion(e); }),
      arrow<isolation::StayOrdered>(
          "ordered_to_control_list", note,
          [](const isolation::StayOrdered& e, const Happened&) { return of_order(e); }),
      stay_over<isolation::StayCancelled>("cancelled_to_control_list"),
      stay_over<isolation::StayEnded>("ended_to_control_list"),
      stay_over<isolation::StayConverted>("converted_to_control_list"),
      arrow<isolation::StayReleased>(
          "released_to_control_list", note,
          [](const isolation::StayReleased& e, const Happened&) { return of_release(e); })};
  for (Arrow& arrow : of_results()) out.push_back(std::move(arrow));
  return out;
}

}  // namespace fx::handoffs
