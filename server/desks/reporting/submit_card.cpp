#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

Result<Decision> submit_card(const SubmitCard& c, const View& view, const Context& context) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr) return unknown("/case_id");
  Refusals no;
  judge_fields(c, context, no);
  if (card->state == CardState::withdrawn)
    no.add(wrong_state(enum_text(card->state), {"due", "returned"}));
  else if (card->state != CardState::due && card->state != CardState::returned)
    no.add("R-CRD-2", "/case_id");
  if (!no.empty()) return no;
  return Decision{
      {CardSubmitted{card->id, c.case_id, card->person, card->hospital, card->cdc, card->version + 1,
                     *c.class_, c.severity, c.onset_day, *c.diagnosis_day, *c.address_code, *c.occupation}}};
}

}  // namespace

void add_submit_card(Desk& desk) {
  desk.operation<SubmitCard>("submit_card", {"提交报告卡", "Submit the report card"})
      .by({Role::DOC, Role::NUR})
      .keys(own_card<SubmitCard>)
      .place(hospital_of_card<SubmitCard>)
      .decide(submit_card);
}

}  // namespace fx::reporting
