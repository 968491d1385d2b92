#include "desks/investigation/operations.hpp"

namespace fx::investigation {

std::optional<Instant> infectious_from(const Context& context, std::optional<Day> onset, Instant sampled_at,
                                       std::int32_t county) {
  const auto back = context.number("D.window.back_d", county);
  if (!back) return std::nullopt;
  const Day first = onset.value_or(day_of(sampled_at));
  return start_of(first + -static_cast<int>(*back));
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

}  // namespace fx::investigation
