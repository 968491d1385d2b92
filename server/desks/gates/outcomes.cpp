// CHECKED → PASSED | SECOND_CHECK | RED_CHANNEL, by the gatekeeper; undone within seconds, by the same hand.
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

using enum CheckOutcome;

TextRef text_of(const std::optional<FreeText>& text) { return text ? text->ref : TextRef{}; }

Refusals out_of_turn(const Check& check, std::initializer_list<CheckOutcome> allowed, const View& view,
                     const Context& context) {
  Refusals no;
  if (!keeps(view.find<Gate>(check.gate.raw), context.actor.account)) no.add("R-GAT-1", "/check");
  if (!is_one_of(check.outcome, allowed)) no.add(wrong_state(check.outcome, allowed, "/check"));
  return no;
}

Decision decided(const Check& check, CheckOutcome to, const TextRef& note) {
  return {{CheckDecided{check.id, check.gate, check.shift, *check.person, check.outcome, to, note}}};
}

Result<Decision> pass_person(const PassPerson& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  if (check == nullptr || !check->person) return unknown("/check");
  // First of all why this person must not pass; that the red channel is open already says less.
  if (auto no = against_passing(check->reasons); !no.empty()) return no;
  auto no = out_of_turn(*check, {checked, second_check}, view, context);
  if (!no.empty()) return no;
  return decided(*check, passed, text_of(c.note));
}

Result<Decision> second_look(const SendToSecondCheck& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  if (check == nullptr || !check->person) return unknown("/check");
  auto no = out_of_turn(*check, {checked}, view, context);
  if (!no.empty()) return no;
  return decided(*check, second_check, text_of(c.note));
}

Result<Decision> open_red_channel(const OpenRedChannel& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  if (check == nullptr || !check->person) return unknown("/check");
  auto no = out_of_turn(*check, {checked, second_check}, view, context);
  if (!no.empty()) return no;
  const CheckOutcome to = c.fever_clinic.value_or(false) ? fever_clinic : red_channel;
  Decision out = decided(*check, to, text_of(c.note));
  out.events.emplace_back(RedChannelOpened{check->id, check->gate, *check->person, to, context.occurred_at});
  return out;
}

Result<Decision> undo_outcome(const UndoOutcome& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  if (check == nullptr || !check->person) return unknown("/check");
  auto no = out_of_turn(*check, {passed, second_check, fever_clinic, red_channel}, view, context);
  const auto seconds =
      number_of(context.rules, "G.undo_s", context.occurred_at, county_of(context.reference, check->gate));
  const Duration limit = std::chrono::seconds(static_cast<std::int64_t>(seconds.value_or(0)));
  const bool same_hand = check->decided_by == context.actor.account;
  if (!same_hand || !check->decided_at || context.now - *check->decided_at > limit)
    no.add("R-GAT-7", "/check");
  // What the verdict demands is no slip of the finger, and a person handed over has gone.
  if (forbids_passing(check->verdict) || check->handed_over_at) no.add("R-GAT-7", "/check");
  if (!no.empty()) return no;
  return Decision{{OutcomeUndone{check->id, check->gate, check->shift, *check->person, check->outcome}}};
}

template <class C, class F>
void add(Desk& desk, std::string_view name, Words title, F decide) {
  desk.operation<C>(name, std::move(title))
      .by({Role::GK})
      .keys(own_check<C>)
      .more_keys(own_surroundings<C>)
      .place(gate_of_check<C>)
      .decide(decide);
}

}  // namespace

void add_outcomes(Desk& desk) {
  add<PassPerson>(desk, "pass_person", {"放行", "Let pass"}, pass_person);
  add<SendToSecondCheck>(desk, "send_to_second_check", {"转二次核验", "Send to a second look"}, second_look);
  add<OpenRedChannel>(desk, "open_red_channel", {"转红码通道", "Open the red channel"}, open_red_channel);
  add<UndoOutcome>(desk, "undo_outcome", {"撤回", "Undo"}, undo_outcome);
}

}  // namespace fx::gates
