// A stretch nobody could account for: answered in words, or left open and said why.

#include "desks/investigation/trajectory/operations.hpp"

namespace fx::investigation {
namespace {

Result<Decision> answer_gap(const AnswerGap& c, const View& view, const Context& context) {
  const Gap* gap = view.find<Gap>(c.gap);
  if (gap == nullptr) return unknown("/gap");
  Refusals no;
  if (!gap->stands) no.add(wrong_state("closed", {"found"}));
  if (c.answer.empty()) no.add(missing("/answer"));
  if (!no.empty()) return no;
  return Decision{{GapAnswered{c.gap, gap->case_id, c.left_open, context.actor.account, c.answer.ref}}};
}

std::optional<UnitId> cdc_of_gap(const AnswerGap& c, const View& view, const Context&) {
  const Gap* gap = view.find<Gap>(c.gap);
  return gap != nullptr ? std::optional(gap->cdc) : std::nullopt;
}

}  // namespace

void add_answer_gap(Desk& desk) {
  desk.operation<AnswerGap>("answer_gap", {"回答轨迹空白", "Answer a gap"})
      .by({Role::INV, Role::CDC})
      .keys([](const AnswerGap& c, const Context&, KeySet& keys) { keys.own<Gap>(c.gap); })
      .place(cdc_of_gap)
      .decide(answer_gap);
}

}  // namespace fx::investigation
