#include <map>

#include "desks/reporting/operations.hpp"

namespace fx::reporting {
namespace {

std::string of_card(const Card& card) {
  if (card.id != card_of(card.case_id)) return "card " + card.id.text() + " is not the card of its case";
  if (card.state == CardState::passed && !card.submitted_at)
    return "card " + card.id.text() + " passed without being submitted";
  if (card.submitted_at && card.version < 1)
    return "card " + card.id.text() + " was submitted without a version";
  return {};
}

std::string of_chain(const EventReport& report) {
  ChainLevel last = ChainLevel::none;
  for (const Receipt& receipt : report.receipts) {
    if (static_cast<int>(receipt.level) != static_cast<int>(last) + 1)
      return "event report " + report.id.text() + " left out a level";
    last = receipt.level;
  }
  return last == report.reached
             ? std::string()
             : "event report " + report.id.text() + " says another level than its receipts";
}

}  // namespace

void add_laws(Desk& desk) {
  desk.row_law<Card>("C1: one card a case, passed after submitted", of_card);
  desk.row_law<EventReport>("C4: no level of the chain is left out", of_chain);
}

}  // namespace fx::reporting
