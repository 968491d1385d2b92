// A classified case owes a card; a change of class or severity owes its correction; an excluded case its withdrawal.

#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

/// A returned card comes back by itself: its next version says what is known then.
bool was_submitted(const Card& card) {
  return card.submitted_at && !is_one_of(card.state, {CardState::withdrawn, CardState::returned});
}

Result<Decision> expect_card(const ExpectCard& c, const View& view, const Context&) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr || card->state == CardState::withdrawn)
    return Decision{{CardExpected{card_of(c.case_id), c.case_id, c.person, c.hospital, c.cdc, c.class_}}};
  Decision decision;
  // Whoever classifies a case says that it is one.
  if (card->withdrawal_proposed) decision.events.push_back(WithdrawalDropped{card->id, c.case_id, card->cdc});
  const bool changed = card->class_ != c.class_ || card->severity != c.severity;
  if (was_submitted(*card) && changed && card->state != CardState::correction_due)
    decision.events.push_back(CorrectionExpected{card->id, c.case_id, card->hospital, card->cdc});
  return decision;
}

Result<Decision> expect_correction(const ExpectCorrection& c, const View& view, const Context&) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr || !was_submitted(*card) || card->state == CardState::correction_due) return Decision{};
  return Decision{{CorrectionExpected{card->id, c.case_id, card->hospital, card->cdc}}};
}

Result<Decision> propose_withdrawal(const ProposeWithdrawal& c, const View& view, const Context&) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr || card->state == CardState::withdrawn || card->withdrawal_proposed) return Decision{};
  return Decision{{WithdrawalProposed{card->id, c.case_id, card->cdc}}};
}

Result<Decision> drop_withdrawal(const DropWithdrawal& c, const View& view, const Context&) {
  const Card* card = view.find<Card>(card_of(c.case_id));
  if (card == nullptr || !card->withdrawal_proposed) return Decision{};
  return Decision{{WithdrawalDropped{card->id, c.case_id, card->cdc}}};
}

}  // namespace

void add_card_expectations(Desk& desk) {
  desk.operation<ExpectCard>("expect_card", {"应报卡", "A card is owed"})
      .internal()
      .keys(own_card<ExpectCard>)
      .decide(expect_card);
  desk.operation<ExpectCorrection>("expect_correction", {"应订正", "A correction is owed"})
      .internal()
      .keys(own_card<ExpectCorrection>)
      .decide(expect_correction);
  desk.operation<ProposeWithdrawal>("propose_withdrawal", {"提请撤卡", "Propose withdrawal"})
      .internal()
      .keys(own_card<ProposeWithdrawal>)
      .decide(propose_withdrawal);
  desk.operation<DropWithdrawal>("drop_withdrawal", {"撤回撤卡提请", "Drop the proposed withdrawal"})
      .internal()
      .keys(own_card<DropWithdrawal>)
      .decide(drop_withdrawal);
}

}  // namespace fx::reporting
