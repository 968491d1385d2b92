// The county CDC passes or returns a card; city and province read it before that.

#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

bool reviewable(CardState state) { return state == CardState::submitted || state == CardState::corrected; }

Result<Decision> pass_card(const PassCard& c, const View& view, const Context& context) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr) return unknown("/case_id");
  if (!reviewable(card->state)) return wrong_state(enum_text(card->state), {"submitted", "corrected"});
  return Decision{{CardPassed{card->id, c.case_id, card->cdc, context.actor.account}}};
}

Result<Decision> return_card(const ReturnCard& c, const View& view, const Context& context) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr) return unknown("/case_id");
  Refusals no;
  if (!reviewable(card->state)) no.add(wrong_state(enum_text(card->state), {"submitted", "corrected"}));
  if (c.reason.empty()) no.add("R-CRD-3", "/reason");
  if (!no.empty()) return no;
  return Decision{{CardReturned{card->id, c.case_id, card->hospital, card->cdc, context.actor.account, c.reason.ref}}};
}

}  // namespace

void add_review_card(Desk& desk) {
  desk.operation<PassCard>("pass_card", {"审核通过", "Pass the card"})
      .by({Role::CDC}).keys(own_card<PassCard>).place(cdc_of_card<PassCard>).decide(pass_card);
  desk.operation<ReturnCard>("return_card", {"退回报告卡", "Return the card"})
      .by({Role::CDC}).keys(own_card<ReturnCard>).place(cdc_of_card<ReturnCard>).decide(return_card);
}

}  // namespace fx::reporting
