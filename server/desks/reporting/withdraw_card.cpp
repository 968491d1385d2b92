#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

Result<Decision> withdraw_card(const WithdrawCard& c, const View& view, const Context& context) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr) return unknown("/case_id");
  Refusals no;
  if (card->state == CardState::withdrawn)
    no.add(wrong_state(card->state,
                       {CardState::due, CardState::submitted, CardState::passed, CardState::corrected}));
  else if (!card->withdrawal_proposed)
    no.add("R-CRD-4", "/case_id");
  if (c.reason.empty()) no.add("R-CRD-3", "/reason");
  if (!no.empty()) return no;
  return Decision{
      {CardWithdrawn{card->id, c.case_id, card->hospital, card->cdc, context.actor.account, c.reason.ref}}};
}

}  // namespace

void add_withdraw_card(Desk& desk) {
  desk.operation<WithdrawCard>("withdraw_card", {"撤销报告卡", "Withdraw the card"})
      .by({Role::CDC})
      .keys(own_card<WithdrawCard>)
      .place(cdc_of_card<WithdrawCard>)
      .decide(withdraw_card);
}

}  // namespace fx::reporting
