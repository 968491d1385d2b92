#include "desks/investigation/operations.hpp"

namespace fx::investigation {
namespace {

/// The rulebook row that makes a class exist; what it forbids or does not know cannot be judged (R-CON-2).
std::string_view schedule_of(ContactClass c) {
  switch (c) {
    case ContactClass::close: return "F.close_contact";
    case ContactClass::coc: return "F.contact_of_contact";
    case ContactClass::venue: return "F.venue_exposed";
    case ContactClass::general:
    case ContactClass::none: break;
  }
  return {};
}

bool class_exists(ContactClass c, const Context& context, std::int32_t county) {
  const auto rule = schedule_of(c);
  if (rule.empty()) return true;
  const auto state = context.rules.value(rule, context.occurred_at, county).state;
  return state == RuleValue::State::value || state == RuleValue::State::assessed ||
         state == RuleValue::State::local;
}

Result<Decision> judge_contact(const JudgeContact& c, const View& view, const Context& context) {
  const Contact* contact = view.find<Contact>(c.contact);
  if (contact == nullptr) return unknown("/contact");
  Refusals no;
  // JUDGED(coc) → JUDGED(close): the contact this one met became a case [domain model D3].
  const bool again = contact->state == ContactState::judged && contact->class_ == ContactClass::coc &&
                     c.class_ == ContactClass::close;
  if (!is_one_of(contact->state, {ContactState::named, ContactState::verified}) && !again)
    no.add(wrong_state(contact->state, {ContactState::named, ContactState::verified}));
  if (!class_exists(c.class_, context, c.contact.home())) no.add("R-CON-2", "/class");
  if (c.reason.empty()) no.add(missing("/reason"));
  if (!no.empty()) return no;
  const auto last = contact->exposure_until ? contact->exposure_until : contact->exposure_from;
  return Decision{{ContactJudged{c.contact, contact->case_id, contact->person, c.class_, contact->cdc,
                                 context.actor.account, c.distance_m,
                                 last ? std::optional(day_of(*last)) : std::nullopt, c.reason.ref}}};
}

}  // namespace

void add_judge_contact(Desk& desk) {
  desk.operation<JudgeContact>("judge_contact", {"判定接触者", "Judge a contact"})
      .by({Role::INV})
      .keys(own_contact<JudgeContact>)
      .more_keys(surroundings_of_contact<JudgeContact>)
      .place(cdc_of_contact<JudgeContact>)
      .decide(judge_contact);
}

}  // namespace fx::investigation
