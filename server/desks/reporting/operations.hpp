#pragma once

#include "desks/reporting/commands.hpp"
#include "desks/reporting/facts.hpp"
#include "kernel/guards.hpp"

namespace fx::reporting {

void add_card_expectations(Desk& desk);
void add_submit_card(Desk& desk);
void add_review_card(Desk& desk);
void add_correct_card(Desk& desk);
void add_withdraw_card(Desk& desk);
void add_event_chain(Desk& desk);
void add_phe_report(Desk& desk);
void add_laws(Desk& desk);

/// A duty may be about the case or about its card: every operation on a card names both.
template <class C>
void own_card(const C& c, const Context&, KeySet& keys) {
  keys.own<Card>(card_of(c.case_id)).subject(c.case_id.raw);
}
template <class C>
std::optional<UnitId> cdc_of_card(const C& c, const View& view, const Context&) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  return card != nullptr ? std::optional(card->cdc) : std::nullopt;
}
template <class C>
std::optional<UnitId> hospital_of_card(const C& c, const View& view, const Context&) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  return card != nullptr ? std::optional(card->hospital) : std::nullopt;
}

/// The required fields of a card that are missing (R-CRD-1); future days.
template <class C>
void judge_fields(const C& c, const Context& context, Refusals& no) {
  const Day today = day_of(context.now);
  if (!c.class_) no.add("R-CRD-1", "/class");
  if (!c.diagnosis_day)
    no.add("R-CRD-1", "/diagnosis_day");
  else if (*c.diagnosis_day > today)
    no.add("F-FUTURE", "/diagnosis_day");
  if (c.onset_day && *c.onset_day > today) no.add("F-FUTURE", "/onset_day");
  if (!c.onset_day && c.class_ && *c.class_ != CardClass::asymptomatic) no.add("R-CRD-1", "/onset_day");
  if (!c.address_code || c.address_code->empty()) no.add("R-CRD-1", "/address_code");
  if (!c.occupation || c.occupation->empty()) no.add("R-CRD-1", "/occupation");
  if (c.class_ == CardClass::confirmed && !c.severity) no.add("R-CRD-1", "/severity");
}

}  // namespace fx::reporting
