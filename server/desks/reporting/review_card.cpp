// The county CDC passes or returns a card; city and province read it before that.

#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

/// A change of the case does not take a submitted card out of review: the version that lies there is reviewed, its
/// correction is owed besides.
bool reviewable(const Card& card) {
  return is_one_of(card.state, {CardState::submitted, CardState::corrected}) ||
         (card.state == CardState::correction_due && !card.passed_at);
}

Result<Decision> pass_card(const PassCard& c, const View& view, const Context& context) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr) return unknown("/case_id");
  if (!reviewable(*card)) return wrong_state(card->state, {CardState::submitted, CardState::corrected});
  return Decision{{CardPassed{card->id, c.case_id, card->cdc, context.actor.account}}};
}

Result<Decision> return_card(const ReturnCard& c, const View& view, const Context& context) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr) return unknown("/case_id");
  Refusals no;
  // A card whose correction is owed comes back anyway.
  if (!is_one_of(card->state, {CardState::submitted, CardState::corrected}))
    no.add(wrong_state(card->state, {CardState::submitted, CardState::corrected}));
  if (c.reason.empty()) no.add("R-CRD-3", "/reason");
  if (!no.empty()) return no;
  return Decision{
      {CardReturned{card->id, c.case_id, card->hospital, card->cdc, context.actor.account, c.reason.ref}}};
}

}  // namespace

void add_review_card(Desk& desk) {
  desk.operation<PassCard>("pass_card", {"审核通过", "Pass the card"})
      .by({Role::CDC})
      .keys(own_card<PassCard>)
      .place(cdc_of_card<PassCard>)
      .decide(pass_card);
  desk.operation<ReturnCard>("return_card", {"退回报告卡", "Return the card"})
      .by({Role::CDC})
      .keys(own_card<ReturnCard>)
      .place(cdc_of_card<ReturnCard>)
      .decide(return_card);
}

}  // namespace fx::reporting
