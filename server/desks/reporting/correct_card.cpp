#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

Result<Decision> correct_card(const CorrectCard& c, const View& view, const Context& context) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr) return unknown("/case_id");
  Refusals no;
  judge_fields(c, context, no);
  if (!card->submitted_at || card->state == CardState::withdrawn || card->state == CardState::returned)
    no.add(wrong_state(enum_text(card->state), {"submitted", "passed", "correction_due", "corrected"}));
  if (c.reason.empty()) no.add("R-CRD-3", "/reason");
  if (!no.empty()) return no;
  return Decision{
      {CardCorrected{card->id, c.case_id, card->hospital, card->cdc, card->version + 1, *c.class_, c.severity,
                     c.onset_day, *c.diagnosis_day, *c.address_code, *c.occupation, c.reason.ref}}};
}

}  // namespace

void add_correct_card(Desk& desk) {
  desk.operation<CorrectCard>("correct_card", {"订正报告卡", "Correct the card"})
      .by({Role::DOC, Role::NUR, Role::CDC})
      .keys(own_card<CorrectCard>)
      .place(hospital_of_card<CorrectCard>)
      .decide(correct_card);
}

}  // namespace fx::reporting
