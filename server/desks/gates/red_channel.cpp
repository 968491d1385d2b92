// RED_CHANNEL → HANDED_OVER: nobody is turned away, a named receiver signs, and it is not the gatekeeper. Disputes
// between a gate that judged alone and the server are settled by the gate's head or the command.
#include "desks/gates/operations.hpp"

namespace fx::gates {
namespace {

using enum CheckOutcome;

Result<Decision> receive_person(const ReceivePerson& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  if (check == nullptr) return unknown("/check");
  Refusals no;
  if (context.reference.unit(c.receiver) == nullptr) no.add(unknown("/receiver"));
  if (context.actor.account == check->keeper || context.actor.account == check->decided_by ||
      keeps(view.find<Gate>(check->gate.raw), context.actor.account))
    no.add("R-GAT-4", "/check");
  if (!is_one_of(check->outcome, {red_channel, fever_clinic, emergency}))
    no.add(wrong_state(check->outcome, {red_channel, fever_clinic, emergency}, "/check"));
  else if (check->handed_over_at)
    no.add(wrong_state("handed_over", {"red_channel", "fever_clinic", "emergency"}, "/check"));
  if (c.place.empty()) no.add(missing("/place"));
  if (!no.empty()) return no;
  return Decision{{PersonHandedOver{check->id, check->gate, check->shift, check->person, c.receiver,
                                    context.actor.account, c.place.ref}}};
}

Result<Decision> settle_dispute(const SettleDispute& c, const View& view, const Context& context) {
  const Check* check = view.find<Check>(c.check);
  if (check == nullptr) return unknown("/check");
  Refusals no;
  if (check->dispute.empty()) no.add(wrong_state("undisputed", {"disputed"}, "/check"));
  if (c.note.empty()) no.add(missing("/note"));
  if (!no.empty()) return no;
  return Decision{{DisputeSettled{check->id, check->gate, context.actor.account, c.note.ref}}};
}

}  // namespace

void add_red_channel(Desk& desk) {
  // Also for a gatekeeper, who then hears that somebody else has to sign.
  desk.operation<ReceivePerson>("receive_person", {"接收移交人员", "Receive a person from a gate"})
      .by({Role::NUR, Role::DOC, Role::CDC, Role::INV, Role::QM, Role::QD, Role::TRN, Role::GRID, Role::POL,
           Role::FRP, Role::GK})
      .keys(own_check<ReceivePerson>)
      .more_keys(own_surroundings<ReceivePerson>)
      .place([](const ReceivePerson& c, const View&, const Context&) { return std::optional(c.receiver); })
      .decide(receive_person);
  desk.operation<SettleDispute>("settle_dispute", {"处理查验差异", "Settle a disputed check"})
      .by({Role::FRP, Role::DO, Role::DL, Role::CMD, Role::CDC})
      .keys(own_check<SettleDispute>)
      .place(gate_of_check<SettleDispute>)
      .decide(settle_dispute);
}

}  // namespace fx::gates
