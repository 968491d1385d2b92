#include "desks/investigation/operations.hpp"

namespace fx::investigation {

std::optional<Instant> infectious_from(const Context& context, std::optional<Day> onset, Instant sampled_at,
                                       std::int32_t county) {
  const auto back = context.number("D.window.back_d", county);
  if (!back) return std::nullopt;
  const Day first = onset.value_or(day_of(sampled_at));
  return start_of(first + -static_cast<int>(*back));
}

std::int32_t county_of(const Contact& contact, const Context& context) {
  const Unit* unit = context.reference.unit(contact.in_charge());
  return unit != nullptr ? unit->jurisdiction : contact.id.home();
}

bool is_under_order(const Contact& contact, const View& view, const Context& context) {
  if (contact.order) return true;
  const auto* orders = view.find<PersonOrders>(orders_of(contact.person));
  return orders != nullptr && order_at(*orders, context.occurred_at) != nullptr;
}

Refusal not_open(const Case& file) {
  using enum CaseState;
  return wrong_state(file.state,
                     {screen_positive, asymptomatic, suspected, confirmed, discharged, follow_up});
}

void own_listed(const ContactList* list, KeySet& keys) {
  if (list == nullptr) return;
  for (const ContactId id : list->contacts) keys.own<Contact>(id);
}

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

}  // namespace

bool class_exists(ContactClass c, const Context& context, std::int32_t county) {
  const auto rule = schedule_of(c);
  if (rule.empty()) return true;
  const auto state = context.rules.value(rule, context.occurred_at, county).state;
  return state == RuleValue::State::value || state == RuleValue::State::assessed ||
         state == RuleValue::State::local;
}

}  // namespace fx::investigation
